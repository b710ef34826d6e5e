"""`remit as-at`: the nation and one organisation on a day."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.doors.cli.conftest import Ran, write

pytestmark = pytest.mark.django_db

Remit = Callable[..., Ran]
REGIONS = (
    "Y99,North,region,2013-04-01,,",
    "99A,Fellside,ccg,2013-04-01,region,Y99",
    "99B,Dale,ccg,2013-04-01,region,Y99",
)


@pytest.fixture(autouse=True)
def loaded(remit: Remit, payments_file: Path) -> None:
    assert remit("import", "payments", payments_file).code == 0


def test_the_nation_on_a_day(remit: Remit) -> None:
    nation = remit("as-at", "2015-03-31", "--json").json
    counts = {name: nation[name] for name in ("date", "era", "commissioners", "practices", "pcns")}
    assert counts == {
        "date": "2015-03-31",
        "era": "ccg",
        "commissioners": 2,
        "practices": 3,
        "pcns": 0,
    }
    assert nation["registered"] == 12000
    assert nation["regions"] == []
    assert nation["without_region"] == 2


def test_the_day_before_anything_is_known(remit: Remit) -> None:
    assert remit("as-at", "2014-03-31", "--json").json["practices"] == 0
    assert remit("as-at", "2001-01-01", "--json").json["era"] is None


def test_the_nation_in_words(remit: Remit) -> None:
    words = remit("as-at", "2015-03-31").stdout
    assert "The nation on 2015-03-31" in words
    assert "2 (clinical commissioning groups)" in words
    assert "12,000 on 2 lists" in words
    assert "no loaded file says: 2" in words


def test_regions_are_listed_where_a_file_says_them(remit: Remit, tmp_path: Path) -> None:
    file = write(
        tmp_path / "organisations-2014-04.csv", "code,name,kind,opened,parent_relation,parent_code", *REGIONS
    )
    loaded = remit("import", "organisations", file, "--as-of", "2014-04-01")
    assert loaded.code == 0, loaded.stderr
    nation = remit("as-at", "2014-06-01", "--json").json
    assert nation["regions"] == [{"code": "Y99", "name": "North", "commissioners": 2, "practices": 3}]
    assert nation["without_region"] == 0
    assert "Y99     North" in remit("as-at", "2014-06-01").stdout


def test_an_organisation_on_a_day(remit: Remit) -> None:
    page = remit("as-at", "2014-06-01", "y99001", "--json").json
    assert (page["code"], page["name"], page["kind"]) == ("Y99001", "Tarn Surgery", "practice")
    assert page["was_open"] is True
    commissioner = page["now"]["commissioner"]
    assert (commissioner["value"], commissioner["value_name"]) == ("99A", "Fellside")
    assert (commissioner["first"], commissioner["last"]) == ("2014-04-01", "2015-03-31")
    assert commissioner in page["history"]


def test_since_boards_began_they_commission_and_their_locations_stand_apart(
    remit: Remit, tmp_path: Path
) -> None:
    files = {
        "practices": (
            "epraccur-2022-08.csv",
            "Organisation Code,Name,Open Date,Close Date,Commissioner,Join Provider/Purchaser Date,"
            "Prescribing Setting",
            "Y99001,TARN SURGERY,19740401,,99A,20130401,4",
        ),
        "map": ("ccg-to-icb.csv", "CCG Code,ICB Code,ICB NAME", "99A,QZ9,NHS Lakes Integrated Care Board"),
    }
    for kind, (name, *lines) in files.items():
        ran = remit("import", kind, write(tmp_path / name, *lines))
        assert ran.code == 0, ran.stderr
    page = remit("as-at", "2023-01-01", "Y99001", "--json").json
    named = {about: page["now"][about]["value"] for about in ("commissioner", "sub_icb_location")}
    assert named == {"commissioner": "QZ9", "sub_icb_location": "99A"}
    assert page["now"]["commissioner"]["value_name"] == "NHS Lakes Integrated Care Board"
    assert page["now"]["commissioner"]["first"] == "2022-07-01"
    before = remit("as-at", "2022-06-30", "Y99001", "--json").json["now"]
    assert before["commissioner"]["value"] == "99A"
    assert before["commissioner"]["last"] == "2022-06-30"
    assert "sub_icb_location" not in before
    lines = [" ".join(line.split()) for line in remit("as-at", "2023-01-01", "Y99001").stdout.splitlines()]
    assert any(line.startswith("commissioner QZ9 NHS Lakes Integrated Care Board") for line in lines)
    assert any(line.startswith("sub icb location 99A") for line in lines)
    assert "Y99001 Tarn Surgery: not open on 1970-01-01" in remit("as-at", "1970-01-01", "Y99001").stdout


@pytest.mark.parametrize(("day", "is_said"), [("2099-04-01", True), ("2023-04-01", False)])
def test_a_day_to_come_is_said_to_show_what_is_known_today(remit: Remit, day: str, is_said: bool) -> None:
    assert ("This day is still to come" in remit("as-at", day).stdout) is is_said


def test_an_organisation_in_words(remit: Remit) -> None:
    words = remit("as-at", "2014-06-01", "Y99001").stdout
    assert "Y99001 Tarn Surgery: GP practice on 2014-06-01" in words
    assert "99A Fellside" in words
    assert "not known to be open on 2030-01-01" in remit("as-at", "2030-01-01", "Y99001").stdout


@pytest.mark.parametrize(("code", "error"), [("Y99999", "not_found"), ("a!", "not_an_ods_code")])
def test_a_code_nobody_knows(remit: Remit, code: str, error: str) -> None:
    ran = remit("as-at", "2014-06-01", code, "--json")
    assert (ran.code, ran.json["error"]) == (4, error)


def test_today_is_a_day(remit: Remit) -> None:
    assert remit("as-at", "today", "--json").json["era"] == "icb"


def test_what_is_no_day_is_a_usage_error(remit: Remit) -> None:
    ran = remit("as-at", "1 April", "--json")
    assert (ran.code, ran.json["error"]) == (2, "usage")
    assert "Write the date like 2015-04-01" in ran.stderr
