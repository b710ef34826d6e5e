"""Deciding: every state by every act, always with reasons, never one's own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from remit.delegation import actions, queries
from remit.delegation.models import Application, Decision
from remit.delegation.states import OUTCOMES, STATES, STEPS, may_become, step
from remit.kernel.actor import Actor, RoleAt
from remit.kernel.decision import Refused
from remit.ledger.models import Entry
from tests.delegation_factories import (
    ASSESSOR,
    CONDITION,
    DEADLINE,
    PROGRAMME,
    approve,
    decide,
    draft,
    make_commissioners,
    make_round,
    officer_of,
    submit,
    withdraw,
)

pytestmark = pytest.mark.django_db

ROUND = "2015-level-3"


@pytest.fixture(autouse=True)
def _a_round() -> None:
    make_commissioners("00A", "00B")
    make_round()


def in_state(state: str) -> Application:
    """An application taken to a state by the acts that lead there."""
    if state == "draft":
        return draft(ROUND, "00A")
    made = submit(ROUND, "00A")
    if state in OUTCOMES:
        decide(made, state)
    if state == "withdrawn":
        withdraw(made)
    if state == "rescinded":
        Application.objects.filter(pk=made.pk).update(state=state)
    return Application.objects.get(pk=made.pk)


@pytest.mark.parametrize("outcome", OUTCOMES)
@pytest.mark.parametrize("state", STATES)
def test_every_state_by_every_decision(state: str, outcome: str) -> None:
    made = in_state(state)
    later = made.round.deadline_at + timedelta(days=20)
    allowed = step(state, outcome) is not None
    if allowed:
        decide(made, outcome, reasons="Looked at again.", at=later)
    else:
        with pytest.raises(Refused) as refused:
            decide(made, outcome, reasons="Looked at again.", at=later)
        assert refused.value.code == "wrong_state"
    assert Application.objects.get(pk=made.pk).state == (outcome if allowed else state)


@pytest.mark.parametrize("state", STATES)
def test_every_state_by_withdrawing(state: str) -> None:
    made = in_state(state)
    later = made.round.deadline_at + timedelta(days=20)
    if step(state, "withdrawn"):
        withdraw(made, at=later)
        assert Application.objects.get(pk=made.pk).state == "withdrawn"
    else:
        with pytest.raises(Refused):
            withdraw(made, at=later)
        assert Application.objects.get(pk=made.pk).state == state


@pytest.mark.parametrize("state", STATES)
def test_every_state_by_submitting_again(state: str) -> None:
    made = in_state(state)
    sent = actions.submit_application(
        application=made.pk, by=officer_of("00A"), at=DEADLINE.at - timedelta(minutes=1)
    )
    assert sent.state == ("submitted" if state == "draft" else state)


def test_every_step_has_an_owner_and_a_clause() -> None:
    assert {each.before for each in STEPS} | {each.after for each in STEPS} == set(STATES)
    for each in STEPS:
        assert each.clause
        assert each.permission
        assert may_become(each.before, each.after).allowed
    assert "Nothing follows from there" in may_become("declined", "approved").reasons[0].message
    assert "it can only become: submitted" in may_become("draft", "approved").reasons[0].message


@pytest.mark.parametrize("by", [officer_of("00A"), officer_of("00B"), PROGRAMME])
def test_only_assessors_decide(by: Actor) -> None:
    with pytest.raises(Refused) as refused:
        decide(submit(ROUND, "00A"), "approved", by=by)
    assert refused.value.code == "not_permitted"


def test_nobody_decides_their_own_application() -> None:
    both = Actor(
        "test-officer",
        "X24",
        frozenset({RoleAt("national_assessor", "X24")}),
    )
    with pytest.raises(Refused) as refused:
        decide(submit(ROUND, "00A"), "approved", by=both)
    assert refused.value.code == "own_application"


@pytest.mark.parametrize(
    ("outcome", "reasons", "conditions", "code"),
    [
        ("splendid", "Because.", (), "no_such_outcome"),
        ("withdrawn", "Because.", (), "no_such_outcome"),
        ("approved", "  ", (), "no_reasons"),
        ("approved", "x" * 4001, (), "no_reasons"),
        ("conditional", "Because.", (), "no_conditions"),
        ("approved", "Because.", (CONDITION,), "no_conditions"),
        ("conditional", "Because.", (type(CONDITION)(" ", "The chair", CONDITION.due_on),), "no_conditions"),
        ("conditional", "Because.", (type(CONDITION)("More", "", CONDITION.due_on),), "no_conditions"),
    ],
)
def test_decisions_are_whole(outcome: str, reasons: str, conditions: tuple[object, ...], code: str) -> None:
    made = submit(ROUND, "00A")
    with pytest.raises(Refused) as refused:
        actions.decide_application(
            application=made.pk,
            outcome=outcome,
            reasons=reasons,
            conditions=conditions,
            by=ASSESSOR,
            at=DEADLINE.at + timedelta(days=1),
        )
    assert refused.value.code == code
    assert not Decision.objects.exists()


def test_the_same_decision_again_changes_nothing() -> None:
    made = submit(ROUND, "00A")
    first = decide(made, "conditional")
    before = Entry.objects.count()
    assert decide(made, "conditional").pk == first.pk
    assert Entry.objects.count() == before


def test_decisions_are_added_never_changed() -> None:
    made = submit(ROUND, "00A")
    decide(made, "conditional")
    approve(made, at=DEADLINE.at + timedelta(days=30))
    page = queries.application(made.pk, DEADLINE.at + timedelta(days=40), ASSESSOR)
    assert page is not None
    assert [each.outcome for each in page.decisions] == ["conditional", "approved"]
    assert page.decisions[0].conditions[0]["due_on"] == "2015-03-31"


def test_what_waits_for_a_decision_is_told_to_assessors_oldest_first() -> None:
    second, first = submit(ROUND, "00B"), submit(ROUND, "00A", at=DEADLINE.at - timedelta(minutes=30))
    at = DEADLINE.at + timedelta(days=60)
    assert [row.id for row in queries.applications_to_decide(ASSESSOR, at)] == [second.pk, first.pk]
    assert queries.applications_to_decide(PROGRAMME, at) == []
    assert queries.applications_to_sign(ASSESSOR, at) == []
    approve(first)
    assert [row.id for row in queries.applications_to_sign(PROGRAMME, at)] == [first.pk]
    assert [row.id for row in queries.applications_to_decide(ASSESSOR, at)] == [second.pk]
