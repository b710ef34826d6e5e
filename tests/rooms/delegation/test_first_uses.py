"""When powers were granted and first used; and decisions that NHS England calls in."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from remit.delegation import actions, queries
from remit.delegation.models import CallIn, PowerUse
from remit.delegation.states import (
    CALL_IN_OUTCOMES,
    CALL_IN_STATES,
    CALL_IN_STEPS,
    CALLED_IN,
    IN_FORCE,
    RELEASED,
    TAKEN_OVER,
    may_be_called_in,
)
from remit.kernel.decision import Refused
from remit.ledger.models import Entry
from tests.delegation_factories import (
    ASSESSOR,
    EFFECTIVE_ON,
    PROGRAMME,
    approve,
    london,
    make_commissioners,
    make_round,
    officer_of,
    sign,
    submit,
)

pytestmark = pytest.mark.django_db

AUGUST = london(2015, 8, 12)
LATER = london(2015, 8, 20)


@pytest.fixture(autouse=True)
def _delegated() -> None:
    make_commissioners("00A", "00B")
    make_round()
    make_round("2015-level-2", level=2)
    sent = [submit("2015-level-3", "00A"), submit("2015-level-2", "00B")]
    for each in sent:
        approve(each)
    for each in sent:
        sign(each)


def use(who: str = "00A", at: datetime = AUGUST, what: str = "A merger approved") -> PowerUse:
    return actions.use_power(
        commissioner=who, power="approve_mergers", what=what, by=officer_of(who), at=at, once=what
    )


@pytest.mark.seed("S4-11")
def test_granted_on_1_april_first_used_on_12_august() -> None:
    """No big change on the day the powers came on: the ledger says what was used when, and what never was."""
    use()
    use(at=LATER, what="Another")
    rows = {(row.commissioner, row.power): row for row in queries.first_uses(date(2015, 12, 31))}
    merger = rows["00A", "approve_mergers"]
    assert (merger.granted_on, merger.first_used_at, merger.uses) == (EFFECTIVE_ON, AUGUST, 2)
    assert merger.first_what == "A merger approved"
    assert rows["00A", "establish_practices"].first_used_at is None
    assert rows["00B", "approve_mergers"].how == "joint"
    tally = {each.power: each for each in queries.tallies(list(rows.values()))}
    assert (tally["approve_mergers"].granted, tally["approve_mergers"].used) == (2, 1)
    assert (tally["establish_practices"].used, tally["establish_practices"].never_used) == (0, 2)
    assert "manage_performers" not in tally, "nobody was ever granted what is reserved"


def test_before_the_day_nothing_was_granted_and_before_the_use_nothing_used() -> None:
    use()
    assert queries.first_uses(date(2015, 3, 31)) == []
    rows = {row.power: row for row in queries.first_uses(date(2015, 8, 11), "00A")}
    assert rows["approve_mergers"].first_used_at is None
    assert {row.commissioner for row in queries.first_uses(date(2015, 8, 11), "00A")} == {"00A"}


def call_in(made: PowerUse, **changed: object) -> CallIn:
    usual = {"use": made.pk, "reasons": "The practices contest it.", "by": PROGRAMME, "at": LATER}
    return actions.call_in_decision(**{**usual, **changed})  # type: ignore[arg-type]


def settle(made: PowerUse, outcome: str, **changed: object) -> CallIn:
    usual = {"use": made.pk, "outcome": outcome, "reasons": "Heard again.", "by": PROGRAMME, "at": LATER}
    return actions.settle_call_in(**{**usual, **changed})  # type: ignore[arg-type]


def test_a_decision_is_called_in_and_the_use_says_so() -> None:
    made = use()
    entries = Entry.objects.count()
    assert call_in(made).pk == call_in(made).pk
    assert Entry.objects.count() == entries + 1
    assert [each.standing for each in queries.uses_of("00A")] == [CALLED_IN]
    (row,) = queries.first_uses(date(2015, 12, 31), "00A")[5:6]
    assert (row.power, row.called_in) == ("approve_mergers", 1)
    (kept,) = queries.call_ins("00A")
    assert (kept.state, kept.what) == (CALLED_IN, "A merger approved")
    assert queries.call_ins("00B") == []


def bring(made: PowerUse, state: str) -> None:
    """Take a decision to a state."""
    if state != IN_FORCE:
        call_in(made)
    if state in CALL_IN_OUTCOMES:
        settle(made, state)


@pytest.mark.parametrize("before", CALL_IN_STATES)
@pytest.mark.parametrize("after", [CALLED_IN, RELEASED, TAKEN_OVER])
def test_every_state_and_every_act(before: str, after: str) -> None:
    """What the table allows is done; the same again changes nothing; all else is refused."""
    made = use()
    bring(made, before)
    act = (lambda: call_in(made)) if after == CALLED_IN else (lambda: settle(made, after))
    if may_be_called_in(before, after).allowed or before == after:
        assert act().state == after
    else:
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code in {"wrong_state", "not_found"}
        assert queries.uses_of("00A")[0].standing == before


def test_the_table_of_states_is_whole() -> None:
    assert {each.before for each in CALL_IN_STEPS} | {each.after for each in CALL_IN_STEPS} == set(
        CALL_IN_STATES
    )


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"by": officer_of("00A")}, "not_permitted"),
        ({"by": ASSESSOR}, "not_permitted"),
        ({"use": "no-such"}, "not_found"),
        ({"reasons": " "}, "no_reasons"),
        ({"reasons": "x" * 2001}, "no_reasons"),
    ],
)
def test_call_ins_that_are_refused(changed: dict[str, object], code: str) -> None:
    made = use()
    with pytest.raises(Refused) as refused:
        call_in(made, **changed)
    assert refused.value.code == code
    call_in(made)
    with pytest.raises(Refused) as refused:
        settle(made, "released", **changed)
    assert refused.value.code == code


def test_a_call_in_ends_only_in_the_ways_there_are() -> None:
    made = use()
    call_in(made)
    with pytest.raises(Refused) as refused:
        settle(made, "forgotten")
    assert refused.value.code == "no_such_outcome"
    settled = settle(made, "taken_over", reasons="NHS England refuses the merger.")
    row = queries.call_in_of(made.pk)
    assert row is not None
    assert (row.state, row.outcome_reasons) == ("taken_over", "NHS England refuses the merger.")
    assert settled.settled_at == LATER
