"""Primary care networks, sub-ICB locations and boards in payments files, mislabelled ones included."""

from __future__ import annotations

from datetime import date

import pytest

from remit.engines.layouts import Claim, Kind, Reading, read
from tests.engines.layouts.written_files import claims, csv_bytes, one, payments_2022, value


def reading_of(rows: list[list[str]], name: str) -> Reading:
    """The rows read as a payments file."""
    return read(Kind.PAYMENTS, csv_bytes(rows), filename=name)


def test_the_network_is_found_by_its_values() -> None:
    reading = reading_of(payments_2022(), "pay-2022-23.csv")
    assert reading.commissioners == {"16C"}
    assert value(reading, "A81001", "pcn") == "U89141"
    assert value(reading, "U89141", "name") == "HARBOUR PCN"
    assert value(reading, "U89141", "kind") == "pcn"
    assert claims(reading, "A81015", "pcn") == []
    assert [c.meaning for c in reading.columns[2:6]] == [
        *("commissioner_code", "commissioner_name"),
        *("pcn_code", "pcn_name"),
    ]


@pytest.mark.parametrize(
    ("code_label", "name_label"),
    [("", ""), ("Unnamed: 4", "Unnamed: 5"), ("CCG Code", "CCG NAME"), ("Code", "Name")],
)
def test_the_networks_labels_may_be_anything_that_says_nothing(code_label: str, name_label: str) -> None:
    rows = payments_2022()
    rows[0][4:6] = [code_label, name_label]
    reading = reading_of(rows, "pay-2022-23.csv")
    assert value(reading, "A81001", "pcn") == "U89141"
    assert value(reading, "U89141", "name") == "HARBOUR PCN"
    assert value(reading, "A81001", "commissioner") == "16C"
    assert value(reading, "16C", "name") == "NHS NORTHLAND ICB - 16C"
    assert reading.remarks == ()


def test_a_network_whose_name_does_not_say_so_stands_beside_its_code() -> None:
    rows = payments_2022()
    rows[0][4:6] = ["", ""]
    rows[1][5] = "HARBOUR"
    assert value(reading_of(rows, "pay-2022-23.csv"), "U89141", "name") == "HARBOUR"


def test_a_network_code_without_a_name() -> None:
    rows = [row[:5] + row[6:] for row in payments_2022()]
    reading = reading_of(rows, "pay-2022-23.csv")
    assert value(reading, "A81001", "pcn") == "U89141"
    assert claims(reading, "U89141", "name") == []


def test_labelled_networks_are_read_as_labelled() -> None:
    rows = payments_2022()
    rows[0][4:6] = ["PCN Code", "PCN Name"]
    assert value(reading_of(rows, "pay-2021-22.csv"), "A81001", "pcn") == "U89141"


def test_sub_icb_locations_begin_with_the_boards() -> None:
    reading = reading_of(payments_2022(), "pay-2022-23.csv")
    july, march = date(2022, 7, 1), date(2023, 3, 31)
    assert one(reading, "16C", "kind") == Claim("kind", "sub_icb_location", july, march, False)
    assert one(reading, "16C", "name") == Claim("name", "NHS NORTHLAND ICB - 16C", july, march, True)
    earlier = reading_of(payments_2022(), "pay-2021-22.csv")
    assert value(earlier, "16C", "kind") == "commissioner"


def test_boards_may_be_named_too() -> None:
    rows = [[*row, *extra] for row, extra in zip(
        payments_2022(), [("ICB Code", "ICB Name"), ("QHM", "NHS Northland Integrated Care Board"), ("", "")],
        strict=True,
    )]  # fmt: skip
    reading = reading_of(rows, "pay-2023-24.csv")
    days = (date(2023, 4, 1), date(2024, 3, 31))
    assert one(reading, "QHM", "kind") == Claim("kind", "icb", *days, False)
    assert value(reading, "QHM", "name") == "NHS Northland Integrated Care Board"
    assert one(reading, "16C", "icb") == Claim("icb", "QHM", *days, True)
    unnamed = [row[:-1] for row in rows]
    assert claims(reading_of(unnamed, "pay-2023-24.csv"), "QHM", "name") == []
