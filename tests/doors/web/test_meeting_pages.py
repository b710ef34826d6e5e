"""Meetings on the pages: called, shown with their notice, attended, cancelled; and the same as data."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest

from remit.meetings import actions
from remit.meetings.models import Meeting
from tests.constitution_factories import make_constitution, secretary_of
from tests.delegation_doors import asking, facts_of, main, rows_of, words
from tests.factories import NATIONAL_BODY, NOW, make_organisation
from tests.meeting_factories import call, make_members

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)
AFTER = NOW + timedelta(days=40)
SECRETARY = ("members_secretary", "00A")
SENT = {
    "kind": "ordinary",
    "title": "Members’ meeting",
    "place": "Town hall",
    "meets_day": "20",
    "meets_month": "12",
    "meets_year": "2026",
    "time": "7pm",
}


@pytest.fixture(autouse=True)
def _a_body(settings: Any) -> None:
    settings.REMIT_TRUST_REQUEST_START = True
    make_organisation(NATIONAL_BODY, "national_body", "NHS ENGLAND")
    make_members("00A", "A00001", "A00002", "A00003", "A00004")


def test_a_secretary_calls_a_meeting_and_everybody_reads_its_notice() -> None:
    make_constitution()
    someone = asking(*SECRETARY, at=LATER)
    assert "Call a meeting" in main(someone.page("/meetings/"))
    answer = someone.post("/meetings/new/", **SENT)
    page = asking(at=LATER).page(answer.headers["Location"])
    facts = facts_of(page)
    assert facts["When"] == "20 December 2026 at 7pm"
    assert facts["Notice"].startswith(
        "Notice on 21 November 2026 for 20 December 2026: 28 clear days, at least 14"
    )
    assert facts["Notice"].endswith("Clause 9.1 of its constitution")
    assert "Call a meeting" not in main(asking(at=LATER).page("/meetings/"))


@pytest.mark.seed("S2-03")
def test_an_urgent_meeting_of_a_committee_has_a_reason_and_shows_it() -> None:
    """Fewer days than the committee's own clause asks for: refused with the clause until a reason is given."""
    make_organisation("LMCKENT", "lmc", "KENT LOCAL MEDICAL COMMITTEE")
    make_constitution("LMCKENT", kind="lmc")
    officer = asking("lmc_officer", "LMCKENT", at=LATER)
    urgent = SENT | {"kind": "urgent", "meets_day": "27", "meets_month": "11"}
    page = officer.post("/meetings/new/", **urgent)
    assert "Say why it is urgent" in page.content.decode()
    assert not Meeting.objects.exists()
    urgent |= {"kind": "ordinary"}
    assert (
        "This leaves 5 clear days, fewer than 14" in officer.post("/meetings/new/", **urgent).content.decode()
    )
    soon = urgent | {"meets_day": "22", "urgency": "Now"}
    assert "The clause asks for 14 clear days" in officer.post("/meetings/new/", **soon).content.decode()
    answer = officer.post("/meetings/new/", **urgent, urgency="Eight groups apply <b>within days</b>.")
    page = asking(at=LATER).page(answer.headers["Location"])
    assert "Eight groups apply <b>within days</b>." in main(page)
    assert "5 clear days, fewer than 14 Clause 9.1" in facts_of(page)["Notice"]


@pytest.mark.seed("S2-19")
def test_the_share_of_practices_that_were_there_is_public() -> None:
    made = call()
    someone = asking(*SECRETARY, at=AFTER)
    wrong = someone.post(f"/meetings/{made.pk}/attendance/", practices="A00001 A09999")
    assert "Not members on 21 December 2026: A09999" in wrong.content.decode()
    someone.post(f"/meetings/{made.pk}/attendance/", practices="A00001, A00002\nA00003")
    page = asking(at=AFTER).page(f"/meetings/{made.pk}/")
    assert facts_of(page)["Practices there"] == "3 of 4 practices, 75%"
    assert [row[1] for row in rows_of(page, "there")] == ["A00001", "A00002", "A00003"]


def test_a_cancelled_meeting_says_why() -> None:
    made = call()
    asking(*SECRETARY, at=LATER).post(f"/meetings/{made.pk}/cancel/", reasons="Snow")
    page = asking(at=LATER).page(f"/meetings/{made.pk}/")
    assert "Why it was cancelled Snow" in main(page)
    assert rows_of(asking(at=LATER).page("/meetings/"), "upcoming") == []
    assert len(rows_of(asking(at=LATER).page("/meetings/?body=00a"), "earlier")) == 1
    assert rows_of(asking(at=LATER).page("/meetings/?body=A00001"), "earlier") == []
    assert asking(at=LATER).get("/meetings/?body=ZZZZZ").status_code in {404, 409}


def test_the_same_as_data() -> None:
    made = call()
    other = call(days=20, kind="urgent", urgency="Soon", title="Urgent")
    actions.record_attendance(meeting=made.pk, practices=["A00001"], by=secretary_of("00A"), at=AFTER)
    someone = asking(at=AFTER)
    rows = someone.get("/api/v1/meetings?body=00A").json()["items"]
    assert [(row["meeting"], row["present"], row["members"]) for row in rows] == [
        (made.pk, 1, 4),
        (other.pk, None, None),
    ]
    text = b"".join(someone.get("/api/v1/meetings.csv").streaming_content).decode("utf-8-sig")
    assert [row["urgency"] for row in csv.DictReader(io.StringIO(text))] == ["", "Soon"]
    moved = someone.get(f"/id/meetings/{made.pk}")
    assert (moved.status_code, moved.headers["Location"]) == (303, f"/meetings/{made.pk}/")
    assert someone.get("/meetings/none/").status_code == 404
    assert words(someone.page(f"/meetings/{made.pk}/").find(".//h1")) == "Members’ meeting"
