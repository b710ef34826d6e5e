"""The list of practices, and the tables that other pages show of them."""

from __future__ import annotations

from collections.abc import Sequence

from remit.kernel.names import readable_name
from remit.register.queries import PracticeRow
from remit.web.as_at import AsAt
from remit.web.formats import nhs_date, number
from remit.web.paging import Paging
from remit.web.register.links import addresses, crumbs, twins
from remit.web.register.pages.dated import Filter, ListPage
from remit.web.register.words import counted
from remit.web.tables import Cell, Column, Table


def practices_page(
    day: AsAt,
    rows: Sequence[PracticeRow],
    filters: tuple[Filter, ...],
    chosen: dict[str, str],
    paging: Paging,
) -> ListPage:
    """A page of the practices on a day, those of a commissioner or contract type if chosen."""
    return ListPage(
        title="GP practices",
        section="Register",
        crumbs=crumbs(day),
        chooser=day,
        as_at=day.day,
        alternates=twins("practices", "Practices", day.day, **chosen),
        lede="The GP practices that were open on the day.",
        count=counted(paging.total, "GP practice"),
        filters=filters,
        table=practices_table(day, rows, f"GP practices on {nhs_date(day.day)}"),
        paging=paging,
    )


def practices_table(day: AsAt, rows: Sequence[PracticeRow], caption: str) -> Table:
    """Some practices with code, contract type, postcode and list."""
    page_of = addresses("practice", day)
    return Table(
        id="practices",
        caption=caption,
        columns=(
            Column("Name"),
            Column("Code"),
            Column("Contract"),
            Column("Postcode"),
            Column("Registered patients", numeric=True),
        ),
        rows=[
            (
                Cell(readable_name(row.name), href=page_of(row.code)),
                row.code,
                row.contract_type or "Not known",
                row.postcode or "Not known",
                number(row.registered, 0) or "Not known",
            )
            for row in rows
        ],
        stacked=True,
        empty="No source names a practice here on this day.",
    )
