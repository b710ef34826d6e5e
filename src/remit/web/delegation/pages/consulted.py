"""What an application's page says of consultations: each with its badge and its gaps, or that there was none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from remit.consultations.queries import ConsultationRow, checklist, consultations_about
from remit.delegation.queries import ApplicationRow, Mandate
from remit.web.formats import nhs_date
from remit.web.tables import Cell, Column, Table

WITHOUT = "Decided without a step for members"
UNASKED = frozenset({"none", "not_specified"})


@dataclass(frozen=True)
class Consulted:
    """`label` where a decision shows no step for members; `table` of consultations, None where there is none."""

    label: Cell | None
    table: Table | None


NOBODY_ASKED = Consulted(None, None)


def consulted_on(mandate: Mandate, row: ApplicationRow, at: datetime) -> Consulted:
    """What members had been asked when an application was handed in; of a draft, by now."""
    at = row.submitted_at or at
    rows = consultations_about(row.commissioner, at)
    is_asked = bool(rows) or mandate.rung.code not in UNASKED
    is_without = row.submitted_at is not None and mandate.has_members and not is_asked
    return Consulted(Cell(WITHOUT, colour="red") if is_without else None, _table(rows, at) if rows else None)


def _table(rows: tuple[ConsultationRow, ...], at: datetime) -> Table:
    return Table(
        id="consulted",
        caption=f"Consultations, as on {nhs_date(at)}",
        columns=(Column("Consultation"), Column("Length"), Column("What is missing")),
        rows=[
            (
                Cell(
                    row.title,
                    href=reverse("consultation", args=[row.id]),
                    note=f"{nhs_date(row.opens_on)} to {nhs_date(row.closes_on)}",
                ),
                Cell(row.badge, colour="green" if row.is_adequate else "red"),
                missing(row, at),
            )
            for row in rows
        ],
        stacked=True,
        size="s",
    )


def missing(row: ConsultationRow, at: datetime) -> Cell | str:
    """What the checklist of a consultation lacks, flagged."""
    gaps = [each.name for each in checklist(row.id, at) if not each.is_met]
    return (
        Cell("Checklist incomplete", colour="red", note=f"Not met: {'; '.join(gaps)}") if gaps else "Nothing"
    )
