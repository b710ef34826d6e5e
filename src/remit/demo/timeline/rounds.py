"""The events of one round: opened, applied in, decided, announced; some withdraw, some ask to be taken late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from remit.delegation import actions, queries
from remit.delegation.actions.deciding import Condition
from remit.demo.invention.chance import Chance
from remit.demo.timeline.agreements import agreed
from remit.demo.timeline.events import ASSESSOR, PROGRAMME, Event, officer_of
from remit.demo.timeline.evidence import ASKED, WAYS, record_support
from remit.demo.timeline.full_rounds import full_round
from remit.demo.timeline.plan import PlannedRound
from remit.demo.timeline.story import Applicant, Story
from remit.kernel.period import ONE_DAY

REASONS = {
    "approved": "The application meets what the round asks for.",
    "conditional": "It meets what the round asks for but for its governance.",
    "declined": "Governance and finance are not ready yet. Joint commissioning remains open.",
}
WITHOUT_MEMBERS = {
    "none": " Its members were not asked, and that is a gap. It stands because its governing body may apply under its "
    "constitution, and members vote on the change of constitution before any power comes on.",
    "not_specified": " It does not say how members were asked. It stands because the governing body answers for it; "
    "that nothing more is known is shown beside it.",
}
"""Why an approval stands where members were not asked, or nobody says: part of its reasons."""
REASON_CODES = {"conditional": ("governance",), "declined": ("governance", "finance")}


def round_events(story: Story, planned: PlannedRound) -> Iterator[Event]:
    """The events of one round. Who applies is settled when it closes, from how things stand then."""
    outcomes = story.outcomes.setdefault(planned.code, {})
    yield Event(planned.opens_at, lambda at: open_planned(planned, at))
    yield Event(planned.announced_at, lambda at: announce(planned, at))
    if planned.process == "full":
        yield from full_round(story, planned)
    else:
        yield Event(planned.deadline.at - timedelta(days=2), lambda at: _apply(story, planned, at))
        yield Event(planned.decided_at, lambda at: _decide(outcomes, planned, at))
    if planned.refused_late:
        yield Event(planned.deadline.at - timedelta(days=1), lambda at: _begin_too_late(story, planned, at))
    if planned.withdrawn_at is not None:
        yield Event(planned.withdrawn_at, lambda at: _withdraw(planned, outcomes, at))
    if planned.is_returned:
        yield from agreed(story, planned)
    else:
        yield Event(planned.signed_at, lambda at: _sign(outcomes, at))
    if planned.conditional:
        yield Event(planned.signed_at + timedelta(days=60), lambda at: _decline_the_rest(outcomes, at))
    yield Event(planned.signed_at + timedelta(days=75), lambda at: _close(planned, at))


def open_planned(planned: PlannedRound, at: datetime) -> None:
    """Open a round as its programme plans it."""
    actions.open_round(
        code=planned.code,
        title=planned.title,
        level=planned.level,
        opens_at=planned.opens_at,
        deadline=planned.deadline,
        decisions_due_on=planned.decisions_due_on,
        effective_on=planned.effective_on,
        process=planned.process,
        groups=planned.groups,
        programme=planned.programme,
        by=PROGRAMME,
        at=at,
    )


def _apply(story: Story, planned: PlannedRound, at: datetime) -> Iterator[Event]:
    """Everybody applies in the two days before the deadline; those who are taken late have only begun by then."""
    chosen = story.applicants.of(planned, at)
    lost = next((code for code, outcome in chosen if outcome == "declined"), "")
    late = {code for code, _ in chosen[len(chosen) - planned.accepted_late :]}
    for number, (commissioner, outcome) in enumerate(chosen):
        moment = at + (planned.deadline.at - at) * number / (len(chosen) + 1)
        is_lost = commissioner == lost and planned.level == 3
        answers = dict(_answers(planned.level, number, story.chance, moment))
        if is_lost:
            answers |= {"evidence": "ballot", "asked_on": _asked_on(moment, 12)}
        mine = Applicant(commissioner, outcome, answers, number, is_lost)
        yield Event(moment, partial(_fill_in, story, planned, mine, commissioner in late))


def _answers(level: int, number: int, chance: Chance, at: datetime) -> Iterator[tuple[str, str]]:
    evidence = WAYS[number % len(WAYS)]
    yield "evidence", evidence
    if evidence in ASKED:
        yield "asked_on", _asked_on(at, 10 + chance.below(50))
    if level > 1:
        yield "constitution", chance.pick(("amended", "amended", "applied"))
    yield "benefits", "Care nearer home, and practices and hospital services planned as one."


def _asked_on(at: datetime, days: int) -> str:
    return (at - timedelta(days=days)).date().isoformat()


def _fill_in(
    story: Story, planned: PlannedRound, mine: Applicant, is_late: bool, at: datetime
) -> Iterator[Event]:
    application = begin(story, planned, mine.commissioner, at)
    by = officer_of(mine.commissioner)
    for question, answer in mine.answers.items():
        actions.save_answer(application=application, question=question, answer=answer, by=by, at=at)
    if planned.effective_on.year == 2015 and planned.level > 1:
        record_support(story, application, mine, planned.level, at)
    story.outcomes[planned.code][application] = mine.outcome
    if not is_late:
        actions.submit_application(application=application, by=by, at=at)
        return
    closed = planned.deadline.at
    yield Event(closed + timedelta(hours=9), lambda at: _ask(application, mine.commissioner, at))
    yield Event(closed + timedelta(days=3), lambda at: _take(application, at))
    yield Event(
        closed + timedelta(days=5),
        lambda at: actions.submit_application(application=application, by=by, at=at),
    )


def begin(story: Story, planned: PlannedRound, commissioner: str, at: datetime) -> str:
    """Begin an application, from its expression of interest where there is one of that level. Answers its id."""
    by = officer_of(commissioner)
    interest, level = story.interests.get(commissioner, ("", 0))
    if planned.effective_on.year == 2015 and level == planned.level:
        return actions.convert_interest(interest=interest, round_code=planned.code, by=by, at=at).pk
    return actions.begin_application(round_code=planned.code, commissioner=commissioner, by=by, at=at).pk


def _begin_too_late(story: Story, planned: PlannedRound, at: datetime) -> Iterator[Event]:
    """One that begins a day before the deadline, and is not ready by then."""
    rows = [code for code, (_, level) in story.interests.items() if level == planned.level]
    commissioner = min(code for code in rows if code not in story.applicants.applied)
    application = begin(story, planned, commissioner, at)
    yield Event(planned.deadline.at + timedelta(minutes=40), lambda at: _ask(application, commissioner, at))
    yield Event(planned.deadline.at + timedelta(days=5), lambda at: _refuse(application, at))


def _ask(application: str, commissioner: str, at: datetime) -> None:
    actions.request_late_acceptance(
        application=application,
        reasons="Our governing body met on the last day, and the meeting went on for longer than was planned.",
        by=officer_of(commissioner),
        at=at,
    )


def _refuse(application: str, at: datetime) -> None:
    actions.decide_late_request(
        application=application,
        is_accepted=False,
        reasons="The deadline was known from 10 November. Everybody else kept it. The next round is open to you.",
        by=PROGRAMME,
        at=at,
    )


def _take(application: str, at: datetime) -> None:
    actions.decide_late_request(
        application=application,
        is_accepted=True,
        reasons="The application was whole but for one date. Nobody is put at a disadvantage.",
        may_submit_until=at + timedelta(days=4),
        by=PROGRAMME,
        at=at,
    )


def _decide(outcomes: dict[str, str], planned: PlannedRound, at: datetime) -> Iterator[Event]:
    """Every application, one after the other."""
    for number, (application, outcome) in enumerate(outcomes.items()):
        yield Event(at + timedelta(seconds=number), partial(_decide_one, application, outcome, planned))


def _decide_one(application: str, outcome: str, planned: PlannedRound, at: datetime) -> None:
    condition = Condition(
        "Change how the committee is chaired", "The group's chair", planned.effective_on - ONE_DAY
    )
    mandate = queries.mandate_of(application, at)
    asked = mandate.rung.code if mandate and outcome != "declined" else ""
    actions.decide_application(
        application=application,
        outcome=outcome,
        reasons=REASONS[outcome] + WITHOUT_MEMBERS.get(asked, ""),
        conditions=(condition,) if outcome == "conditional" else (),
        reason_codes=REASON_CODES.get(outcome, ()),
        by=ASSESSOR,
        at=at,
    )


def announce(planned: PlannedRound, at: datetime) -> None:
    """The headline's numbers come from the rows; a wrong one would be refused."""
    day = planned.embargo_until or planned.announced_at
    count = sum(row.outcome == "approved" for row in queries.waiting_in([planned.code], PROGRAMME, at))
    actions.announce_decisions(
        code=f"{day:%Y-%m-%d}-level-{planned.level}",
        rounds=[planned.code],
        headline=f"{count} commissioners approved for Level {planned.level}",
        event=planned.event,
        quotes=planned.quotes,
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


def _sign(outcomes: dict[str, str], at: datetime) -> None:
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
                reason_codes=("conditions_not_met",),
                by=ASSESSOR,
                at=at,
            )


def _close(planned: PlannedRound, at: datetime) -> None:
    """Nothing waits any more: every outcome is public."""
    actions.close_round(code=planned.code, by=PROGRAMME, at=at)
