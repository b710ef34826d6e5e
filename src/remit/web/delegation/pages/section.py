"""The part of a commissioner's page about its powers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from remit.delegation.queries import ArrangementRow, PowerRow
from remit.kernel.names import readable_name
from remit.web.as_at import AsAt
from remit.web.delegation.pages.levels import held_tag
from remit.web.delegation.words import level_title
from remit.web.formats import nhs_date, nhs_moment
from remit.web.register.links import address
from remit.web.register.words import capital
from remit.web.tables import Cell, Column, Table


@dataclass(frozen=True)
class DelegationSection:
    """Where a commissioner stood on the day, what it ever held, and its powers on the day, if it had any to have.

    `use_href` is where its own officer records what was done; empty for others. `powers_href` is where all its powers
    are, over each contractor group; `steps_href` where every step is that led to where it stands.
    """

    said: str
    history: Table
    powers: Table | None
    use_href: str
    steps_href: str
    agreements_href: str
    powers_href: str
    evidence_href: str


def delegation_section(
    day: AsAt,
    code: str,
    arrangements: Sequence[ArrangementRow],
    before: Mapping[str, tuple[str, str]],
    powers: Sequence[PowerRow],
    use_href: str,
    *,
    not_known: str = "",
    powers_href: str = "",
    steps_href: str = "",
) -> DelegationSection:
    """The section. `before` are code and name of whoever held an arrangement that was taken over, by its id;
    `powers` are empty for what was no commissioner on the day. `not_known` is what the sources do state of its
    position, where they do not speak of the day."""
    return DelegationSection(
        said=_said(day, arrangements, not_known),
        history=_history(day, arrangements, before),
        powers=_powers(day, powers) if powers else None,
        use_href=use_href,
        powers_href=powers_href,
        evidence_href=address("commissioner_evidence", code),
        steps_href=steps_href,
        agreements_href=address("commissioner_agreements", code, day=day),
    )


def _said(day: AsAt, arrangements: Sequence[ArrangementRow], not_known: str) -> str:
    on = nhs_date(day.day)
    now = [row for row in arrangements if row.effective_on <= day.day and not _is_over(row, day)]
    coming = [row for row in arrangements if row.effective_on > day.day]
    if now:
        best = max(now, key=lambda row: row.level)
        said = f"On {on} it had {level_title(best.level)}, in effect since {nhs_date(best.effective_on)}."
    elif not_known:
        return f"What level it had on {on} is not known. {not_known}"
    else:
        said = f"On {on} it had no arrangement in effect."
    if coming:
        begins = "begins" if coming[0].effective_on > day.today else "began"
        said += f" {capital(level_title(coming[0].level))}, {begins} on {nhs_date(coming[0].effective_on)}."
    return said


def _is_over(row: ArrangementRow, day: AsAt) -> bool:
    return row.last_on is not None and row.last_on < day.day


def _history(day: AsAt, rows: Sequence[ArrangementRow], before: Mapping[str, tuple[str, str]]) -> Table:
    return Table(
        id="arrangements",
        caption="Arrangements with NHS England",
        columns=(Column("Level"), Column("From"), Column("Until"), Column("Rests on")),
        rows=[
            (
                capital(level_title(row.level)),
                nhs_date(row.effective_on),
                nhs_date(row.last_on) or "No end is known",
                _basis(day, row, before),
            )
            for row in rows
        ],
        stacked=True,
        empty="No arrangement of its own is recorded.",
    )


def _basis(day: AsAt, row: ArrangementRow, before: Mapping[str, tuple[str, str]]) -> Cell:
    """What an arrangement rests on, with the way there."""
    if row.basis == "application":
        signed = f"Signed on {nhs_date(row.signed_at)}" if row.signed_at else ""
        return Cell("Its own application", href=address("application", row.ref, day=day), note=signed)
    if row.basis == "succeeded" and row.ref in before:
        code, name = before[row.ref]
        return Cell(
            f"Taken over from {readable_name(name)}", href=address("commissioner", code, day=day), note=code
        )
    return Cell(row.source or "Taken over", href=row.source_href)


def _powers(day: AsAt, rows: Sequence[PowerRow]) -> Table:
    return Table(
        id="powers",
        caption=f"Powers on {nhs_date(day.day)}",
        columns=(Column("Power"), Column("Held"), Column("Since"), Column("First used")),
        rows=[
            (
                row.name,
                held_tag(row.how, row.why_not),
                nhs_date(row.since),
                nhs_moment(row.first_used_at) or "No use is recorded",
            )
            for row in rows
        ],
        stacked=True,
    )
