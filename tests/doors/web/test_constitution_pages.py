"""Constitutions on the pages: who has one in force on a day, clause by clause, version against version."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from remit.constitutions import actions
from tests.constitution_factories import (
    CLAUSES,
    THREE_QUARTERS,
    TODAY,
    amend,
    make_constitution,
    make_draft,
    secretary_of,
)
from tests.delegation_doors import asking, facts_of, links, main, rows_of, words
from tests.factories import NATIONAL_BODY, NOW, make_organisation

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)
SECRETARY = ("members_secretary", "00A")


@pytest.fixture(autouse=True)
def _a_body(settings: Any) -> None:
    settings.REMIT_TRUST_REQUEST_START = True
    make_organisation(NATIONAL_BODY, "national_body", "NHS ENGLAND")
    make_organisation("00A", "ccg", "NHS VALE CCG")


def anybody() -> Any:
    return asking(at=LATER)


def pieces_of(found: Any, kind: str) -> list[str]:
    return [words(each) for each in found.findall(f".//main//section//{kind}")]


@pytest.mark.seed("S2-21")
def test_the_list_says_how_many_of_its_bodies_amend_their_constitution_and_since_when() -> None:
    codes = [f"00{letter}" for letter in "ABCDEFGH"]
    for code in codes:
        make_constitution(code)
    before = (TODAY - timedelta(days=10)).isoformat()
    page = anybody().page(f"/constitutions/?on={before}")
    assert "0 of 8 bodies that had a constitution were amending it" in main(page)
    assert {row[4] for row in rows_of(page, "constitutions")} == {"Not being amended"}
    held = make_draft("00A", {"1": ("New.", [])}, title="Amendment")
    assert "0 of 8 bodies" in main(anybody().page("/constitutions/"))
    actions.propose_amendment(text=held.pk, by=secretary_of("00A"), at=NOW)
    page = anybody().page("/constitutions/")
    assert "1 of 8 bodies that had a constitution was amending it" in main(page)
    assert rows_of(page, "constitutions")[0][4].startswith("Put to the members On ")
    assert "0 of 8 bodies" in main(anybody().page(f"/constitutions/?on={before}"))


def test_a_body_that_is_closed_on_the_day_is_not_in_the_list() -> None:
    make_organisation("00B", "ccg", "NHS HILL CCG", last=TODAY - timedelta(days=9))
    make_constitution("00B", at=NOW - timedelta(days=30))
    then = (TODAY - timedelta(days=20)).isoformat()
    assert [row[0] for row in rows_of(anybody().page(f"/constitutions/?on={then}"), "constitutions")]
    assert rows_of(anybody().page("/constitutions/"), "constitutions") == []
    assert "this was no body with members" in main(anybody().page("/constitutions/00B/"))


def test_the_page_of_a_body_has_its_clauses_with_their_rules_in_words() -> None:
    sole = {"kind": "sole", "who": "The chair", "what": "urgent matters"}
    made = make_constitution(clauses={**CLAUSES, "10.2": ("The chair may act.", [sole])})
    page = anybody().page("/constitutions/00A/")
    said = main(page)
    assert "In force on" in said
    assert "More than 50% of votes cast carries" in said
    assert "14 clear days of notice; 2 where it is urgent and says why" in said
    assert rows_of(page, "sole") == [["The chair", "urgent matters", "10.2"]]
    headings = [words(each) for each in page.findall(".//main//section/h3")]
    assert headings == ["4.1", "7.1", "8.2", "9.1", "10.2"]
    assert links(page)["How it was adopted: Constitution"] == f"/constitutions/texts/{made.pk}/"
    early = anybody().page("/constitutions/00A/?on=2013-05-01")
    assert "No constitution of it is recorded as in force" in main(early)


def test_rules_that_clash_with_guidance_are_reported_with_both_clauses() -> None:
    make_constitution(clauses={**CLAUSES, "11": ("Ten days.", [{"kind": "consultation", "days": 10}])})
    said = main(anybody().page("/constitutions/00A/"))
    assert "Important: Rules that cannot all be kept" in said
    assert "Clause 11 of the constitution clashes with Adequacy of consultation, 28 days of guidance" in said


def test_a_version_shows_its_steps_and_hash_and_what_it_changes() -> None:
    first = make_constitution()
    assert "Compared with nothing" in main(anybody().page(f"/constitutions/texts/{first.pk}/changes/"))
    changed = {
        "8.2": ("A motion is carried by three quarters of the votes cast.", [THREE_QUARTERS]),
        "8.3": ("The chair counts.", []),
    }
    made = amend("00A", changed, at=NOW + timedelta(minutes=1))
    page = anybody().page(f"/constitutions/texts/{made.pk}/")
    assert made.sha256 in main(page)
    assert [row[0] for row in rows_of(page, "steps")] == [
        "Put to the members", "Agreed by the members", "With NHS England for approval", "Adopted"
    ]  # fmt: skip
    assert facts_of(page)["Based on"] == "Constitution Version 1"
    found = anybody().page(f"/constitutions/texts/{made.pk}/changes/")
    assert "2 clauses of 5 differ. The other 3 clauses are the same." in main(found)
    assert pieces_of(found, "del") == [
        "[taken out: more than half ]", "[taken out: More than 50% of votes cast carries]"
    ]  # fmt: skip
    assert pieces_of(found, "ins")[0] == "[added: three quarters ]"
    assert pieces_of(found, "ins")[-1] == "[added: The chair counts.]"


def test_what_is_no_body_or_no_text_is_not_there_and_a_draft_is_its_bodys_own() -> None:
    held = make_draft()
    for path in ("/constitutions/ZZZ/", f"/constitutions/{NATIONAL_BODY}/", "/constitutions/texts/NONE/"):
        assert anybody().get(path).status_code == 404, path
    assert anybody().get(f"/constitutions/texts/{held.pk}/").status_code == 404
    assert anybody().get(f"/constitutions/texts/{held.pk}/changes/").status_code == 404
    assert asking(*SECRETARY, at=LATER).get(f"/constitutions/texts/{held.pk}/").status_code == 200
    assert "Draft" not in main(anybody().page("/constitutions/00A/"))
    moved = anybody().get("/constitutions/00a/?on=2015-01-01")
    assert (moved.status_code, moved.url) == (301, "/constitutions/00A/?on=2015-01-01")


def test_pages_of_bodies_with_members_lead_to_their_constitution() -> None:
    make_organisation("VALELMC", "lmc", "VALE LMC")
    make_organisation("QXX", "icb", "NHS VALE ICB")
    words_of_link = "Its rules, clause by clause"
    assert links(anybody().page("/commissioners/00A/"))[words_of_link] == "/constitutions/00A/"
    assert links(anybody().page("/organisations/VALELMC/"))[words_of_link] == "/constitutions/VALELMC/"
    assert words_of_link not in links(anybody().page("/commissioners/QXX/"))
