"""How far the applications of a round came, as a table whose counts open into the applications."""

from __future__ import annotations

from collections.abc import Sequence

from remit.delegation.queries import FunnelStage
from remit.web.delegation.pages.counts import stage_address
from remit.web.formats import nhs_date, number
from remit.web.tables import Cell, Column, Table


def funnel_table(round_code: str, stages: Sequence[FunnelStage], on: object) -> Table:
    """Each stage with its count of those that applied; the count opens into who they are."""
    return Table(
        id="stages",
        caption=f"How far they came, as it stands on {nhs_date(on)}",
        columns=(
            Column("Stage"),
            Column("Applications", numeric=True),
            Column("Of those that applied", numeric=True),
        ),
        rows=[
            (
                each.name,
                Cell(number(each.count), href=stage_address(round_code, each.code)),
                f"{number(each.count)} of {number(each.applied)}",
            )
            for each in stages
        ],
        stacked=True,
    )
