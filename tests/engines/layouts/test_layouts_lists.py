"""Registered patients by sex and age, a row a practice or a row a band."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from remit.engines.layouts import Band, Claim, Kind, Reading, UnknownLayout, read
from tests.engines.layouts.written_files import claims, csv_bytes, one, value

WIDE = [
    [
        *("GP_PRACTICE_CODE", "POSTCODE", "CCG_CODE", "NHSE_AREA_TEAM_CODE", "NHSE_REGION_CODE"),
        *("TOTAL_ALL", "TOTAL_MALE", "TOTAL_FEMALES", "MALE_0-4", "MALE_85+", "FEMALE_0-4", "FEMALE_85+"),
    ],
    ["A81001", "TS181HU", "00K", "Q45", "Y54", "100", "40", "60", "10", "30", "20", "40"],
    ["A81002", "", "", "", "", "", "", "", "", "", "", ""],
]
LONG_HEADER = [
    *("PUBLICATION", "EXTRACT_DATE", "ORG_TYPE", "ORG_CODE", "ONS_CODE", "POSTCODE"),
    *("SEX", "AGE_GROUP_5", "NUMBER_OF_PATIENTS"),
]


def lists(rows: list[list[str]], name: str = "gp-reg-2014-01.csv", as_of: date | None = None) -> Reading:
    """The rows read as lists."""
    return read(Kind.LISTS, csv_bytes(rows), filename=name, as_of=as_of)


def long_row(sex: str, age: str, patients: str, code: str = "A81001", kind: str = "GP") -> list[str]:
    """A row of the long layout."""
    return ["GP_PRAC_PAT_LIST", "01JAN2017", kind, code, "", "TS18 1HU", sex, age, patients]


def wide_changed(label: str, cell: str) -> list[list[str]]:
    """The wide file with one cell of its first row changed."""
    rows = [list(row) for row in WIDE]
    rows[1][rows[0].index(label)] = cell
    return rows


def test_a_wide_file() -> None:
    reading = lists(WIDE)
    assert (reading.layout, reading.as_of, reading.rows) == ("lists/wide", date(2014, 1, 1), 2)
    assert reading.practices == {"A81001", "A81002"}
    assert reading.commissioners == {"00K"}
    first, second = reading.lists
    assert (first.on, first.quarter, first.registered, first.weighted) == (
        *(date(2014, 1, 1), ""),
        Decimal(100),
        None,
    )
    assert first.bands == (
        Band("female", 0, 4, 20),
        Band("female", 85, None, 40),
        Band("male", 0, 4, 10),
        Band("male", 85, None, 30),
    )
    assert (second.registered, second.bands) == (None, ())
    assert [(r.row, r.value) for r in reading.remarks] == [(3, "A81002")]


def test_practices_of_one_commissioner_may_have_the_same_figures() -> None:
    again = ["A81003", *WIDE[1][1:]]
    reading = lists([*WIDE[:2], again])
    assert reading.lists[0].bands == reading.lists[1].bands
    assert value(reading, "A81003", "commissioner") == "00K"
    assert reading.remarks == ()


def test_a_place_that_is_no_code_refuses_the_row_and_all_it_says() -> None:
    rows = wide_changed("NHSE_REGION_CODE", "Y 54")
    rows.append(["A81003", *rows[1][1:]])
    reading = lists(rows)
    assert [(p.row, p.column) for p in reading.refused] == [(2, "NHSE_REGION_CODE"), (4, "NHSE_REGION_CODE")]
    assert reading.commissioners == set()
    assert {s.code for s in reading.sightings} == reading.practices == {"A81002"}


def test_a_code_that_is_no_place_is_passed_over() -> None:
    reading = lists(wide_changed("NHSE_REGION_CODE", "ZZZ"))
    assert claims(reading, "00K", "region") == []


def test_what_a_list_says_in_passing_is_of_its_month() -> None:
    reading = lists(WIDE)
    days = (date(2014, 1, 1), date(2014, 1, 31))
    assert one(reading, "A81001", "commissioner") == Claim("commissioner", "00K", *days, False)
    assert one(reading, "A81001", "kind") == Claim("kind", "practice", *days, False)
    assert value(reading, "A81001", "postcode") == "TS18 1HU"
    assert value(reading, "00K", "local_office") == "Q45"
    assert value(reading, "00K", "region") == "Y54"
    assert value(reading, "Q45", "kind") == "area_team"
    assert claims(reading, "A81002", "commissioner") == claims(reading, "A81002", "postcode") == []


def test_the_region_column_of_2016_holds_local_offices() -> None:
    header = ["GP_PRACTICE_CODE", "ONS_CCG_CODE", "CCG_CODE", "ONS_REGION_CODE", "NHSE_REGION_CODE"]
    header += ["ONS_COMM_RGN_CODE", "NHSE_COMM_REGION_CODE", "TOTAL_ALL"]
    reading = lists([header, ["A81001", "E38000075", "00K", "E39000027", "Q74", "E40000001", "Y54", "5"]])
    assert value(reading, "Q74", "kind") == "local_office"
    assert value(reading, "00K", "region") == "Y54"
    assert value(reading, "00K", "ons_code") == "E38000075"
    assert claims(reading, "Y54", "ons_code") == []
    assert reading.remarks == ()


def test_after_the_ccgs_the_commissioner_is_a_sub_icb_location() -> None:
    header = ["PRACTICE_CODE", "PRACTICE_NAME", "SUB_ICB_LOCATION_CODE", "ICB_CODE", "ICB_NAME", "TOTAL_ALL"]
    rows = [header, ["A81001", "THE SURGERY", "16C", "QHM", "NHS Northland ICB", "7"]]
    reading = lists(rows, "lists-jul-23.csv")
    assert value(reading, "16C", "kind") == "sub_icb_location"
    assert value(reading, "16C", "icb") == "QHM"
    assert value(reading, "QHM", "kind") == "icb"
    assert value(reading, "A81001", "name") == "THE SURGERY"


@pytest.mark.parametrize(
    ("label", "says"),
    [("TOTAL_ALL", "bands"), ("TOTAL_MALE", "bands of males"), ("TOTAL_FEMALES", "bands of females")],
)
def test_sums_that_differ_are_kept_and_told(label: str, says: str) -> None:
    reading = lists(wide_changed(label, "99"))
    remark = reading.remarks[0]
    assert (remark.row, remark.column) == (2, says)
    assert "the total says 99" in remark.message
    assert len(reading.lists) == 2


def test_without_a_total_the_bands_are_added_up() -> None:
    assert lists(wide_changed("TOTAL_ALL", "")).lists[0].registered == Decimal(100)
    only = [["Practice Code", "CCG", "ALL_0-4", "ALL_5+"], ["A81001", "00K", "3", "4"]]
    assert lists(only).lists[0].registered == Decimal(7)
    men = [["Practice Code", "CCG", "MALE_0-4"], ["A81001", "00K", "3"]]
    assert lists(men).lists[0].registered is None


@pytest.mark.parametrize(
    ("label", "cell", "says"),
    [
        ("MALE_0-4", "-1", "whole numbers"),
        ("MALE_0-4", "1.5", "whole numbers"),
        ("TOTAL_ALL", "many", "not a number"),
        ("GP_PRACTICE_CODE", "Total", "not a practice code"),
        ("GP_PRACTICE_CODE", "A81002", None),
    ],
)
def test_a_bad_cell_refuses_its_row(label: str, cell: str, says: str | None) -> None:
    (problem,) = lists(wide_changed(label, cell)).refused
    if says is None:
        assert (problem.row, problem.value) == (3, "A81002")
    else:
        assert (problem.row, problem.column) == (2, label)
        assert says in problem.message


def test_a_long_file() -> None:
    rows = [
        LONG_HEADER,
        long_row("ALL", "ALL", "100"),
        long_row("FEMALE", "0_4", "20"),
        long_row("MALE", "95+", "80"),
        long_row("FEMALE", "ALL", "9", code="00K", kind="CCG"),
    ]
    reading = lists(rows, "gp-reg-pat-prac-quin-age.csv")
    assert (reading.layout, reading.as_of, reading.rows) == ("lists/long", date(2017, 1, 1), 4)
    (count,) = reading.lists
    assert (count.practice, count.registered, count.row) == ("A81001", Decimal(100), 2)
    assert count.bands == (Band("female", 0, 4, 20), Band("male", 95, None, 80))
    assert reading.practices == {"A81001"}
    assert reading.remarks == reading.refused == ()


def test_single_ages_and_one_sex() -> None:
    rows = [
        LONG_HEADER,
        long_row("MALE", "0", "5"),
        long_row("MALE", "1", "6"),
        long_row("MALE", "ALL", "11"),
    ]
    (count,) = lists(rows).lists
    assert count.registered is None
    assert count.bands == (Band("male", 0, 0, 5), Band("male", 1, 1, 6))


def test_both_sexes_make_the_total() -> None:
    rows = [
        LONG_HEADER,
        long_row("MALE", "ALL", "5"),
        long_row("FEMALE", "0_4", "6"),
        long_row("ALL", "ALL", ""),
    ]
    assert lists(rows).lists[0].registered == Decimal(11)


def test_long_sums_that_differ_are_told() -> None:
    rows = [LONG_HEADER, long_row("ALL", "ALL", "12"), long_row("MALE", "ALL", "5")]
    rows += [long_row("FEMALE", "ALL", "6"), long_row("FEMALE", "0_4", "4")]
    told = [(remark.column, remark.row) for remark in lists(rows).remarks]
    assert told == [("sexes", 2), ("bands (female)", 2)]


def test_sexes_that_are_not_counted_are_told() -> None:
    rows = [LONG_HEADER, long_row("ALL", "ALL", "1"), long_row("INDETERMINATE", "ALL", "1")]
    reading = lists(rows)
    assert [(remark.row, remark.value) for remark in reading.remarks] == [(3, "INDETERMINATE")]
    assert reading.lists[0].registered == Decimal(1)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (long_row("MALE", "old", "1"), "not an age band"),
        (long_row("MALE", "0_4", "x"), "not a number"),
        (long_row("ALL", "ALL", "1"), "already on row 2"),
    ],
)
def test_a_refused_band_spoils_the_list_of_its_practice(row: list[str], says: str) -> None:
    reading = lists(
        [LONG_HEADER, long_row("ALL", "ALL", "1"), row, long_row("ALL", "ALL", "2", code="A81002")]
    )
    (problem,) = reading.refused
    assert (problem.row, says in problem.message) == (3, True)
    assert [count.practice for count in reading.lists] == ["A81002"]


def test_the_month_told_wins_over_the_files() -> None:
    rows = [LONG_HEADER, long_row("ALL", "ALL", "1")]
    assert lists(rows, as_of=date(2017, 2, 1)).as_of == date(2017, 2, 1)


@pytest.mark.parametrize("cell", ["rubbish", ""])
def test_an_extract_date_that_is_none_gives_way_to_the_name(cell: str) -> None:
    row = long_row("ALL", "ALL", "1")
    row[1] = cell
    assert lists([LONG_HEADER, row]).as_of == date(2014, 1, 1)


def test_the_month_must_be_known() -> None:
    with pytest.raises(UnknownLayout, match="--as-of 2014-01-01"):
        lists(WIDE, "lists.csv")


def test_neither_long_nor_wide_lists_what_is_missing() -> None:
    with pytest.raises(UnknownLayout) as caught:
        lists([["Practice Code", "CCG Code", "Sex"], ["A81001", "00K", "ALL"]])
    assert caught.value.missing == ("TOTAL_ALL", "AGE", "NUMBER_OF_PATIENTS")
    with pytest.raises(UnknownLayout) as caught:
        lists([["CCG Code", "Sex"], ["00K", "ALL"]])
    assert caught.value.missing == ("Practice Code",)
