"""What it takes to call each act of the motions room once, now: for test_actions.py."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from remit.motions import actions
from remit.motions.actions.declaring import Scrutiny
from remit.motions.actions.noticing import Notice, Wording
from remit.motions.models import Motion, Requisition
from tests.constitution_factories import CLAUSES, make_constitution
from tests.factories import NOW
from tests.motion_factories import SECRETARY, make_members, make_motion, manager_of

Act = Callable[[], Any]
WORDING = Wording(title="Apply for delegated powers", words="That we apply.")
RULES = {
    **CLAUSES,
    "9.1": ("No notice.", []),
    "10": ("A practice may hold one proxy.", [{"kind": "proxy", "most": 1}]),
    "11": ("Half may require a meeting.", [{"kind": "requisition", "share": "1/2", "days": 28}]),
}
PAST = NOW - timedelta(days=10)


def opened(way: str = "recorded") -> Motion:
    """A motion that is open now."""
    return make_motion(
        clauses=RULES, at=PAST, way=way, notice={"opens_at": PAST, "closes_at": NOW + timedelta(1)}
    )


def noticed() -> Motion:
    return make_motion(clauses=RULES, at=PAST)


def a_requisition() -> Requisition:
    make_members()
    make_constitution(clauses=RULES, at=PAST)
    return actions.open_requisition(
        body="00A", kind="ordinary", title="A meeting", words="Ask us.", by=manager_of("A80001"), at=PAST
    )


def draft_motion() -> Act:
    make_members()
    return lambda: actions.draft_motion(body="00A", wording=WORDING, by=SECRETARY, at=NOW)


def give_notice() -> Act:
    make_members()
    made = actions.draft_motion(body="00A", wording=WORDING, by=SECRETARY, at=PAST)
    notice = Notice(opens_at=NOW + timedelta(days=20), closes_at=NOW + timedelta(days=30))
    return lambda: actions.give_notice(motion=made.pk, notice=notice, by=SECRETARY, at=NOW)


def replace_motion() -> Act:
    made = noticed()
    return lambda: actions.replace_motion(
        motion=made.pk, wording=WORDING, reasons="Moved.", by=SECRETARY, at=NOW
    )


def withdraw_motion() -> Act:
    made = noticed()
    return lambda: actions.withdraw_motion(motion=made.pk, reasons="Moot.", by=SECRETARY, at=NOW)


def contest_roll() -> Act:
    made = noticed()
    by = manager_of("A80001")
    return lambda: actions.contest_roll(motion=made.pk, voter="A80002", reasons="Closed.", by=by, at=NOW)


def settle_challenge() -> Act:
    made = noticed()
    found = actions.contest_roll(
        motion=made.pk, voter="A80002", reasons="Closed.", by=manager_of("A80001"), at=PAST
    )
    return lambda: actions.settle_challenge(
        challenge=found.pk, is_upheld=True, answer="It is.", by=SECRETARY, at=NOW
    )


def give_proxy() -> Act:
    made = noticed()
    return lambda: actions.give_proxy(motion=made.pk, holder="A80002", by=manager_of("A80001"), at=NOW)


def cast_vote() -> Act:
    made = opened()
    return lambda: actions.cast_vote(motion=made.pk, choice="for", by=manager_of("A80001"), at=NOW)


def enter_vote() -> Act:
    made = opened("paper")
    return lambda: actions.enter_vote(
        motion=made.pk, voter="A80001", choice="for", teller="The LMC", by=SECRETARY, at=NOW
    )


def count_hands() -> Act:
    made = opened("hands")
    return lambda: actions.count_hands(
        motion=made.pk, counts={"for": 3}, teller="The LMC", by=SECRETARY, at=NOW
    )


def declare_result() -> Act:
    times = {"opens_at": PAST, "closes_at": NOW - timedelta(days=1)}
    made = make_motion(clauses=RULES, at=PAST, notice=times)
    scrutiny = Scrutiny(scrutineer="The lay chair")
    return lambda: actions.declare_result(motion=made.pk, scrutiny=scrutiny, by=SECRETARY, at=NOW)


def open_requisition() -> Act:
    make_members()
    make_constitution(clauses=RULES, at=PAST)
    return lambda: actions.open_requisition(
        body="00A", kind="ordinary", title="A meeting", words="Ask us.", by=manager_of("A80001"), at=NOW
    )


def sign_requisition() -> Act:
    made = a_requisition()
    return lambda: actions.sign_requisition(requisition=made.pk, by=manager_of("A80002"), at=NOW)


def object_to_requisition() -> Act:
    made = a_requisition()
    return lambda: actions.object_to_requisition(
        requisition=made.pk, objection="Not now.", by=SECRETARY, at=NOW
    )


def withdraw_requisition() -> Act:
    made = a_requisition()
    return lambda: actions.withdraw_requisition(requisition=made.pk, by=manager_of("A80001"), at=NOW)


STAGES: dict[str, Callable[[], Act]] = {
    f"motions.{stage.__name__}": stage
    for stage in (
        cast_vote,
        contest_roll,
        count_hands,
        declare_result,
        draft_motion,
        enter_vote,
        give_notice,
        give_proxy,
        object_to_requisition,
        open_requisition,
        replace_motion,
        settle_challenge,
        sign_requisition,
        withdraw_motion,
        withdraw_requisition,
    )
}
