"""What it takes to call each act of assessment once, now: for test_actions.py."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from remit.delegation import actions
from tests.assessment_factories import (
    FIRST,
    LOCAL_OFFICER,
    MODERATOR,
    REGIONAL_MODERATOR,
    SECOND,
    assign_pair,
    flag,
    score_pair,
    scores,
    through_chain,
)
from tests.delegation_factories import ASSESSOR, PROGRAMME, decide, make_round, officer_of
from tests.factories import NOW
from tests.house.acts_of_delegation import OPEN, TODAY, submitted

Act = Callable[[], Any]
BEFORE = NOW - timedelta(days=10)


def assign_assessor() -> Act:
    made = submitted()
    return lambda: actions.assign_assessor(application=made.pk, person=FIRST.person, by=PROGRAMME, at=NOW)


def release_assessor() -> Act:
    made = submitted()
    assign_pair(made.pk, at=BEFORE)
    return lambda: actions.release_assessor(
        application=made.pk, person=FIRST.person, reasons="She has moved on.", by=PROGRAMME, at=NOW
    )


def score_criteria() -> Act:
    made = submitted()
    assign_pair(made.pk, at=BEFORE)
    return lambda: actions.score_criteria(application=made.pk, scores=scores(3), by=FIRST, at=NOW)


def hand_in_scores() -> Act:
    made = submitted()
    assign_pair(made.pk, at=BEFORE)
    actions.score_criteria(application=made.pk, scores=scores(3), by=FIRST, at=BEFORE)
    return lambda: actions.hand_in_scores(application=made.pk, by=FIRST, at=NOW)


def endorse_application() -> Act:
    made = submitted()
    return lambda: actions.endorse_application(
        application=made.pk, view="supports", reasons="It is ready.", by=LOCAL_OFFICER, at=NOW
    )


def moderate_in_region() -> Act:
    made = submitted()
    through_chain(made.pk, "regional_moderation", at=BEFORE)
    return lambda: actions.moderate_in_region(
        application=made.pk, view="supports", reasons="It is ready.", by=REGIONAL_MODERATOR, at=NOW
    )


def send_back_assessment() -> Act:
    made = submitted()
    through_chain(made.pk, "regional_moderation", at=BEFORE)
    return lambda: actions.send_back_assessment(
        application=made.pk, reasons="The finance is not agreed.", by=REGIONAL_MODERATOR, at=NOW
    )


def moderate_score() -> Act:
    made = submitted()
    through_chain(made.pk, "regional_moderation", at=BEFORE)
    score_pair(made.pk, scores(3), scores(3, finance=1), at=BEFORE)
    actions.moderate_in_region(
        application=made.pk, view="supports", reasons="Ready.", by=REGIONAL_MODERATOR, at=BEFORE
    )
    return lambda: actions.moderate_score(
        application=made.pk, criterion="finance", score=3, reasons="As agreed.", by=MODERATOR, at=NOW
    )


def conclude_assessment() -> Act:
    made = submitted()
    through_chain(made.pk, "national_moderation", at=BEFORE)
    return lambda: actions.conclude_assessment(
        application=made.pk, view="supports", reasons="It is ready.", by=MODERATOR, at=NOW
    )


def raise_flag() -> Act:
    made = submitted()
    return lambda: actions.raise_flag(
        application=made.pk, what="The lease runs out.", by=SECOND, at=NOW, once="1"
    )


def allocate_flag() -> Act:
    made = flag(submitted().pk, at=BEFORE)
    return lambda: actions.allocate_flag(flag=made.pk, person=SECOND.person, by=PROGRAMME, at=NOW)


def settle_flag() -> Act:
    made = flag(submitted().pk, at=BEFORE)
    actions.allocate_flag(flag=made.pk, person=SECOND.person, by=PROGRAMME, at=BEFORE)
    return lambda: actions.settle_flag(
        flag=made.pk, is_resolved=True, words="It was renewed.", by=SECOND, at=NOW
    )


def declare_interest() -> Act:
    submitted()
    return lambda: actions.declare_interest(
        organisation="00A", kind="financial", what="A share in it", began_on=TODAY, by=FIRST, at=NOW
    )


def end_interest() -> Act:
    act = declare_interest()
    made = act()
    return lambda: actions.end_interest(interest=made.pk, ended_on=TODAY, by=FIRST, at=NOW)


def send_outcome() -> Act:
    made = submitted()
    decide(made, "declined", at=BEFORE)
    return lambda: actions.send_outcome(application=made.pk, by=PROGRAMME, at=NOW)


def settle_condition() -> Act:
    made = submitted()
    decide(made, "conditional", at=BEFORE)
    return lambda: actions.settle_condition(
        application=made.pk, number=1, is_met=True, evidence="The minutes of May.", by=ASSESSOR, at=NOW
    )


def accept_lower_level() -> Act:
    made = submitted()
    decide(made, "lower_level_offered", at=BEFORE)
    actions.send_outcome(application=made.pk, by=PROGRAMME, at=BEFORE)
    make_round("lower", level=2, deadline=OPEN, effective_on=TODAY + timedelta(days=60), at=BEFORE)
    return lambda: actions.accept_lower_level(
        application=made.pk, round_code="lower", by=officer_of("00A"), at=NOW
    )


def challenged() -> Any:
    made = submitted()
    decide(made, "declined", at=BEFORE)
    actions.send_outcome(application=made.pk, by=PROGRAMME, at=BEFORE)
    return made


def lodge_challenge() -> Act:
    made = challenged()
    return lambda: actions.lodge_challenge(
        application=made.pk, grounds="A document was not read.", by=officer_of("00A"), at=NOW
    )


def acknowledge_challenge() -> Act:
    made = challenged()
    actions.lodge_challenge(application=made.pk, grounds="Unread.", by=officer_of("00A"), at=BEFORE)
    return lambda: actions.acknowledge_challenge(application=made.pk, by=PROGRAMME, at=NOW)


def answer_challenge() -> Act:
    made = challenged()
    actions.lodge_challenge(application=made.pk, grounds="Unread.", by=officer_of("00A"), at=BEFORE)
    actions.acknowledge_challenge(application=made.pk, by=PROGRAMME, at=BEFORE)
    return lambda: actions.answer_challenge(
        application=made.pk, is_upheld=True, answer="It was not.", by=MODERATOR, at=NOW
    )


STAGES: dict[str, Callable[[], Act]] = {
    f"delegation.{stage.__name__}": stage
    for stage in (
        assign_assessor,
        release_assessor,
        score_criteria,
        hand_in_scores,
        endorse_application,
        moderate_in_region,
        send_back_assessment,
        moderate_score,
        conclude_assessment,
        raise_flag,
        allocate_flag,
        settle_flag,
        declare_interest,
        end_interest,
        send_outcome,
        settle_condition,
        accept_lower_level,
        lodge_challenge,
        acknowledge_challenge,
        answer_challenge,
    )
}
