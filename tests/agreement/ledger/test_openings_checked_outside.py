"""Openings, as the API publishes them, held against the exported ledger by the stand-alone verifier."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client

from remit.ledger import queries
from tests.delegation_factories import (
    DEADLINE,
    WEEK,
    announce,
    approve,
    decide,
    make_commissioners,
    make_round,
    submit,
)

pytestmark = pytest.mark.django_db

ROUND = "2015-level-3"
TOLD = f"{ROUND}-told"
Run = Callable[[dict[str, Any]], tuple[int, dict[str, Any]]]


@pytest.fixture
def page(client: Client) -> dict[str, Any]:
    """What the API answers: an announcement and the two decisions in it, opened."""
    make_commissioners("00A", "00B")
    make_round()
    sent = {code: submit(ROUND, code) for code in ("00A", "00B")}
    approve(sent["00A"])
    decide(sent["00B"], "conditional")
    announce(ROUND)
    with time_machine.travel(DEADLINE.at + 3 * WEEK, tick=False):
        found: dict[str, Any] = client.get(f"/api/v1/ledger/openings?announcement={TOLD}").json()
    return found


@pytest.fixture
def run(program: Path, tmp_path: Path) -> Run:
    """The program on the ledger as it is and on a page of openings, in a process without Remit: exit code, and what
    it found."""

    def run(page: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        to = io.StringIO()
        queries.export(to)
        ledger, openings = tmp_path / "ledger.jsonl", tmp_path / "openings.json"
        ledger.write_text(to.getvalue())
        openings.write_text(json.dumps(page))
        command = [sys.executable, "-I", "-S", program, "ledger", ledger, "--openings", openings, "--json"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, json.loads(done.stdout)

    return run


def codes(result: dict[str, Any]) -> list[str]:
    return [fault["code"] for fault in result["faults"]]


def test_what_was_published_is_what_was_committed_to(page: dict[str, Any], run: Run) -> None:
    code, result = run(page)
    assert (code, result["opened"]) == (0, 3)
    assert [each["act"] for each in result["openings"]] == [
        "application.decided",
        "application.decided",
        "decisions.announced",
    ]
    said = json.loads(result["openings"][2]["value"])
    assert (said["approved"], said["conditional"]) == (1, 1)


def test_without_openings_the_answer_is_as_before(page: dict[str, Any], run: Run) -> None:
    assert run({"items": []})[1]["opened"] == 0


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"value": '{"outcome":"approved"}'}, "opening_wrong"),
        ({"salt": "00" * 32}, "opening_wrong"),
        ({"salt": ""}, "opening_wrong"),
        ({"field": "another"}, "opening_elsewhere"),
        ({"entry": 0}, "opening_elsewhere"),
        ({"entry": 9999}, "opening_without_entry"),
    ],
)
def test_what_does_not_fit_is_told(
    place: int, change: dict[str, Any], fault: str, page: dict[str, Any], run: Run
) -> None:
    page["items"][place].update(change)
    code, result = run(page)
    assert (code, codes(result), result["opened"]) == (1, [fault], 2)


def test_an_opening_made_up_with_its_own_commitment_is_not_in_the_ledger(
    page: dict[str, Any], run: Run
) -> None:
    from remit.engines.transparency.commitments import commitment

    value = '{"conditions":[],"outcome":"declined","reasons":"Made up."}'
    page["items"][1] |= {"value": value, "salt": "11" * 32, "commitment": commitment(b"\x11" * 32, value)}
    assert codes(run(page)[1]) == ["opening_elsewhere"]


def test_of_an_entry_that_was_changed_nothing_is_believed(page: dict[str, Any], run: Run) -> None:
    index = page["items"][0]["entry"]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE ledger_entry SET body = replace(body, 'Announcements are', 'They are') WHERE \"index\" = %s",
            [index],
        )
    code, result = run(page)
    assert code == 1
    assert {"entry_changed", "opening_without_entry"} <= set(codes(result))
    assert result["opened"] == 2


def test_a_page_that_is_not_the_last_says_so(page: dict[str, Any], run: Run) -> None:
    page["next"] = "https://remit.example/api/v1/ledger/openings?offset=100"
    assert any("the others follow at https://remit.example" in note for note in run(page)[1]["notes"])


@pytest.mark.parametrize("wrong", [{}, {"items": 5}, {"items": [5]}, {"items": [{"entry": 1}]}])
def test_another_file_cannot_be_used(wrong: dict[str, Any], page: dict[str, Any], run: Run) -> None:
    code, result = run(wrong)
    assert code == 2
    assert "is not what /api/v1/ledger/openings answers" in result["unusable"]
