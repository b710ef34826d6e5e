"""The history of one commissioner: each step with its day, and what it inherited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from remit.delegation.queries import Inherited, StepRow
from remit.kernel.names import readable_name
from remit.web.as_at import AsAt
from remit.web.delegation.words import level_title
from remit.web.formats import nhs_date
from remit.web.register.links import address, crumbs, twins
from remit.web.register.pages.dated import DatedPage
from remit.web.register.words import capital
from remit.web.tables import Cell, Column, Table


@dataclass(frozen=True, kw_only=True)
class HistoryPage(DatedPage):
    """What became of a commissioner up to a day."""

    said: str
    agreements_href: str
    steps: Table
    coming: Table | None
    inherited: Table | None
    motions: Table | None


def history_page(
    day: AsAt,
    code: str,
    name: str,
    steps: Sequence[StepRow],
    inherited: Sequence[Inherited],
    standing: str,
    motions: Table | None,
) -> HistoryPage:
    """The page as at a day: the steps up to it, those agreed for later, and in a sentence where it stood."""
    coming = [each for each in steps if each.known_on <= day.day < each.on]
    until = [each for each in steps if each.on <= day.day and each.known_on <= day.day]
    taken = [each for each in inherited if each.on <= day.day]
    return HistoryPage(
        title=f"{readable_name(name)}: what became of its powers",
        section="Delegation",
        crumbs=(*crumbs(day, ("Commissioners", "commissioners")),),
        chooser=day,
        as_at=day.day,
        alternates=twins(f"commissioners/{code}/history", "Every step"),
        said=standing,
        agreements_href=address("commissioner_agreements", code, day=day),
        steps=_steps("steps", f"Every step up to {nhs_date(day.day)}", until, day),
        coming=_steps("coming", "Agreed, and still to come", coming, day) if coming else None,
        inherited=_inherited(day, taken) if taken else None,
        motions=motions,
    )


def _steps(id: str, caption: str, rows: Sequence[StepRow], day: AsAt) -> Table:  # noqa: A002
    return Table(
        id=id,
        caption=caption,
        columns=(Column("Day"), Column("What happened"), Column("Level"), Column("Public since")),
        rows=[
            (
                nhs_date(each.on),
                Cell(each.words, href=_href(each, day), note=each.source),
                capital(level_title(each.level)) if each.level else "",
                nhs_date(each.known_on),
            )
            for each in rows
        ],
        stacked=True,
        empty="Nothing is recorded up to this day.",
    )


def _href(each: StepRow, day: AsAt) -> str:
    known = {"application", "announcement", "agreement", "commissioner"}
    return address(each.ref_kind, each.ref, day=day) if each.ref_kind in known else ""


def _inherited(day: AsAt, rows: Sequence[Inherited]) -> Table:
    return Table(
        id="inherited",
        caption="Which powers it inherited, and from whom",
        columns=(
            Column("From"),
            Column("Code"),
            Column("Level"),
            Column("In effect there since"),
            Column("On"),
        ),
        rows=[
            (
                Cell(readable_name(each.name), href=address("commissioner", each.predecessor, day=day)),
                each.predecessor,
                capital(level_title(each.level)),
                nhs_date(each.since),
                nhs_date(each.on),
            )
            for each in rows
        ],
        stacked=True,
    )
