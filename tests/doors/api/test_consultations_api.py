"""Consultations as data: the same as JSON and as CSV, and nothing of any answer before the close."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest

from tests.consultation_factories import NO, YES, answer, make_consultation
from tests.delegation_doors import Asking, asking
from tests.factories import NATIONAL_BODY, NOW, make_organisation
from tests.meeting_factories import make_members

pytestmark = pytest.mark.django_db
CODES = tuple(f"A0000{number}" for number in range(1, 6))
AFTER = NOW + timedelta(days=60)


@pytest.fixture(autouse=True)
def _a_body(settings: Any) -> None:
    settings.REMIT_TRUST_REQUEST_START = True
    make_organisation(NATIONAL_BODY, "national_body", "NHS ENGLAND")
    make_members("00A", *CODES)


def csv_of(someone: Asking, path: str) -> list[dict[str, str]]:
    text = b"".join(someone.get(path).streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_list_is_the_same_in_both_forms() -> None:
    made = make_consultation()
    someone = asking(at=NOW + timedelta(hours=1))
    [row] = someone.get("/api/v1/consultations").json()["items"]
    [line] = csv_of(someone, "/api/v1/consultations.csv")
    assert made.pk in row["id"]
    assert (line["id"], line["badge"]) == (row["id"], row["badge"])


def test_tallies_come_with_the_close_and_no_earlier() -> None:
    made = make_consultation()
    for code, stance in zip(CODES, (YES, YES, YES, NO, NO), strict=True):
        answer(made, code, stance)
    path = f"/api/v1/consultations/{made.pk}/tallies"
    during = asking(at=NOW + timedelta(days=1))
    assert during.get(path).json()["items"] == []
    assert csv_of(during, f"{path}.csv") == []
    later = asking(at=AFTER)
    items, lines = later.get(path).json()["items"], csv_of(later, f"{path}.csv")
    assert items
    assert [line["option"] for line in lines] == [str(item["option"]) for item in items]
