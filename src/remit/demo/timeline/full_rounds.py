"""The round in the full process: filled in, signed, assessed; some deferred, offered less, or held to a condition."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from remit.delegation import actions
from remit.delegation.actions.deciding import Condition
from remit.demo.timeline.assessing import assessed
from remit.demo.timeline.events import ASSESSOR, PROGRAMME, Event, local_officer_at, officer_of
from remit.demo.timeline.full_form import fill, general_bid, sign_and_submit
from remit.demo.timeline.plan import PlannedRound, london
from remit.demo.timeline.story import Story
from remit.kernel.moments import london_day
from remit.register.queries import offices_of

CONDITIONAL, DEFERRED, EXTENDED = 2, 4, 5
"""Which of the applications are approved on a condition, deferred, and decided later than was said."""
LATER_ON = london(2018, 2, 26)
TOLD_ON = london(2018, 3, 5)
CONDITION = Condition(
    "Name a lay vice-chair of the committee", "The chair of the governing body", date(2018, 3, 9)
)
FIND = "Scored by two assessors and moderated. It meets what the round asks for."


def full_round(story: Story, planned: PlannedRound) -> Iterator[Event]:
    """From filling in to what is decided late. Its opening, announcement and agreements are as of any round."""
    found = story.outcomes[planned.code]
    yield Event(planned.deadline.at - timedelta(days=2), lambda at: _apply(story, planned, at))
    yield Event(planned.decided_at - timedelta(days=3), lambda at: _extend(found, planned, at))
    yield Event(planned.decided_at, lambda at: _decide(found, at))
    yield Event(planned.decided_at + timedelta(days=1), lambda at: _tell(found, at))
    yield Event(LATER_ON, lambda at: _decide_late(found, at))
    yield Event(TOLD_ON, lambda at: _announce_late(planned, at))
    yield Event(london(2018, 3, 12), lambda at: _meet_condition(found, at))


def _apply(story: Story, planned: PlannedRound, at: datetime) -> Iterator[Event]:
    """The commissioners that are to hold the powers, and one more, which is offered joint commissioning instead."""
    chosen = [code for code, _ in story.applicants.of(planned, at)]
    chosen.append(story.applicants.another(planned, at, chosen))
    for number, commissioner in enumerate(chosen):
        moment = at + (planned.deadline.at - at) * number / (len(chosen) + 1)
        outcome = "lower_level_offered" if number == len(chosen) - 1 else "approved"
        yield Event(moment, partial(_fill, story, planned, commissioner, outcome, number))


def _fill(
    story: Story, planned: PlannedRound, commissioner: str, outcome: str, number: int, at: datetime
) -> Iterator[Event]:
    own, today = officer_of(commissioner), london_day(at)
    local = local_officer_at(min(offices_of(commissioner, today)))
    application = actions.begin_application(
        round_code=planned.code, commissioner=commissioner, by=own, at=at
    ).pk
    bid = general_bid(number, planned.effective_on, today - timedelta(days=20 + number))
    fill(application, bid, own=own, local=local, at=at)
    sign_and_submit(application, own=own, local=local, at=at + timedelta(minutes=5))
    story.outcomes[planned.code][application] = outcome
    yield from assessed(application, commissioner, number, planned.deadline.at)


def _nth(found: dict[str, str], number: int) -> str:
    return list(found)[min(number, len(found) - 1)]


def _extend(found: dict[str, str], planned: PlannedRound, at: datetime) -> None:
    """One decision takes longer than was said, which is published with why."""
    actions.extend_decisions(
        round_code=planned.code,
        application=_nth(found, EXTENDED),
        until_on=date(2018, 2, 28),
        reasons="Its constitution is with the regulator of another change, which is decided first.",
        by=PROGRAMME,
        at=at,
    )


def _decide(found: dict[str, str], at: datetime) -> None:
    for number, (application, outcome) in enumerate(found.items()):
        if number == EXTENDED:
            continue
        moment = at + timedelta(minutes=number)
        if number == CONDITIONAL:
            decide(application, "conditional", moment, ("governance",), (CONDITION,))
        elif number == DEFERRED:
            decide(application, "deferred", moment, ("later_start",))
        elif outcome == "approved":
            decide(application, outcome, moment)
        else:
            decide(application, outcome, moment, ("capacity", "governance"))


def decide(
    application: str,
    outcome: str,
    at: datetime,
    reason_codes: tuple[str, ...] = (),
    conditions: tuple[Condition, ...] = (),
) -> None:
    """Decide one application, in words that go with the outcome."""
    words = {
        "approved": FIND,
        "conditional": f"{FIND} Only the vice-chair is missing.",
        "deferred": "It asked to have its audit finished first. It is decided in February.",
        "lower_level_offered": "There are too few people for all of the duties. Joint commissioning is offered.",
    }
    actions.decide_application(
        application=application,
        outcome=outcome,
        reasons=words[outcome],
        reason_codes=reason_codes,
        conditions=conditions,
        by=ASSESSOR,
        at=at,
    )


def _tell(found: dict[str, str], at: datetime) -> None:
    for number, application in enumerate(found):
        if number != EXTENDED:
            actions.send_outcome(application=application, by=PROGRAMME, at=at)


def _decide_late(found: dict[str, str], at: datetime) -> None:
    for number in (DEFERRED, EXTENDED):
        decide(_nth(found, number), "approved", at)
        actions.send_outcome(application=_nth(found, number), by=PROGRAMME, at=at)


def _announce_late(planned: PlannedRound, at: datetime) -> None:
    actions.announce_decisions(
        code=f"{at:%Y-%m-%d}-level-{planned.level}",
        rounds=[planned.code],
        headline=f"Decided in February: more commissioners approved for Level {planned.level}",
        by=PROGRAMME,
        at=at,
    )


def _meet_condition(found: dict[str, str], at: datetime) -> None:
    application = _nth(found, CONDITIONAL)
    actions.settle_condition(
        application=application,
        number=1,
        is_met=True,
        evidence="Minutes of the governing body, 7 March 2018: the vice-chair is named.",
        by=ASSESSOR,
        at=at,
    )
    decide(application, "approved", at + timedelta(minutes=1))
