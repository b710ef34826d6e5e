"""What applicants say, counted, and their duties, as data."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from remit.delegation.models import Round
from tests.delegation_filling import FULL_ROUND, make_full_round, submit_full

pytestmark = pytest.mark.django_db


@pytest.fixture
def submitted() -> str:
    make_full_round(FULL_ROUND, "00A", "00B")
    submit_full("00A")
    return FULL_ROUND


def rows(client: Client, path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/api/v1/rounds/{path}").json()["items"]
    return found


def test_counts_have_their_base(client: Client, submitted: str) -> None:
    said = {(row["question"], row["answer"]): row for row in rows(client, f"{submitted}/tallies?limit=500")}
    yes = said["replace_qof", "yes"]
    assert (yes["count"], yes["answered"], yes["asked"]) == (1, 1, 1)
    assert said["powers_wanted", "approve_mergers"]["count"] == 1
    assert said["replace_qof", "undecided"]["count"] == 0


def test_every_duty_says_what_comes_with_it(client: Client, submitted: str) -> None:
    found = rows(client, f"{submitted}/duties")
    assert len(found) == 12
    assert sum(row["pence"] for row in found) == 9_000_000
    assert sorted(row["duty"] for row in found if row["is_unfunded"]) == [
        "complaints",
        "new_practices",
        "premises",
    ]
    answer: Any = client.get(f"/api/v1/rounds/{submitted}/duties.csv")
    text = b"".join(answer.streaming_content).decode()
    lines = list(csv.DictReader(io.StringIO(text)))
    assert {line["commissioner"] for line in lines} == {"00A"}


def test_while_a_round_is_sealed_nothing_is_counted(client: Client) -> None:
    make_full_round(FULL_ROUND, "00A", is_sealed=True)
    held = Round.objects.get(pk=FULL_ROUND)
    submit_full("00A", at=held.deadline_at - timedelta(hours=2))
    assert rows(client, f"{FULL_ROUND}/tallies") == rows(client, f"{FULL_ROUND}/duties") == []
    assert client.get("/api/v1/rounds/none/duties").status_code == 404
    assert client.get("/api/v1/rounds/none/tallies").status_code == 404
