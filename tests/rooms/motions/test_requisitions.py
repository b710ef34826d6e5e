"""Members require a meeting: counted against the roll by the clause, with the clock, whatever the chair says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from remit.kernel.actor import ANYONE
from remit.kernel.decision import Refused
from remit.motions import actions, queries
from remit.motions.actions.noticing import Notice, Wording
from remit.motions.models import Requisition, Signature
from tests.constitution_factories import CLAUSES, TODAY, make_constitution
from tests.factories import NOW, make_organisation
from tests.motion_factories import SECRETARY, declare, make_members, manager_of, vote

pytestmark = pytest.mark.django_db

TENTH = {"kind": "requisition", "share": "10%", "days": 28}
RULES = {
    **CLAUSES,
    "11.1": ("A tenth of the members may require a meeting, held within 28 days.", [TENTH]),
    "11.2": (
        "Two thirds of all practices carry a vote of no confidence; an election follows within 42 days.",
        [
            {
                "kind": "majority",
                "share": "2/3",
                "is_strict": False,
                "basis": "all",
                "motions": ["no_confidence"],
            },
            {"kind": "removal", "days": 42, "motions": ["no_confidence"]},
        ],
    ),
}


def refused(code: str, act: Callable[[], Any]) -> Refused:
    before = (Signature.objects.count(), list(Requisition.objects.values()))
    with pytest.raises(Refused) as caught:
        act()
    assert (caught.value.code, Signature.objects.count(), list(Requisition.objects.values())) == (
        code,
        *before,
    )
    return caught.value


def opened(practice: str, *, kind: str = "no_confidence") -> Requisition:
    return actions.open_requisition(
        body="00A",
        kind=kind,
        title="No confidence in the board",
        words="It did not ask us.",
        by=manager_of(practice),
        at=NOW,
    )


def test_three_of_24_require_a_meeting_the_chair_objects_and_16_of_24_carry_it() -> None:
    codes = make_members(number=24)
    make_constitution(clauses=RULES)
    made = opened(codes[0])
    actions.sign_requisition(requisition=made.pk, by=manager_of(codes[1]), at=NOW)
    row = queries.requisition_at(made.pk, NOW)
    assert row is not None
    assert (row.counted.is_valid, row.counted.due_on, row.days_left) == (False, None, None)
    actions.sign_requisition(requisition=made.pk, by=manager_of(codes[2]), at=NOW)
    actions.object_to_requisition(requisition=made.pk, objection="It is not the time.", by=SECRETARY, at=NOW)
    row = queries.requisition_at(made.pk, NOW)
    assert row is not None
    assert row.counted.words == "3 of 24 members signed, which is 12.5%; the clause asks for at least 10%"
    assert (row.counted.is_valid, row.counted.due_on) == (True, TODAY + timedelta(days=28))
    assert (row.days_left, row.is_overdue, row.objection) == (28, False, "It is not the time.")
    late = queries.requisition_at(made.pk, NOW + timedelta(days=29))
    assert late is not None
    assert (late.days_left, late.is_overdue) == (-1, True)

    wording = Wording(kind="no_confidence", title="No confidence in the board", words="That we have none.")
    motion = actions.draft_motion(body="00A", wording=wording, requisition=made.pk, by=SECRETARY, at=NOW)
    opens = NOW + timedelta(days=20)
    notice = Notice(opens_at=opens, closes_at=opens + timedelta(days=2))
    actions.give_notice(motion=motion.pk, notice=notice, by=SECRETARY, at=NOW)
    answered = queries.requisition_at(made.pk, opens)
    assert answered is not None
    assert (answered.is_answered, answered.motion, answered.days_left) == (True, motion.pk, None)

    motion.refresh_from_db()
    vote(motion, dict.fromkeys(codes[:16], "for") | dict.fromkeys(codes[16:20], "against"), opens)
    at = opens + timedelta(days=3)
    assert declare(motion, at).result == "carried"
    page = queries.motion_page(motion.pk, ANYONE, at)
    assert page is not None
    assert page.outcome is not None
    assert (
        page.outcome.parts[0]
        .outcome.majorities[0]
        .words.startswith("16 votes for, of 24 on the roll, is 67%")
    )
    [due] = queries.elections_due("00A", at)
    assert (due.clause, due.motion, due.is_overdue(due.due_on + timedelta(days=1))) == ("11.2", "", True)
    assert (due.due_on - due.arose_on).days == 42
    election = actions.draft_motion(
        body="00A",
        wording=Wording(kind="election", title="Election", words="Who serves."),
        by=SECRETARY,
        at=at,
    )
    times = Notice(opens_at=at + timedelta(days=20), closes_at=at + timedelta(days=30))
    actions.give_notice(motion=election.pk, notice=times, by=SECRETARY, at=at)
    [held] = queries.elections_due("00A", at)
    assert (held.motion, held.is_overdue(held.due_on + timedelta(days=1))) == (election.pk, False)


def test_five_of_forty_are_enough_where_a_clause_says_a_tenth() -> None:
    codes = make_members(number=40)
    make_constitution(clauses=RULES)
    made = opened(codes[0], kind="ordinary")
    for code in codes[1:3]:
        actions.sign_requisition(requisition=made.pk, by=manager_of(code), at=NOW)
    day_after = NOW + timedelta(days=1)
    for code in codes[3:5]:
        actions.sign_requisition(requisition=made.pk, by=manager_of(code), at=day_after)
    row = queries.requisition_at(made.pk, day_after)
    assert row is not None
    assert (row.counted.is_valid, row.counted.due_on) == (True, TODAY + timedelta(days=29))
    assert [code for code, _ in row.signed_by] == list(codes[:5])


def test_what_is_refused() -> None:
    codes = make_members(number=20)
    make_constitution(clauses=RULES)
    make_organisation("B80001", "practice")
    refused("not_a_member", lambda: opened("B80001"))
    refused("no_such_motion", lambda: opened(codes[0], kind="referendum"))
    refused(
        "not_permitted",
        lambda: actions.open_requisition(
            body="00A", kind="ordinary", title="x", words="y", by=SECRETARY, at=NOW
        ),
    )
    made = opened(codes[0])
    assert opened(codes[0]) == made
    assert opened(codes[1]) == made
    assert Signature.objects.filter(requisition=made).count() == 2
    sign = {"requisition": made.pk, "at": NOW}
    refused("not_a_member", lambda: actions.sign_requisition(**sign, by=manager_of("B80001")))
    refused(
        "not_found", lambda: actions.sign_requisition(requisition="none", by=manager_of(codes[1]), at=NOW)
    )
    refused("valid", lambda: actions.withdraw_requisition(**sign, by=manager_of(codes[0])))
    refused("not_yours", lambda: actions.withdraw_requisition(**sign, by=manager_of(codes[1])))
    objected = actions.object_to_requisition(**sign, objection="No.", by=SECRETARY)
    assert actions.object_to_requisition(**sign, objection="No.", by=SECRETARY) == objected
    refused("objected", lambda: actions.object_to_requisition(**sign, objection="Never.", by=SECRETARY))
    motion = actions.draft_motion(
        body="00A", wording=Wording(title="x", words="y"), requisition=made.pk, by=SECRETARY, at=NOW
    )
    assert motion.state == "draft"
    refused(
        "not_found",
        lambda: actions.draft_motion(
            body="00A", wording=Wording(title="x", words="y"), requisition=made.pk, by=SECRETARY, at=NOW
        ),
    )


def test_one_that_is_not_valid_can_be_withdrawn_and_signed_no_more() -> None:
    codes = make_members(number=24)
    make_constitution(clauses=RULES)
    made = opened(codes[0])
    actions.withdraw_requisition(requisition=made.pk, by=manager_of(codes[0]), at=NOW)
    sign = {"requisition": made.pk, "by": manager_of(codes[1]), "at": NOW}
    refused("withdrawn", lambda: actions.sign_requisition(**sign))
    [row] = queries.requisitions(NOW, body="00A")
    assert row.is_withdrawn


def test_without_a_clause_there_are_none() -> None:
    codes = make_members()
    make_constitution()
    found = refused("no_requisitions", lambda: opened(codes[0]))
    assert "clause" in str(found)
