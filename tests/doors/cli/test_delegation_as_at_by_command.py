"""`remit as-at`: how many commissioners were at which level on a day, and where one of them stood."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from remit.delegation.actions import record_position
from tests.delegation_factories import (
    PROGRAMME,
    announce,
    approve,
    decide,
    london,
    make_commissioners,
    make_round,
    sign,
    submit,
)
from tests.doors.cli.conftest import Ran
from tests.factories import make_organisation

pytestmark = pytest.mark.django_db

Remit = Callable[..., Ran]
NAMES = (
    "level_1",
    "level_2",
    "level_3",
    "approved_1",
    "approved_2",
    "approved_3",
    "conditional_2",
    "conditional_3",
    "signed_2",
    "signed_3",
)


@pytest.fixture(autouse=True)
def programme() -> None:
    """02A to Level 3, 02B to it on conditions, 02C to Level 2, 02D to Level 1 by a source; 02E nothing."""
    make_commissioners("02A", "02B", "02C", "02D", "02E")
    make_round("2015-level-3")
    make_round("2015-level-2", level=2)
    delegated, waiting = submit("2015-level-3", "02A"), submit("2015-level-3", "02B")
    joint = submit("2015-level-2", "02C")
    approve(delegated)
    decide(waiting, "conditional")
    approve(joint)
    announce("2015-level-3", at=london(2015, 2, 18))
    announce("2015-level-2", at=london(2015, 3, 5))
    sign(delegated, at=london(2015, 3, 26))
    sign(joint, at=london(2015, 3, 27))
    record_position(
        commissioner="02D",
        level=1,
        effective_on=date(2015, 4, 1),
        last_on=None,
        source="A board paper",
        source_href="https://example.org/paper",
        by=PROGRAMME,
        at=london(2015, 3, 28),
    )


@pytest.mark.parametrize(
    ("on", "counts"),
    [
        ("2015-02-17", (0, 0, 0, 0, 0, 0, 0, 0, 0, 0)),
        ("2015-02-18", (0, 0, 0, 0, 0, 1, 0, 1, 0, 0)),
        ("2015-03-05", (0, 0, 0, 0, 1, 1, 0, 1, 0, 0)),
        ("2015-03-26", (0, 0, 0, 0, 1, 1, 0, 1, 0, 1)),
        ("2015-03-31", (0, 0, 0, 0, 1, 1, 0, 1, 1, 1)),
        ("2015-04-01", (1, 1, 1, 1, 1, 1, 0, 1, 1, 1)),
    ],
)
def test_approved_signed_and_in_effect_are_counted_apart(
    remit: Remit, on: str, counts: tuple[int, ...]
) -> None:
    nation = remit("as-at", on, "--json").json
    assert tuple(nation[name] for name in NAMES) == counts
    assert (nation["date"], nation["commissioners"]) == (on, 5)


def test_the_counts_in_words(remit: Remit) -> None:
    lines = [" ".join(line.split()) for line in remit("as-at", "2015-04-01").stdout.splitlines()]
    assert "Co-commissioning In effect Approved by then On conditions Signed by then" in lines
    assert "Level 1, greater involvement 1 1 - -" in lines
    assert "Level 2, joint commissioning 1 1 0 1" in lines
    assert "Level 3, delegated commissioning 1 1 1 1" in lines


@pytest.mark.parametrize(
    ("code", "on", "position"),
    [
        ("02A", "2015-03-31", {"level": 0, "since": None, "basis": "", "approved": 3}),
        ("02A", "2015-04-01", {"level": 3, "since": "2015-04-01", "basis": "application", "approved": 3}),
        ("02B", "2015-04-01", {"level": 0, "approved": 0, "conditional": 3}),
        ("02D", "2015-04-01", {"level": 1, "basis": "source", "source": "A board paper"}),
        ("02E", "2015-04-01", {"level": 0, "approved": 0, "conditional": 0, "source": ""}),
    ],
)
def test_where_one_commissioner_stood(remit: Remit, code: str, on: str, position: dict[str, Any]) -> None:
    found = remit("as-at", on, code, "--json").json["position"]
    assert {name: found[name] for name in position} == position


def test_what_is_no_commissioner_has_no_position(remit: Remit) -> None:
    make_organisation("Y99001", "practice")
    assert remit("as-at", "2015-04-01", "Y99001", "--json").json["position"] is None
    assert remit("as-at", "2012-04-01", "02A", "--json").json["position"] is None
    assert "Co-commissioning" not in remit("as-at", "2015-04-01", "Y99001").stdout


@pytest.mark.parametrize(
    ("code", "on", "words"),
    [
        ("02A", "2015-04-01", "Co-commissioning: Level 3, delegated commissioning, since 2015-04-01"),
        ("02A", "2015-03-31", "Approved by then, not in effect: Level 3, delegated commissioning"),
        ("02B", "2015-04-01", "Approved on conditions still to be met: Level 3, delegated commissioning"),
        ("02D", "2015-04-01", "Source: A board paper https://example.org/paper"),
        ("02E", "2015-04-01", "Co-commissioning: no level in effect"),
    ],
)
def test_where_one_stood_in_words(remit: Remit, code: str, on: str, words: str) -> None:
    assert words in remit("as-at", on, code).stdout.splitlines()


def test_totals_that_were_published_stand_beside_what_sources_name(remit: Remit) -> None:
    said = remit("as-at", "2015-03-05").stdout
    assert "Published on 2015-02-18: 64 approved at Level 3; 0 of them are named in the sources held" in said
    assert "Published on 2015-03-05: 87 approved at Level 2" in said
    totals = remit("as-at", "2015-03-05", "--json").json["published"]
    assert [(each["level"], each["count"], each["named"]) for each in totals] == [(3, 64, 0), (2, 87, 0)]
    assert remit("as-at", "2015-02-17", "--json").json["published"] == []
