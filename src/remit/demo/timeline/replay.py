"""Doing it again: each act at its own instant, by the people whose act it was, through the actions of anyone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from heapq import heappop, heappush
from itertools import count

from django.db import transaction

from remit.delegation import actions, queries
from remit.delegation.actions.deciding import Condition
from remit.demo.invention.chance import Chance
from remit.demo.timeline.applicants import Applicants
from remit.demo.timeline.plan import ROUNDS, SUCCESSIONS, PlannedRound, london
from remit.kernel.actor import Actor, RoleAt
from remit.kernel.period import ONE_DAY
from remit.register.queries import succession_steps

type_of_progress = Callable[[str, int, int], None]

BEGINS_AT = london(2014, 11, 3)
"""When the replay's clock begins: the invented nation is loaded then, so that all that follows comes after."""
NATIONAL = "X24"
STEP = "Replaying the delegation programme"
EVIDENCE = ("ballot", "show_of_hands", "ballot", "letter", "none", "show_of_hands", "not_specified")


@dataclass(frozen=True)
class Event:
    """Something that happens at an instant; it may answer what follows from it. Done in order of their instants."""

    at: datetime
    do: Callable[[datetime], Iterable[Event] | None]


def officer_of(commissioner: str) -> Actor:
    """Whoever applies for a commissioner in the replay: a pseudonym that leads to nobody."""
    return Actor("replay-officer", commissioner, frozenset({RoleAt("commissioner_officer", commissioner)}))


ASSESSOR = Actor("replay-assessor", NATIONAL, frozenset({RoleAt("national_assessor", NATIONAL)}))
PROGRAMME = Actor("replay-programme", NATIONAL, frozenset({RoleAt("programme_officer", NATIONAL)}))


@transaction.atomic
def replay_timeline(*, until: datetime, progress: type_of_progress | None = None) -> int:
    """Replay everything that happened up to an instant, all or nothing. Answers how many rounds there were.

    The ledger must have nothing later than the first of it. Needs the invented nation.
    """
    chance = Chance(1948, "delegation")
    applicants = Applicants(chance)
    queue: list[tuple[datetime, int, Event]] = []
    number = count()

    def add(events: Iterable[Event]) -> None:
        for event in events:
            if event.at <= until:
                heappush(queue, (event.at, next(number), event))

    for planned in ROUNDS:
        add(_round(planned, applicants, chance))
    add(_successions(day) for day in SUCCESSIONS)
    done = 0
    while queue:
        at, _, event = heappop(queue)
        add(event.do(at) or ())
        done += 1
        if progress is not None:
            progress(STEP, done, done + len(queue))
    return len(queries.rounds(until))


def _round(planned: PlannedRound, applicants: Applicants, chance: Chance) -> Iterator[Event]:
    """The events of one round. Who applies is settled when it closes, from how things stand then."""
    outcomes: dict[str, str] = {}
    yield Event(planned.opens_at, lambda at: _open(planned, at))
    yield Event(
        planned.deadline.at - timedelta(days=2), lambda at: _apply(planned, applicants, outcomes, chance, at)
    )
    yield Event(planned.decided_at, lambda at: _decide(outcomes, planned, at))
    yield Event(planned.announced_at, lambda at: _announce(planned, at))
    if planned.withdrawn_at is not None:
        yield Event(planned.withdrawn_at, lambda at: _withdraw(planned, outcomes, at))
    yield Event(planned.signed_at, lambda at: _sign(outcomes, planned, at))
    if planned.conditional:
        yield Event(planned.signed_at + timedelta(days=60), lambda at: _decline_the_rest(outcomes, at))


def _open(planned: PlannedRound, at: datetime) -> None:
    actions.open_round(
        code=planned.code,
        title=planned.title,
        level=planned.level,
        opens_at=planned.opens_at,
        deadline=planned.deadline,
        decisions_due_on=planned.decisions_due_on,
        effective_on=planned.effective_on,
        by=PROGRAMME,
        at=at,
    )


def _apply(
    planned: PlannedRound, applicants: Applicants, outcomes: dict[str, str], chance: Chance, at: datetime
) -> Iterator[Event]:
    """Everybody applies in the two days before the deadline. `outcomes` is filled: application, what comes of it."""
    chosen = applicants.of(planned, at)
    for number, (commissioner, outcome) in enumerate(chosen):
        moment = at + (planned.deadline.at - at) * number / (len(chosen) + 1)
        answers = tuple(_answers(planned.level, number, chance, moment))
        yield Event(moment, partial(_submit, planned, commissioner, answers, outcome, outcomes))


def _submit(
    planned: PlannedRound,
    commissioner: str,
    answers: Sequence[tuple[str, str]],
    outcome: str,
    outcomes: dict[str, str],
    at: datetime,
) -> None:
    by = officer_of(commissioner)
    draft = actions.begin_application(round_code=planned.code, commissioner=commissioner, by=by, at=at)
    for question, answer in answers:
        actions.save_answer(application=draft.pk, question=question, answer=answer, by=by, at=at)
    actions.submit_application(application=draft.pk, by=by, at=at)
    outcomes[draft.pk] = outcome


def _answers(level: int, number: int, chance: Chance, at: datetime) -> Iterator[tuple[str, str]]:
    evidence = EVIDENCE[number % len(EVIDENCE)]
    yield "evidence", evidence
    if evidence not in {"none", "not_specified"}:
        yield "asked_on", (at - timedelta(days=10 + chance.below(50))).date().isoformat()
    if level > 1:
        yield "constitution", chance.pick(("amended", "amended", "applied"))
    yield "benefits", "Care nearer home, and practices and hospital services planned as one."


REASONS = {
    "approved": "The application meets what the round asks for.",
    "conditional": "It meets what the round asks for but for its governance.",
    "declined": "Governance and finance are not ready yet. Joint commissioning remains open.",
}


def _decide(outcomes: dict[str, str], planned: PlannedRound, at: datetime) -> Iterator[Event]:
    """Every application, one after the other."""
    for number, (application, outcome) in enumerate(outcomes.items()):
        yield Event(at + timedelta(seconds=number), partial(_decide_one, application, outcome, planned))


def _decide_one(application: str, outcome: str, planned: PlannedRound, at: datetime) -> None:
    condition = Condition(
        "Change how the committee is chaired", "The group's chair", planned.effective_on - ONE_DAY
    )
    actions.decide_application(
        application=application,
        outcome=outcome,
        reasons=REASONS[outcome],
        conditions=(condition,) if outcome == "conditional" else (),
        by=ASSESSOR,
        at=at,
    )


def _announce(planned: PlannedRound, at: datetime) -> None:
    """The headline's numbers come from the rows; a wrong one would be refused."""
    rows = [row for row in queries.applications_to_sign(PROGRAMME, at) if row.round == planned.code]
    day = planned.embargo_until or planned.announced_at
    actions.announce_decisions(
        code=f"{day:%Y-%m-%d}-level-{planned.level}",
        round_code=planned.code,
        headline=f"{len(rows)} commissioners approved for Level {planned.level}",
        event=planned.event,
        embargo_until=planned.embargo_until,
        by=PROGRAMME,
        at=at,
    )


def _withdraw(planned: PlannedRound, outcomes: dict[str, str], at: datetime) -> None:
    approved = [application for application, outcome in outcomes.items() if outcome == "approved"]
    for application in approved[: planned.withdrawn]:
        found = queries.application(application, at, PROGRAMME)
        if found is not None:
            actions.withdraw_application(
                application=application,
                reasons="Our members asked for another year.",
                by=officer_of(found.row.commissioner),
                at=at,
            )
            outcomes[application] = "withdrawn"


def _sign(outcomes: dict[str, str], planned: PlannedRound, at: datetime) -> None:
    approved = [application for application, outcome in outcomes.items() if outcome == "approved"]
    for number, application in enumerate(approved):
        actions.sign_arrangement(application=application, by=PROGRAMME, at=at + timedelta(seconds=number))


def _decline_the_rest(outcomes: dict[str, str], at: datetime) -> None:
    for application, outcome in outcomes.items():
        if outcome == "conditional":
            actions.decide_application(
                application=application,
                outcome="declined",
                reasons="Its condition was not met in time. The next round is open to it.",
                by=ASSESSOR,
                at=at,
            )


def _successions(day: date) -> Event:
    return Event(london(day.year, day.month, day.day, 0, 1), lambda at: _succeed(day, at))


def _succeed(day: date, at: datetime) -> None:
    """Every arrangement of a commissioner that closes is taken over by whoever follows it, highest level first."""
    steps = succession_steps()
    before = sorted(queries.positions_on(day - ONE_DAY), key=lambda row: (-(row.level or 0), row.code))
    for row in before:
        held = queries.arrangement_on(row.code, day - ONE_DAY)
        if held is None:
            continue
        for successor in (successor for successor, on in steps.get(row.code, ()) if on == day):
            actions.succeed_arrangement(arrangement=held.id, successor=successor, on=day, by=PROGRAMME, at=at)
