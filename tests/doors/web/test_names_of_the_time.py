"""A code that belongs to another body today is shown under the name it had then."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from remit.delegation import actions
from remit.register.models import Succession
from tests.delegation_doors import asking, rows_of
from tests.delegation_factories import (
    DEADLINE,
    PROGRAMME,
    WEEK,
    announce,
    approve,
    london,
    make_programme,
    make_round,
    officer_of,
    sign,
    submit,
)
from tests.factories import make_fact, make_organisation

pytestmark = pytest.mark.django_db

THEN, NOW = "NHS Dale CCG", "NHS Vale ICB - 00A"
ENDED, TAKEN_OVER = date(2022, 6, 30), date(2022, 7, 1)
TODAY = london(2024, 5, 1)


@pytest.fixture(autouse=True)
def _stage(settings: Any) -> None:
    settings.REMIT_TRUST_REQUEST_START = True
    make_organisation("00A", "ccg", THEN, last=ENDED)
    make_fact("00A", "kind", "sub_icb_location", TAKEN_OVER)
    make_fact("00A", "name", NOW, TAKEN_OVER)
    make_organisation("QX1", "icb", "NHS Vale ICB", first=TAKEN_OVER)
    Succession.objects.create(predecessor_id="00A", successor_id="QX1", on=TAKEN_OVER, basis="published")


def test_in_lists_of_mandates_agreements_and_histories() -> None:
    make_round()
    made = submit("2015-level-3", "00A")
    approve(made)
    announce("2015-level-3")
    held = sign(made)
    actions.succeed_arrangement(
        arrangement=held.pk, successor="QX1", on=TAKEN_OVER, by=PROGRAMME, at=london(2022, 7, 1)
    )
    visitor = asking(at=TODAY)
    assert [row[0] for row in rows_of(visitor.page("/mandates/?round=2015-level-3"), "mandates")] == [
        f"{THEN} 00A"
    ]
    named = [row[0] for row in rows_of(visitor.page("/agreements/"), "agreements")]
    assert f"{THEN} 00A" in named
    assert not [each for each in named if NOW in each]
    steps = [row[1] for row in rows_of(visitor.page("/commissioners/QX1/history/"), "steps")]
    assert steps == [f"Taken over from {THEN}"]


def test_in_what_was_said_before_applying() -> None:
    programme = make_programme()
    actions.express_interest(
        programme=programme,
        commissioner="00A",
        level=3,
        would_manage_performance=False,
        words="We would like to.",
        by=officer_of("00A"),
        at=DEADLINE.at - 8 * WEEK,
    )
    page = asking(at=TODAY).page(f"/programmes/{programme}/")
    assert [row[0] for row in rows_of(page, "interests")] == [f"{THEN} 00A"]
