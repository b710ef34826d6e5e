"""Applying on pages: one question a page, the draft kept, checked, submitted in time or late, withdrawn."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.test import Client

from remit.delegation.models import Application
from remit.engines.deadlines import before_day, by_time
from remit.ledger.models import Entry
from tests.delegation_doors import Asking, asking, document, errors, facts_of, links, main, rows_of, words
from tests.delegation_factories import (
    DEADLINE,
    announce,
    approve,
    decide,
    draft,
    london,
    make_commissioners,
    make_round,
    sign,
    submit,
)
from tests.factories import NATIONAL_BODY, make_organisation

pytestmark = pytest.mark.django_db
IN_TIME, LATE = london(2015, 1, 8, 9), DEADLINE.at
MICRO = timedelta(microseconds=1)


@pytest.fixture(autouse=True)
def _trusting(settings: Any) -> None:
    settings.REMIT_TRUST_REQUEST_START = True


@pytest.fixture
def officer() -> Asking:
    """An officer of 00C; 00D has one too. A round for Level 3 is open until noon on 9 January 2015."""
    make_commissioners("00C", "00D")
    make_round()
    return asking("commissioner_officer", "00C", at=IN_TIME)


def begun(officer: Asking) -> str:
    """The address of a new draft."""
    return str(officer.post("/rounds/2015-level-3/apply/").headers["Location"])


def whole_draft() -> str:
    """The address of a draft of 00C with every answer."""
    return f"/applications/{draft('2015-level-3', '00C', at=IN_TIME).pk}/"


def test_an_officer_answers_one_question_a_page_checks_and_submits(officer: Asking) -> None:
    before = officer.page("/rounds/2015-level-3/apply/")
    assert "What will patients gain?" in main(before)
    address = begun(officer)
    assert begun(officer) == address, "beginning again is going on"
    at = links(officer.page(address))["Continue"]
    steps = (
        ("evidence", {"answer": "ballot"}, "How did you ask your member practices?"),
        (
            "asked_on",
            {"answer_day": " 1", "answer_month": "December", "answer_year": "2014"},
            "On which day were your members asked?",
        ),
        ("constitution", {"answer": "amended"}, "Has your constitution been amended?"),
        ("benefits", {"answer": "Care nearer home.\nFewer journeys."}, "What will patients gain?"),
    )
    for code, sent, question in steps:
        assert at == f"{address}answer/{code}/"
        found = officer.page(at)
        assert words(found.find(".//main//h1")) == question
        at = officer.post(at, **sent).headers["Location"]
    assert at == f"{address}check/"
    found = officer.page(at)
    facts = facts_of(found)
    assert facts["How did you ask your member practices?"] == "A ballot of member practices"
    assert facts["On which day were your members asked?"] == "1 December 2014"
    response = officer.post(at)
    assert response.headers["Location"] == f"{address}receipt/"
    made = Application.objects.get()
    receipt = officer.page(f"{address}receipt/")
    assert made.receipt in main(receipt)
    assert facts_of(receipt)["Received"].startswith("9:00:00.000000am on Thursday 8 January 2015")


def test_a_question_goes_back_to_the_one_before_and_a_change_back_to_the_check(officer: Asking) -> None:
    address = whole_draft()
    back = officer.page(f"{address}answer/asked_on/").find(".//a[@class='nhsuk-back-link']")
    assert back.get("href") == f"{address}answer/evidence/"
    changing = links(officer.page(f"{address}check/"))["Change: What will patients gain?"]
    found = officer.page(changing)
    assert found.find(".//a[@class='nhsuk-back-link']").get("href") == f"{address}check/"
    assert words(found.find(".//textarea")) == "Care nearer home."
    response = officer.post(changing, answer="More time.", then="check")
    assert response.headers["Location"] == f"{address}check/"
    assert Application.objects.get().answers["benefits"] == "More time."


def test_a_changed_answer_asks_what_follows_from_it(officer: Asking) -> None:
    address = whole_draft()
    officer.post(f"{address}answer/evidence/", answer="none")
    text = main(officer.page(f"{address}check/"))
    assert "Members were not asked" in text
    assert "On which day were your members asked?" not in text
    assert officer.get(f"{address}answer/asked_on/").status_code == 404


@pytest.mark.parametrize(
    ("question", "sent", "message", "field"),
    [
        ("evidence", {}, "Select one of the answers", "id_answer_0"),
        ("asked_on", {}, "Enter the day", "id_answer_day"),
        (
            "asked_on",
            {"answer_day": "31", "answer_month": "2", "answer_year": "2014"},
            "The date must be a real date",
            "id_answer_day",
        ),
        (
            "asked_on",
            {"answer_day": "9", "answer_month": "1", "answer_year": "2015"},
            "The date must be today or in the past.",
            "id_answer_day",
        ),
        ("benefits", {"answer": " "}, "Enter your answer", "id_answer"),
        ("benefits", {"answer": "x" * 2001}, "Your answer must be 2,000 characters or fewer", "id_answer"),
    ],
)
def test_a_wrong_answer_is_not_kept_and_says_how_to_put_it_right(
    officer: Asking, question: str, sent: dict[str, str], message: str, field: str
) -> None:
    address = begun(officer)
    found = document(officer.post(f"{address}answer/{question}/", then="", **sent))
    assert errors(found) == [(message, field)]
    assert Application.objects.get().answers == {}


def test_what_is_not_answered_is_listed_before_anything_is_submitted(officer: Asking) -> None:
    address = begun(officer)
    officer.post(f"{address}answer/evidence/", answer="ballot")
    found = document(officer.post(f"{address}check/"))
    listed = [
        words(each) for each in found.findall(".//ul[@class='nhsuk-list nhsuk-error-summary__list']/li/a")
    ]
    assert listed == [
        "Answer: On which day were your members asked?",
        "Answer: Has your constitution been amended?",
        "Answer: What will patients gain?",
    ]
    assert Application.objects.get().submitted_at is None


def test_a_lost_session_loses_nothing_that_was_continued(officer: Asking) -> None:
    address = begun(officer)
    officer.post(f"{address}answer/evidence/", answer="letter")
    officer.client.logout()
    asked = officer.post(f"{address}answer/asked_on/", answer_day="1", answer_month="12", answer_year="2014")
    assert asked.headers["Location"].startswith("/accounts/login/?next=")
    colleague = asking("commissioner_officer", "00C", at=IN_TIME)
    assert links(colleague.page(address))["Continue"] == f"{address}answer/asked_on/"


@pytest.mark.seed("S0-08")
def test_the_last_moment_is_in_and_the_next_is_out_with_the_draft_kept(officer: Asking) -> None:
    make_round(
        "2016-level-3",
        title="The next round",
        deadline=by_time(date(2015, 11, 6), time(17)),
        effective_on=date(2016, 4, 1),
        at=london(2015, 1, 8, 8),
    )
    address = whole_draft()
    found = document(officer.post(f"{address}check/", at=LATE), 409)
    text = main(found)
    assert "This was received at 12:00:00.000000pm on Friday 9 January 2015." in text
    assert "less than a thousandth of a second late" in text
    assert "Your draft is kept and unchanged." in text
    assert links(found)["The next round"] == "/rounds/2016-level-3/"
    assert links(found)["ask to be taken late"] == f"{address}late/"
    kept = Application.objects.get()
    assert (kept.state, kept.submitted_at, len(kept.answers)) == ("draft", None, 4)
    assert Entry.objects.filter(act="application.refused_late").count() == 1
    response = officer.post(f"{address}check/", at=LATE - MICRO)
    assert response.headers["Location"] == f"{address}receipt/"
    received = facts_of(officer.page(f"{address}receipt/", at=LATE))["Received"]
    assert received.startswith("11:59:59.999999am on Friday 9 January 2015")


@pytest.mark.seed("S1-03")
def test_before_a_day_ends_with_the_last_moment_of_the_day_earlier(officer: Asking) -> None:
    before = before_day(date(2017, 11, 1))
    make_round("2018-level-3", deadline=before, effective_on=date(2018, 4, 1), at=london(2017, 9, 1))
    address = f"/applications/{draft('2018-level-3', '00C', at=london(2017, 10, 1)).pk}/"
    midnight = london(2017, 11, 1, 0)
    late = main(document(officer.post(f"{address}check/", at=midnight), 409))
    assert "The deadline was before 1 November 2017 (the last day is Tuesday 31 October 2017)" in late
    response = officer.post(f"{address}check/", at=midnight - timedelta(seconds=1))
    assert response.headers["Location"] == f"{address}receipt/"
    received = facts_of(officer.page(f"{address}receipt/", at=midnight))["Received"]
    assert received.startswith("11:59:59.000000pm on Tuesday 31 October 2017")


def test_late_and_with_no_other_round_one_can_ask_to_be_taken_late(officer: Asking) -> None:
    address = whole_draft()
    found = document(officer.post(f"{address}check/", at=LATE + timedelta(hours=3, minutes=4)), 409)
    assert "3 hours 4 minutes late" in main(found)
    assert "No other round for Level 3, delegated commissioning is open" in main(found)
    asked = links(found)["ask to be taken late"]
    late = LATE + timedelta(hours=4)
    assert "What kept you" in main(officer.page(asked, at=late))
    assert "Enter your reasons" in main(document(officer.post(asked, at=late, reasons=" "), 200))
    for _ in range(2):
        assert officer.post(asked, at=late, reasons="Flood").headers["Location"] == address
    assert facts_of(officer.page("/rounds/2015-level-3/", at=late))["Asked to be taken late"] == "1"
    assert Entry.objects.filter(act="application.late_requested").count() == 1


def test_nobody_begins_after_the_deadline_or_before_the_opening(officer: Asking) -> None:
    late = document(officer.post("/rounds/2015-level-3/apply/", at=LATE), 409)
    assert "The deadline has passed" in main(late)
    assert "Your draft is kept" not in main(late)
    early = officer.post("/rounds/2015-level-3/apply/", at=london(2014, 10, 1))
    assert early.status_code == 403
    assert not Application.objects.exists()


def test_a_second_submission_gives_the_same_receipt_also_after_the_deadline(officer: Asking) -> None:
    address = whole_draft()
    officer.post(f"{address}check/")
    first = Application.objects.get().receipt
    again = officer.post(f"{address}check/", at=LATE + timedelta(days=1))
    assert again.headers["Location"] == f"{address}receipt/"
    assert first in main(officer.page(f"{address}receipt/", at=LATE + timedelta(days=1)))
    assert Entry.objects.filter(act="application.submitted").count() == 1
    assert officer.get(f"{address}check/").headers["Location"] == f"{address}receipt/"
    assert officer.get(f"{address}answer/benefits/").headers["Location"] == address
    assert officer.post(f"{address}answer/benefits/", answer="Other").status_code == 403


def test_a_stamp_that_a_client_makes_up_is_ignored(officer: Asking, settings: Any) -> None:
    address = whole_draft()
    settings.REMIT_TRUST_REQUEST_START = False
    found = document(officer.post(f"{address}check/", at=IN_TIME), 409)
    assert "The deadline has passed" in main(found)


def test_a_draft_is_not_there_for_anybody_else(officer: Asking) -> None:
    address = whole_draft()
    pages = ("", "check/", "receipt/", "answer/evidence/", "withdraw/", "decide/")
    elsewhere = asking("commissioner_officer", "00D", at=IN_TIME)
    assert {page: elsewhere.get(f"{address}{page}").status_code for page in pages[:5]} == dict.fromkeys(
        pages[:5], 404
    )
    assert elsewhere.post(f"{address}check/").status_code == 404
    assert elsewhere.post(f"{address}answer/evidence/", answer="none").status_code == 404
    assessor = asking("national_assessor", NATIONAL_BODY, at=IN_TIME)
    assert assessor.get(address).status_code == assessor.get(f"{address}decide/").status_code == 404
    assert asking(at=IN_TIME).get(address).status_code == 404


def test_what_was_submitted_is_public_but_for_what_the_assessor_reads(officer: Asking) -> None:
    address = whole_draft()
    officer.post(f"{address}check/")
    found = asking(at=LATE).page(address)
    facts = facts_of(found)
    assert facts["How did you ask your member practices?"] == "A ballot of member practices"
    assert "What will patients gain?" not in facts
    assert Application.objects.get().receipt not in main(found)
    for name in ("receipt/", "check/", "withdraw/"):
        assert asking("commissioner_officer", "00D", at=LATE).get(f"{address}{name}").status_code == 403


def test_where_members_were_not_asked_the_page_says_so_in_public(officer: Asking) -> None:
    answers = {"evidence": "none", "constitution": "amended", "benefits": "Care nearer home."}
    made = submit("2015-level-3", "00C", answers=answers)
    found = asking(at=LATE).page(f"/applications/{made.pk}/")
    assert facts_of(found)["How did you ask your member practices?"] == "Members were not asked"
    assert "Member practices were not asked." in main(found)


def test_decisions_are_public_once_announced_and_not_before(officer: Asking) -> None:
    made = submit("2015-level-3", "00C")
    decide(made, "conditional", reasons="The board has to change.", at=london(2015, 2, 16))
    public, mine = (
        asking(at=london(2015, 2, 17)),
        asking("commissioner_officer", "00C", at=london(2015, 2, 17)),
    )
    address = f"/applications/{made.pk}/"
    for reader in (public, mine):
        assert "The board has to change." not in main(reader.page(address))
    announce("2015-level-3", at=london(2015, 2, 18))
    for reader in (public, mine):
        text = main(reader.page(address, at=london(2015, 2, 19)))
        assert "The board has to change." in text
        assert "Change how the committee is chaired (The group's chair, by 31 March 2015)" in text


def test_an_officer_withdraws_with_reasons_and_sees_it_even_before_anything_is_announced(
    officer: Asking,
) -> None:
    made = submit("2015-level-3", "00C")
    approve(made, at=london(2015, 2, 16))
    address = f"/applications/{made.pk}/"
    officer.at = london(2015, 2, 17)
    assert "Withdraw this application" in links(officer.page(address))
    found = document(officer.post(f"{address}withdraw/", reasons=" "))
    assert errors(found) == [("Enter your reasons", "id_reasons")]
    assert officer.post(f"{address}withdraw/", reasons="Not this year.").headers["Location"] == address
    text = main(officer.page(address))
    assert "Withdrawn" in text
    assert "Not this year." in text
    assert officer.post(f"{address}withdraw/", reasons="Again.").headers["Location"] == address
    told = main(asking(at=london(2015, 2, 17)).page(address))
    assert "Withdrawn" in told, "its own act, so public at once"
    assert "Approved" not in told, "never announced"


def test_what_is_signed_cannot_be_withdrawn_and_the_refusal_says_what_to_do(officer: Asking) -> None:
    made = submit("2015-level-3", "00C")
    approve(made, at=london(2015, 2, 16))
    announce("2015-level-3", at=london(2015, 2, 18))
    sign(made, at=london(2015, 3, 26))
    officer.at = london(2015, 3, 27)
    address = f"/applications/{made.pk}/"
    page = officer.page(address)
    assert "Withdraw this application" not in links(page)
    assert facts_of(page)["Powers come on"] == "1 April 2015 Signed on 26 March 2015"
    refused = officer.post(f"{address}withdraw/", reasons="Not this year.")
    assert "Give notice to end it" in main(document(refused, 403))


def test_an_officer_sees_own_applications_and_the_rounds_that_are_open(officer: Asking) -> None:
    found = officer.page("/applications/")
    assert links(found)["Level 3 from 2015"] == "/rounds/2015-level-3/"
    address = begun(officer)
    found = officer.page("/applications/")
    assert links(found)["Level 3, delegated commissioning"] == address
    assert "Level 3 from 2015" not in links(found)
    assert asking("national_assessor", NATIONAL_BODY, at=IN_TIME).get("/applications/").status_code == 403
    assert asking(at=IN_TIME).get("/applications/").status_code == 302


def test_who_holds_the_level_already_is_told_so(officer: Asking) -> None:
    made = submit("2015-level-3", "00C")
    approve(made, at=london(2015, 2, 16))
    announce("2015-level-3", at=london(2015, 2, 18))
    sign(made, at=london(2015, 3, 26))
    make_round("2016-level-3", deadline=by_time(date(2015, 11, 6), time(17)), effective_on=date(2016, 4, 1))
    refused = officer.post("/rounds/2016-level-3/apply/", at=london(2015, 10, 1))
    assert "already, over all that this round is about." in main(document(refused, 403))
    assert officer.post("/rounds/none/apply/").status_code == 404


def test_a_board_is_not_asked_about_members_that_it_has_not() -> None:
    """Integrated care boards came in July 2022: the short form of a round that opens later asks them of neither."""
    make_organisation("QXA", "icb", first=date(2022, 7, 1))
    make_round(
        "2023-short", deadline=before_day(date(2022, 11, 1)), effective_on=date(2023, 4, 1), groups=["dental"]
    )
    made = submit("2023-short", "QXA")
    assert set(made.answers) == {"constitution", "benefits"}
    page = asking(at=london(2022, 11, 2)).page("/rounds/2023-short/")
    assert rows_of(page, "applications")[0][2] == "Boards have no members"
    assert "Not specified" not in main(page)
    row = Client().get("/api/v1/rounds/2023-short/applications").json()["items"][0]
    assert (row["evidence"], row["evidence_in_words"]) == ("no_members", "Boards have no members")
