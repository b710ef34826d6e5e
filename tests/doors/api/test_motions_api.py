"""Motions, rolls and requisitions as data: nothing of a vote before it is declared, all that counts after."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest

from remit.motions import actions
from tests.constitution_factories import CLAUSES
from tests.delegation_doors import Asking, asking
from tests.factories import NATIONAL_BODY, NOW, make_organisation
from tests.motion_factories import AFTER, DURING, declare, make_members, make_motion, manager_of, vote

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_nation(settings: Any) -> None:
    settings.REMIT_TRUST_REQUEST_START = True
    make_organisation(NATIONAL_BODY, "national_body", "NHS ENGLAND")


def csv_of(someone: Asking, path: str) -> list[dict[str, str]]:
    text = b"".join(someone.get(path).streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_before_the_declaration_nothing_is_told_of_any_vote() -> None:
    codes = make_members()
    made = make_motion()
    vote(made, {codes[0]: "against", codes[1]: "abstain"})
    for at in (DURING + timedelta(hours=1), AFTER):
        someone = asking(at=at)
        one = someone.get(f"/api/v1/motions/{made.pk}").json()
        assert one["turnout"] == [{"electorate": "practices", "took_part": 2, "on_roll": 5}]
        assert (one["tested"], one["elsewhere"], one["clauses"], one["result"], one["sha256"]) == (
            [],
            [],
            [],
            "",
            "",
        )
        [row] = someone.get("/api/v1/motions").json()["items"]
        assert row["result"] == ""
        items = someone.get(f"/api/v1/motions/{made.pk}/roll").json()["items"]
        assert {each["vote"] for each in items} == {""}
        assert {each["vote"] for each in csv_of(someone, f"/api/v1/motions/{made.pk}/roll.csv")} == {""}
        for path in ("motions.csv", f"motions/{made.pk}/roll.csv"):
            assert "against" not in b"".join(someone.get(f"/api/v1/{path}").streaming_content).decode()


def test_after_it_every_clause_and_every_vote() -> None:
    codes = make_members()
    made = make_motion()
    vote(made, dict.fromkeys(codes[:3], "for") | {codes[3]: "against"})
    said = declare(made)
    someone = asking(at=AFTER)
    one = someone.get(f"/api/v1/motions/{made.pk}").json()
    assert (one["result"], one["sha256"], one["clauses"]) == ("carried", said.sha256, ["7.1", "8.2"])
    assert [(each["of"], each["clause"], each["holds"]) for each in one["tested"]] == [
        ("quorum", "7.1", True),
        ("majority", "8.2", True),
    ]
    assert (
        one["tested"][1]["arithmetic"] == "3 votes for, of 4 cast, is 75%; the clause asks for more than 50%"
    )
    assert len(one["elsewhere"]) == 6
    page = someone.get(f"/api/v1/motions/{made.pk}/roll?limit=2&offset=2").json()
    assert (page["total"], [each["vote"] for each in page["items"]]) == (5, ["for", "against"])
    assert page["items"][0]["id"].endswith(f"/id/motions/{made.pk}#roll-3")
    rows = csv_of(someone, f"/api/v1/motions/{made.pk}/roll.csv")
    assert [each["vote"] for each in rows] == ["for", "for", "for", "against", "not_voted"]
    assert [each["result"] for each in csv_of(someone, "/api/v1/motions.csv")] == ["carried"]


def test_motions_are_found_by_body_state_and_whom_they_concern() -> None:
    make_members()
    make_organisation("00B", "ccg")
    made = make_motion(kind="objection", concerns=["00B"], powers=["approve_mergers"])
    other = make_motion(title="Another")
    someone = asking(at=NOW + timedelta(hours=1))

    def found(query: str) -> set[str]:
        return {row["motion"] for row in someone.get(f"/api/v1/motions?{query}").json()["items"]}

    assert found("body=00A") == {made.pk, other.pk}
    assert found("about=00B") == {made.pk}
    assert found("state=open") == found("body=00B") == set()
    assert found("state=noticed") == {made.pk, other.pk}
    assert someone.get("/api/v1/motions?state=draft").status_code == 422
    assert someone.get("/api/v1/motions/01JDAAAAAAAAAAAAAAAAAAAAAA").status_code == 404
    moved = someone.get(f"/id/motions/{made.pk}")
    assert (moved.status_code, moved.headers["Location"]) == (303, f"/motions/{made.pk}/")


def test_requisitions_are_counted() -> None:
    codes = make_members(number=24)
    share = {"kind": "requisition", "share": "10%", "days": 28}
    make_motion(clauses={**CLAUSES, "12.1": ("A tenth.", [share])})
    made = actions.open_requisition(
        body="00A", kind="ordinary", title="A meeting", words="Ask.", by=manager_of(codes[0]), at=NOW
    )
    for code in codes[1:3]:
        actions.sign_requisition(requisition=made.pk, by=manager_of(code), at=NOW)
    someone = asking(at=NOW + timedelta(hours=1))
    [row] = someone.get("/api/v1/requisitions?body=00A").json()["items"]
    assert (row["signed"], row["members"], row["is_valid"], row["due_on"]) == (3, 24, True, "2026-12-19")
    assert row["practices"] == list(codes[:3])
    [late] = csv_of(asking(at=NOW + timedelta(days=40)), "/api/v1/requisitions.csv")
    assert (late["is_overdue"], late["clause"]) == ("true", "12.1")
    moved = someone.get(f"/id/requisitions/{made.pk}")
    assert moved.headers["Location"] == f"/requisitions/{made.pk}/"
