"""Consultations on the pages: written, badged, answered by practices and doctors, coded, and answered to them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest

from remit.consultations import actions, queries
from remit.consultations.models import Consultation, Response
from tests.constitution_factories import secretary_of
from tests.consultation_factories import NO, YES, answer, answer_as_gp, make_consultation
from tests.delegation_doors import asking, facts_of, main, rows_of
from tests.factories import NATIONAL_BODY, NOW, make_organisation
from tests.meeting_factories import call, make_members

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)
AFTER = NOW + timedelta(days=28)
SECRETARY = ("members_secretary", "00A")
MANAGER = ("practice_manager", "A00001")
BY = secretary_of("00A")
SENT = {
    "title": "Which level?",
    "purpose": "Whether to apply <script>alert(1)</script>",
    "options": "Full delegation\nJoint\nNeither: do nothing",
    "motion": "delegation",
    "opens_day": "21",
    "opens_month": "11",
    "opens_year": "2026",
    "closes_day": "30",
    "closes_month": "11",
    "closes_year": "2026",
    "told": "letter",
}


@pytest.fixture(autouse=True)
def _a_body(settings: Any) -> None:
    settings.REMIT_TRUST_REQUEST_START = True
    make_organisation(NATIONAL_BODY, "national_body", "NHS ENGLAND")
    make_members("00A", *(f"A0000{number}" for number in range(1, 6)))


def page_of(made: Consultation, at: Any = LATER) -> Any:
    return asking(at=at).page(f"/consultations/{made.pk}/")


@pytest.mark.seed("S2-36")
@pytest.mark.seed("S2-37")
def test_ten_days_by_letter_are_badged_for_everybody() -> None:
    """Written with three courses, to do nothing among them; published; and everybody reads that it is too short."""
    someone = asking(*SECRETARY, at=LATER)
    where = someone.post("/consultations/new/", **SENT).headers["Location"]
    assert asking(at=LATER).get(where).status_code == 404
    assert "Publish it" in main(someone.page(where))
    assert "It lasts 10 days" in main(someone.page(f"{where}publish/"))
    someone.post(f"{where}publish/")
    page = asking(at=LATER).page(where)
    assert "10 days: below minimum (28)" in main(page)
    assert "Neither: do nothing" in main(page)
    assert "<script>alert(1)</script>" in main(page), "shown as it was typed, and run by nobody"
    assert facts_of(page)["Rule of length"] == "Adequacy of consultation, 28 days"
    row = asking(at=LATER).get("/api/v1/consultations").json()["items"][0]
    assert (row["badge"], row["is_adequate"]) == ("10 days: below minimum (28)", False)
    early = someone.post(
        f"{where}extend/", closes_day="25", closes_month="11", closes_year="2026", reasons="Enough"
    )
    assert "It can only be made longer" in early.content.decode()


@pytest.mark.seed("S2-38")
def test_a_practice_says_yes_with_a_split_and_doctors_answer_for_themselves() -> None:
    made = make_consultation()
    where = f"/consultations/{made.pk}/"
    stances = {"stance_1": YES, "stance_2": NO, "stance_3": NO}
    manager = asking(*MANAGER, at=LATER)
    wrong = manager.post(f"{where}respond/", **stances, for_1="three")
    assert "Enter a whole number of partners" in wrong.content.decode()
    manager.post(f"{where}respond/", **stances, for_1="3", against_1="2")
    assert 'value="3"' in manager.get(f"{where}respond/").content.decode(), "shown to be changed"
    assert "Nobody sees any count" in main(page_of(made))
    assert rows_of(page_of(made, AFTER), "option-1")[:2] == [
        ["Practices", "1", "0", "0"],
        ["General practitioners", "3", "2", "0"],
    ]
    asking("general_practitioner", "A00002", at=LATER).post(f"{where}respond/", **stances)
    tallies = asking(at=AFTER).get(f"/api/v1{where}tallies").json()["items"]
    assert [(row["tier"], row["supports"], row["opposes"]) for row in tallies[:2]] == [
        ("practices", 1, 0),
        ("gps", 4, 2),
    ]
    assert asking(at=LATER).get(f"/api/v1{where}tallies").json()["items"] == []


@pytest.mark.seed("S2-18")
def test_informal_words_are_kept_and_never_counted() -> None:
    made = make_consultation()
    where = f"/consultations/{made.pk}/"
    sent = {"who": "Kent LMC", "channel": "conversation", "words": "We have expressed our concerns."}
    sent |= {"received_day": "21", "received_month": "11", "received_year": "2026"}
    asking(*SECRETARY, at=LATER).post(f"{where}represent/", **sent)
    page = page_of(made, AFTER)
    assert rows_of(page, "representations")[0][3] == "We have expressed our concerns."
    assert "0 practices responded, of 5 members." in main(page)


@pytest.mark.seed("S2-39")
def test_silence_has_reasons_and_every_theme_is_answered_before_anything_is_tabled() -> None:
    made = make_consultation()
    where = f"/consultations/{made.pk}/"
    asking(*MANAGER, at=LATER).post(f"{where}silence/", reason="not_listened")
    answer(made, "A00002", words="Too fast.", at=LATER)
    someone = asking(*SECRETARY, at=LATER)
    waiting = [row[1] for row in rows_of(someone.page(f"{where}responses/"), "waiting")]
    assert waiting == ["A00003", "A00004", "A00005"]
    assert "Too fast" not in main(someone.page(f"{where}responses/"))
    someone.at = AFTER
    assert "1: we felt that our views were not going to be listened to" in main(page_of(made, AFTER))
    page = someone.page(f"{where}responses/")
    assert "It cannot be tabled yet. 1 response belongs to no theme" in main(page)
    assert rows_of(page, "words")[0][1] == "Too fast."
    someone.post(f"{where}responses/", said="It is too fast")
    response = Response.objects.get().pk
    someone.post(f"{where}responses/{response}/", themes="1")
    assert "Not answered yet: “It is too fast”" in main(someone.page(f"{where}responses/"))
    assert not queries.may_table(made.pk, AFTER).allowed
    someone.post(f"{where}themes/1/", did="We wait until April.")
    assert queries.may_table(made.pk, AFTER).allowed
    page = asking("practice_manager", "A00002", at=AFTER).page(where)
    assert rows_of(page, "themes")[0] == ["It is too fast", "1", "We wait until April."]
    assert "Your response is part of: It is too fast." in main(page)


def test_a_meeting_is_added_and_the_checklist_follows() -> None:
    made, meeting = make_consultation(), call(days=9)
    where = f"/consultations/{made.pk}/"
    assert [row[1] for row in rows_of(page_of(made), "checklist")] == ["Yes", "Not yet", "Yes", "Not yet"]
    someone = asking(*SECRETARY, at=LATER)
    someone.post(f"{where}attach/", meeting=meeting.pk)
    assert [row[1] for row in rows_of(page_of(made), "checklist")] == ["Yes", "Yes", "Yes", "Not yet"]
    someone.post(f"{where}extend/", closes_day="1", closes_month="2", closes_year="2027", reasons="Winter")
    assert rows_of(page_of(made), "steps")[1][3] == "Winter"


def test_the_feed_tells_of_new_consultations() -> None:
    first = make_consultation(title="First & foremost", days=10)
    make_consultation(title="A draft", publish=False)
    answer_as_gp(first, "A00001", NO)
    response = asking(at=LATER).get("/consultations/feed.atom")
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    names = {"a": "http://www.w3.org/2005/Atom"}
    entries = ElementTree.fromstring(response.content).findall("a:entry", names)
    assert [each.findtext("a:title", namespaces=names) for each in entries] == [
        "The ccg 00A consults: First & foremost"
    ]
    assert entries[0].findtext("a:summary", namespaces=names) == "10 days: below minimum (28)"


def test_lists_and_identifiers() -> None:
    made = make_consultation()
    make_consultation(title="A draft", publish=False)
    someone = asking(at=LATER)
    assert len(rows_of(someone.page("/consultations/?body=00a"), "consultations")) == 1
    assert rows_of(someone.page("/consultations/?body=A00001"), "consultations") == []
    assert len(rows_of(asking(*SECRETARY, at=LATER).page("/consultations/"), "drafts")) == 1
    moved = someone.get(f"/id/consultations/{made.pk}")
    assert (moved.status_code, moved.headers["Location"]) == (303, f"/consultations/{made.pk}/")
    assert someone.get("/api/v1/consultations/00000000000000000000000000/tallies").status_code == 404
    secretary = asking(*SECRETARY, at=AFTER)
    assert secretary.get(f"/consultations/{made.pk}/themes/1/").status_code == 404
    assert secretary.get(f"/consultations/{made.pk}/responses/1/").status_code == 404
    actions.name_theme(consultation=made.pk, said="One", by=BY, at=AFTER)
    assert secretary.get(f"/consultations/{made.pk}/themes/1/").status_code == 200
