"""Agreements as data: the register, the log, and their CSV twins."""

from __future__ import annotations

import csv
from typing import Any

import pytest
from django.test import Client

from tests.delegation_doors import stamp
from tests.delegation_factories import london, make_agreement, make_commissioners, make_round

pytestmark = pytest.mark.django_db
AT = london(2015, 4, 2)


@pytest.fixture(autouse=True)
def _stage(settings: Any) -> None:
    settings.REMIT_TRUST_REQUEST_START = True
    make_commissioners("00A")
    make_round()


def test_agreements_and_their_log_as_json_and_csv(client: Client) -> None:
    made = make_agreement("2015-level-3", "00A")
    (row,) = client.get("/api/v1/agreements", headers=stamp(AT)).json()["items"]
    assert (row["state"], row["effective_on"], row["groups"]) == (
        "in_effect",
        "2015-04-01",
        ["general_practice"],
    )
    assert row["id"].endswith(f"/id/agreements/{made.pk}")
    log = client.get(f"/api/v1/agreements/{made.pk}/log", headers=stamp(AT)).json()["items"]
    assert [each["what"] for each in log][-1] == "Powers come on"
    twin = client.get(f"/api/v1/agreements/{made.pk}/log.csv", headers=stamp(AT))
    lines = list(csv.reader(b"".join(twin).decode().splitlines()))
    assert len(lines) == len(log) + 1
    assert client.get(f"/id/agreements/{made.pk}", headers=stamp(AT)).headers["Location"] == (
        f"/agreements/{made.pk}/"
    )


def test_an_agreement_that_is_none_is_not_found(client: Client) -> None:
    missing = client.get("/api/v1/agreements/01ARZ3NDEKTSV4RRFFQ69G5FAV/log", headers=stamp(AT))
    assert missing.status_code == 404
