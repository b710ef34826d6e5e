"""The timetable linter: for whom a round's dates are possible, and which of its published dates cannot be meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from remit.delegation.models import CommissionerTimetable, PlannedRound, Publication, Round
from remit.delegation.queries.scope import groups_of, holders_on
from remit.delegation.rules import DefaultStep, bank_holidays, guidance, timetable_steps
from remit.engines.timetable import (
    Fault,
    Meetings,
    Plan,
    RoundDates,
    Step,
    faults_of_dates,
    faults_of_printed,
    plan_back,
)
from remit.kernel.moments import london_day
from remit.register.queries import commissioner_names_on
from remit.register.rules import commissioner_kind_on

READ = ("process", "timetable")
"""The kinds of document whose printed dates are checked: the others may well speak of other years."""
HALF_A_YEAR = timedelta(days=183)


@dataclass(frozen=True)
class LintRow:
    """One commissioner and its chain of steps back from the deadline. `has_own_rules`: some are recorded."""

    commissioner: str
    name: str
    has_own_rules: bool
    plan: Plan

    @property
    def is_feasible(self) -> bool:
        """Whether it can be ready in time."""
        return self.plan.is_feasible


@dataclass(frozen=True)
class Lint:
    """What the linter says of a round: impossible dates, and every commissioner that could apply, by name."""

    round: str
    title: str
    level: int
    opens_on: date
    deadline: str
    last_day: date
    faults: tuple[Fault, ...]
    rows: tuple[LintRow, ...]

    @property
    def infeasible(self) -> tuple[LintRow, ...]:
        """The commissioners that cannot be ready in time."""
        return tuple(row for row in self.rows if not row.is_feasible)

    @property
    def is_clean(self) -> bool:
        """Whether there is nothing to warn of."""
        return not self.faults and not self.infeasible


def lint_of(code: str) -> Lint | None:
    """The linter's answer on a round that is planned or set up."""
    found = Round.objects.filter(pk=code).first() or PlannedRound.objects.filter(pk=code).first()
    return lint_round(found) if found else None


def lint_round(found: Round | PlannedRound) -> Lint:
    """The linter's answer on a round's dates: all commissioners of its opening day that do not have the
    level over one of its contractor groups."""
    opens_on = london_day(found.opens_at)
    dates = RoundDates(opens_on, found.deadline.last_day, found.decisions_due_on, found.effective_on)
    groups, kind = groups_of(found), commissioner_kind_on(opens_on)
    have = holders_on(found.level, groups, opens_on)
    own = _own_rules(opens_on)
    steps = [each for each in timetable_steps(kind).values() if each.is_about(groups)]
    rows = tuple(
        _row(code, name, own.get(code), found.level, dates, steps)
        for code, name in commissioner_names_on(opens_on)
        if code not in have
    )
    return Lint(
        found.pk,
        found.title,
        found.level,
        opens_on,
        found.deadline.words,
        dates.last_day,
        (*faults_of_dates(dates, bank_holidays()), *_printed(found, dates)),
        rows,
    )


def chain_of(code: str, commissioner: str) -> LintRow | None:
    """One commissioner's chain in a round; None where it could not apply."""
    found = lint_of(code)
    return next((row for row in found.rows if row.commissioner == commissioner), None) if found else None


def _row(
    code: str,
    name: str,
    own: CommissionerTimetable | None,
    level: int,
    dates: RoundDates,
    taken: Sequence[DefaultStep],
) -> LintRow:
    kept = own.days if own else {}
    steps = [
        Step(
            step.code,
            step.name,
            kept.get(step.code, step.days),
            step.code in kept,
            own.source if own and step.code in kept else step.reference,
        )
        for step in taken
        if level in step.levels or step.code in kept
    ]
    meetings = Meetings()
    if own is not None:
        days = tuple(date.fromisoformat(day) for day in own.meets_on)
        meetings = Meetings(days, own.meets_every, own.source)
    return LintRow(code, name, own is not None, plan_back(dates.opens_on, dates.last_day, steps, meetings))


def _own_rules(on: date) -> dict[str, CommissionerTimetable]:
    """The rules recorded for each commissioner that hold on a day: the last ones."""
    rows = CommissionerTimetable.objects.filter(from_on__lte=on)
    return {row.commissioner_id: row for row in rows.order_by("from_on", "recorded_at", "pk")}


def _printed(found: Round | PlannedRound, dates: RoundDates) -> list[Fault]:
    """Dates printed in the latest versions of a programme's documents. They may reach half a year before and after."""
    rows = Publication.objects.filter(programme=found.programme_id, kind__in=READ).exclude(words="")
    latest = {row.kind: row for row in rows.order_by("version")} if found.programme_id else {}
    titles = [each.title for each in guidance().values()]
    first, last = dates.opens_on - HALF_A_YEAR, dates.effective_on + HALF_A_YEAR
    return [
        fault
        for row in latest.values()
        for fault in faults_of_printed(row.words, f"{row.title}, version {row.version}", first, last, titles)
    ]


def rules_of(commissioner: str, at: datetime) -> CommissionerRules | None:
    """What is recorded of a commissioner's own rules on the day of an instant."""
    found = _own_rules(london_day(at)).get(commissioner)
    if found is None:
        return None
    return CommissionerRules(
        found.commissioner_id,
        found.from_on,
        dict(found.days),
        tuple(date.fromisoformat(day) for day in found.meets_on),
        found.meets_every,
        found.source,
    )


@dataclass(frozen=True)
class CommissionerRules:
    """A commissioner's own rules: calendar days by step, when its committee meets, and where that stands."""

    commissioner: str
    from_on: date
    days: dict[str, int]
    meets_on: tuple[date, ...]
    meets_every: int | None
    source: str
