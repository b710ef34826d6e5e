"""Constitutions as data: who has one in force on a day, and its clauses with their rules."""

from __future__ import annotations

import csv
import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from tests.constitution_factories import CLAUSES, TODAY, make_constitution, make_draft
from tests.factories import NOW, make_organisation

pytestmark = pytest.mark.django_db

V1 = "/api/v1"
TWINS = ("", ".csv", ".csv-metadata.json")


def rows_in(client: Client, path: str) -> list[dict[str, Any]]:
    """The rows of a register; its CSV twin says the same."""
    address, _, query = path.partition("?")
    items: list[dict[str, Any]] = client.get(f"{V1}{path}").json()["items"]
    content = b"".join(client.get(f"{V1}{address}.csv?{query}").streaming_content).decode()
    read = list(csv.DictReader(StringIO(content)))
    assert [row["id"] for row in read] == [item["id"] for item in items]
    assert client.get(f"{V1}{address}.csv-metadata.json?{query}").status_code == 200
    return items


def test_the_register_has_every_constitution_in_force_on_the_day(client: Client) -> None:
    make_organisation("00A", "ccg", "NHS VALE CCG")
    held = make_constitution()
    make_draft(clauses={"1": ("New.", [])}, title="Amendment")
    (item,) = rows_in(client, "/constitutions")
    assert item["body"] == "00A"
    assert (item["number"], item["sha256"]) == (1, held.sha256)
    assert (item["amendment"], item["amendment_on"]) == ("Not being amended", None)
    early = (TODAY - timedelta(days=500)).isoformat()
    assert rows_in(client, f"/constitutions?on={early}") == []
    path = item["id"].removeprefix("http://testserver")
    assert client.get(path)["Location"] == f"/constitutions/texts/{held.pk}/"
    data = client.get(path, headers={"Accept": "application/json"})
    assert data["Location"] == f"{V1}/constitutions/00A?on={held.in_force_on}"
    assert client.get(data["Location"]).json()["total"] == len(CLAUSES)


def test_the_clauses_of_a_body_come_with_their_rules_in_words_and_as_json(client: Client) -> None:
    make_constitution()
    items = rows_in(client, "/constitutions/00A")
    assert [item["number"] for item in items] == list(CLAUSES)
    assert items[2]["in_words"] == ["More than 50% of votes cast carries"]
    assert json.loads(items[2]["rules"]) == [{"kind": "majority", "share": "1/2"}]
    assert items[2]["id"].endswith("#clause-8-2")
    page = client.get(f"{V1}/constitutions/00A?limit=1&offset=3").json()
    assert ([row["number"] for row in page["items"]], page["total"]) == (["9.1"], 4)


def test_what_has_no_members_or_is_a_draft_is_not_found(client: Client) -> None:
    make_organisation("QXX", "icb")
    held = make_draft(at=NOW)
    for path in ("/constitutions/QXX", "/constitutions/ZZZ"):
        assert [client.get(f"{V1}{path}{twin}").status_code for twin in TWINS] == [404] * 3
    assert client.get(f"/id/constitutions/{held.pk}").status_code == 404
    assert client.get(f"/id/constitutions/{held.pk}%00").status_code == 404
