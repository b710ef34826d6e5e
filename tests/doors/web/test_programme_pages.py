"""Programmes, timetables and clocks on pages, as officers and the public meet them."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from typing import Any

import pytest

from remit.delegation import actions, queries
from remit.delegation.models import Application, Round
from remit.documents.actions import keep_document
from remit.engines.deadlines import before_day
from tests.delegation_doors import asking, document, errors, facts_of, links, main, rows_of
from tests.delegation_factories import (
    DEADLINE,
    PROGRAMME,
    draft,
    london,
    make_commissioners,
    make_programme,
    make_round,
    officer_of,
    plan,
    publish_all,
    submit,
)
from tests.factories import NATIONAL_BODY, make_organisation

pytestmark = pytest.mark.django_db

OPENS = london(2014, 11, 24)
BEFORE = london(2014, 11, 1)
ROUND = "/rounds/2015-level-3/"
STAFF = ("programme_officer", NATIONAL_BODY)
DUE = {"decisions_due_on": date(2015, 2, 18)}


@pytest.fixture(autouse=True)
def _trusting(settings: Any) -> None:
    settings.REMIT_TRUST_REQUEST_START = True


@pytest.mark.seed("S1-04")
def test_process_form_criteria_and_timetable_are_on_the_round_page_before_it_opens() -> None:
    make_round(programme=make_programme(), opens_at=OPENS, at=BEFORE)
    visitor = asking(at=BEFORE)
    found = visitor.page(ROUND)
    assert "Not open yet" in main(found)
    rows = rows_of(found, "documents")
    assert [row[0] for row in rows] == [
        "How to apply",
        "Application form",
        "Criteria",
        "Timetable",
    ]
    leads = [href for text, href in links(found).items() if text in {row[0] for row in rows}]
    assert len(leads) == 4
    said = [main(visitor.page(href)) for href in leads]
    assert "Both sign." in said[0]
    assert "How did you ask your member practices?" in said[1]
    assert "One assessor of NHS England decides" in said[2]
    assert "Deadline: midday on Friday 9 January 2015" in said[3]


@pytest.mark.seed("S1-04")
def test_what_a_round_publishes_is_saved_as_files_before_it_opens() -> None:
    """Process, form, criteria, timetable and guidance: from the round's page, with the digest that the page says."""
    programme = make_programme()
    actions.publish_document(
        programme=programme, kind="guidance", words="Ask early.\n\n<b>Read</b> this.", by=PROGRAMME, at=BEFORE
    )
    make_round(programme=programme, opens_at=OPENS, at=BEFORE)
    visitor = asking(at=BEFORE)
    found = visitor.page(ROUND)
    assert "Not open yet" in main(found)
    files = [href for text, href in links(found).items() if text.startswith("Download :")]
    assert len(files) == 5
    said = []
    for href in files:
        sent = visitor.get(href)
        assert sent["Content-Type"] == "text/markdown; charset=utf-8"
        assert sent["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
        assert sent["X-Content-Type-Options"] == "nosniff"
        assert sent["Content-Security-Policy"] == "default-src 'none'; sandbox"
        page = facts_of(visitor.page(href.removesuffix("file/")))
        assert page["SHA-256 of the file"].split()[0] == hashlib.sha256(sent.content).hexdigest()
        said.append(sent.content.decode())
    for words_of, text in zip(
        (
            "Both sign.",
            "How did you ask your member practices?",
            "## ",
            "Deadline: midday on Friday 9 January",
            "Ask early.",
        ),
        said,
        strict=True,
    ):
        assert words_of in text
    assert visitor.get(files[0], at=BEFORE - timedelta(days=1)).status_code == 404, "not before it is public"
    assert visitor.get(files[0], at=DEADLINE.at).content.decode() == said[0], "the same later"


def test_a_document_that_is_a_file_already_is_sent_as_it_is() -> None:
    kept = keep_document(
        name="how-to.txt",
        content=b"How to apply.",
        owner=NATIONAL_BODY,
        is_public=True,
        by=PROGRAMME,
        at=BEFORE,
    )
    made = actions.publish_document(
        programme=make_programme(), kind="process", document=kept.pk, by=PROGRAMME, at=BEFORE
    )
    visitor = asking(at=BEFORE)
    sent = visitor.get(f"/publications/{made.pk}/file/")
    assert (sent.status_code, sent["Location"]) == (302, f"/documents/{kept.pk}/")
    assert visitor.get(sent["Location"]).content == b"How to apply."
    assert visitor.get("/publications/none/file/").status_code == 404


@pytest.mark.seed("S0-37")
def test_the_timetable_page_names_whom_a_round_leaves_no_time() -> None:
    make_commissioners("00A", "00B")
    actions.record_timetable(
        commissioner="00B",
        from_on=date(2014, 1, 1),
        days={"consultation": 0, "ballot": 0},
        source="Constitution, clause 4",
        by=officer_of("00B"),
        at=london(2014, 6, 1),
    )
    plan(make_programme(), "2015-level-3", opens_at=OPENS)
    visitor = asking(at=BEFORE)
    found = visitor.page(f"{ROUND}timetable/")
    assert "1 of 2 commissioners cannot be ready in time." in main(found)
    rows = rows_of(found, "commissioners")
    assert rows[0][1:] == ["63", "7 November 2014", "26 January 2015", "Assumed", "Not in time"]
    assert rows[1][1:] == ["21", "19 December 2014", "15 December 2014", "Its own", "In time"]
    chain = visitor.page(f"{ROUND}timetable/00A/")
    assert "begin on 7 November 2014, 17 days before the round opens" in main(chain)
    assert [row[1:4] for row in rows_of(chain, "steps")] == [
        ["7 November 2014", "5 December 2014", "28"],
        ["5 December 2014", "26 December 2014", "21"],
        ["26 December 2014", "9 January 2015", "14"],
    ]
    assert visitor.get(f"{ROUND}timetable/00X/").status_code == 404
    assert visitor.get("/rounds/none/timetable/").status_code == 404


def test_who_is_not_in_time_comes_first_and_fifty_are_on_a_page() -> None:
    codes = make_commissioners(*(f"{number:02d}X" for number in range(52)))
    actions.record_timetable(
        commissioner=codes[0],
        from_on=date(2014, 1, 1),
        days={"consultation": 0, "notice": 0, "ballot": 0},
        source="Constitution, clause 4",
        by=officer_of(codes[0]),
        at=london(2014, 6, 1),
    )
    plan(make_programme(), "2015-level-3", opens_at=OPENS)
    visitor = asking(at=BEFORE)
    first = visitor.page(f"{ROUND}timetable/")
    assert [row[-1] for row in rows_of(first, "commissioners")] == ["Not in time"] * 50
    rest = visitor.page(f"{ROUND}timetable/?page=2")
    assert [row[-1] for row in rows_of(rest, "commissioners")] == ["Not in time", "In time"]
    assert "51 of 52 commissioners cannot be ready" in main(rest)
    assert links(first)["Next page"] == "?page=2#commissioners"


def test_a_programme_is_set_up_planned_published_and_its_round_opened_on_pages() -> None:
    make_commissioners("00A")
    staff = asking(*STAFF, at=BEFORE)
    staff.post("/programmes/new/", title="Co-commissioning 2015/16", code="2015-16", process="short")
    opens = {"opens_day": "24", "opens_month": "11", "opens_year": "2014", "opens_time": "9am"}
    closes = {"deadline_day": "9", "deadline_month": "1", "deadline_year": "2015", "how": "by_time"}
    on = {"effective_day": "1", "effective_month": "4", "effective_year": "2015", "deadline_time": "midday"}
    sent = {"title": "Level 3", "code": "2015-level-3", "level": "3", **opens, **closes, **on}
    soon = {**sent, "effective_day": "9", "effective_month": "1"}
    [(said, place)] = errors(document(staff.post("/programmes/2015-16/plan/", **soon)))
    assert (said, place) == (
        "Powers would come on before the round closes. Choose a later day.",
        "id_effective_day",
    )
    [(said, place)] = errors(
        document(staff.post("/programmes/2015-16/plan/", **{**sent, "deadline_year": "2014"}))
    )
    assert (said, place) == ("The round closes before it opens. Check the two times.", "id_deadline_day")
    planned = staff.post("/programmes/2015-16/plan/", **sent)
    assert planned.headers["Location"] == f"{ROUND}timetable/"
    empty = document(staff.post("/programmes/2015-16/publish/", kind="process", words=""))
    assert errors(empty) == [("Enter the words of the document, at most 50,000 characters.", "id_words")]
    staff.post("/programmes/2015-16/publish/", kind="timetable", words="")
    page = staff.page("/programmes/2015-16/")
    assert rows_of(page, "documents")[0][0] == "Timetable"
    assert "1 of 1 commissioner cannot be ready in time" in main(staff.page(f"{ROUND}open/")).replace(
        "rs", "r"
    )
    strict = {"groups": ["general_practice", "dental"], "is_sealed": "yes", "is_strict": "yes"}
    [(said, _)] = errors(document(staff.post(f"{ROUND}open/", **strict)))
    assert said.startswith("1 of 1 commissioners cannot be ready by midday on Friday 9 January 2015")
    assert staff.post(f"{ROUND}open/", **{**strict, "is_strict": "no"}).status_code == 302
    made = Round.objects.get()
    assert (made.groups, made.is_sealed, made.programme_id) == (
        ["general_practice", "dental"],
        True,
        "2015-16",
    )
    assert staff.get(f"{ROUND}open/").status_code == 302, "it is set up"
    assert facts_of(staff.page(ROUND))["Contractors"] == "General practice, Dental services"


def test_interest_and_plans_are_said_on_pages_and_become_an_application() -> None:
    make_commissioners("00A")
    programme = make_programme(at=london(2014, 6, 1))
    officer = asking("commissioner_officer", "00A", at=london(2014, 6, 20))
    [(nothing, field)] = errors(document(officer.post("/programmes/2015-16/interest/", manage="no")))
    assert (nothing, field) == ("Select a level", "id_level_0")
    assert officer.post("/programmes/2015-16/interest/", level="3", manage="yes").status_code == 302
    why = document(officer.post("/programmes/2015-16/position/", answer="not_now"))
    assert errors(why) == [("Say why not now, in at most 2,000 characters.", "id_reasons")]
    assert officer.post("/programmes/2015-16/position/", answer="3").status_code == 302
    page = asking(at=london(2014, 6, 21)).page("/programmes/2015-16/")
    assert "1 expressed interest. 1 of them (100%) would like full delegation" in main(page)
    assert rows_of(page, "tally")[0] == ["Intends to apply: Level 3, delegated commissioning", "1"]
    make_round(programme=programme)
    officer.post(f"{ROUND}apply/", at=DEADLINE.at - timedelta(days=2))
    made = Application.objects.get()
    assert made.interest.commissioner_id == "00A"
    officer.post(f"{ROUND}apply/", at=DEADLINE.at - timedelta(days=1))
    assert Application.objects.get() == made


@pytest.mark.seed("S0-19")
def test_who_said_not_now_reads_the_invitation_on_the_next_round() -> None:
    make_commissioners("00A")
    make_round("first", programme=make_programme())
    officer = asking("commissioner_officer", "00A", at=london(2015, 1, 5))
    officer.post("/programmes/2015-16/position/", answer="not_now", reasons="Once it is clearer.")
    later = {"deadline": before_day(date(2015, 11, 7)), "effective_on": date(2016, 4, 1)}
    make_round("second", programme=make_programme("2016-17"), **later)
    at = london(2015, 10, 1)
    assert "You are invited to this round" in main(officer.page("/rounds/second/", at=at))
    [invited] = rows_of(asking(at=at).page("/programmes/2015-16/"), "invited")
    assert invited[1] == "Once it is clearer."
    assert "Once it is clearer." in main(officer.page("/rounds/second/", at=at))
    assert "You are invited" not in main(asking(at=at).page("/rounds/second/"))


def test_a_late_request_is_answered_in_public() -> None:
    make_commissioners("00A", "00B")
    make_round()
    made = draft("2015-level-3", "00A")
    late = DEADLINE.at + timedelta(hours=1)
    own = asking("commissioner_officer", "00A", at=late)
    assert "You can ask once in a round" in main(own.page(f"/applications/{made.pk}/late/"))
    actions.request_late_acceptance(
        application=made.pk, reasons="The lines were down.", by=officer_of("00A"), at=late
    )
    public, staff = asking(at=late), asking(*STAFF, at=late)
    assert rows_of(public.page(f"{ROUND}late/"), "late")[0][2:] == ["Waits for an answer", "None yet", "No"]
    assert "lines were down" not in main(public.page(f"{ROUND}late/")), "their reasons are not public"
    where = f"/applications/{made.pk}/late/decide/"
    assert "They say: The lines were down." in main(staff.page(where))
    assert errors(document(staff.post(where, answer="accept", reasons="Yes.")))[0][1] == "id_until_day"
    until = {"until_day": "12", "until_month": "1", "until_year": "2015", "until_time": "midday"}
    assert staff.post(where, answer="accept", reasons="They were.", **until).status_code == 302
    [row] = rows_of(public.page(f"{ROUND}late/"), "late")
    assert row[2].startswith("Accepted May submit until")
    assert row[3] == "They were."
    assert staff.get(f"/applications/{'0' * 26}/late/decide/").status_code == 404


@pytest.mark.seed("S3-11")
@pytest.mark.seed("S1-20")
def test_the_round_page_has_an_overdue_clock_and_published_extensions() -> None:
    make_commissioners("00A", "00B")
    make_round(**DUE)
    first = submit("2015-level-3", "00A")
    submit("2015-level-3", "00B")
    at = london(2015, 2, 20)
    public, staff = asking(at=at), asking(*STAFF, at=at)
    found = public.page(ROUND)
    assert "Overdue Decisions were due by 18 February 2015." in main(found)
    assert [row[-1] for row in rows_of(found, "applications")] == ["Submitted Overdue by 2 days"] * 2
    day = {"until_day": "18", "until_month": "2", "until_year": "2015"}
    wrong = document(staff.post(f"{ROUND}extend/", application="all", reasons="Late.", **day))
    assert errors(wrong)[0][1] == "id_until_day"
    day |= {"until_month": "3"}
    sent = {"application": first.pk, "reasons": "The committee meets in March.", **day}
    assert staff.post(f"{ROUND}extend/", **sent).status_code == 302
    found = public.page(ROUND)
    assert "The decision on 00A: by 18 March 2015. The committee meets in March." in main(found)
    assert [row[-1] for row in rows_of(found, "applications")] == [
        "Submitted Extended to 18 March 2015",
        "Submitted Overdue by 2 days",
    ]
    staff.post(f"{ROUND}extend/", **{**sent, "application": "all"})
    assert "Overdue" not in main(public.page(ROUND))


def test_a_seal_is_opened_on_a_page() -> None:
    make_commissioners("00A")
    make_round(is_sealed=True)
    made = submit("2015-level-3", "00A")
    late = DEADLINE.at + timedelta(hours=1)
    public, staff = asking(at=late), asking(*STAFF, at=late)
    assert "nobody reads an application before its seal is opened" in facts_of(public.page(ROUND))["Seal"]
    assert public.get(f"/applications/{made.pk}/").status_code == 404
    assert rows_of(public.page(ROUND), "applications") == []
    assert f"{ROUND}unseal/" in links(staff.page(ROUND)).values()
    staff.post(f"{ROUND}unseal/")
    assert facts_of(public.page(ROUND))["Seal"].startswith("Its seal was opened")
    assert public.get(f"/applications/{made.pk}/").status_code == 200


def test_a_commissioner_records_its_own_rules() -> None:
    make_commissioners("00A")
    officer = asking("commissioner_officer", "00A", at=BEFORE)
    where = "/commissioners/00A/timetable/"
    day = {"from_day": "1", "from_month": "4", "from_year": "2014"}
    assert errors(document(officer.post(where, notice="soon", **day))) == [
        ("Say where this stands", "id_source"),
        ("Enter a whole number of days", "id_notice"),
    ]
    met = {"meets1_day": "7", "meets1_month": "1", "meets1_year": "2015"}
    sent = {"source": "Constitution, clause 4", "notice": "10", "every": "28", **day, **met}
    assert officer.post(where, **sent).status_code == 302
    rules = queries.rules_of("00A", BEFORE)
    assert rules is not None
    assert (rules.days, rules.meets_on, rules.meets_every) == ({"notice": 10}, (date(2015, 1, 7),), 28)


def test_a_board_is_not_asked_how_long_a_ballot_takes() -> None:
    make_organisation("QXX", "icb", first=date(2022, 7, 1))
    form = asking("commissioner_officer", "QXX", at=london(2026, 11, 2)).page("/commissioners/QXX/timetable/")
    asked = {field.get("name") for field in form.iter("input")}
    assert "consultation" in asked
    assert not asked & {"notice", "ballot"}


def test_a_round_shows_what_it_was_judged_by_and_what_was_published_since_apart() -> None:
    programme = make_programme()
    plan(programme, "2015-level-3")
    publish_all(programme)
    make_round(programme=programme)
    said = {"programme": programme, "kind": "process", "words": "Other words.", "by": PROGRAMME}
    actions.publish_document(**said, at=DEADLINE.at - timedelta(days=2))
    before = asking(at=DEADLINE.at - timedelta(days=1)).page(ROUND)
    actions.publish_document(**{**said, "words": "Words for next year."}, at=DEADLINE.at + timedelta(days=9))
    after = asking(at=DEADLINE.at + timedelta(days=10)).page(ROUND)
    versions = {row[0]: (row[1], row[3]) for row in rows_of(after, "documents")}
    assert versions["How to apply"] == ("2", "In force")
    assert len(versions) == 4
    assert rows_of(before, "documents") == rows_of(after, "documents")
    [since] = rows_of(after, "documents-since")
    assert since[:2] == ["How to apply", "3"]
    assert rows_of(before, "documents-since") == []


def test_a_replaced_version_leads_to_the_one_in_force() -> None:
    programme = make_programme()
    plan(programme, "2015-level-3")
    publish_all(programme)
    old = queries.programme(programme, DEADLINE.at).publications[0]  # type: ignore[union-attr]
    new = actions.publish_document(
        programme=programme, kind=old.kind, words="Other words.", by=PROGRAMME, at=DEADLINE.at
    )
    visitor = asking(at=DEADLINE.at)
    found = visitor.page(f"/publications/{old.id}/")
    assert links(found)["See the version in force"] == f"/publications/{new.pk}/"
    assert "Both sign." in main(found), "what was published stays"
    assert visitor.get(f"/publications/{'0' * 26}/").status_code == 404
    assert visitor.get("/programmes/none/").status_code == 404
    assert "Co-commissioning 2015-16" in main(visitor.page("/programmes/"))
