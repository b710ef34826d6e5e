"""Weak caching: nothing is sent again while the ledger stands, and nothing stale once it has grown."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from remit.kernel.actor import Actor
from remit.ledger.actions import make_checkpoint, record
from tests.factories import SYSTEM

V1 = "/api/v1"
AT = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
STEWARD = Actor(person="system")
PATHS = [
    "/regions",
    "/practices?on=2015-04-01",
    "/practices.csv",
    "/practices.csv-metadata.json",
    "/practices/A81001",
    "/ledger",
    "/ledger/checkpoint",
    "/tour",
]


def again(api: Client, path: str, tag: str) -> Any:
    return api.get(f"{V1}{path}", headers={"If-None-Match": tag})


def append_one() -> None:
    with transaction.atomic():
        record(act="test.done", by=STEWARD, at=AT, subject="it", under="Tests", details={})


@pytest.mark.parametrize("path", PATHS)
def test_the_same_question_is_answered_with_304(api: Client, path: str) -> None:
    first = api.get(f"{V1}{path}")
    assert first.status_code == 200
    assert first["ETag"].startswith('W/"')
    assert first["Cache-Control"] == "public, no-cache"
    second = again(api, path, f'"other", {first["ETag"]}')
    assert second.status_code == 304
    assert second.content == b""
    assert second["ETag"] == first["ETag"]


@pytest.mark.parametrize("path", [path for path in PATHS if path != "/tour"])
def test_a_grown_ledger_is_a_new_answer(api: Client, path: str) -> None:
    tag = api.get(f"{V1}{path}")["ETag"]
    append_one()
    assert again(api, path, tag).status_code == 200


def test_the_tour_does_not_hang_on_the_ledger(api: Client) -> None:
    tag = api.get(f"{V1}/tour")["ETag"]
    append_one()
    assert again(api, "/tour", tag).status_code == 304


def test_a_new_checkpoint_is_a_new_answer_though_it_adds_no_entry(api: Client) -> None:
    tag = api.get(f"{V1}/ledger/checkpoint")["ETag"]
    make_checkpoint(by=SYSTEM, at=AT + timedelta(minutes=5))
    assert again(api, "/ledger/checkpoint", tag).status_code == 200


def test_another_question_has_another_tag(api: Client) -> None:
    tags = {
        api.get(f"{V1}{path}")["ETag"] for path in ("/regions", "/regions?on=2015-04-01", "/commissioners")
    }
    assert len(tags) == 3


def test_tomorrow_is_another_answer_where_today_is_meant(api: Client) -> None:
    with time_machine.travel(AT, tick=False):
        tag = api.get(f"{V1}/regions")["ETag"]
    with time_machine.travel(AT + timedelta(days=1), tick=False):
        assert again(api, "/regions", tag).status_code == 200


@pytest.mark.parametrize("path", ["/practices/A99999", "/nation?on=x"])
def test_a_problem_has_no_tag(api: Client, path: str) -> None:
    response = again(api, path, "*")
    assert response.status_code in (404, 422)
    assert not response.has_header("ETag")
