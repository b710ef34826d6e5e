"""Rounds on pages: the list, one round as the public may know it, and opening one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from remit.delegation.models import Round
from remit.engines.deadlines import before_day, by_time
from tests.delegation_doors import asking, document, errors, facts_of, links, main, rows_of
from tests.delegation_factories import (
    ANSWERS,
    DEADLINE,
    announce,
    approve,
    decide,
    draft,
    london,
    make_commissioners,
    make_round,
    submit,
)
from tests.factories import NATIONAL_BODY

pytestmark = pytest.mark.django_db
ROUND = "/rounds/2015-level-3/"
OPEN = london(2015, 1, 7, 9, 5)
OPENS = {"opens_day": "10", "opens_month": "11", "opens_year": "2014", "opens_time": "9am"}
CLOSES = {"deadline_day": "9", "deadline_month": "1", "deadline_year": "2015", "how": "by_time"}
SENT = {
    "title": "Delegated commissioning from April 2015",
    "code": "2015-level-3",
    "level": "3",
    "process": "short",
    "groups": ["general_practice"],
    **OPENS,
    **CLOSES,
    "deadline_time": "midday",
    "effective_day": "1",
    "effective_month": "4",
    "effective_year": "2015",
}


@pytest.fixture(autouse=True)
def _trusting(settings: Any) -> None:
    settings.REMIT_TRUST_REQUEST_START = True


def test_a_round_says_its_deadline_what_counts_and_what_is_left_without_a_script() -> None:
    make_round(decisions_due_on=date(2015, 2, 18))
    found = asking(at=OPEN).page(ROUND)
    text = main(found)
    assert "Apply by midday on Friday 9 January 2015 (and that moment itself is late)." in text
    assert "2 days 2 hours left when this page was made, at 9:05am on 7 January 2015." in text
    facts = facts_of(found)
    assert facts["Decisions due by"] == "18 February 2015"
    assert facts["Powers come on"].startswith("1 April 2015")
    assert "Open" in text
    assert "Nobody has applied yet" in text


def test_before_a_day_is_said_as_that() -> None:
    make_round("2018-level-3", deadline=before_day(date(2017, 11, 1)), effective_on=date(2018, 4, 1))
    text = main(asking(at=london(2017, 10, 31, 23, 59)).page("/rounds/2018-level-3/"))
    assert "Apply before 1 November 2017 (the last day is Tuesday 31 October 2017)." in text
    assert "1 minute left" in text
    later = main(asking(at=london(2017, 11, 1, 0, 0)).page("/rounds/2018-level-3/"))
    assert "The deadline has passed. It was before 1 November 2017" in later
    assert "left when" not in later


def test_drafts_are_nobody_elses_business_and_who_applied_is_shown_with_how_members_were_asked() -> None:
    make_commissioners("00C", "00D", "00F")
    make_round()
    draft("2015-level-3", "00C")
    no_ballot = {key: value for key, value in ANSWERS.items() if key != "asked_on"} | {"evidence": "none"}
    submit("2015-level-3", "00D", answers=no_ballot)
    approve(submit("2015-level-3", "00F"))
    rows = rows_of(asking(at=london(2015, 2, 1)).page(ROUND), "applications")
    assert [row[0].split()[-1] for row in rows] == ["00D", "00F"]
    assert rows[0][2:] == ["Members were not asked", "Submitted"]
    assert rows[1][2:] == ["A ballot of member practices", "Submitted"], "decided, not announced"


def test_what_is_overdue_is_said_and_what_was_told_no_longer_waits() -> None:
    make_commissioners("00C", "00D")
    make_round(decisions_due_on=date(2015, 2, 18))
    first, second = submit("2015-level-3", "00C"), submit("2015-level-3", "00D")
    on_the_day = asking(at=london(2015, 2, 18, 23)).page(ROUND)
    assert "Overdue" not in main(on_the_day)
    visitor = asking(at=london(2015, 2, 19))
    assert "No decision on 2 applications has been announced" in main(visitor.page(ROUND))
    assert rows_of(visitor.page("/rounds/", at=london(2015, 2, 18)), "rounds")[0][4] == "18 February 2015"
    assert rows_of(visitor.page("/rounds/"), "rounds")[0][4] == "Overdue They were due by 18 February 2015"
    approve(first, at=london(2015, 2, 19))
    decide(second, "declined", at=london(2015, 2, 19))
    announce("2015-level-3", at=london(2015, 2, 19, 10), headline="1 commissioner approved")
    text = main(visitor.page(ROUND, at=london(2015, 2, 20)))
    assert "Overdue" not in text
    assert "1 commissioner approved" in text
    rows = rows_of(visitor.page(ROUND, at=london(2015, 2, 20)), "applications")
    assert [row[3] for row in rows] == ["Approved", "Not approved Its outcome has not been published"]


def test_the_public_learns_nothing_of_a_list_under_embargo() -> None:
    make_commissioners("00C")
    make_round()
    approve(submit("2015-level-3", "00C"), at=london(2015, 2, 16))
    announce("2015-level-3", "told", at=london(2015, 2, 17), embargo_until=london(2015, 2, 18, 9, 30))
    before = asking(at=london(2015, 2, 18, 9, 29)).page(ROUND)
    assert "Closed, decisions awaited" in main(before)
    assert rows_of(before, "announcements") == []
    assert facts_of(before)["Decisions announced"] == "0"
    assert rows_of(before, "applications")[0][3] == "Submitted"
    after = asking(at=london(2015, 2, 18, 9, 30)).page(ROUND)
    assert facts_of(after)["Decisions announced"] == "1"
    assert rows_of(after, "applications")[0][3] == "Approved"


def test_the_list_holds_every_round_with_its_state() -> None:
    make_round(title="First")
    make_round(
        "2016-level-3",
        title="Second",
        deadline=by_time(date(2015, 11, 6), datetime(1, 1, 1, 17).time()),
        effective_on=date(2016, 4, 1),
    )
    rows = rows_of(asking(at=london(2015, 10, 1)).page("/rounds/"), "rounds")
    assert [(row[0], row[3]) for row in rows] == [("Second", "Open"), ("First", "Closed, decisions awaited")]
    assert rows[0][2] == "5pm on Friday 6 November 2015 (and that moment itself is late)"


def test_a_programme_officer_opens_a_round() -> None:
    officer = asking("programme_officer", NATIONAL_BODY, at=london(2014, 11, 3))
    assert "Open a round" in links(officer.page("/rounds/"))
    response = officer.post("/rounds/new/", **SENT)
    assert response.headers["Location"] == ROUND
    made = Round.objects.get()
    assert (made.deadline, made.level, made.effective_on) == (DEADLINE, 3, date(2015, 4, 1))
    assert made.opens_at == datetime(2014, 11, 10, 9, tzinfo=UTC)
    text = main(officer.page(ROUND))
    assert "is set up" in text
    assert "Not open yet" in text
    again = officer.post("/rounds/new/", **SENT)
    assert again.status_code == 302, "the same again changes nothing"
    assert Round.objects.count() == 1


def test_a_deadline_is_before_a_day_by_its_end_or_up_to_a_moment_itself() -> None:
    officer = asking("programme_officer", NATIONAL_BODY, at=london(2014, 11, 3))
    for how, more, at, is_inclusive in (
        ("before_day", {}, london(2015, 1, 9, 0), False),
        ("end_of_day", {}, london(2015, 1, 10, 0), False),
        ("by_time", {"deadline_time": "5:30pm", "is_inclusive": "on"}, london(2015, 1, 9, 17, 30), True),
    ):
        officer.post(
            "/rounds/new/", **{**SENT, "code": how.replace("_", "-"), "how": how, "deadline_time": "", **more}
        )
        made = Round.objects.get(pk=how.replace("_", "-"))
        assert (made.deadline_at, made.deadline_is_inclusive) == (at, is_inclusive)


@pytest.mark.parametrize(
    ("changes", "message", "field"),
    [
        ({"title": ""}, "Enter a title", "id_title"),
        ({"code": "a round"}, "The code can have letters, digits and hyphens", "id_code"),
        ({"code": "new"}, "Choose another code: “new” is taken", "id_code"),
        ({"level": ""}, "Select a level", "id_level_0"),
        ({"process": ""}, "Select a process", "id_process_0"),
        (
            {"process": "full"},
            "How to apply, Application form, Criteria, Timetable must be public first. Publish them in a programme.",
            "id_process_0",
        ),
        ({"groups": []}, "Select the groups of contractors that it is about", "id_groups_0"),
        ({"how": ""}, "Select how the deadline is meant", "id_how_0"),
        ({"opens_day": ""}, "The opening day must include a day", "id_opens_day"),
        ({"opens_time": "9"}, "Enter a time, like 9:30am, 5pm or midday", "id_opens_time"),
        ({"deadline_time": "13pm"}, "Hours with am or pm are from 1 to 12", "id_deadline_time"),
        (
            {"deadline_day": "31", "deadline_month": "2"},
            "The deadline must be a real date",
            "id_deadline_day",
        ),
        (
            {"deadline_day": "29", "deadline_month": "3", "deadline_time": "1:30am"},
            "01:30 on 29 March 2015 is no single moment: clocks skip that hour. Choose another time.",
            "id_deadline_time",
        ),
        (
            {"effective_day": "9", "effective_month": "1"},
            "Powers would come on before the round closes. Choose a later day.",
            "id_effective_day",
        ),
        (
            {"due_day": "x", "due_month": "2", "due_year": "2015"},
            "The day on which decisions are due must be a real date",
            "id_due_day",
        ),
    ],
)
def test_what_is_wrong_is_said_above_and_beside_its_field(
    changes: dict[str, Any], message: str, field: str
) -> None:
    officer = asking("programme_officer", NATIONAL_BODY, at=london(2014, 11, 3))
    found = document(officer.post("/rounds/new/", **{**SENT, **changes}))
    assert errors(found) == [(message, field)]
    assert found.find(".//title").text.startswith("Error: ")
    assert not Round.objects.exists()


def test_the_process_and_the_contractors_are_chosen_when_a_round_is_opened() -> None:
    officer = asking("programme_officer", NATIONAL_BODY, at=london(2014, 11, 3))
    form = officer.page("/rounds/new/")
    text = main(form)
    assert "Publish documents first" in text
    assert "Which process does it follow? Short form Four questions" in text
    assert links(form)["a programme"] == "/programmes/"
    sent = {**SENT, "groups": ["dental", "pharmacy"]}
    assert officer.post("/rounds/new/", **sent).status_code == 302
    made = Round.objects.get()
    assert (made.process, made.groups) == ("short", ["pharmacy", "dental"])


def test_a_deadline_that_has_passed_is_refused_beside_its_day() -> None:
    officer = asking("programme_officer", NATIONAL_BODY, at=london(2026, 11, 22))
    found = document(officer.post("/rounds/new/", **SENT))
    assert errors(found) == [("The deadline has passed already. Choose a later one.", "id_deadline_day")]
    assert not Round.objects.exists()


def test_another_round_of_that_code_is_refused_beside_the_code() -> None:
    officer = asking("programme_officer", NATIONAL_BODY, at=london(2014, 11, 3))
    officer.post("/rounds/new/", **SENT)
    found = document(officer.post("/rounds/new/", **{**SENT, "title": "Something else"}))
    assert errors(found) == [("There is another round 2015-level-3. Choose another code.", "id_code")]


def test_only_a_programme_officer_opens_rounds() -> None:
    assessor = asking("national_assessor", NATIONAL_BODY, at=london(2014, 11, 3))
    assert assessor.get("/rounds/new/").status_code == 403
    assert assessor.post("/rounds/new/", **SENT).status_code == 403
    assert "Open a round" not in links(assessor.page("/rounds/"))
    assert asking(at=OPEN).get("/rounds/new/").status_code == 302
    assert asking(at=OPEN).get("/rounds/nothing/").status_code == 404


def test_who_may_apply_is_offered_to_and_others_are_not() -> None:
    make_commissioners("00C")
    make_round()
    officer = asking("commissioner_officer", "00C", at=OPEN)
    assert links(officer.page(ROUND))["Apply"] == f"{ROUND}apply/"
    assert "Apply" not in links(officer.page(ROUND, at=OPEN - timedelta(days=90)))
    assert "Apply" not in links(asking("national_assessor", NATIONAL_BODY, at=OPEN).page(ROUND))
    begun = officer.post(f"{ROUND}apply/").headers["Location"]
    assert links(officer.page(ROUND))["Go on with your draft"] == begun
