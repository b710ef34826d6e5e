"""Programmes: the list, one with what it plans, publishes and was told, and one version of a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from remit.delegation.queries import (
    AnswerCount,
    InterestRow,
    InterestTally,
    InvitationRow,
    ProgrammeRow,
    PublicationPage,
    PublicationRow,
    PublishedFile,
    StatementRow,
)
from remit.delegation.states.intentions import ANSWER_WORDS, APPLIED, INTENDS, LAPSED, NOT_NOW, UNDECIDED
from remit.kernel.names import readable_name
from remit.web.delegation.words import level_title
from remit.web.formats import nhs_date, nhs_moment, number
from remit.web.pages import Crumb, Fact, Page
from remit.web.register.links import address, crumbs, twins
from remit.web.register.words import capital
from remit.web.tables import Cell, Column, Table

UNDER = ("Delegation", "delegation")
LIST = ("Programmes", "programmes")
COLOURS = {INTENDS: "blue", UNDECIDED: "grey", NOT_NOW: "grey", APPLIED: "green", LAPSED: "red"}


@dataclass(frozen=True, kw_only=True)
class ProgrammesPage(Page):
    """Every programme. `may_set_up`: the reader may set one up."""

    table: Table
    may_set_up: bool


@dataclass(frozen=True, kw_only=True)
class ProgrammePage(Page):
    """One programme. `ways` are what the reader can do here; `missing` says what is not published yet."""

    facts: tuple[Fact, ...]
    missing: str
    ways: tuple[Crumb, ...]
    rounds: Table
    documents: Table
    interest: str
    interests: Table
    tally: Table
    statements: Table
    invited: Table


@dataclass(frozen=True, kw_only=True)
class PublicationShown(Page):
    """One version of a document: its words, or its sections with their lines, and the file that it is kept as."""

    facts: tuple[Fact, ...]
    later: str
    words: str
    sections: tuple[dict[str, object], ...]
    file_href: str


def programmes_page(rows: Sequence[ProgrammeRow], *, may_set_up: bool) -> ProgrammesPage:
    """The list, the latest first."""
    return ProgrammesPage(
        title="Programmes",
        section="Delegation",
        crumbs=crumbs(None, UNDER),
        alternates=twins("programmes", "Programmes"),
        may_set_up=may_set_up,
        table=Table(
            id="programmes",
            caption="Application processes, the latest first",
            columns=(
                Column("Programme"),
                Column("Process"),
                Column("Rounds", numeric=True),
                Column("Documents", numeric=True),
            ),
            rows=[
                (
                    Cell(row.title, href=reverse("programme", args=[row.code])),
                    row.process_name,
                    number(len(row.planned)),
                    number(sum(each.is_latest for each in row.publications)),
                )
                for row in rows
            ],
            stacked=True,
            empty="No programme has been set up yet.",
        ),
    )


def crumbs_to(row: ProgrammeRow) -> tuple[Crumb, ...]:
    """The steps to a programme's own page, for the pages below it."""
    return (*crumbs(None, UNDER, LIST), Crumb(row.title, address("programme", row.code)))


def programme_page(
    row: ProgrammeRow,
    interests: Sequence[InterestRow],
    counts: InterestTally,
    statements: Sequence[StatementRow],
    tally: Sequence[AnswerCount],
    invited: Sequence[InvitationRow],
    *,
    may_run: bool,
    may_speak: bool,
) -> ProgrammePage:
    """One programme, as anybody may know it."""
    return ProgrammePage(
        title=row.title,
        section="Programmes",
        crumbs=crumbs(None, UNDER, LIST),
        alternates=(
            *twins(f"programmes/{row.code}/documents", "Documents of this programme"),
            *twins(f"programmes/{row.code}/interests", "Expressions of interest"),
            *twins(f"programmes/{row.code}/statements", "What commissioners plan"),
        ),
        facts=(Fact("Process", row.process_name), Fact("Set up", nhs_moment(row.made_at))),
        missing=", ".join(row.missing),
        ways=_ways(row, may_run=may_run, may_speak=may_speak),
        rounds=_rounds(row, may_open=may_run),
        documents=documents_table(row.publications),
        interest=_interest(counts),
        interests=_interests(interests),
        tally=_tally(tally),
        statements=_statements(statements),
        invited=_invited(invited),
    )


def _ways(row: ProgrammeRow, *, may_run: bool, may_speak: bool) -> tuple[Crumb, ...]:
    run = (("Plan a round", "plan_round"), ("Publish a document", "publish_document"))
    speak = (("Say what your organisation plans", "position"), ("Express interest", "interest"))
    ways = (*(run if may_run else ()), *(speak if may_speak else ()))
    return tuple(Crumb(text, reverse(name, args=[row.code])) for text, name in ways)


def _rounds(row: ProgrammeRow, *, may_open: bool) -> Table:
    def name(code: str, title: str, *, is_set_up: bool) -> Cell:
        if is_set_up:
            return Cell(title, href=reverse("round", args=[code]))
        return Cell(title, href=reverse("open_planned", args=[code]) if may_open else "", note="Planned")

    return Table(
        id="planned",
        caption="Its rounds",
        columns=(
            Column("Round"),
            Column("Opens"),
            Column("Deadline"),
            Column("Decisions due by"),
            Column("Powers come on"),
            Column("Timetable"),
        ),
        rows=[
            (
                name(each.code, each.title, is_set_up=each.is_set_up),
                nhs_moment(each.opens_at),
                capital(each.deadline.words),
                nhs_date(each.decisions_due_on) if each.decisions_due_on else "No day has been given",
                nhs_date(each.effective_on),
                Cell(
                    "Who can keep it",
                    href=reverse("round_timetable", args=[each.code]),
                    hidden=f": {each.title}",
                ),
            )
            for each in row.planned
        ],
        stacked=True,
        empty="No round is planned yet.",
    )


def documents_table(rows: Sequence[PublicationRow]) -> Table:
    """Documents with all their versions."""
    return Table(
        id="documents",
        caption="Documents",
        columns=(
            Column("Document"),
            Column("Version", numeric=True),
            Column("Published"),
            Column("State"),
            Column("File"),
        ),
        rows=[
            (
                Cell(
                    each.title,
                    href=reverse("publication", args=[each.id]),
                    note=each.kind_name if each.title != each.kind_name else "",
                ),
                number(each.version),
                nhs_moment(each.published_at),
                Cell("In force", colour="green") if each.is_latest else Cell("Replaced", colour="grey"),
                Cell("Download", href=reverse("publication_file", args=[each.id]), hidden=_of_file(each)),
            )
            for each in rows
        ],
        stacked=True,
        empty="Nothing has been published yet.",
    )


def _of_file(row: PublicationRow) -> str:
    return f": {row.title}, version {row.version}"


def _interest(counts: InterestTally) -> str:
    if not counts.interests:
        return ""
    full, both = number(counts.full), number(counts.full_and_performance)
    return (
        f"{number(counts.interests)} expressed interest. {full} of them ({counts.full_share}) would like full "
        f"delegation, including {both} ({counts.performance_share} of all) that would manage the performance of "
        "practices under their contracts."
    )


def _interests(rows: Sequence[InterestRow]) -> Table:
    return Table(
        id="interests",
        caption="Expressions of interest",
        columns=(
            Column("Commissioner"),
            Column("Would like"),
            Column("Would manage performance"),
            Column("Became"),
        ),
        rows=[
            (
                Cell(readable_name(row.name), note=row.commissioner),
                level_title(row.level),
                "Yes" if row.would_manage_performance else "No",
                Cell("An application", href=reverse("application", args=[row.application]))
                if row.application
                else "No application yet",
            )
            for row in rows
        ],
        stacked=True,
        empty="Nobody has expressed interest.",
    )


def _answer(answer: str, level: int | None) -> str:
    return f"{ANSWER_WORDS[answer]}: {level_title(level)}" if level else ANSWER_WORDS[answer]


def _tally(rows: Sequence[AnswerCount]) -> Table:
    total = sum(row.count for row in rows)
    return Table(
        id="tally",
        caption=f"What commissioners plan: {number(total)} said so",
        columns=(Column("Answer"), Column("Commissioners", numeric=True)),
        rows=[(_answer(row.answer, row.level), number(row.count)) for row in rows] if total else [],
        empty="Nobody has said what it plans.",
    )


def _statements(rows: Sequence[StatementRow]) -> Table:
    return Table(
        id="statements",
        caption="Who plans what",
        columns=(Column("Commissioner"), Column("Said"), Column("On"), Column("Now")),
        rows=[
            (
                Cell(readable_name(row.name), note=row.commissioner),
                Cell(_answer(row.answer, row.level), note=row.reasons),
                nhs_date(row.stated_at.date()),
                Cell(
                    ANSWER_WORDS[row.now],
                    colour=COLOURS[row.now],
                    href=reverse("application", args=[row.application]) if row.application else "",
                ),
            )
            for row in rows
        ],
        stacked=True,
        empty="Nobody has said what it plans.",
    )


def _invited(rows: Sequence[InvitationRow]) -> Table:
    return Table(
        id="invited",
        caption="Who said “not now” here, and was invited when a later round opened",
        columns=(Column("Commissioner"), Column("Reason"), Column("Said on"), Column("Invited to")),
        rows=[
            (
                Cell(
                    readable_name(row.name),
                    note=row.commissioner
                    if row.said_by == row.commissioner
                    else f"{row.commissioner}, for {row.said_by}",
                ),
                row.reasons or "No reason given",
                nhs_date(row.stated_at),
                Cell(
                    row.title, href=reverse("round", args=[row.round]), note=f"On {nhs_date(row.invited_at)}"
                ),
            )
            for row in rows
        ],
        stacked=True,
        empty="Nobody was invited yet. Whoever said “not now” is, when the next programme opens a round.",
    )


def publication_page(
    found: PublicationPage, programme: ProgrammeRow, file: PublishedFile | None
) -> PublicationShown:
    """One version. `file` is it as a file, unless it is a kept document."""
    row = found.row
    made = "Built from the data of this programme" if row.is_generated else "Written by the national team"
    latest = next((each for each in programme.publications if each.kind == row.kind and each.is_latest), None)
    later = reverse("publication", args=[latest.id]) if latest and not row.is_latest else ""
    return PublicationShown(
        title=row.title,
        section=programme.title,
        crumbs=crumbs_to(programme),
        facts=(
            Fact("Document", row.kind_name),
            Fact("Version", number(row.version)),
            Fact("Published", nhs_moment(row.published_at)),
            Fact("Made", made),
            Fact("SHA-256", row.sha256, note="As the ledger has it"),
            *([Fact("SHA-256 of the file", file.sha256, note=file.name)] if file else []),
        ),
        later=later,
        words=found.words,
        sections=found.sections,
        file_href=reverse("publication_file", args=[row.id]),
    )
