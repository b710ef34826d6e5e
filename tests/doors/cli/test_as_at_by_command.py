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


def test_an_organisation_in_words(remit: Remit) -> None:
    words = remit("as-at", "2014-06-01", "Y99001").stdout
    assert "Y99001 Tarn Surgery: GP practice on 2014-06-01" in words
    assert "99A Fellside" in words
    assert "not open" in remit("as-at", "2030-01-01", "Y99001").stdout


@pytest.mark.parametrize(("code", "error"), [("Y99999", "not_found"), ("a!", "not_an_ods_code")])
def test_a_code_nobody_knows(remit: Remit, code: str, error: str) -> None:
    ran = remit("as-at", "2014-06-01", code, "--json")
    assert (ran.code, ran.json["error"]) == (4, error)


def test_today_is_a_day(remit: Remit) -> None:
    assert remit("as-at", "today", "--json").json["era"] == "icb"


def test_what_is_no_day_is_a_usage_error(remit: Remit) -> None:
    ran = remit("as-at", "1 April", "--json")
    assert (ran.code, ran.json["error"]) == (2, "usage")
    assert "Write it like 2015-04-01" in ran.stderr
