"""How members were asked, on the pages: the red banner, the gap, the standard, the filter; recording and attaching."""

from __future__ import annotations

from datetime import date
from functools import partial
from importlib import import_module
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from remit.delegation import actions
from remit.delegation.models import Application, AttachedEvidence, Evidence
from remit.web.paging import read_paging
from tests.delegation_doors import asking, errors, facts_of, links, main, rows_of, stamp
from tests.delegation_factories import PROGRAMME as BY_PROGRAMME
from tests.delegation_factories import (
    london,
    make_commissioners,
    make_members,
    make_round,
    officer_of,
    record_vote,
    submit,
)
from tests.factories import NATIONAL_BODY, make_organisation

pytestmark = pytest.mark.django_db

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)
ROUND = "2015-level-3"
AFTER = london(2015, 1, 20)
OFFICER = ("commissioner_officer", "00A")
ASSESSOR = ("national_assessor", NATIONAL_BODY)


@pytest.fixture(autouse=True)
def _a_round(settings: Any) -> None:
    settings.REMIT_TRUST_REQUEST_START = True
    make_commissioners("00A", "00B")
    make_organisation(NATIONAL_BODY, "national_body", "NHS ENGLAND")
    make_round()


def answered(evidence: str) -> dict[str, str]:
    asked = {} if evidence in {"none", "not_specified"} else {"asked_on": "2014-12-01"}
    return {"evidence": evidence, **asked, "constitution": "amended", "benefits": "Care nearer home."}


@pytest.mark.seed("S0-07")
def test_without_consultation_the_assessor_sees_a_red_gap_and_the_public_that_there_was_no_ballot() -> None:
    made = submit(ROUND, "00A", answers=answered("none"))
    for who in ((), ASSESSOR):
        said = main(asking(*who, at=AFTER).page(f"/applications/{made.pk}/"))
        assert "Important: Members were not asked" in said
        assert "No ballot of member practices is recorded." in said
    decide = asking(*ASSESSOR, at=AFTER).page(f"/applications/{made.pk}/decide/")
    assert "Important: Members were not asked" in main(decide)


@pytest.mark.seed("S0-12")
def test_support_at_an_open_meeting_is_shown_beside_the_standard() -> None:
    made = submit(ROUND, "00A", answers=answered("show_of_hands"))
    said = main(asking(at=AFTER).page(f"/applications/{made.pk}/"))
    assert "Does not meet GPC standard: no full ballot" in said
    assert "Only the form says so." in said
    standards = main(asking(at=AFTER).page("/mandates/standards/"))
    assert "General Practitioners Committee of the British Medical Association" in standards
    assert "Known from a report only" in standards


def test_a_lost_vote_is_a_red_banner_for_the_assessor_and_the_public() -> None:
    made = submit(ROUND, "00A")
    record_vote("00A", in_favour=17, against=18, electorate=37)
    for who, path in (((), ""), (ASSESSOR, ""), (ASSESSOR, "decide/"), (OFFICER, "")):
        said = main(asking(*who, at=AFTER).page(f"/applications/{made.pk}/{path}"))
        assert "Important: Members voted against" in said, (who, path)
        assert "17 for, 18 against, of 37" in said
    page = asking(at=AFTER).page("/mandates/?way=against")
    assert [row[2].split(" A ")[0] for row in rows_of(page, "mandates")] == ["Members voted against"]


@pytest.mark.seed("S0-11")
def test_the_public_list_is_filtered_by_how_members_were_asked() -> None:
    submit(ROUND, "00A", answers=answered("show_of_hands"))
    submit(ROUND, "00B", answers=answered("not_specified"))
    visitor = asking(at=AFTER)
    page = visitor.page("/mandates/")
    assert rows_of(page, "families") == [
        ["Had not balloted members", "1", "50.0%"],
        ["Had balloted members", "0", "0.0%"],
        ["Did not specify", "1", "50.0%"],
    ]
    for way, codes in (("not_balloted", ["00A"]), ("not_specified", ["00B"]), ("balloted", [])):
        found = rows_of(visitor.page(f"/mandates/?way={way}&round={ROUND}"), "mandates")
        assert [row[0][-3:] for row in found] == codes
    answer = visitor.get("/api/v1/mandates?answer=not_balloted").json()
    assert [(row["commissioner"], row["way"], row["rests_on"]) for row in answer["items"]] == [
        ("00A", "show_of_hands", "stated")
    ]
    csv = b"".join(visitor.get("/api/v1/mandates.csv").streaming_content).decode()
    assert csv.count("\r\n") == 3


def test_the_public_list_comes_in_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    for code in ("00A", "00B"):
        submit(ROUND, code)
    by_one = partial(read_paging, per_page=1)
    monkeypatch.setattr(import_module("remit.web.delegation.views.mandates"), "read_paging", by_one)
    visitor = asking(at=AFTER)
    first, second = visitor.page(f"/mandates/?round={ROUND}"), visitor.page("/mandates/?page=2")
    assert [[row[0][-3:] for row in rows_of(page, "mandates")] for page in (first, second)] == [
        ["00A"],
        ["00B"],
    ]
    assert links(first)["Next page"] == f"?round={ROUND}&page=2#mandates"
    assert "2 applications submitted." in main(second), "the counts are of all"


def sent(**more: str) -> dict[str, Any]:
    said = {"held_day": "1", "held_month": "12", "held_year": "2014", "source": "Minutes"}
    return {**said, "in_favour": "30", "against": "4", **more}


def test_an_officer_records_a_ballot_and_attaches_it() -> None:
    made = submit(ROUND, "00A")
    officer = asking(*OFFICER, at=AFTER)
    kinds = officer.page(f"/evidence/new/?application={made.pk}")
    assert links(kinds)["Ballot"] == f"/evidence/new/ballot/?application={made.pk}"
    response = officer.post(f"/evidence/new/ballot/?application={made.pk}", **sent(electorate="40"))
    assert response.headers["Location"] == f"/applications/{made.pk}/evidence/"
    assert AttachedEvidence.objects.get().application == made
    said = main(asking(at=AFTER).page(f"/applications/{made.pk}/"))
    assert "Meets GPC standard" in said
    assert "It rests on evidence on record." in said


def test_a_ballot_sent_with_its_paper_can_be_checked_by_anybody() -> None:
    officer = asking(*OFFICER, at=AFTER)
    facts = {"electorate": "40", "verified_by": "The lay chair"}
    roll = {"roll_on_day": "20", "roll_on_month": "11", "roll_on_year": "2014"}
    bad = SimpleUploadedFile("count.svg", b"<svg/>")
    refused = officer.post("/evidence/new/ballot/", **sent(**facts, **roll), file=bad)
    assert refused.status_code == 200
    assert Evidence.objects.count() == 0
    paper = SimpleUploadedFile("count.pdf", PDF)
    made = officer.post("/evidence/new/ballot/", **sent(**facts, **roll), file=paper)
    facts_shown = facts_of(asking(at=AFTER).page(made.headers["Location"]))
    assert facts_shown["Stands as"] == "A ballot of member practices that anybody can check"
    assert facts_shown["Document"] == "count.pdf"


def test_what_is_on_record_can_be_attached_later() -> None:
    made, vote = submit(ROUND, "00A"), record_vote("00A")
    officer = asking(*OFFICER, at=AFTER)
    path = f"/applications/{made.pk}/evidence/"
    assert errors(officer.page(path)) == []
    refused = officer.post(path, evidence="")
    assert "Select one of the records" in refused.content.decode()
    assert officer.post(path, evidence=vote.pk).status_code == 302
    assert AttachedEvidence.objects.get().evidence == vote


def test_what_is_wrong_in_a_record_is_said_beside_its_field() -> None:
    officer = asking(*OFFICER, at=AFTER)
    for wrong, said in (
        ({"in_favour": "many"}, "Enter a whole number, like 37."),
        ({"electorate": "30"}, "The counts add up to 34, more than the 30"),
        ({"held_year": "2016"}, "The date must be today or in the past."),
        ({"source": ""}, "Enter where this is written"),
        ({"roll_on_day": "31", "roll_on_month": "2", "roll_on_year": "2014"}, "The date must"),
    ):
        response = officer.post("/evidence/new/ballot/", **sent(**wrong))
        assert response.status_code == 200, wrong
        assert said in response.content.decode(), wrong
    assert officer.get("/evidence/new/rumour/").status_code == 404
    assert Evidence.objects.count() == 0


@pytest.mark.seed("S0-25")
def test_a_committees_objection_is_on_the_commissioners_page_beside_the_levels_it_held() -> None:
    make_organisation("LMCDALE", "lmc", "DALE LOCAL MEDICAL COMMITTEE")
    lmc = asking("lmc_officer", "LMCDALE", at=AFTER)
    facts = {"body": "LMCDALE", "stance": "objects", "form": "formal", "words": "It opposes joint powers."}
    day = {"held_day": "1", "held_month": "11", "held_year": "2014", "source": "Its letter"}
    response = lmc.post("/evidence/new/lmc_statement/", commissioners="00A, 00B", **facts, **day)
    assert response.status_code == 302
    actions.record_position(
        commissioner="00A",
        level=1,
        effective_on=date(2015, 4, 1),
        last_on=None,
        source="Gazette",
        source_href="",
        by=BY_PROGRAMME,
        at=AFTER,
    )
    for code in ("00A", "00B"):
        page = asking(at=AFTER).page(f"/commissioners/{code}/evidence/")
        [row] = rows_of(page, "statements")
        assert row[:2] == ["Dale Local Medical Committee LMCDALE", "1 November 2014"]
        assert "It objects" in row[2]
    [held] = rows_of(asking(at=AFTER).page("/commissioners/00A/evidence/"), "history")
    assert held == ["Level 1, greater involvement", "1 April 2015", "No end is known"]


@pytest.mark.seed("S2-19")
def test_the_attendance_of_a_meeting_is_shown_as_a_share() -> None:
    make_members("00A", "A1", "A2", "A3", "A4")
    made = actions.record_evidence(
        kind="membership_meeting",
        commissioners=["00A"],
        held_on=date(2014, 12, 1),
        facts={"meeting_kind": "extraordinary", "present": "A1 A2 A3"},
        source="Minutes",
        by=officer_of("00A"),
        at=london(2014, 12, 2),
    )
    facts = facts_of(asking(at=AFTER).page(f"/evidence/{made.pk}/"))
    assert facts["Practices there"] == "3 of 4 members (75%)"
    assert facts["What kind of meeting was it"] == "An extraordinary meeting of members"


def test_a_correction_is_told_on_both_records_and_in_the_register() -> None:
    wrong = record_vote("00A")
    right = actions.record_evidence(
        kind="ballot",
        commissioners=["00A"],
        held_on=date(2014, 12, 1),
        facts={"in_favour": 4, "against": 30},
        source="Minutes, read again",
        corrects=wrong.pk,
        by=officer_of("00A"),
        at=AFTER,
    )
    visitor = asking(at=AFTER)
    assert "has been corrected" in main(visitor.page(f"/evidence/{wrong.pk}/"))
    assert "corrects an earlier one" in main(visitor.page(f"/evidence/{right.pk}/"))
    assert len(rows_of(visitor.page("/evidence/?kind=ballot"), "records")) == 2
    assert visitor.get("/evidence/none/").status_code == 404
    answer = visitor.get("/api/v1/evidence?commissioner=00A&kind=ballot").json()
    assert [(row["result"], row["corrected_by"]) for row in answer["items"]] == [
        ("lost", ""),
        ("carried", right.pk),
    ]


def test_an_application_is_rescinded_after_a_lost_vote() -> None:
    made = submit(ROUND, "00A")
    officer = asking(*OFFICER, at=AFTER)
    path = f"/applications/{made.pk}/rescind/"
    assert "No lost vote of its members is on record" in main(officer.page(path))
    early = record_vote("00A", kind="recorded_vote", in_favour=1, against=9)
    late = record_vote("00A", in_favour=3, against=9, held_on=date(2015, 1, 15))
    wrong = officer.post(path, evidence=early.pk, reasons="They said no.")
    assert "Members voted before it was sent in" in wrong.content.decode()
    assert officer.post(path, evidence=late.pk, reasons="They said no.").status_code == 302
    assert Application.objects.get(pk=made.pk).state == "rescinded"
    assert officer.get(path).status_code == 302
    assert Client().get(path, headers=stamp(AFTER)).status_code == 302
