"""`remit power`: which powers there are, and who holds them on a day in London."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine

from tests.delegation_factories import approve, make_commissioners, make_round, sign, submit
from tests.doors.cli.conftest import Ran
from tests.factories import make_organisation

pytestmark = pytest.mark.django_db

Remit = Callable[..., Ran]
HELD, REFUSED, NOT_FOUND, USAGE = 0, 3, 4, 2


@pytest.fixture(autouse=True)
def held() -> None:
    """02A delegated and 02B joint from 1 April 2015; 02C neither."""
    make_commissioners("02A", "02B", "02C")
    make_organisation("Y99001", "practice")
    make_round("2015-level-3")
    make_round("2015-level-2", level=2)
    applications = [submit("2015-level-3", "02A"), submit("2015-level-2", "02B")]
    for application in applications:
        approve(application)
    for application in applications:
        sign(application)


@pytest.mark.parametrize(
    ("commissioner", "on", "code", "how"),
    [
        ("02A", "2015-04-01", HELD, "held"),
        ("02a", "2015-03-31", REFUSED, "none"),
        ("02A", "2015-03-31T23:30:00Z", HELD, "held"),
        ("02A", "2015-03-31T22:59:59Z", REFUSED, "none"),
        ("02A", "2015-04-01T00:00:00+01:00", HELD, "held"),
        ("02A", "2014-12-31T23:59:59z", REFUSED, "none"),
        ("02B", "2015-04-01", HELD, "joint"),
        ("02C", "2015-04-01", REFUSED, "none"),
        ("Y99001", "2015-04-01", REFUSED, "none"),
    ],
)
def test_who_holds_it_and_the_exit_code_says_so_too(
    remit: Remit, commissioner: str, on: str, code: int, how: str
) -> None:
    ran = remit("power", "check", commissioner, "approve_mergers", on, "--json")
    assert (ran.code, ran.json["holds"], ran.json["how"]) == (code, code == HELD, how)
    assert (ran.json["commissioner"], ran.json["power"]) == (commissioner.upper(), "approve_mergers")
    assert (ran.stderr != "") is (code == REFUSED)


def test_an_instant_counts_as_its_day_in_london(remit: Remit) -> None:
    """Half past eleven at night by Greenwich is half past midnight by London's clocks in summer time."""
    asked = ("power", "check", "02A", "approve_mergers")
    assert remit(*asked, "2015-03-31T23:30:00Z", "--json").json["on"] == "2015-04-01"
    assert remit(*asked, "2014-12-31T23:30:00Z", "--json").json["on"] == "2014-12-31"


def test_why_not_and_from_when_in_words(remit: Remit) -> None:
    ran = remit("power", "check", "02A", "approve_mergers", "2015-03-31")
    assert ran.stdout == ""
    assert ran.stderr.startswith("Not held: The ccg 02A cannot do this on 31 March 2015.")
    assert "comes with Level 3, delegated commissioning, on 1 April 2015." in ran.stderr


def test_yes_and_jointly_in_words(remit: Remit) -> None:
    alone = remit("power", "check", "02A", "approve_mergers", "2015-04-01")
    jointly = remit("power", "check", "02B", "approve_mergers", "2015-04-01")
    assert alone.stdout.startswith("Yes, on 2015-04-01: “Approve mergers of practices”. The ccg 02A holds")
    assert "only together with NHS England" in jointly.stdout
    assert alone.stderr == jointly.stderr == ""


def test_without_a_day_it_is_today_in_london(remit: Remit) -> None:
    asked = ("power", "check", "02A", "approve_mergers", "--json")
    with time_machine.travel(datetime(2015, 3, 31, 23, 30, tzinfo=UTC), tick=False):
        assert remit(*asked).json["on"] == "2015-04-01"
    with time_machine.travel(datetime(2015, 3, 31, 22, 30, tzinfo=UTC), tick=False):
        assert remit(*asked).code == REFUSED


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (("02A", "fly"), NOT_FOUND, "no_such_power"),
        (("ZZZ", "approve_mergers"), NOT_FOUND, "not_found"),
        (("a!", "approve_mergers"), NOT_FOUND, "not_an_ods_code"),
        (("02A", "approve_mergers", "1 April"), USAGE, "usage"),
        (("02A", "approve_mergers", "2015-03-31T23:30:00"), USAGE, "usage"),
        (("02A", "approve_mergers", "0001-01-01T00:00:00+14:00"), USAGE, "usage"),
    ],
)
def test_what_makes_no_sense_is_told_apart_from_no(
    remit: Remit, words: tuple[str, ...], code: int, error: str
) -> None:
    ran = remit("power", "check", *words, "--json")
    assert (ran.code, ran.json["error"]) == (code, error)
    assert "holds" not in ran.json


def test_the_powers_there_are(remit: Remit) -> None:
    rows = {row["code"]: row for row in remit("power", "list", "--json").json}
    assert [rows["approve_mergers"][f"level_{level}"] for level in (1, 2, 3)] == ["none", "joint", "held"]
    assert rows["manage_performers"]["is_reserved"] is True
    words = remit("power", "list").stdout
    assert all(code in words for code in rows)
    assert "jointly" in words


@pytest.mark.seed("S0-05")
@pytest.mark.parametrize("asked", [("2015-04-01",), ("--on", "2015-04-01")])
def test_a_refusal_says_which_power_why_not_and_from_when(remit: Remit, asked: tuple[str, ...]) -> None:
    """02C holds nothing; 02A's power comes on 1 April: the day may be given either way."""
    ran = remit("power", "check", "02C", "performance_manage", *asked)
    assert ran.code == REFUSED
    assert "Review how contractors perform" in ran.stderr
    assert "apply in a round for Level 2 or higher" in ran.stderr
    early = remit("power", "check", "02A", "performance_manage", "--on", "2015-03-31")
    assert early.code == REFUSED
    assert "on 1 April 2015" in early.stderr


def test_the_list_says_over_which_contractors(remit: Remit) -> None:
    pharmacy = {row["code"]: row for row in remit("power", "list", "--group", "pharmacy", "--json").json}
    assert pharmacy["decide_market_entry"]["level_3"] == "held"
    assert "approve_mergers" not in pharmacy
    every = {row["code"]: row for row in remit("power", "list", "--json").json}
    assert every["decide_market_entry"]["groups"]["pharmacy"]["level_3"] == "held"
    assert "Community pharmacy" in remit("power", "list").stdout
    assert remit("power", "list", "--group", "vets").code == NOT_FOUND


def test_a_power_is_asked_over_a_contractor_group(remit: Remit) -> None:
    ran = remit(
        "power", "check", "02A", "manage_contracts", "--group", "dental", "--on", "2015-04-01", "--json"
    )
    assert (ran.code, ran.json["group"], ran.json["how"]) == (REFUSED, "dental", "none")
    assert "covers general practice, not dental services" in ran.json["reason"]
    assert remit("power", "check", "02A", "manage_contracts", "--group", "chiropody").code == NOT_FOUND


@pytest.mark.parametrize("day", ["1066-10-14", "2101-01-01", "1066-10-14T12:00:00Z"])
def test_a_day_before_the_nhs_or_too_far_away_is_refused_as_at_every_door(remit: Remit, day: str) -> None:
    ran = remit("power", "check", "02A", "approve_mergers", day)
    assert ran.code == USAGE
    assert "The day must be from 1948-07-05" in " ".join(ran.stderr.split())


def test_a_name_in_capitals_is_written_as_on_pages(remit: Remit) -> None:
    make_organisation("02D", "ccg", name="NHS OLD TOWN CCG")
    ran = remit("power", "check", "02D", "approve_mergers", "2015-04-01")
    assert ran.code == REFUSED
    assert "NHS Old Town CCG" in ran.stderr
    assert "OLD TOWN" not in ran.stderr
