"""Applying: drafts are kept, deadlines are instants, a receipt is given once, and what is late is kept and told."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from remit.delegation import actions, queries
from remit.delegation.models import Application
from remit.engines.deadlines import before_day
from remit.kernel.actor import ANYONE
from remit.kernel.decision import Refused
from remit.ledger.models import Entry
from tests.delegation_factories import (
    ANSWERS,
    ASSESSOR,
    DEADLINE,
    PROGRAMME,
    approve,
    draft,
    london,
    make_arrangement,
    make_commissioners,
    make_round,
    officer_of,
    sign,
    submit,
    withdraw,
)
from tests.factories import make_organisation

pytestmark = pytest.mark.django_db

ROUND = "2015-level-3"
SECOND, TICK = timedelta(seconds=1), timedelta(microseconds=1)


@pytest.fixture(autouse=True)
def _a_round() -> None:
    make_commissioners("00A", "00B")
    make_round()


def acts() -> list[str]:
    return list(Entry.objects.order_by("index").values_list("act", flat=True))


def send(application: Application, at: datetime) -> Application:
    return actions.submit_application(application=application.pk, by=officer_of("00A"), at=at)


def test_one_second_before_noon_is_in() -> None:
    sent = send(draft(ROUND, "00A"), DEADLINE.at - SECOND)
    assert (sent.state, sent.submitted_at) == ("submitted", DEADLINE.at - SECOND)
    assert len(sent.receipt) == 64


@pytest.mark.parametrize("late_by", [timedelta(0), TICK, SECOND, timedelta(days=3)])
def test_noon_is_late_the_draft_is_kept_and_the_ledger_says_so(late_by: timedelta) -> None:
    made = draft(ROUND, "00A")
    with pytest.raises(Refused) as refused:
        send(made, DEADLINE.at + late_by)
    assert refused.value.code == "late"
    kept = Application.objects.get(pk=made.pk)
    assert (kept.state, kept.submitted_at, kept.answers) == ("draft", None, made.answers)
    assert acts()[-1] == "application.refused_late"


def test_before_1_november_2017() -> None:
    make_round("2018-level-3", deadline=before_day(date(2017, 11, 1)), effective_on=date(2018, 4, 1))
    first, second = draft("2018-level-3", "00A"), draft("2018-level-3", "00B")
    assert send(first, london(2017, 10, 31, 23, 59) + timedelta(seconds=59)).receipt
    with pytest.raises(Refused, match="before 1 November 2017"):
        actions.submit_application(application=second.pk, by=officer_of("00B"), at=london(2017, 11, 1, 0, 0))


def test_a_second_submission_gives_the_same_receipt_even_after_the_deadline() -> None:
    made = draft(ROUND, "00A")
    first = send(made, DEADLINE.at - SECOND)
    before = acts()
    again = send(made, DEADLINE.at + SECOND)
    assert (again.receipt, again.submitted_at) == (first.receipt, first.submitted_at)
    assert acts() == before


def test_the_receipt_says_what_when_and_by_whom() -> None:
    receipts = {submit(ROUND, code).receipt for code in ("00A", "00B")}
    assert len(receipts) == 2


def test_a_draft_is_begun_once() -> None:
    first = draft(ROUND, "00A", answers={})
    again = actions.begin_application(
        round_code=ROUND, commissioner="00A", by=officer_of("00A"), at=DEADLINE.at + SECOND
    )
    assert again.pk == first.pk
    assert acts().count("application.begun") == 1


def test_answers_are_kept_one_by_one_and_the_last_counts() -> None:
    made = draft(ROUND, "00A", answers={"evidence": "letter"})
    by, at = officer_of("00A"), DEADLINE.at - SECOND
    actions.save_answer(application=made.pk, question="evidence", answer=" ballot ", by=by, at=at)
    actions.save_answer(application=made.pk, question="evidence", answer="ballot", by=by, at=at)
    assert Application.objects.get(pk=made.pk).answers == {"evidence": "ballot"}
    assert acts().count("application.answered") == 2, "the same answer again is no act"
    assert "ballot" not in Entry.objects.last().body, "a draft is nobody else's business"


@pytest.mark.parametrize(
    ("question", "answer", "code"),
    [
        ("evidence", "hearsay", "wrong_answer"),
        ("asked_on", "soon", "wrong_answer"),
        ("asked_on", "2015-01-10", "wrong_answer"),
        ("benefits", " ", "wrong_answer"),
        ("benefits", "x" * 2001, "wrong_answer"),
        ("colour", "red", "no_such_question"),
    ],
)
def test_answers_that_do_not_fit_are_refused(question: str, answer: str, code: str) -> None:
    made = draft(ROUND, "00A", answers={})
    with pytest.raises(Refused) as refused:
        actions.save_answer(
            application=made.pk,
            question=question,
            answer=answer,
            by=officer_of("00A"),
            at=DEADLINE.at - SECOND,
        )
    assert refused.value.code == code
    assert Application.objects.get(pk=made.pk).answers == {}


def test_a_question_of_another_level_is_not_asked() -> None:
    make_round("2015-level-1", level=1)
    made = draft("2015-level-1", "00A", answers={})
    with pytest.raises(Refused, match="no such question"):
        actions.save_answer(
            application=made.pk,
            question="constitution",
            answer="amended",
            by=officer_of("00A"),
            at=DEADLINE.at - SECOND,
        )


def test_what_is_missing_is_named() -> None:
    made = draft(ROUND, "00A", answers={"evidence": "ballot"})
    with pytest.raises(
        Refused, match=r"On which day .*; Has your constitution .*; What will patients"
    ) as refused:
        send(made, DEADLINE.at - SECOND)
    assert refused.value.code == "incomplete"


def test_who_did_not_ask_is_not_asked_when_and_a_day_given_before_is_dropped() -> None:
    made = draft(ROUND, "00A", answers={**ANSWERS, "evidence": "none"})
    sent = send(made, DEADLINE.at - SECOND)
    assert sent.answers == {key: value for key, value in made.answers.items() if key != "asked_on"}


def test_what_was_submitted_cannot_be_changed() -> None:
    sent = submit(ROUND, "00A")
    with pytest.raises(Refused) as refused:
        actions.save_answer(
            application=sent.pk, question="evidence", answer="none", by=officer_of("00A"), at=DEADLINE.at
        )
    assert refused.value.code == "wrong_state"


@pytest.mark.parametrize("by", [officer_of("00B"), ASSESSOR, PROGRAMME, ANYONE])
def test_only_its_own_officer_applies_for_a_commissioner(by: object) -> None:
    at = DEADLINE.at - SECOND
    made = draft(ROUND, "00A")
    calls = (
        lambda: actions.begin_application(round_code=ROUND, commissioner="00A", by=by, at=at),
        lambda: actions.save_answer(application=made.pk, question="evidence", answer="none", by=by, at=at),
        lambda: actions.submit_application(application=made.pk, by=by, at=at),
        lambda: actions.withdraw_application(application=made.pk, reasons="No.", by=by, at=at),
    )
    for call in calls:
        with pytest.raises(Refused) as refused:
            call()
        assert refused.value.code in {"not_permitted", "sign_in"}
    assert Application.objects.get(pk=made.pk).answers["evidence"] == "ballot"


def begin(code: str, at: datetime, round_code: str = ROUND) -> Application:
    return actions.begin_application(round_code=round_code, commissioner=code, by=officer_of(code), at=at)


def refused_to_begin(code: str, at: datetime, round_code: str = ROUND) -> str:
    with pytest.raises(Refused) as refused:
        begin(code, at, round_code)
    return refused.value.code


def test_beginning_needs_an_open_round_and_a_commissioner() -> None:
    make_organisation("Y88001", "practice")
    assert refused_to_begin("00A", DEADLINE.at - timedelta(days=90)) == "not_open_yet"
    assert refused_to_begin("00A", DEADLINE.at) == "late"
    assert refused_to_begin("00A", DEADLINE.at - SECOND, "no-such") == "not_found"
    assert refused_to_begin("Y88001", DEADLINE.at - SECOND) == "not_a_commissioner"


def test_not_open_yet_says_the_day_and_the_hour() -> None:
    make_round("coming", opens_at=london(2014, 12, 1, 9))
    with pytest.raises(Refused, match=r"It opens at 9am on Monday 1 December 2014\."):
        begin("00A", london(2014, 11, 28), "coming")


def test_who_holds_the_level_need_not_apply() -> None:
    make_arrangement(ROUND, "00A")
    make_round("2016-level-2", level=2, deadline=before_day(date(2016, 1, 1)), effective_on=date(2016, 4, 1))
    assert refused_to_begin("00A", london(2015, 12, 1), "2016-level-2") == "already_held"


def test_there_is_no_such_application() -> None:
    with pytest.raises(Refused, match="no such application"):
        actions.submit_application(application="01J", by=officer_of("00A"), at=DEADLINE.at)


def test_withdrawing_needs_reasons() -> None:
    sent = submit(ROUND, "00A")
    for reasons in (" ", "x" * 2001):
        with pytest.raises(Refused, match="Enter your reasons"):
            withdraw(sent, reasons=reasons)
    withdraw(sent)
    assert Application.objects.get(pk=sent.pk).state == "withdrawn"


def test_what_is_signed_cannot_be_withdrawn() -> None:
    sent = submit(ROUND, "00A")
    approve(sent)
    sign(sent)
    with pytest.raises(Refused, match="by 30 September, for 1 April"):
        withdraw(sent)


def test_mine_are_all_of_my_commissioners() -> None:
    made = draft(ROUND, "00A")
    by = officer_of("00A")
    assert [(row.id, row.state) for row in queries.applications_of(by, DEADLINE.at)] == [(made.pk, "draft")]
    assert queries.applications_of(officer_of("00B"), DEADLINE.at) == []
    assert queries.applications_of(ASSESSOR, DEADLINE.at) == []
    withdraw(send(made, DEADLINE.at - SECOND))
    [row] = queries.applications_of(by, DEADLINE.at + timedelta(days=30))
    assert row.state == "withdrawn"


# -- late -----------------------------------------------------------------------------------------------------


def ask(application: Application, at: datetime, reasons: str = "The lines were down.") -> object:
    return actions.request_late_acceptance(
        application=application.pk, reasons=reasons, by=officer_of("00A"), at=at
    )


def test_who_is_late_can_ask_once_and_the_draft_is_kept() -> None:
    made = draft(ROUND, "00A")
    assert ask(made, DEADLINE.at) == ask(made, DEADLINE.at + SECOND)
    assert acts().count("application.late_requested") == 1
    assert "The lines were down" not in Entry.objects.last().body
    page = queries.application(made.pk, DEADLINE.at + SECOND, officer_of("00A"))
    assert page is not None
    assert (page.row.state, page.late_requested_at) == ("draft", DEADLINE.at)
    assert page.round.late_requests == 1
    [row] = queries.late_requests_in(ROUND, PROGRAMME)
    assert (row.commissioner, row.name, row.reasons) == ("00A", "The ccg 00A", "The lines were down.")
    assert queries.late_requests_in(ROUND, ASSESSOR) == []


def test_after_a_refusal_one_can_ask_anew_with_other_reasons_and_all_is_in_the_log() -> None:
    made, officer = draft(ROUND, "00A"), officer_of("00A")
    first = ask(made, DEADLINE.at)
    assert ask(made, DEADLINE.at + SECOND, "The lines were cut by a digger.") == first, "not answered yet"
    answer = {"application": made.pk, "by": PROGRAMME}
    actions.decide_late_request(is_accepted=False, reasons="No.", at=DEADLINE.at + SECOND, **answer)
    later = DEADLINE.at + timedelta(days=1)
    assert ask(made, later) == first, "the same reasons"
    refused = queries.application(made.pk, later, officer)
    assert refused is not None
    assert refused.is_late_refused
    second = ask(made, later, "The lines were cut by a digger.")
    assert second != first
    assert ask(made, later, "And again.") == second
    until = DEADLINE.at + timedelta(days=3)
    actions.decide_late_request(is_accepted=True, reasons="Yes.", may_submit_until=until, at=later, **answer)
    assert [(row.number, row.is_accepted, row.reasons) for row in queries.late_log(ROUND, later)] == [
        (1, False, "No."),
        (2, True, "Yes."),
    ]
    assert [row.is_accepted for row in queries.late_log(ROUND, DEADLINE.at)] == [None]
    page = queries.application(made.pk, later, officer)
    assert page is not None
    assert (page.late_requested_at, page.is_late_refused, page.round.late_requests) == (later, False, 1)
    actions.submit_application(application=made.pk, by=officer, at=until - SECOND)


def test_asking_to_be_taken_late_that_is_refused() -> None:
    made = draft(ROUND, "00A")
    for at, reasons, code in (
        (DEADLINE.at - SECOND, "Why not?", "not_late"),
        (DEADLINE.at, "  ", "no_reasons"),
        (DEADLINE.at, "x" * 2001, "no_reasons"),
    ):
        with pytest.raises(Refused) as refused:
            ask(made, at, reasons)
        assert refused.value.code == code
    sent = submit(ROUND, "00B")
    with pytest.raises(Refused) as refused:
        actions.request_late_acceptance(
            application=sent.pk, reasons="?", by=officer_of("00B"), at=DEADLINE.at + SECOND
        )
    assert refused.value.code == "wrong_state"
