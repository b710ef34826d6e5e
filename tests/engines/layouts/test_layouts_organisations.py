"""Our own layout for organisations that no published file lists."""

from __future__ import annotations

from datetime import date

import pytest

from remit.engines.layouts import Claim, Kind, Reading, UnknownLayout, read
from tests.engines.layouts.written_files import claims, csv_bytes, one, value

HEADER = [
    "code",
    "kind",
    "name",
    "opened_on",
    "closed_on",
    "parent_relation",
    "parent_code",
    "address",
    "postcode",
]
TEAM = ["Q44", "area_team", "Northwick", "2013-04-01", "2015-03-31", "region", "Y54", "1 Road", "CW91AA"]


def organisations(*rows: list[str], name: str = "own-2026-01.csv") -> Reading:
    """The rows read as organisations."""
    return read(Kind.ORGANISATIONS, csv_bytes([HEADER, *rows]), filename=name)


def test_an_organisation() -> None:
    reading = organisations(TEAM)
    first, last = date(2013, 4, 1), date(2015, 3, 31)
    assert (reading.layout, reading.as_of) == ("organisations/remit", date(2026, 1, 1))
    assert claims(reading, "Q44", "kind") == [
        Claim("kind", "closed", None, date(2013, 3, 31), True),
        Claim("kind", "area_team", first, last, True),
        Claim("kind", "closed", date(2015, 4, 1), None, True),
    ]
    assert one(reading, "Q44", "region") == Claim("region", "Y54", first, last, True)
    assert value(reading, "Q44", "name") == "Northwick"
    assert value(reading, "Q44", "address") == "1 Road"
    assert value(reading, "Q44", "postcode") == "CW9 1AA"


def test_short_rows_and_blank_dates() -> None:
    reading = organisations(["KLMC1", "lmc", "Kent LMC"])
    assert one(reading, "KLMC1", "kind") == Claim("kind", "lmc", None, None, True)
    assert reading.refused == ()


def test_practices_and_commissioners_are_counted() -> None:
    reading = organisations(["A99999", "practice", "P"], ["99Z", "ccg", "C"], ["QZZ", "icb", "I"])
    assert reading.practices == {"A99999"}
    assert reading.commissioners == {"99Z", "QZZ"}


def test_an_organisation_may_have_two_parents() -> None:
    other = [*TEAM[:5], "national_body", "X24", "", ""]
    assert organisations(TEAM, other).refused == ()


@pytest.mark.parametrize(
    ("at", "cell", "column"),
    [
        *[(0, "", "code"), (0, "a b", "code"), (1, "", "kind"), (1, "Area Team", "kind")],
        *[(3, "2013-02-30", "opened_on"), (4, "2012-01-01", "closed_on")],
        *[(5, "", "parent_relation"), (6, "", "parent_code"), (5, "Region!", "parent_relation")],
    ],
)
def test_a_bad_cell_refuses_its_row(at: int, cell: str, column: str) -> None:
    row = list(TEAM)
    row[at] = cell
    (problem,) = organisations(row).refused
    assert (problem.row, problem.column) == (2, column)


def test_the_same_said_twice_is_refused() -> None:
    assert [p.row for p in organisations(TEAM, TEAM).refused] == [3]


def test_a_file_without_our_columns_is_refused() -> None:
    with pytest.raises(UnknownLayout) as caught:
        read(Kind.ORGANISATIONS, csv_bytes([["code", "name"], ["x", "y"]]), filename="o.csv")
    assert caught.value.missing == ("kind",)


def test_a_file_needs_no_postcodes() -> None:
    data = csv_bytes([["code", "kind", "name"], ["KLMC1", "lmc", "Kent LMC"]])
    assert read(Kind.ORGANISATIONS, data, filename="o-2026-01.csv").refused == ()


def test_a_successor_is_a_step_on_the_day_after_closing() -> None:
    pct = ["5A1", "pct", "Alderbeck PCT", "2006-10-01", "2013-03-31", "successor"]
    reading = organisations([*pct, "00C", "", ""], [*pct, "00D", "", ""])
    assert [(row.predecessor, row.successor, row.on) for row in reading.successions] == [
        ("5A1", "00C", date(2013, 4, 1)),
        ("5A1", "00D", date(2013, 4, 1)),
    ]
    assert not [
        claim for sighting in reading.sightings for claim in sighting.claims if claim.about == "successor"
    ]


def test_an_open_organisation_has_no_successor_yet() -> None:
    reading = organisations(["5A1", "pct", "Alderbeck PCT", "2006-10-01", "", "successor", "00C", "", ""])
    [problem] = reading.refused
    assert problem.column == "closed_on"
