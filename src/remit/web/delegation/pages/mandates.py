"""Mandates: the part of an application's page about its members, the public list, and the standards behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from remit.delegation.queries import EvidenceRow, LadderTally, Mandate, MandateRow
from remit.delegation.rules import ladder, rung_families, standards
from remit.kernel.names import readable_name
from remit.web.as_at import AsAt
from remit.web.delegation.pages.consulted import NOBODY_ASKED, Consulted
from remit.web.delegation.words import level_title
from remit.web.formats import nhs_date, number
from remit.web.pages import Page
from remit.web.paging import Paging
from remit.web.register.links import address, crumbs, twins
from remit.web.register.pages.dated import Choice, DatedPage
from remit.web.register.words import counted
from remit.web.tables import Cell, Column, Table

UNDER = ("Delegation", "delegation")
NOT_ASKED = (
    "Member practices were not asked. Their support was the first test of an application, so the assessor has to "
    "say in the reasons why this one stands without it."
)
NOT_SAID = "Nothing says how member practices were asked. This is kept apart from “not asked”."
NO_BALLOT = "No ballot of member practices is recorded."
NO_MEMBERS = "Integrated care boards have no member practices, so there was nobody to ballot."
LOST_BALLOT = "A ballot of member practices is on record, and members did not carry it."
OTHER_BALLOT = "A ballot of member practices is on record, but this application does not rest on it."
RESULTS = {
    "carried": ("Carried", "green"),
    "lost": ("Members voted against", "red"),
    "tied": ("Tied, so not carried", "red"),
    "not_carried": ("Not carried under its rule", "red"),
    "unknown": ("Not counted", "grey"),
    "": ("", ""),
}
COLOURS = {"balloted": "green", "not_balloted": "yellow", "not_specified": "grey"}


@dataclass(frozen=True)
class Notice:
    """Something that nobody may overlook: a heading and a sentence."""

    heading: str
    text: str


@dataclass(frozen=True)
class MandatePanel:
    """How firmly members stand behind an application, for whoever reads its page."""

    rung: Cell
    rests: str
    asked_on: str
    no_ballot: str
    warnings: tuple[Notice, ...]
    losses: tuple[Notice, ...]
    comparisons: tuple[Cell, ...]
    evidence: Table | None
    standards_href: str
    consulted: Consulted


@dataclass(frozen=True, kw_only=True)
class MandatesPage(DatedPage):
    """Every submitted application with its mandate; `families` tell the same in three answers."""

    rounds: tuple[Choice, ...]
    ways: tuple[Choice, ...]
    said: str
    families: Table
    rungs: Table
    table: Table
    paging: Paging
    standards_href: str


@dataclass(frozen=True)
class StandardPart:
    """A standard with what it asks."""

    id: str
    name: str
    body: str
    since: str
    source: str
    is_weak: bool
    requirements: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class StandardsPage(Page):
    """The ladder, and what representative bodies ask."""

    ladder: Table
    standards: tuple[StandardPart, ...]


def rung_cell(mandate: Mandate) -> Cell:
    """Where a mandate stands: red where members were not asked."""
    if not mandate.has_members:
        return Cell(mandate.in_words, colour="grey")
    colour = "red" if mandate.rung.code == "none" else COLOURS[mandate.rung.family]
    return Cell(mandate.rung.name, colour=colour)


def result_cell(result: str) -> Cell:
    """What a vote came to."""
    text, colour = RESULTS[result]
    return Cell(text, colour=colour)


def count_words(row: EvidenceRow) -> str:
    """ "30 for, 4 against, 2 abstained, of 40"; empty where nobody counted."""
    count = row.count
    if count.in_favour is None or count.against is None:
        return ""
    parts = [f"{number(count.in_favour)} for", f"{number(count.against)} against"]
    if count.abstained is not None:
        parts.append(f"{number(count.abstained)} abstained")
    said = ", ".join(parts)
    return f"{said}, of {number(count.electorate)}" if count.electorate is not None else said


def mandate_panel(mandate: Mandate, consulted: Consulted = NOBODY_ASKED) -> MandatePanel:
    """The panel of an application's page."""
    return MandatePanel(
        rung=rung_cell(mandate),
        rests=_rests(mandate),
        asked_on=nhs_date(mandate.asked_on) if mandate.asked_on else "",
        no_ballot=_no_ballot(mandate),
        warnings=_warnings(mandate),
        losses=tuple(_loss(row) for row in mandate.lost),
        comparisons=tuple(
            Cell(
                each.words,
                href=f"{reverse('mandate_standards')}#{each.standard.code}",
                colour="green" if each.is_met else "red",
            )
            for each in mandate.comparisons
        ),
        evidence=_evidence(mandate.evidence) if mandate.evidence else None,
        standards_href=reverse("mandate_standards"),
        consulted=consulted,
    )


def _no_ballot(mandate: Mandate) -> str:
    """What is on record of ballots, where no ballot stands behind an application."""
    if not mandate.has_members:
        return ""
    lost = {row.id for row in mandate.lost}
    if any(row.id in lost for row in mandate.ballots):
        return LOST_BALLOT
    if mandate.is_balloted:
        return ""
    return OTHER_BALLOT if mandate.ballots else NO_BALLOT


def _rests(mandate: Mandate) -> str:
    if mandate.rests_on == "recorded":
        differs = mandate.stated not in {"not_specified", mandate.rung.code}
        said = (
            f" The form says: {ladder()[mandate.stated].name[0].lower()}{ladder()[mandate.stated].name[1:]}."
        )
        return "It rests on evidence on record." + (said if differs else "")
    if not mandate.has_members:
        return NO_MEMBERS
    if mandate.rests_on == "stated":
        return "Only the form says so. No evidence is attached."
    return "Neither the form nor any evidence says so."


def _warnings(mandate: Mandate) -> tuple[Notice, ...]:
    found = [_loss(row) for row in mandate.lost]
    if not mandate.has_members:
        return tuple(found)
    if mandate.rung.code == "none":
        found.append(Notice("Members were not asked", NOT_ASKED))
    elif mandate.is_gap:
        found.append(Notice("How members were asked is not specified", NOT_SAID))
    return tuple(found)


def _loss(row: EvidenceRow) -> Notice:
    against = row.result == "lost"
    heading = "Members voted against" if against else "Members did not carry it"
    counted_as = count_words(row)
    count = f": {counted_as}" if counted_as else ""
    return Notice(
        heading,
        f"{row.kind_name} of {nhs_date(row.held_on)}{count}. No later vote at least as firm has answered it.",
    )


def _evidence(rows: Sequence[EvidenceRow]) -> Table:
    return Table(
        id="evidence",
        caption="Evidence attached",
        columns=(Column("What"), Column("When"), Column("Count"), Column("Result")),
        rows=[
            (
                Cell(row.kind_name, href=reverse("evidence", args=[row.id])),
                nhs_date(row.held_on),
                count_words(row) or "Not counted",
                result_cell(row.result) if row.result else "",
            )
            for row in rows
        ],
        stacked=True,
        size="s",
    )


def asked_in(rows: Sequence[MandateRow], way: str) -> list[MandateRow]:
    """Those whose members were asked in one way, or voted against; all of them for no way."""
    if way == "against":
        return [row for row in rows if row.mandate.is_against]
    return [row for row in rows if way in {"", row.mandate.rung.code, row.mandate.rung.family}]


def mandates_page(
    day: AsAt,
    rows: Sequence[MandateRow],
    tally: LadderTally,
    names: Mapping[tuple[str, date], str],
    closed_on: Mapping[str, date],
    rounds: Sequence[tuple[str, str]],
    paging: Paging,
    *,
    round_code: str,
    way: str,
) -> MandatesPage:
    """A page of `rows`, which were asked in one way, each by its name when its round closed; the tally is of all that
    there are."""
    return MandatesPage(
        title="How members were asked",
        section="Delegation",
        crumbs=crumbs(day, UNDER),
        chooser=day,
        as_at=day.day,
        alternates=() if day.is_past else twins("mandates", "Mandates"),
        rounds=_choices((("", "Every round"), *rounds), round_code),
        ways=_choices(_ways(), way),
        said=_said(tally),
        families=_counts(day, "families", "Had members been balloted?", tally.families, tally.base),
        rungs=_counts(day, "rungs", "How firmly members were asked", tally.rungs, tally.base),
        table=_list(day, rows[paging.start : paging.end], names, closed_on, paging.total),
        paging=paging,
        standards_href=reverse("mandate_standards"),
    )


def _choices(options: Sequence[tuple[str, str]], chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(value, text, value == chosen) for value, text in options)


def _ways() -> tuple[tuple[str, str], ...]:
    rungs = [(each.code, each.name) for each in ladder().values()]
    codes = {code for code, _ in rungs}
    plain = [(code, text) for code, text in rung_families().items() if code not in codes]
    return (("", "Every way"), *plain, *rungs, ("against", "Members voted against"))


def _said(tally: LadderTally) -> str:
    against = f" Members voted against {number(tally.against)} of them." if tally.against else ""
    return f"{counted(tally.base, 'application')} submitted.{against}"


def _counts(day: AsAt, id_: str, caption: str, counts: Sequence[tuple[str, str, int]], base: int) -> Table:
    return Table(
        id=id_,
        caption=caption,
        columns=(Column("Answer"), Column("Applications", numeric=True), Column("Share", numeric=True)),
        rows=[
            (
                Cell(name, href=address("mandates", way=code, day=day)),
                number(count),
                f"{100 * count / base:.1f}%" if base else "",
            )
            for code, name, count in counts
        ],
        size="s",
        stacked=True,
    )


def _list(
    day: AsAt,
    rows: Sequence[MandateRow],
    names: Mapping[tuple[str, date], str],
    closed_on: Mapping[str, date],
    total: int,
) -> Table:
    return Table(
        id="mandates",
        caption=counted(total, "application"),
        columns=(
            Column("Commissioner"),
            Column("For"),
            Column("How members were asked"),
            Column("Beside the standard"),
        ),
        rows=[
            (
                Cell(
                    readable_name(names[row.commissioner, closed_on[row.round]]),
                    href=address("application", row.application, day=day),
                    note=row.commissioner,
                ),
                Cell(level_title(row.level), note=row.round),
                _how(row.mandate),
                "; ".join(each.words for each in row.mandate.comparisons) or "No standard then",
            )
            for row in rows
        ],
        stacked=True,
        empty="No application is like that.",
    )


def _how(mandate: Mandate) -> Cell:
    cell = rung_cell(mandate)
    if mandate.is_against:
        return Cell("Members voted against", colour="red", note=cell.text)
    note = "As the form says" if mandate.rests_on == "stated" else ""
    return Cell(cell.text, colour=cell.colour, note=note)


def standards_page() -> StandardsPage:
    """What each rung is called, and what each standard asks, with its source."""
    return StandardsPage(
        title="How the support of members is graded",
        section="Delegation",
        crumbs=crumbs(None, UNDER, ("How members were asked", "mandates")),
        ladder=Table(
            id="ladder",
            caption="From the firmest way of asking to none",
            columns=(Column("Way"), Column("Grade", numeric=True), Column("In a plain answer")),
            rows=[
                (each.name, number(each.grade), rung_families()[each.family]) for each in ladder().values()
            ],
        ),
        standards=tuple(
            StandardPart(
                each.code,
                each.name,
                each.body,
                nhs_date(each.since),
                each.source,
                each.is_weak,
                tuple(asked.words for asked in each.requirements),
            )
            for each in standards()
        ),
    )
