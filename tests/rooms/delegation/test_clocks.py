"""Late requests answered, decisions extended, seals opened: each public, each with its reason."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from remit.delegation import actions, queries
from remit.delegation.models import Application
from remit.engines.deadlines import before_day
from remit.kernel.decision import Refused
from tests.delegation_factories import (
    ASSESSOR,
    DEADLINE,
    PROGRAMME,
    announce,
    approve,
    draft,
    london,
    make_commissioners,
    make_round,
    officer_of,
    submit,
)

pytestmark = pytest.mark.django_db

ROUND = "2015-level-3"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LATE = DEADLINE.at + HOUR


def asked(commissioner: str = "00A") -> Application:
    make_commissioners(commissioner)
    make_round(ROUND)
    made = draft(ROUND, commissioner)
    actions.request_late_acceptance(
        application=made.pk, reasons="The lines were down.", by=officer_of(commissioner), at=LATE
    )
    return made


def answer(made: Application, **changed: object) -> object:
    usual = {
        "is_accepted": True,
        "reasons": "The lines were down in all the county.",
        "may_submit_until": LATE + DAY,
        "by": PROGRAMME,
        "at": LATE,
    }
    return actions.decide_late_request(application=made.pk, **{**usual, **changed})


def test_who_is_accepted_late_may_submit_until_the_instant_given() -> None:
    made = asked()
    answer(made)
    by = officer_of("00A")
    with pytest.raises(Refused) as refused:
        actions.submit_application(application=made.pk, by=by, at=LATE + DAY)
    assert refused.value.code == "late"
    sent = actions.submit_application(application=made.pk, by=by, at=LATE + DAY - timedelta(microseconds=1))
    assert sent.submitted_at == LATE + DAY - timedelta(microseconds=1)


def test_who_is_refused_stays_a_draft_and_all_of_it_is_in_the_public_log() -> None:
    made = asked()
    [row] = queries.late_log(ROUND, LATE)
    assert (row.is_accepted, row.reasons) == (None, "")
    answer(made, is_accepted=False, may_submit_until=None, reasons="The lines were up.", at=LATE + HOUR)
    with pytest.raises(Refused) as refused:
        actions.submit_application(application=made.pk, by=officer_of("00A"), at=LATE + 2 * HOUR)
    assert refused.value.code == "late"
    [row] = queries.late_log(ROUND, LATE)
    assert row.is_accepted is None, "not before it was answered"
    [row] = queries.late_log(ROUND, LATE + HOUR)
    assert (row.is_accepted, row.reasons, row.submitted_at) == (False, "The lines were up.", None)


def test_one_late_acceptance_lets_nobody_else_in() -> None:
    make_commissioners("00B")
    make_round(ROUND)
    other = draft(ROUND, "00B")
    answer(asked())
    with pytest.raises(Refused) as refused:
        actions.submit_application(application=other.pk, by=officer_of("00B"), at=LATE + HOUR)
    assert refused.value.code == "late"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"reasons": " "}, "no_reasons"),
        ({"reasons": "x" * 2001}, "no_reasons"),
        ({"may_submit_until": None}, "wrong_dates"),
        ({"may_submit_until": LATE}, "wrong_dates"),
        ({"is_accepted": False}, "wrong_dates"),
        ({"by": ASSESSOR}, "not_permitted"),
    ],
)
def test_late_requests_that_cannot_be_answered_so(changed: dict[str, object], code: str) -> None:
    made = asked()
    with pytest.raises(Refused) as refused:
        answer(made, **changed)
    assert refused.value.code == code
    first = answer(made)
    assert answer(made, at=LATE + HOUR) == first
    with pytest.raises(Refused) as refused:
        answer(made, reasons="Otherwise.")
    assert refused.value.code == "wrong_state"


def test_only_what_was_asked_is_answered() -> None:
    make_commissioners("00A")
    make_round(ROUND)
    with pytest.raises(Refused) as refused:
        answer(draft(ROUND, "00A"))
    assert refused.value.code == "not_found"


DUE = date(2018, 1, 31)
IN_2017 = {
    "deadline": before_day(date(2017, 11, 1)),
    "decisions_due_on": DUE,
    "effective_on": date(2018, 4, 1),
}


def three_applied() -> list[Application]:
    make_commissioners("00A", "00B", "00C")
    make_round(ROUND, **IN_2017)
    return [submit(ROUND, code) for code in ("00A", "00B", "00C")]


def extend(**changed: object) -> object:
    usual = {
        "round_code": ROUND,
        "until_on": date(2018, 2, 28),
        "reasons": "The committee meets in February.",
        "by": PROGRAMME,
        "at": london(2018, 1, 20),
    }
    return actions.extend_decisions(**{**usual, **changed})


@pytest.mark.seed("S1-20")
def test_on_31_january_all_have_a_decision_or_a_published_extension() -> None:
    """All were to be reviewed in January 2018: one is announced, one is extended, one is over time on 1 February."""
    first, second, third = three_applied()
    approve(first, at=london(2018, 1, 10))
    announce(ROUND, at=london(2018, 1, 12))
    extend(application=second.pk)
    clock = {row.application: row for row in queries.decision_clock(ROUND, london(2018, 1, 31))}
    assert (clock[first.pk].is_told, clock[second.pk].due_on) == (True, date(2018, 2, 28))
    assert [row.days_over for row in clock.values()] == [0, 0, 0], "the last day is in time"
    clock = {row.application: row for row in queries.decision_clock(ROUND, london(2018, 2, 3))}
    assert [clock[each.pk].days_over for each in (first, second, third)] == [0, 0, 3]
    assert queries.round_of(ROUND, london(2018, 2, 3)).is_overdue  # type: ignore[union-attr]
    extend(application=third.pk, at=london(2018, 2, 3))
    row = queries.round_of(ROUND, london(2018, 2, 3))
    assert row is not None
    assert not row.is_overdue, "each has a decision or a published extension"
    assert [each.commissioner for each in queries.extensions_in(ROUND, london(2018, 2, 3))] == ["00B", "00C"]


@pytest.mark.seed("S3-11")
def test_an_expected_decision_is_public_and_flagged_once_it_is_over() -> None:
    three_applied()
    assert queries.round_of(ROUND, london(2018, 1, 31)).decisions_due_on == DUE  # type: ignore[union-attr]
    assert not queries.round_of(ROUND, london(2018, 1, 31)).is_overdue  # type: ignore[union-attr]
    assert queries.round_of(ROUND, london(2018, 2, 1)).is_overdue  # type: ignore[union-attr]
    extend(at=london(2018, 2, 1))
    row = queries.round_of(ROUND, london(2018, 2, 2))
    assert row is not None
    assert (row.is_overdue, row.extended_to) == (False, date(2018, 2, 28))
    assert queries.round_of(ROUND, london(2018, 3, 1)).is_overdue  # type: ignore[union-attr]
    assert {each.days_over for each in queries.decision_clock(ROUND, london(2018, 3, 1))} == {1}


def test_a_decision_under_embargo_does_not_show_in_the_clock() -> None:
    first, *_ = three_applied()
    approve(first, at=london(2018, 1, 10))
    [row, *_] = queries.decision_clock(ROUND, london(2018, 2, 1))
    assert (row.is_told, row.days_over) == (False, 1)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"until_on": DUE}, "wrong_dates"),
        ({"until_on": date(2018, 2, 2), "at": london(2018, 2, 3)}, "wrong_dates"),
        ({"reasons": ""}, "no_reasons"),
        ({"round_code": "none"}, "not_found"),
        ({"application": "0" * 26}, "not_found"),
        ({"by": ASSESSOR}, "not_permitted"),
    ],
)
def test_extensions_that_cannot_be_published(changed: dict[str, object], code: str) -> None:
    three_applied()
    with pytest.raises(Refused) as refused:
        extend(**changed)
    assert refused.value.code == code
    first = extend()
    assert extend(at=london(2018, 1, 21)) == first


def test_nothing_is_extended_that_was_decided_or_was_never_due() -> None:
    make_round("undated", deadline=before_day(date(2017, 11, 1)), effective_on=date(2018, 4, 1))
    first, *_ = three_applied()
    approve(first, at=london(2018, 1, 10))
    with pytest.raises(Refused) as refused:
        extend(application=first.pk)
    assert refused.value.code == "wrong_state"
    with pytest.raises(Refused) as refused:
        extend(round_code="undated")
    assert refused.value.code == "wrong_dates"


def test_a_sealed_round_is_read_by_nobody_before_its_seal_is_opened() -> None:
    make_commissioners("00A")
    make_round(ROUND, is_sealed=True)
    made = submit(ROUND, "00A")
    for at in (made.submitted_at, LATE):
        assert at is not None
        assert queries.applications_in(ROUND, at) == []
        assert queries.application(made.pk, at, ASSESSOR) is None
        assert queries.applications_to_decide(ASSESSOR, at) == []
        own = queries.application(made.pk, at, officer_of("00A"))
        assert own is not None, "its own commissioner reads it"
    with pytest.raises(Refused) as refused:
        approve(made, at=LATE)
    assert refused.value.code == "sealed"
    with pytest.raises(Refused) as refused:
        actions.open_seal(round_code=ROUND, by=PROGRAMME, at=DEADLINE.at - HOUR)
    assert refused.value.code == "too_early"
    opened = actions.open_seal(round_code=ROUND, by=PROGRAMME, at=LATE)
    assert actions.open_seal(round_code=ROUND, by=PROGRAMME, at=LATE + HOUR).unsealed_at == opened.unsealed_at
    assert [row.id for row in queries.applications_in(ROUND, LATE)] == [made.pk]
    assert queries.application(made.pk, LATE, ASSESSOR) is not None
    row = queries.round_of(ROUND, LATE)
    assert row is not None
    assert (row.is_sealed, row.is_closed_to_readers, row.unsealed_at) == (True, False, LATE)


@pytest.mark.parametrize(
    ("changed", "code"),
    [({}, "not_sealed"), ({"round_code": "none"}, "not_found"), ({"by": ASSESSOR}, "not_permitted")],
)
def test_seals_that_cannot_be_opened(changed: dict[str, object], code: str) -> None:
    make_round(ROUND)
    with pytest.raises(Refused) as refused:
        actions.open_seal(**{"round_code": ROUND, "by": PROGRAMME, "at": LATE, **changed})  # type: ignore[arg-type]
    assert refused.value.code == code
