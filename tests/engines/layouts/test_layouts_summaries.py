"""Totals under the practices, counts below nought, headers without rows, and other words for the same column."""

from __future__ import annotations

import pytest

from remit.engines.layouts import Kind, Reading, UnknownLayout, read
from tests.engines.layouts.written_files import LISTS, PRACTICE, csv_bytes, ods_row, payments_2014, value

WIDE = [["GP_PRACTICE_CODE", "CCG_CODE", "TOTAL_ALL", "TOTAL_MALE"], ["A81001", "00K", "100", "40"]]
LONG = [["CODE", "CCG", "SEX", "AGE", "NUMBER_OF_PATIENTS"], ["A81001", "00K", "ALL", "ALL", "9"]]
MAP = [["Practice Code", "Practice Name", "CCG Code"], ["A81001", "BROOK SURGERY", "00K"]]


def of(kind: Kind, rows: list[list[str]], name: str = "file-2014-15-2014-04.csv") -> Reading:
    """The rows read as a file of the kind."""
    return read(kind, csv_bytes(rows), filename=name)


def summary(**cells: str) -> list[str]:
    """A last row of the payments file with some figures and the given cells."""
    header = payments_2014()[0]
    row = [""] * len(header)
    for label, cell in {"Global Sum": "3000.50", **cells}.items():
        row[header.index(label)] = cell
    return row


@pytest.mark.parametrize("label", LISTS)
@pytest.mark.parametrize("cell", ["-1", "(0.5)", "-£3"])
def test_a_list_size_below_nought_refuses_its_row(label: str, cell: str) -> None:
    rows = payments_2014()
    rows[1][rows[0].index(label)] = cell
    reading = of(Kind.PAYMENTS, rows)
    (problem,) = reading.refused
    assert (problem.row, problem.column, problem.value) == (2, label, cell)
    assert problem.message.startswith("Patients cannot be fewer than 0. Correct it")
    assert reading.practices == {"E83003"}


@pytest.mark.parametrize("label", ["Global Sum", "Average payments per registered patient"])
def test_money_and_averages_may_be_below_nought(label: str) -> None:
    rows = payments_2014()
    rows[1][rows[0].index(label)] = "-5"
    assert of(Kind.PAYMENTS, rows).refused == ()


@pytest.mark.parametrize(
    ("rows", "column"), [(WIDE, "TOTAL_ALL"), (WIDE, "TOTAL_MALE"), (LONG, "NUMBER_OF_PATIENTS")]
)
def test_a_count_below_nought_refuses_its_row(rows: list[list[str]], column: str) -> None:
    bad = [list(row) for row in rows]
    bad[1][bad[0].index(column)] = "-7"
    reading = of(Kind.LISTS, bad)
    (problem,) = reading.refused
    assert (problem.row, problem.column, problem.value) == (2, column, "-7")
    assert "0 or more. Correct it" in problem.message
    assert reading.lists == ()


@pytest.mark.parametrize(
    "row",
    [
        summary(),
        summary(**{"Practice Code": "Total"}),
        summary(**{"Practice Code": " GRAND  TOTAL: ", "CCG Code": "ENG"}),
        summary(**{"Practice Name": "England"}),
        summary(**{"CCG Code": "National"}),
        ["Total", "3000.50"],
        ["", "", "", "", "England"],
    ],
)
def test_a_total_at_the_end_is_left_out_and_told(row: list[str]) -> None:
    plain = of(Kind.PAYMENTS, payments_2014())
    reading = of(Kind.PAYMENTS, [*payments_2014(), row])
    (remark,) = reading.remarks
    assert (remark.row, remark.column) == (4, "Practice Code")
    assert "left out" in remark.message
    assert (reading.rows, reading.refused) == (2, ())
    assert (reading.payments, reading.lists, reading.sightings) == (
        plain.payments,
        plain.lists,
        plain.sightings,
    )


@pytest.mark.parametrize(
    "row",
    [
        summary(**{"Practice Code": "NOT A CODE"}),
        summary(**{"Practice Name": "Brook Surgery"}),
        summary(**{"CCG Code": "01C"}),
        ["Q44", "Northwick"],
    ],
)
def test_a_row_at_the_end_that_may_be_a_practice_is_refused(row: list[str]) -> None:
    reading = of(Kind.PAYMENTS, [*payments_2014(), row])
    assert ([problem.row for problem in reading.refused], reading.remarks) == ([4], ())


def test_a_total_above_a_practice_is_refused() -> None:
    header, first, second = payments_2014()
    total = summary(**{"Practice Code": "Total"})
    reading = of(Kind.PAYMENTS, [header, first, total, second, total, total])
    assert [problem.row for problem in reading.refused] == [3]
    assert [remark.row for remark in reading.remarks] == [5, 6]
    assert [problem.row for problem in of(Kind.PAYMENTS, [header, total]).refused] == [2]


@pytest.mark.parametrize(
    ("kind", "rows", "row"),
    [
        (Kind.LISTS, WIDE, ["England", "", "100", "40"]),
        (Kind.LISTS, LONG, ["", "", "ALL", "ALL", "9"]),
        (Kind.PRACTICES, [ods_row("A81001", setting="4")], ods_row("TOTAL", "", opened="")),
        (Kind.PRACTICES, MAP, ["Total", "", ""]),
        (Kind.MAP, MAP, ["", "National", ""]),
    ],
)
def test_a_total_under_lists_and_practices_is_left_out(
    kind: Kind, rows: list[list[str]], row: list[str]
) -> None:
    reading = of(kind, [*rows, row])
    assert [remark.row for remark in reading.remarks] == [len(rows) + 1]
    assert (reading.refused, reading.practices) == ((), {"A81001"})
    assert "TOTAL" not in {sighting.code for sighting in reading.sightings}


@pytest.mark.parametrize(
    ("kind", "header"),
    [
        (Kind.PAYMENTS, payments_2014()[0]),
        (Kind.LISTS, WIDE[0]),
        (Kind.LISTS, LONG[0]),
        (Kind.PRACTICES, ["Organisation Code", "Name", "Open Date", "Close Date"]),
        (Kind.PRACTICES, MAP[0]),
        (Kind.COMMISSIONERS, ["Organisation Code", "Name", "Open Date", "Close Date"]),
        (Kind.COMMISSIONERS, ["ICB24CDH", "ICB24NM"]),
        (Kind.MAP, ["CCG Code", "ICB Code"]),
        (Kind.ORGANISATIONS, ["code", "kind", "name"]),
    ],
)
@pytest.mark.parametrize("name", ["file-2014-15-2014-04.csv", "file.csv"])
def test_a_header_without_rows_is_refused(kind: Kind, header: list[str], name: str) -> None:
    with pytest.raises(UnknownLayout, match=r"^The file has a header but no rows\. ") as caught:
        of(kind, [header, [], [""]], name)
    assert caught.value.found == tuple(label.strip() for label in header)
    assert (caught.value.kind, caught.value.missing) == (kind, ())


CODES = ["Clinical Commissioning Group Code", "Commissioning Group Code", "Sub-ICB Location ODS Code"]
NAMES = ["Clinical Commissioning Group Name", "Commissioning Group Name", "Sub Integrated Care Board Name"]
PRACTICES = ["General Practice Code", "GP Practice Code", "Organisation Code", "ODS Code"]


@pytest.mark.parametrize(("code", "name"), list(zip(CODES, NAMES, strict=True)))
@pytest.mark.parametrize("practice", PRACTICES)
def test_other_words_for_the_same_columns(practice: str, code: str, name: str) -> None:
    others = {"CCG Code": code, "CCG NAME": name, PRACTICE[0]: practice, PRACTICE[1]: "General Practice Name"}
    header, *rows = payments_2014()
    reading = of(Kind.PAYMENTS, [[others.get(label, label) for label in header], *rows])
    plain = of(Kind.PAYMENTS, payments_2014())
    assert (reading.sightings, reading.payments) == (plain.sightings, plain.payments)
    lists = of(Kind.LISTS, [[practice, code, name, "TOTAL_ALL"], ["A81001", "00K", "NHS DURHAM", "5"]])
    assert (value(lists, "A81001", "commissioner"), value(lists, "00K", "name")) == ("00K", "NHS DURHAM")
    for kind in (Kind.MAP, Kind.PRACTICES):
        mapped = of(kind, [[practice, code, name], ["A81001", "00K", "NHS DURHAM"]])
        assert value(mapped, "A81001", "commissioner") == "00K"


def test_boards_in_full_words() -> None:
    rows = [["Integrated Care Board Code", "Integrated Care Board Name"], ["QHM", "NHS NORTHLAND ICB"]]
    assert value(of(Kind.COMMISSIONERS, rows, "boards.csv"), "QHM", "name") == "NHS NORTHLAND ICB"
    followed = [["Clinical Commissioning Group Code", "Integrated Care Board ODS Code"], ["00K", "QHM"]]
    assert value(of(Kind.MAP, followed, "map.csv"), "00K", "icb") == "QHM"


def test_an_ods_file_may_name_its_commissioner_otherwise() -> None:
    header = ["ODS Code", "Organisation Name", "Open Date", "Close Date", "Sub ICB Location ODS Code"]
    reading = of(Kind.PRACTICES, [header, ["A81001", "BROOK", "01/04/1974", "", "16C"]])
    assert reading.layout == "practices/ods"
    assert value(reading, "A81001", "commissioner") == "16C"
