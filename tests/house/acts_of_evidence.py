"""What it takes to call each act about evidence once, now: for test_actions.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from remit.delegation import actions
from tests.delegation_factories import officer_of, record_vote
from tests.factories import NOW
from tests.house.acts_of_delegation import CODE, OPEN, TODAY, a_round, draft, submitted

Act = Callable[[], Any]


def record_evidence() -> Act:
    a_round(OPEN)
    return lambda: actions.record_evidence(
        kind="ballot",
        commissioners=["00A"],
        held_on=TODAY,
        facts={"in_favour": 30, "against": 4},
        source="Minutes of the members' meeting",
        by=officer_of("00A"),
        at=NOW,
    )


def attach_evidence() -> Act:
    a_round(OPEN)
    made = draft(CODE, "00A", answers={}, at=NOW)
    vote = record_vote("00A", held_on=TODAY, at=NOW)
    return lambda: actions.attach_evidence(
        application=made.pk, evidence=vote.pk, by=officer_of("00A"), at=NOW
    )


def rescind_application() -> Act:
    made = submitted()
    vote = record_vote("00A", held_on=TODAY, at=NOW, in_favour=3, against=30)
    return lambda: actions.rescind_application(
        application=made.pk, evidence_id=vote.pk, reasons="Members said no.", by=officer_of("00A"), at=NOW
    )


STAGES: dict[str, Callable[[], Act]] = {
    f"delegation.{stage.__name__}": stage for stage in (record_evidence, attach_evidence, rescind_application)
}
