"""The timetable linter's pages: for whom a round is possible, and one commissioner's chain of steps."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from remit.delegation.queries import Lint, LintRow
from remit.kernel.names import readable_name
from remit.web.formats import nhs_date, number
from remit.web.pages import Crumb, Fact, Page
from remit.web.paging import Paging
from remit.web.register.links import crumbs, twins
from remit.web.register.words import capital, counted
from remit.web.tables import Cell, Column, Table

UNDER = ("Delegation", "delegation")
POSSIBLE, IMPOSSIBLE = Cell("In time", colour="green"), Cell("Not in time", colour="red")


@dataclass(frozen=True, kw_only=True)
class TimetablePage(Page):
    """What the linter says of a round."""

    verdict: str
    is_clean: bool
    facts: tuple[Fact, ...]
    faults: Table
    rows: Table
    paging: Paging


@dataclass(frozen=True, kw_only=True)
class ChainPage(Page):
    """One commissioner's steps, planned back from the deadline."""

    verdict: str
    is_feasible: bool
    facts: tuple[Fact, ...]
    steps: Table


def timetable_page(found: Lint, paging: Paging, *, is_set_up: bool) -> TimetablePage:
    """Who can keep a round's deadline: those that cannot come first."""
    rows = sorted(found.rows, key=lambda row: row.is_feasible)[paging.start : paging.end]
    return TimetablePage(
        title=f"Timetable: {found.title}",
        section="Rounds",
        crumbs=_trail(found, is_set_up=is_set_up),
        alternates=twins(f"rounds/{found.round}/timetable", "The timetable of each commissioner"),
        verdict=_verdict(found),
        is_clean=found.is_clean,
        facts=(
            Fact("Opens", nhs_date(found.opens_on)),
            Fact("Deadline", capital(found.deadline)),
            Fact("Last day to apply", nhs_date(found.last_day)),
        ),
        faults=Table(
            id="faults",
            caption="Dates that cannot be meant",
            columns=(Column("Where"), Column("Said"), Column("What is wrong")),
            rows=[(fault.what, fault.said, fault.message) for fault in found.faults],
            stacked=True,
            empty="None was found.",
        ),
        rows=Table(
            id="commissioners",
            caption="Commissioners that could apply: first who is not in time, then by name",
            columns=(
                Column("Commissioner"),
                Column("Days needed", numeric=True),
                Column("Latest start"),
                Column("Ready, if begun on the opening day"),
                Column("Rules"),
                Column("State"),
            ),
            rows=[_row(found.round, row) for row in rows],
            stacked=True,
            empty="No commissioner could apply.",
        ),
        paging=paging,
    )


def _trail(found: Lint, *, is_set_up: bool) -> tuple[Crumb, ...]:
    steps = crumbs(None, UNDER, ("Rounds", "rounds"))
    return (*steps, Crumb(found.title, reverse("round", args=[found.round]))) if is_set_up else steps


def _verdict(found: Lint) -> str:
    if not found.rows and not found.faults:
        return "No commissioner could apply: every one has this level already. No date is impossible."
    if found.is_clean:
        return "Every commissioner that could apply can be ready in time, and no date is impossible."
    late, every = len(found.infeasible), len(found.rows)
    parts = [f"{number(late)} of {counted(every, 'commissioner')} cannot be ready in time."] if late else []
    if found.faults:
        parts.append(f"{capital(counted(len(found.faults), 'date'))} cannot be meant.")
    return " ".join(parts)


def _row(code: str, row: LintRow) -> tuple[Cell | str, ...]:
    return (
        Cell(
            readable_name(row.name),
            href=reverse("round_chain", args=[code, row.commissioner]),
            note=row.commissioner,
        ),
        number(row.plan.days),
        _latest(row),
        _ready(row),
        "Its own" if row.has_own_rules else "Assumed",
        POSSIBLE if row.is_feasible else IMPOSSIBLE,
    )


def _latest(row: LintRow) -> str:
    return nhs_date(row.plan.latest_start) if row.plan.latest_start else "No committee meets in time"


def _ready(row: LintRow) -> str:
    return nhs_date(row.plan.ready_on) if row.plan.ready_on else "Not known: no later meeting is recorded"


def chain_page(found: Lint, row: LintRow, *, is_set_up: bool) -> ChainPage:
    """One commissioner's chain."""
    name = readable_name(row.name)
    return ChainPage(
        title=f"{name}: {found.title}",
        section="Timetable",
        crumbs=(
            *_trail(found, is_set_up=is_set_up),
            Crumb("Timetable", reverse("round_timetable", args=[found.round])),
        ),
        verdict=_of_one(name, row),
        is_feasible=row.is_feasible,
        facts=(
            Fact("Round opens", nhs_date(found.opens_on)),
            Fact("Last day to apply", nhs_date(found.last_day)),
            Fact("Latest start", _latest(row)),
            Fact("Ready, if begun on the opening day", _ready(row)),
        ),
        steps=Table(
            id="steps",
            caption="Steps, planned back from the last day",
            columns=(
                Column("Step"),
                Column("Begins by"),
                Column("Over by"),
                Column("Calendar days", numeric=True),
                Column("Says who"),
            ),
            rows=[
                (
                    step.name,
                    nhs_date(step.first),
                    nhs_date(step.last),
                    number(step.days),
                    Cell("Its own rule" if step.is_own else "Assumed", note=step.source),
                )
                for step in row.plan.steps
            ],
            stacked=True,
            empty="Nothing has to come before the deadline.",
        ),
    )


def _of_one(name: str, row: LintRow) -> str:
    if row.is_feasible:
        return f"{name} can be ready in time."
    if row.plan.latest_start is None:
        return f"{name} cannot be ready in time: its committee does not meet before the deadline."
    return (
        f"{name} cannot be ready in time. It would have had to begin on {nhs_date(row.plan.latest_start)}, "
        f"{counted(row.plan.short_by, 'day')} before the round opens."
    )
