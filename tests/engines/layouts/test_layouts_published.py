"""The published files themselves: every one is read whole, and says what is known of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pytest

from remit.engines.layouts import Kind, Reading, read
from remit.engines.layouts.payment_lines import BEYOND_THE_TOTAL
from tests.engines.layouts.written_files import kind_on, one

pytestmark = [pytest.mark.real_data, pytest.mark.slow]

PENNY, POUND = Decimal("0.01"), Decimal(1)


@lru_cache(maxsize=4)
def published_reading(published: Path, kind: Kind, name: str) -> Reading:
    """A published file, read. The tests of one file stand together, so that it is read once."""
    return read(kind, (published / name).read_bytes(), filename=name)


PAYMENTS = [
    ("2014-15", 7959, 211, 38),
    ("2015-16", 7841, 209, 42),
    ("2017-18", 7543, 207, 36),
    ("2021-22", 6758, 106, 55),
]


@pytest.mark.parametrize(("year", "practices", "commissioners", "columns"), PAYMENTS)
def test_payments(published: Path, year: str, practices: int, commissioners: int, columns: int) -> None:
    reading = published_reading(published, Kind.PAYMENTS, f"payments/nhs-payments-gp-{year}.csv")
    assert reading.layout == f"payments/{year}"
    assert reading.refused == reading.remarks == ()
    assert reading.rows == len(reading.practices) == len(reading.payments) == len(reading.lists) == practices
    assert len(reading.commissioners) == commissioners
    assert len(reading.payment_columns) == columns
    assert all(column.meaning for column in reading.columns)


@pytest.mark.parametrize("year", [row[0] for row in PAYMENTS])
def test_payment_lines_add_up_to_the_printed_total(published: Path, year: str) -> None:
    reading = published_reading(published, Kind.PAYMENTS, f"payments/nhs-payments-gp-{year}.csv")
    at = {column.line: number for number, column in enumerate(reading.payment_columns)}
    paid = [
        at[column.line]
        for column in reading.payment_columns
        if column.kind == "payment" and column.line not in BEYOND_THE_TOTAL
    ]
    slack = len(paid) * POUND / 2 if year == "2014-15" else PENNY  # 2014-15 prints whole pounds
    for row in reading.payments:
        amounts = [amount or Decimal(0) for amount in row.amounts]
        assert abs(sum(amounts[number] for number in paid) - amounts[at["total"]]) <= slack
        assert (
            abs(amounts[at["total"]] + amounts[at["deductions"]] - amounts[at["total_minus_deductions"]])
            <= slack
        )


@pytest.mark.parametrize(
    ("name", "rows", "practices", "commissioners"),
    [("ods/epraccur-2018-06.csv", 13809, 8189, 242), ("ods/epraccur-2021-11.csv", 14963, 8631, 272)],
)
def test_practices(published: Path, name: str, rows: int, practices: int, commissioners: int) -> None:
    reading = published_reading(published, Kind.PRACTICES, name)
    assert reading.refused == reading.remarks == ()
    assert (reading.rows, len(reading.practices), len(reading.commissioners)) == (
        rows,
        practices,
        commissioners,
    )


def test_commissioners_on_each_date(published: Path) -> None:
    reading = published_reading(published, Kind.COMMISSIONERS, "ods/eccg-2025.csv")
    assert reading.refused == reading.remarks == ()
    counts = {
        day: sum("ccg" in kind_on(reading, sighting.code, day) for sighting in reading.sightings)
        for day in (
            *(date(2013, 4, 1), date(2015, 4, 1), date(2017, 10, 25), date(2018, 4, 1)),
            *(date(2019, 4, 1), date(2020, 4, 1), date(2021, 4, 1), date(2022, 6, 30), date(2022, 7, 1)),
        )
    }
    assert list(counts.values()) == [211, 209, 207, 195, 191, 135, 106, 106, 0]
    july = [kind_on(reading, sighting.code, date(2022, 7, 1)) for sighting in reading.sightings]
    assert july.count(["sub_icb_location"]) == 106


def test_a_code_of_today_keeps_its_board_name_out_of_the_ccgs_years(published: Path) -> None:
    reading = published_reading(published, Kind.COMMISSIONERS, "ods/eccg-2025.csv")
    for sighting in reading.sightings:
        for claim in sighting.claims:
            if claim.about == "name" and "ICB" in claim.value and "REPORTING" not in claim.value:
                assert (claim.first, claim.firm) == (date(2022, 7, 1), False)


def test_boards(published: Path) -> None:
    reading = published_reading(published, Kind.COMMISSIONERS, "ods/icb-2024-12.csv")
    assert len(reading.commissioners) == reading.rows == 42
    assert all(one(reading, code, "kind").firm for code in reading.commissioners)


@pytest.mark.parametrize(
    ("name", "practices", "commissioners", "empty"),
    [
        ("lists/gp-reg-patients-2014-01.csv", 8015, 212, 54),
        ("lists/gp-reg-patients-2015-01.csv", 7835, 211, 0),
        ("lists/gp-reg-patients-2016-01.csv", 7712, 209, 0),
    ],
)
def test_lists(published: Path, name: str, practices: int, commissioners: int, empty: int) -> None:
    reading = published_reading(published, Kind.LISTS, name)
    assert reading.refused == ()
    assert len(reading.practices) == len(reading.lists) == practices
    assert len(reading.commissioners) == commissioners
    assert len(reading.remarks) == empty == sum(count.registered is None for count in reading.lists)
    for count in reading.lists:
        assert count.registered is None or count.registered == sum(band.patients for band in count.bands)


def test_maps(published: Path) -> None:
    to_icb = published_reading(published, Kind.MAP, "geography/ccg-to-icb.csv")
    assert (to_icb.rows, len(to_icb.successions), len(to_icb.remarks), to_icb.refused) == (249, 248, 1, ())
    stp = published_reading(published, Kind.MAP, "geography/ccg-stp-region-2021-04.csv")
    assert (len(stp.commissioners), stp.as_of, stp.refused) == (106, date(2021, 4, 1), ())
    pcn = published_reading(published, Kind.MAP, "geography/practice-pcn-ccg-2022-01.csv")
    assert (len(pcn.practices), len(pcn.commissioners), pcn.as_of) == (6527, 106, date(2022, 1, 1))
    assert pcn.refused == pcn.remarks == ()


@pytest.mark.parametrize(
    ("name", "practices", "commissioners"), [("1617", 7392, 207), ("1819_v2", 6873, 191)]
)
def test_organisation_references(published: Path, name: str, practices: int, commissioners: int) -> None:
    reading = published_reading(published, Kind.PRACTICES, f"qof/ORGANISATION_REFERENCE_{name}.csv")
    assert reading.refused == reading.remarks == ()
    assert (len(reading.practices), len(reading.commissioners)) == (practices, commissioners)


def offices_from(reading: Reading, first: date) -> dict[str, str]:
    """The local office or area team of each commissioner, as claimed from a day."""
    return {
        sighting.code: claim.value
        for sighting in reading.sightings
        for claim in sighting.claims
        if claim.about == "local_office" and claim.first == first
    }


@pytest.mark.parametrize("year", ["2014-15", "2015-16", "2017-18"])
def test_geography_by_year_agrees_with_what_payments_print_for_the_year(published: Path, year: str) -> None:
    """QOF's geography is that of the following 1 April: read so, it agrees office by office."""
    geography = published_reading(published, Kind.COMMISSIONERS, "geography/ccg-geography-1415-1920.csv")
    payments = published_reading(published, Kind.PAYMENTS, f"payments/nhs-payments-gp-{year}.csv")
    assert geography.refused == geography.remarks == ()
    printed = offices_from(payments, payments.as_of)
    compared = 0
    for code, office in offices_from(geography, payments.as_of).items():
        if code in printed:
            assert office[:3] == printed[code]
            compared += 1
    assert compared == {"2014-15": 208, "2015-16": 209, "2017-18": 207}[year]
