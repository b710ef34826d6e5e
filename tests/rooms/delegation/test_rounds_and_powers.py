"""Rounds as the public sees them, and powers as they are used."""

from __future__ import annotations

from datetime import date, timedelta
from importlib import import_module

import pytest

from remit.delegation import actions, queries
from remit.delegation.models import PowerUse, Round
from remit.delegation.rules import (
    evidence_of_support,
    groups,
    guidance,
    levels,
    powers,
    powers_over,
    questions,
)
from remit.engines.deadlines import Deadline, by_time
from remit.kernel.decision import Refused
from remit.ledger.models import Entry
from tests.delegation_factories import (
    ASSESSOR,
    DEADLINE,
    EFFECTIVE_ON,
    PROGRAMME,
    WEEK,
    announce,
    approve,
    decide,
    london,
    make_arrangement,
    make_commissioners,
    make_round,
    officer_of,
    submit,
)
from tests.factories import make_organisation

pytestmark = pytest.mark.django_db

ROUND = "2015-level-3"
OPENS = DEADLINE.at - timedelta(days=60)


def opened(**changed: object) -> Round:
    usual = {
        "code": ROUND,
        "title": "Level 3 from 2015",
        "level": 3,
        "opens_at": OPENS,
        "deadline": DEADLINE,
        "decisions_due_on": date(2015, 2, 18),
        "effective_on": EFFECTIVE_ON,
        "by": PROGRAMME,
        "at": OPENS,
    }
    return actions.open_round(**{**usual, **changed})


def test_a_round_is_opened_once() -> None:
    opened()
    assert opened(at=OPENS + WEEK).made_at == OPENS
    assert Entry.objects.count() == 1
    with pytest.raises(Refused) as refused:
        opened(title="Another")
    assert refused.value.code == "already_exists"


def test_a_round_that_is_over_is_not_opened() -> None:
    with pytest.raises(Refused) as refused:
        opened(at=DEADLINE.at)
    assert refused.value.code == "deadline_passed"
    assert not Round.objects.exists()
    assert opened(at=DEADLINE.at - timedelta(seconds=1)) == opened(at=DEADLINE.at), "the same again"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"level": 4}, "no_such_level"),
        ({"process": "long"}, "no_such_process"),
        ({"groups": []}, "no_such_group"),
        ({"groups": ["vets"]}, "no_such_group"),
        ({"code": "not a code"}, "not_a_code"),
        ({"code": "x" * 61}, "not_a_code"),
        ({"code": "new"}, "not_a_code"),
        ({"title": " "}, "no_title"),
        ({"title": "x" * 201}, "no_title"),
        ({"opens_at": DEADLINE.at}, "closes_first"),
        ({"effective_on": date(2015, 1, 9)}, "effective_first"),
        ({"decisions_due_on": date(2015, 1, 8)}, "wrong_due_day"),
        ({"decisions_due_on": date(2015, 4, 2)}, "wrong_due_day"),
        ({"by": ASSESSOR}, "not_permitted"),
        ({"by": officer_of("00A")}, "not_permitted"),
    ],
)
def test_rounds_that_cannot_be_opened(changed: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        opened(**changed)
    assert refused.value.code == code
    assert not Round.objects.exists()


def test_the_form_of_a_round_is_frozen_when_it_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the rulebook says later changes a later round's form, not this one's."""
    made = opened(groups=["dental", "pharmacy"], is_sealed=True)
    assert (made.process, made.groups, made.is_sealed) == ("short", ["pharmacy", "dental"], True)
    assert made.form is not None
    assert [row["code"] for row in made.form.content["questions"]] == list(questions())
    assert opened(code="again", groups=["dental"]).form == made.form, "the same form is kept once"
    fewer = {code: each for code, each in questions().items() if code != "benefits"}
    monkeypatch.setattr(import_module("remit.delegation.rules.processes"), "questions", lambda: fewer)
    assert opened(code="later").form != made.form
    assert "benefits" in [row["code"] for row in Round.objects.get(pk=ROUND).form.content["questions"]]


def test_decisions_need_not_have_a_due_day() -> None:
    assert opened(decisions_due_on=None).decisions_due_on is None


def state(at_days: int) -> tuple[str, bool]:
    row = queries.round_of(ROUND, DEADLINE.at + timedelta(days=at_days))
    assert row is not None
    return row.state, row.is_overdue


def test_the_states_of_a_round() -> None:
    make_commissioners("00A", "00B")
    opened()
    assert state(-61) == ("coming", False)
    assert state(-1) == ("open", False)
    assert state(0) == ("closed", False)
    assert state(60) == ("closed", False), "nobody applied, so nothing is due"
    sent = [submit(ROUND, code) for code in ("00A", "00B")]
    assert state(60) == ("closed", True)
    for each in sent:
        approve(each)
    assert state(60) == ("closed", True), "decided, but nobody was told"
    announce(ROUND)
    assert state(60) == ("decided", False)
    assert queries.round_of("no-such", DEADLINE.at) is None


def test_rounds_are_listed_the_last_to_close_first() -> None:
    opened()
    opened(code="2016-level-3", deadline=by_time(date(2015, 2, 6), (DEADLINE.at).time()))
    assert [row.code for row in queries.rounds(OPENS)] == ["2016-level-3", ROUND]


def test_an_inclusive_deadline_is_kept_as_one() -> None:
    kept = opened(deadline=Deadline(DEADLINE.at, is_inclusive=True))
    assert kept.deadline == Deadline(DEADLINE.at, is_inclusive=True)


def test_who_was_declined_is_not_told_in_public_but_does_not_keep_a_round_waiting() -> None:
    make_commissioners("00A", "00B")
    opened()
    first, second = submit(ROUND, "00A"), submit(ROUND, "00B")
    approve(first)
    decide(second, "declined")
    announce(ROUND)
    assert state(60) == ("decided", False)
    row = queries.round_of(ROUND, DEADLINE.at + 9 * WEEK)
    assert row is not None
    assert (row.applied, row.decided) == (2, 1)


# -- powers ---------------------------------------------------------------------------------------------------

APRIL = london(2015, 4, 1, 9)


def use(at_hour: object = APRIL, **changed: object) -> PowerUse:
    usual = {
        "commissioner": "00A",
        "power": "approve_mergers",
        "what": "Merger of two practices approved",
        "by": officer_of("00A"),
        "at": at_hour,
        "once": "1",
    }
    return actions.use_power(**{**usual, **changed})


@pytest.fixture
def _delegated() -> None:
    make_commissioners("00A", "00B")
    make_round()
    make_arrangement(ROUND, "00A")


@pytest.mark.usefixtures("_delegated")
@pytest.mark.seed("S3-07")
def test_a_power_is_refused_on_31_march_and_works_on_1_april() -> None:
    with pytest.raises(Refused, match="on 1 April 2015") as refused:
        use(london(2015, 3, 31, 23, 59))
    assert refused.value.code == "power_not_held"
    assert not PowerUse.objects.exists()
    assert use(london(2015, 4, 1, 0, 0)).used_at == london(2015, 4, 1, 0, 0)


@pytest.mark.usefixtures("_delegated")
def test_the_same_request_again_is_one_use_and_the_first_is_told() -> None:
    assert use().pk == use().pk
    use(APRIL + WEEK, once="2", what="Another")
    rows = {row.code: row for row in queries.powers_of("00A", EFFECTIVE_ON)}
    assert rows["approve_mergers"].first_used_at == APRIL
    assert rows["manage_contracts"].first_used_at is None
    assert [each.what for each in queries.uses_of("00A")] == ["Merger of two practices approved", "Another"]


@pytest.mark.usefixtures("_delegated")
@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"power": "levitate"}, "no_such_power"),
        ({"power": "manage_performers"}, "power_not_held"),
        ({"commissioner": "00B"}, "not_permitted"),
        ({"commissioner": "00B", "by": officer_of("00B")}, "power_not_held"),
        ({"what": " "}, "no_words"),
        ({"what": "x" * 301}, "no_words"),
        ({"by": PROGRAMME}, "not_permitted"),
    ],
)
def test_uses_that_are_refused(changed: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        use(**changed)
    assert refused.value.code == code


@pytest.mark.usefixtures("_delegated")
def test_the_powers_of_a_commissioner_say_how_since_when_and_why_not() -> None:
    rows = {row.code: row for row in queries.powers_of("00A", EFFECTIVE_ON)}
    assert list(rows) == list(powers_over("general_practice"))
    assert (rows["approve_mergers"].how, rows["approve_mergers"].since) == ("held", EFFECTIVE_ON)
    assert (rows["manage_performers"].how, rows["manage_performers"].since) == ("none", None)
    assert "reserved to NHS England" in rows["manage_performers"].why_not
    before = {row.code: row for row in queries.powers_of("00A", date(2015, 3, 31))}
    assert "on 1 April 2015" in before["approve_mergers"].why_not


@pytest.mark.usefixtures("_delegated")
def test_who_is_no_commissioner_holds_nothing() -> None:
    make_organisation("Y88001", "practice")
    decision = queries.holds_power_on("Y88001", "approve_mergers", EFFECTIVE_ON)
    assert "no commissioner of primary care on 1 April 2015" in decision.reasons[0].message
    closed = make_organisation("00Z", "ccg", last=date(2015, 4, 1))
    decision = queries.holds_power_on(closed, "approve_mergers", date(2015, 4, 2))
    assert not decision.allowed


# -- the catalogue --------------------------------------------------------------------------------------------


def test_the_catalogue_is_whole() -> None:
    assert list(levels()) == [1, 2, 3]
    for power in powers().values():
        assert set(power.groups) <= set(groups())
        for each in power.provisions:
            assert each.guidance in guidance()
            assert each.clause
            assert set(each.held) <= set(levels())
    for level in levels().values():
        assert level.meaning
        assert level.reference
        assert len(level.needs_in_words) >= 1


@pytest.mark.seed("S0-04")
def test_level_2_needs_a_joint_committee_and_level_3_a_signed_agreement() -> None:
    assert "joint_committee" in levels()[2].needs
    assert "agreement" in levels()[3].needs
    assert levels()[1].needs == ()


def test_evidence_is_graded_and_not_specified_is_not_none() -> None:
    grades = [each.grade for each in evidence_of_support().values()]
    assert grades == sorted(grades, reverse=True)
    ways = ["ballot", "recorded_vote", "show_of_hands", "letter", "none", "not_specified"]
    assert list(evidence_of_support()) == ways
    assert queries.evidence_words("none") != queries.evidence_words("not_specified") == "Not specified"
    assert queries.evidence_words("") == "Not specified"
    assert [code for code, _ in questions()["evidence"].choices] == list(evidence_of_support())
