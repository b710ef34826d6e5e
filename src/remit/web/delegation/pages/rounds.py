"""Rounds: the list, one, opening one, and starting to apply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django import forms
from django.urls import reverse

from remit.delegation.queries import AnnouncementRow, ApplicationRow, FunnelStage, RoundRow
from remit.delegation.rules import FULL, processes
from remit.delegation.states import SUBMITTED
from remit.engines.deadlines import remaining
from remit.kernel.moments import london_day
from remit.kernel.names import readable_name
from remit.web.as_at import AsAt
from remit.web.delegation.pages.clocks import RoundClocks
from remit.web.delegation.pages.counts import stage_address
from remit.web.delegation.pages.funnel import funnel_table
from remit.web.delegation.words import deadline_line, evidence_cell, level_title, round_tag, state_tag
from remit.web.figures.links import figure_href
from remit.web.formats import nhs_date, nhs_moment, number
from remit.web.pages import Crumb, Fact, Page, Problem
from remit.web.register.links import address, crumbs, twins
from remit.web.register.pages.dated import DatedPage
from remit.web.register.words import capital, counted
from remit.web.tables import Cell, Column, Table

UNDER = ("Delegation", "delegation")
SEEN_BY_OWN = "Nobody else sees a draft."
SEEN_BY_BOTH = (
    "NHS England's local office sees the draft, fills in its part, and signs it. Nobody else sees it."
)


@dataclass(frozen=True, kw_only=True)
class RoundsPage(DatedPage):
    """Every round. `may_open`: the reader may open one."""

    table: Table
    may_open: bool


@dataclass(frozen=True, kw_only=True)
class RoundPage(DatedPage):
    """One round. `left` is how long there is to apply, empty unless it is open; `made_at` when that was counted.

    `own` is the reader's application in it, or None; `may_begin` that they can begin one.
    """

    code: str
    tag: Cell
    deadline: str
    left: str
    made_at: datetime
    overdue: str
    facts: tuple[Fact, ...]
    stages: Table
    applications: Table
    announcements: Table
    own: Fact | None
    may_begin: bool
    close_href: str
    clocks: RoundClocks


@dataclass(frozen=True, kw_only=True)
class RoundFormPage(Page):
    """The form that opens a round, or plans one. `process_hints`: what each process asks, by code."""

    form: forms.Form
    button: str
    process_hints: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class ApplyPage(Page):
    """Before the first question: what will be asked, and by when."""

    deadline: str
    left: str
    made_at: datetime
    questions: tuple[str, ...]
    seen_by: str
    organisation: str


def rounds_page(day: AsAt, rows: Sequence[RoundRow], *, may_open: bool) -> RoundsPage:
    """The list on a day, the round that closes last first."""
    return RoundsPage(
        title="Rounds of applications",
        section="Delegation",
        crumbs=crumbs(day, UNDER),
        chooser=day,
        as_at=day.day,
        alternates=() if day.is_past else twins("rounds", "Rounds"),
        table=Table(
            id="rounds",
            caption="Rounds, the one that closes last first",
            columns=(
                Column("Round"),
                Column("Level", numeric=True),
                Column("Deadline"),
                Column("State"),
                Column("Decisions due by"),
                Column("Applications", numeric=True),
                Column("Powers come on"),
            ),
            rows=[
                (
                    Cell(row.title, href=address("round", row.code, day=day)),
                    row.level,
                    capital(row.deadline.words),
                    round_tag(row.state),
                    _due(row),
                    _applied(row, day),
                    nhs_date(row.effective_on),
                )
                for row in rows
            ],
            stacked=True,
            empty="No round has been opened yet.",
        ),
        may_open=may_open,
    )


def _applied(row: RoundRow, day: AsAt) -> Cell | str:
    """How many applied; it opens into who, of a past day on the page of the round."""
    if day.is_past:
        return Cell(number(row.applied), href=f"{address('round', row.code, day=day)}#applications")
    return Cell(number(row.applied), href=stage_address(row.code, "applied"))


def _due(row: RoundRow) -> Cell | str:
    """When decisions were said to be there; red where that day has gone by and some are still awaited."""
    if row.decisions_due_on is None:
        return "No day has been given"
    day = nhs_date(row.decisions_due_on)
    return Cell("Overdue", colour="red", note=f"They were due by {day}") if row.is_overdue else day


def time_left(row: RoundRow, at: datetime) -> str:
    """ "2 days 3 hours"; empty unless the round is open."""
    return remaining(row.deadline, at).words if row.state == "open" else ""


def round_page(
    row: RoundRow,
    day: AsAt,
    applications: Sequence[ApplicationRow],
    announcements: Sequence[AnnouncementRow],
    own: ApplicationRow | None,
    clocks: RoundClocks,
    *,
    may_apply: bool,
    may_close: bool = False,
    stages: Sequence[FunnelStage] = (),
) -> RoundPage:
    """One round as whoever asks may know it on a day."""
    at = day.moment
    return RoundPage(
        title=row.title,
        section="Rounds",
        crumbs=crumbs(day, UNDER, ("Rounds", "rounds")),
        chooser=day,
        as_at=day.day,
        alternates=()
        if day.is_past
        else twins(f"rounds/{row.code}/applications", "Applications in this round"),
        code=row.code,
        tag=round_tag(row.state),
        deadline=deadline_line(row.deadline, at),
        left="" if day.is_past else time_left(row, at),
        made_at=at,
        overdue=_overdue(row),
        facts=(*_facts(row), *clocks.facts),
        stages=funnel_table(row.code, stages, london_day(at)),
        applications=_applications(day, applications, clocks),
        announcements=_announcements(day, announcements),
        own=_own(own) if own else None,
        may_begin=may_apply and own is None and row.state == "open",
        clocks=clocks,
        close_href=reverse("close_round", args=[row.code]) if may_close and row.state == "decided" else "",
    )


def _overdue(row: RoundRow) -> str:
    if not row.is_overdue:
        return ""
    waiting = counted(row.applied - row.decided, "application")
    return f"Decisions were due by {nhs_date(row.decisions_due_on)}. No decision on {waiting} has been announced."


def _facts(row: RoundRow) -> tuple[Fact, ...]:
    due = nhs_date(row.decisions_due_on) if row.decisions_due_on else "No day has been given"
    return (
        Fact("For", level_title(row.level), href=f"{reverse('levels')}#level-{row.level}"),
        Fact("Opens" if row.state == "coming" else "Opened", nhs_moment(row.opens_at)),
        Fact("Deadline", capital(row.deadline.words)),
        Fact("Decisions due by", due),
        Fact("Powers come on", nhs_date(row.effective_on), note="For what is approved and signed by then"),
        Fact("Applications received", number(row.applied), stage_address(row.code, "applied")),
        Fact("Decisions announced", number(row.decided), stage_address(row.code, "decided")),
        *([Fact("Asked to be taken late", number(row.late_requests))] if row.late_requests else []),
    )


def _own(own: ApplicationRow) -> Fact:
    is_draft = own.submitted_at is None
    text = "Go on with your draft" if is_draft else "See your application"
    return Fact("Your application", text, href=reverse("application", args=[own.id]))


def _applications(day: AsAt, found: Sequence[ApplicationRow], clocks: RoundClocks) -> Table:
    """Who applied."""

    def outcome(each: ApplicationRow) -> Cell:
        tag = state_tag(each.state)
        if each.is_decided_again:
            return replace(
                tag,
                note=f"Does not stand: a challenge was upheld on {nhs_date(each.upheld_at)}. Decided again",
            )
        said = clocks.late_words.get(each.id, "")
        return replace(tag, note=said) if said and each.state == SUBMITTED else tag

    return Table(
        id="applications",
        caption="Who applied",
        columns=(
            Column("Commissioner"),
            Column("Received"),
            Column("How members were asked"),
            Column("State"),
        ),
        rows=[
            (
                Cell(
                    readable_name(each.name),
                    href=address("application", each.id, day=day),
                    note=each.commissioner,
                ),
                nhs_moment(each.submitted_at),
                evidence_cell(each.evidence, is_against=each.is_against),
                outcome(each),
            )
            for each in found
        ],
        stacked=True,
        empty="Nobody has applied yet. Drafts are not shown.",
    )


def _announcements(day: AsAt, rows: Sequence[AnnouncementRow]) -> Table:
    return Table(
        id="announcements",
        caption="Announcements of this round",
        columns=(Column("Announcement"), Column("Released"), Column("Approved", numeric=True)),
        rows=[
            (
                Cell(row.headline, href=address("announcement", row.code, day=day)),
                nhs_moment(row.released_at),
                Cell(number(row.approved), href=figure_href(f"{row.code}-approved")),
            )
            for row in rows
        ],
        stacked=True,
        empty="Nothing has been announced yet.",
    )


def round_form_page(
    form: forms.Form,
    problems: tuple[Problem, ...],
    *,
    title: str = "Open a round",
    trail: tuple[Crumb, ...] = (),
) -> RoundFormPage:
    """Opening a round, or planning one."""
    return RoundFormPage(
        title=title,
        section="Rounds",
        crumbs=trail or crumbs(None, UNDER, ("Rounds", "rounds")),
        problems=problems,
        form=form,
        button="Plan the round" if trail else "Open the round",
        process_hints={each.code: each.meaning for each in processes().values()},
    )


def apply_page(row: RoundRow, at: datetime, questions: Sequence[str], organisation: str) -> ApplyPage:
    """Before one begins."""
    return ApplyPage(
        title=f"Apply: {row.title}",
        section="Rounds",
        crumbs=(
            *crumbs(None, UNDER, ("Rounds", "rounds")),
            *crumbs_to_round(row),
        ),
        deadline=deadline_line(row.deadline, at),
        left=time_left(row, at),
        made_at=at,
        questions=tuple(questions),
        seen_by=SEEN_BY_BOTH if row.process == FULL else SEEN_BY_OWN,
        organisation=organisation,
    )


def crumbs_to_round(row: RoundRow) -> tuple[Crumb, ...]:
    """The step to a round's page."""
    return (Crumb(row.title, address("round", row.code)),)
