"""Maps, lists of boards and geography by year."""

from __future__ import annotations

from datetime import date

import pytest

from remit.engines.layouts import Claim, Kind, Reading, SuccessionRow, UnknownLayout, read
from tests.engines.layouts.written_files import claims, csv_bytes, one, payments_2014, value

JULY = date(2022, 7, 1)


def mapped(
    rows: list[list[str]], name: str = "map.csv", kind: Kind = Kind.MAP, as_of: date | None = None
) -> Reading:
    """The rows read as a map."""
    return read(kind, csv_bytes(rows), filename=name, as_of=as_of)


def test_ccgs_and_the_boards_that_followed() -> None:
    rows = [["CCG Code", "ICB Code", "ICB NAME"], ["00C", "QHM", "NHS Northland ICB"], ["16C", "QHM", ""]]
    reading = mapped(rows)
    assert (reading.layout, reading.as_of, reading.rows) == ("map/ccg-to-icb", JULY, 2)
    assert one(reading, "00C", "icb") == Claim("icb", "QHM", JULY, None, True)
    assert one(reading, "QHM", "kind") == Claim("kind", "icb", JULY, None, True)
    assert one(reading, "QHM", "name").first == JULY
    assert reading.successions == (SuccessionRow("00C", "QHM", JULY, 2), SuccessionRow("16C", "QHM", JULY, 3))
    assert reading.commissioners == {"00C", "16C"}


def test_a_map_may_name_the_ccgs_and_its_day() -> None:
    rows = [["CCG Code", "CCG Name", "ICB Code"], ["00C", "NHS DARLINGTON CCG", "QHM"]]
    reading = mapped(rows, "map-2023-05.csv")
    assert reading.as_of == date(2023, 5, 1)
    assert one(reading, "00C", "name") == Claim("name", "NHS DARLINGTON CCG", None, None, False)
    assert claims(reading, "QHM", "name") == []


def test_a_row_without_a_ccg_is_left_out_and_told() -> None:
    rows = [
        ["CCG Code", "ICB Code"],
        ["n/a not a client at present", "QHM"],
        ["00C", ""],
        ["00D", "QHM"],
        ["00D", "QOP"],
    ]
    reading = mapped(rows)
    assert [(remark.row, remark.column) for remark in reading.remarks] == [(2, "CCG Code")]
    assert [(p.row, p.column) for p in reading.refused] == [(3, "ICB Code"), (5, "CCG Code")]


STP = [
    [
        "FID",
        "CCG21CD",
        "CCG21CDH",
        "CCG21NM",
        "STP21CD",
        "STP21CDH",
        "STP21NM",
        "NHSER21CD",
        "NHSER21CDH",
        "NHSER21NM",
    ],
    ["1", "E38000236", "18C", "NHS H CCG", "E54000019", "QGH", "Hereford", "E40000008", "Y60", "Midlands"],
]


@pytest.mark.parametrize("kind", [Kind.MAP, Kind.COMMISSIONERS])
def test_partnerships_and_regions(kind: Kind) -> None:
    reading = mapped(STP, kind=kind)
    assert (reading.layout, reading.kind, reading.as_of) == ("map/ccg-stp-region", kind, date(2021, 4, 1))
    days = (date(2021, 4, 1), date(2022, 3, 31))
    assert one(reading, "18C", "stp") == Claim("stp", "QGH", *days, False)
    assert one(reading, "18C", "region") == Claim("region", "Y60", *days, False)
    assert one(reading, "18C", "ons_code").value == "E38000236"
    assert value(reading, "18C", "kind") == "commissioner"
    assert value(reading, "QGH", "region") == "Y60"
    assert value(reading, "QGH", "ons_code") == "E54000019"
    assert value(reading, "Y60", "name") == "Midlands"


def test_a_partnership_map_needs_a_day() -> None:
    rows = [["CCG Code", "STP Code"], ["18C", "QGH"]]
    with pytest.raises(UnknownLayout, match="--as-of 2022-01-01"):
        mapped(rows)
    later = mapped(rows, as_of=date(2023, 1, 1))
    assert value(later, "18C", "kind") == "sub_icb_location"
    assert value(later, "18C", "icb") == "QGH"


PRACTICES = [
    [
        "PUBLICATION",
        "EXTRACT_DATE",
        "PRACTICE_CODE",
        "PRACTICE_NAME",
        "PRACTICE_POSTCODE",
        "PCN_CODE",
        "PCN_NAME",
        *("CCG_CODE", "CCG_NAME", "STP_CODE", "STP_NAME", "COMM_REGION_CODE", "COMM_REGION_NAME"),
    ],
    [
        *("X", "01Jan2022", "A81001", "THE SURGERY", "TS18 1HU", "U89141", "STOCKTON PCN"),
        *("16C", "NHS T CCG", "QHM", "Cumbria", "Y63", "North"),
    ],
    ["X", "01Jan2022", "A81002", "", "", "U", "Unallocated", "", "", "", "", "", ""],
]


@pytest.mark.parametrize("kind", [Kind.MAP, Kind.PRACTICES])
def test_practices_networks_and_commissioners(kind: Kind) -> None:
    reading = mapped(PRACTICES, kind=kind)
    assert (reading.layout, reading.kind, reading.as_of) == (
        "map/practice-commissioner",
        kind,
        date(2022, 1, 1),
    )
    days = (date(2022, 1, 1), date(2022, 1, 31))
    assert one(reading, "A81001", "commissioner") == Claim("commissioner", "16C", *days, False)
    assert one(reading, "A81001", "pcn") == Claim("pcn", "U89141", *days, False)
    assert value(reading, "A81001", "postcode") == "TS18 1HU"
    assert value(reading, "U89141", "name") == "STOCKTON PCN"
    assert value(reading, "16C", "stp") == "QHM"
    assert value(reading, "16C", "name") == "NHS T CCG"
    assert [c.about for s in reading.sightings if s.code == "A81002" for c in s.claims] == ["kind"]
    assert reading.practices == {"A81001", "A81002"}
    assert reading.remarks == reading.refused == ()


QOF = [
    [
        "PRACTICE_CODE",
        "PRACTICE_NAME",
        "CCG_CODE",
        "STP_CODE",
        "SUBREGION_CODE",
        "REGION_CODE",
        "REVISED_MAXIMUM_POINTS",
    ],
    ["B82007", "TOWNHEAD", "02N", "E54000005", "Q72", "Y54", "559"],
]


def test_qof_describes_the_first_day_after_its_year() -> None:
    reading = mapped(QOF, "ORGANISATION_REFERENCE_1617.csv", Kind.PRACTICES)
    assert reading.as_of == date(2017, 4, 1)
    assert one(reading, "B82007", "commissioner") == Claim(
        "commissioner", "02N", date(2017, 4, 1), date(2018, 3, 31), False
    )
    assert value(reading, "02N", "local_office") == "Q72"
    assert value(reading, "02N", "stp") == "E54000005"


def test_a_practice_map_needs_a_day() -> None:
    with pytest.raises(UnknownLayout, match="which day"):
        mapped(QOF)


def test_rows_of_practices_may_be_refused() -> None:
    rows = [*QOF, QOF[1], ["B8", *QOF[1][1:]], ["B82008", "X", "0 2 N", "", "", "", ""]]
    problems = mapped(rows, "x_1617.csv").refused
    assert [(p.row, p.column) for p in problems] == [
        (3, "PRACTICE_CODE"),
        (4, "PRACTICE_CODE"),
        (5, "CCG_CODE"),
    ]


def test_boards() -> None:
    rows = [
        ["ICB24CD", "ICB24CDH", "ICB24NM", "ObjectId"],
        ["E54000008", "QYG", "NHS Westland Integrated Care Board", "1"],
        ["E54000009", "QYH", "", "2"],
    ]
    reading = mapped(rows, kind=Kind.COMMISSIONERS)
    assert (reading.layout, reading.as_of) == ("commissioners/icb", date(2024, 4, 1))
    assert one(reading, "QYG", "kind") == Claim("kind", "icb", JULY, None, True)
    assert one(reading, "QYG", "name").first == JULY
    assert value(reading, "QYG", "ons_code") == "E54000008"
    assert reading.commissioners == {"QYG", "QYH"}
    rows += [["", "", "X", "3"], rows[1]]
    assert [p.row for p in mapped(rows, kind=Kind.COMMISSIONERS).refused] == [4, 5]


def test_boards_after_the_first_mergers_are_not_firm() -> None:
    rows = [["ICB Code", "ICB Name"], ["QZZ", "NHS Merged Integrated Care Board"]]
    reading = mapped(rows, "icb-2026-04.csv", Kind.COMMISSIONERS)
    assert one(reading, "QZZ", "kind") == Claim("kind", "icb", date(2026, 4, 1), None, False)
    assert mapped(rows, kind=Kind.COMMISSIONERS).as_of == JULY


GEOGRAPHY = [
    [
        "year",
        "ccg",
        "ccg_ons",
        "ccg_name",
        "region_code",
        "region_name",
        "local_office_code",
        "local_office_name",
        "area_team_code",
        "area_team_name",
        "stp_code",
        "stp_name",
    ],
    [
        "1415",
        "02Y",
        "E38000052",
        "NHS EAST CCG",
        "Y54",
        "NORTH",
        "Q72",
        "YORKSHIRE",
        "Q50",
        "NORTH YORKSHIRE AT",
        "",
        "",
    ],
    [
        "1617",
        "02Y",
        "E38000052",
        "NHS EAST CCG",
        "Y54",
        "THE NORTH",
        "Q72",
        "YORKSHIRE",
        "",
        "",
        "E54000005",
        "WEST STP",
    ],
    ["2019-20", "02Y", "", "NHS EAST CCG", "", "", "", "", "", "", "", ""],
]


@pytest.mark.parametrize("kind", [Kind.MAP, Kind.COMMISSIONERS])
def test_geography_is_that_of_the_day_after_the_year(kind: Kind) -> None:
    reading = mapped(GEOGRAPHY, kind=kind)
    assert (reading.layout, reading.as_of) == ("commissioners/geography-by-year", date(2020, 4, 1))
    offices = claims(reading, "02Y", "local_office")
    assert offices == [
        Claim("local_office", "Q72", date(2015, 4, 1), date(2016, 3, 31), True),
        Claim("local_office", "Q50", date(2014, 4, 1), date(2015, 3, 31), True),
        Claim("local_office", "Q72", date(2017, 4, 1), date(2018, 3, 31), True),
    ]
    regions = [(c.first, c.firm) for c in claims(reading, "02Y", "region")]
    assert regions == [(date(2015, 4, 1), True), (date(2014, 4, 1), False), (date(2017, 4, 1), True)]
    assert [c.value for c in claims(reading, "Y54", "name")] == ["NORTH", "NORTH", "THE NORTH"]
    assert value(reading, "Q50", "region") == "Y54"
    assert value(reading, "Q50", "name") == "NORTH YORKSHIRE AT"
    assert value(reading, "E54000005", "name") == "WEST STP"
    assert claims(reading, "02Y", "name")[-1] == Claim(
        "name", "NHS EAST CCG", date(2020, 4, 1), date(2021, 3, 31), True
    )
    assert reading.remarks == ()


def test_an_area_team_after_their_end_is_not_claimed() -> None:
    rows = [list(row) for row in GEOGRAPHY[:2]]
    rows[1][0] = "1516"
    assert [c.value for c in claims(mapped(rows), "02Y", "local_office")] == ["Q72"]


def test_an_area_team_that_is_none_is_not_claimed() -> None:
    rows = [list(row) for row in GEOGRAPHY[:2]]
    rows[1][8] = "ZZZ"
    assert [c.value for c in claims(mapped(rows), "02Y", "local_office")] == ["Q72"]


def test_geography_rows_may_be_refused() -> None:
    rows = [*GEOGRAPHY, GEOGRAPHY[1], ["1417", *GEOGRAPHY[1][1:]], ["1415", "", *GEOGRAPHY[1][2:]]]
    reading = mapped(rows, as_of=date(2020, 1, 1))
    assert [(p.row, p.column) for p in reading.refused] == [(5, "ccg"), (6, "year"), (7, "ccg")]
    assert reading.as_of == date(2020, 1, 1)


def test_geography_whose_rows_are_all_refused_has_a_day() -> None:
    reading = mapped([GEOGRAPHY[0], ["1415", "", *GEOGRAPHY[1][2:]]])
    assert ([p.row for p in reading.refused], reading.as_of) == ([2], date(2015, 4, 1))


@pytest.mark.parametrize("kind", [Kind.MAP, Kind.PRACTICES, Kind.COMMISSIONERS])
def test_payments_and_lists_are_not_maps(kind: Kind) -> None:
    with pytest.raises(UnknownLayout, match="import the file as “payments”"):
        mapped(payments_2014(), kind=kind)
    with pytest.raises(UnknownLayout, match="import the file as “lists”"):
        mapped([["Practice Code", "CCG Code", "MALE_0-4"], ["A81001", "00K", "1"]], kind=kind)
    with pytest.raises(UnknownLayout, match="import the file as “lists”"):
        mapped([["Practice Code", "CCG Code", "NUMBER_OF_PATIENTS"], ["A81001", "00K", "1"]], kind=kind)


def test_unknown_maps_list_what_is_missing() -> None:
    with pytest.raises(UnknownLayout) as caught:
        mapped([["CCG Code", "Something"], ["00C", "x"]])
    assert caught.value.missing == ("ICB Code",)
    with pytest.raises(UnknownLayout) as caught:
        mapped([["ICB Code", "ICB Name"], ["QHM", "x"]])
    assert caught.value.missing == ("CCG Code",)
    with pytest.raises(UnknownLayout) as caught:
        mapped([["Something"], ["x"]], kind=Kind.COMMISSIONERS)
    assert caught.value.missing == ("Organisation Code", "Name", "Open Date", "Close Date")
    with pytest.raises(UnknownLayout) as caught:
        mapped([["CCG Code", "ICB Code"], ["00C", "QHM"]], kind=Kind.COMMISSIONERS)
    assert "Open Date" in caught.value.missing
    with pytest.raises(UnknownLayout) as caught:
        mapped([["CCG Code", "ICB Code"], ["00C", "QHM"]], kind=Kind.PRACTICES)
    assert "Open Date" in caught.value.missing


def test_a_map_of_a_later_day_is_firm_from_that_day_and_carried_back() -> None:
    """Boards merge: a map of April 2026 does not say where a location was in 2022."""
    rows = [["CCG Code", "ICB Code", "ICB NAME"], ["16C", "QZ1", "NHS Merged ICB"]]
    reading = mapped(rows, name="ccg-to-icb-2026-04.csv")
    assert claims(reading, "16C", "icb") == [
        Claim("icb", "QZ1", date(2026, 4, 1), None, True),
        Claim("icb", "QZ1", date(2022, 7, 1), date(2026, 3, 31), False),
    ]
    assert reading.successions == ()
