"""ODS files: practices and commissioners, without a header or with one."""

from __future__ import annotations

from datetime import date

import pytest

from remit.engines.layouts import Claim, Kind, Reading, UnknownLayout, read
from remit.engines.layouts.commissioners import commissioner_kind
from remit.engines.layouts.meanings import ODS_LABELS
from tests.engines.layouts.written_files import claims, csv_bytes, kind_on, ods_row, one, value


def practices(*rows: list[str], name: str = "epraccur-2021-11.csv") -> Reading:
    """The rows read as epraccur."""
    return read(Kind.PRACTICES, csv_bytes(rows), filename=name)


def commissioners(*rows: list[str], name: str = "eccg-2025.csv", as_of: date | None = None) -> Reading:
    """The rows read as eccg."""
    return read(Kind.COMMISSIONERS, csv_bytes(rows), filename=name, as_of=as_of)


OPEN = ods_row(
    "A81001",
    region="Y63",
    geography="QHM",
    address1="HEALTH CENTRE",
    address2="TOWN",
    postcode="TS18 1HU",
    status="A",
    commissioner="16C",
    joined="20200401",
    phone="01642  672351",
    setting="4",
)


def test_a_practice_and_its_dates() -> None:
    reading = practices(OPEN)
    assert (reading.layout, reading.as_of, reading.rows) == ("practices/ods", date(2021, 11, 1), 1)
    assert reading.practices == {"A81001"}
    assert reading.commissioners == {"16C"}
    assert reading.refused == reading.remarks == ()
    assert claims(reading, "A81001", "kind") == [
        Claim("kind", "closed", None, date(1974, 3, 31), True),
        Claim("kind", "practice", date(1974, 4, 1), None, True),
    ]
    joined = date(2020, 4, 1)
    assert one(reading, "A81001", "commissioner") == Claim("commissioner", "16C", joined, None, True)
    assert one(reading, "A81001", "name") == Claim("name", "THE SURGERY", None, None, False)
    assert value(reading, "A81001", "address") == "HEALTH CENTRE, TOWN"
    assert value(reading, "A81001", "postcode") == "TS18 1HU"
    assert value(reading, "A81001", "phone") == "01642 672351"
    assert value(reading, "A81001", "status") == "active"
    assert one(reading, "A81001", "region") == Claim("region", "Y63", date(2019, 4, 1), None, False)
    assert one(reading, "A81001", "stp").value == "QHM"
    assert value(reading, "16C", "kind") == "commissioner"


def test_a_closed_practice() -> None:
    row = ods_row("A81003", closed="20171031", status="C", commissioner="00K", joined="20130401", setting="4")
    reading = practices(row)
    assert kind_on(reading, "A81003", date(2017, 10, 31)) == ["practice"]
    assert kind_on(reading, "A81003", date(2017, 11, 1)) == ["closed"]
    assert one(reading, "A81003", "commissioner").last == date(2017, 10, 31)
    assert value(reading, "A81003", "status") == "closed"


def test_a_left_date_ends_the_membership_before_the_close() -> None:
    row = ods_row(
        "A81003", closed="20171031", commissioner="00K", joined="20130401", left="20170331", setting="4"
    )
    assert one(practices(row), "A81003", "commissioner").last == date(2017, 3, 31)


def test_a_dormant_practice_is_still_a_practice() -> None:
    reading = practices(ods_row("A82048", status="D", setting="4"))
    assert kind_on(reading, "A82048", date(2021, 1, 1)) == ["practice"]
    assert value(reading, "A82048", "status") == "dormant"
    assert claims(reading, "A82048", "commissioner") == []


def test_other_settings_are_prescribing_centres() -> None:
    reading = practices(OPEN, ods_row("Y00001", setting="9"), ods_row("ALD200", setting="0"))
    assert reading.practices == {"A81001"}
    assert kind_on(reading, "Y00001", date(2020, 1, 1)) == ["prescribing_centre"]
    assert kind_on(reading, "ALD200", date(2020, 1, 1)) == ["prescribing_centre"]


def test_wales_is_told_apart() -> None:
    reading = practices(ods_row("W00001", region="W00", geography="Q99", commissioner="7A3", setting="4"))
    assert value(reading, "W00001", "country") == "Wales"
    assert value(reading, "W00001", "commissioner") == "7A3"
    assert claims(reading, "W00001", "region") == claims(reading, "7A3", "kind") == []


def test_missing_open_and_join_dates_are_not_firm() -> None:
    reading = practices(OPEN, ods_row("A81002", opened="", commissioner="16C", setting="4"))
    assert claims(reading, "A81002", "kind") == [Claim("kind", "practice", None, None, False)]
    assert one(reading, "A81002", "commissioner") == Claim("commissioner", "16C", None, None, False)


def test_a_header_changes_nothing() -> None:
    header = list(ODS_LABELS)
    assert practices(header, OPEN).sightings[1].claims == practices(OPEN).sightings[1].claims
    shuffled = practices(header[::-1], OPEN[::-1])
    assert shuffled.sightings[1].claims == practices(OPEN).sightings[1].claims


def test_a_few_columns_with_a_header_are_enough() -> None:
    header = ["Organisation Code", "Name", "Open Date", "Close Date", "Commissioner", "Prescribing Setting"]
    reading = practices(header, ["A81001", "X", "1974-04-01", "", "16C", "4"])
    assert reading.practices == {"A81001"}
    assert claims(reading, "A81001", "postcode") == claims(reading, "A81001", "address") == []


def test_trailing_columns_may_be_missing_without_a_header() -> None:
    assert practices(OPEN[:26]).practices == {"A81001"}


@pytest.mark.parametrize(
    ("cells", "column", "says"),
    [
        ({"opened": "20140230"}, "Open Date", "no such day"),
        ({"closed": "19700101"}, "Close Date", "before it opens"),
        ({"commissioner": "1 6 C"}, "Commissioner", "not an organisation code"),
        ({"joined": "20200401", "left": "20190401"}, "Left Provider/Purchaser Date", "before it joins"),
    ],
)
def test_a_bad_cell_refuses_its_row(cells: dict[str, str], column: str, says: str) -> None:
    reading = practices(OPEN, ods_row("A81002", **cells))
    (problem,) = reading.refused
    assert (problem.row, problem.column) == (2, column)
    assert says in problem.message
    assert {s.code for s in reading.sightings} == {"A81001", "16C"}


def test_a_code_twice_or_none_is_refused() -> None:
    reading = practices(OPEN, OPEN, ods_row(""))
    assert [(p.row, p.value) for p in reading.refused] == [(2, "A81001"), (3, "")]


def test_commissioners_are_not_practices() -> None:
    with pytest.raises(UnknownLayout, match="import it as “commissioners”"):
        practices(ods_row("00C"), ods_row("00D"))


def test_an_unknown_practices_layout_lists_what_is_missing() -> None:
    with pytest.raises(UnknownLayout) as caught:
        practices(["Organisation Code", "Name", "Opened On"], ["A81001", "X", "1974-04-01"])
    assert caught.value.missing == ("Open Date", "Close Date")


def test_twelve_cells_that_are_no_dates_are_no_ods_file() -> None:
    with pytest.raises(UnknownLayout):
        practices(["A81001", *["x"] * 26])
    with pytest.raises(UnknownLayout):
        practices(["A81001", *[""] * 26])
    with pytest.raises(UnknownLayout):
        practices(["!", *OPEN[1:]])


def test_the_day_is_the_latest_in_the_file_when_nobody_says() -> None:
    late = ods_row("A81002", opened="20180301", joined="20180401", setting="4")
    header = [*ODS_LABELS]
    reading = practices(header, late, ods_row("A81003", opened="rubbish"), name="epraccur.csv")
    assert reading.as_of == date(2018, 4, 1)
    (remark,) = reading.remarks
    assert remark.value == "01/04/2018"
    assert "--as-of" in remark.message


def test_no_day_at_all_is_refused() -> None:
    header = ["Organisation Code", "Name", "Open Date", "Close Date"]
    with pytest.raises(UnknownLayout, match="--as-of 2021-11-01"):
        practices(header, ["A81001", "X", "", ""], name="epraccur.csv")


def test_a_day_told_wins() -> None:
    reading = read(Kind.PRACTICES, csv_bytes([OPEN]), filename="epraccur-2018-06.csv", as_of=date(2020, 2, 2))
    assert reading.as_of == date(2020, 2, 2)


CLOSED = ods_row(
    "00C", "NHS DARLINGTON CCG", region="Y63", geography="QHM", opened="20130401", closed="20200331"
)
NOW = ods_row(
    "00L",
    "NHS NORTHLAND ICB - 00L",
    region="Y63",
    geography="QHM",
    opened="20130401",
    sub_type="RO319|RO326",
    address1="HALL",
    postcode="NE61 6BL",
)
HUB = ods_row("13Q", "NATIONAL COMMISSIONING HUB 1", opened="20130401", sub_type="RO218")
ENTITY = ods_row(
    "A4R1E", "NEWHAM - SUB-ICB REPORTING ENTITY", opened="20240401", sub_type="RO327", geography="QMF"
)


def test_a_ccg_that_closed() -> None:
    reading = commissioners(CLOSED)
    assert (reading.layout, reading.as_of) == ("commissioners/ods", date(2025, 1, 1))
    assert claims(reading, "00C", "kind") == [
        Claim("kind", "closed", None, date(2013, 3, 31), True),
        Claim("kind", "ccg", date(2013, 4, 1), date(2020, 3, 31), True),
        Claim("kind", "closed", date(2020, 4, 1), None, True),
    ]
    assert one(reading, "00C", "name") == Claim(
        "name", "NHS DARLINGTON CCG", date(2013, 4, 1), date(2020, 3, 31), False
    )
    assert one(reading, "00C", "region") == Claim("region", "Y63", date(2019, 4, 1), date(2020, 3, 31), False)
    assert claims(reading, "00C", "stp") == [], "a file of 2025 does not know in which partnership it was"


def test_a_ccg_that_became_a_sub_icb_location() -> None:
    reading = commissioners(NOW)
    last, first = date(2022, 6, 30), date(2022, 7, 1)
    assert kind_on(reading, "00L", last) == ["ccg"]
    assert kind_on(reading, "00L", first) == ["sub_icb_location"]
    assert one(reading, "00L", "name") == Claim("name", "NHS NORTHLAND ICB - 00L", first, None, False)
    assert one(reading, "00L", "icb") == Claim("icb", "QHM", first, None, False)
    assert value(reading, "00L", "postcode") == "NE61 6BL"
    assert reading.commissioners == {"00L"}


def test_the_end_of_ccgs_is_a_parameter() -> None:
    end = date(2022, 3, 31)
    data = csv_bytes([NOW])
    reading = read(Kind.COMMISSIONERS, data, filename="eccg-2025.csv", ccgs_end=end)
    assert kind_on(reading, "00L", date(2022, 4, 1)) == ["sub_icb_location"]


def test_a_file_from_before_the_end_does_not_know_what_came_after() -> None:
    reading = commissioners(NOW, as_of=date(2018, 6, 1))
    assert kind_on(reading, "00L", date(2022, 7, 1)) == []
    assert kind_on(reading, "00L", date(2022, 6, 30)) == ["ccg"]


def test_a_name_of_a_board_on_a_ccg_that_closed_before_is_not_claimed() -> None:
    row = ods_row("00X", "NHS NORTHLAND ICB - 00X", opened="20130401", closed="20210331")
    assert claims(commissioners(row), "00X", "name") == []
    assert claims(commissioners(ods_row("00X", "", opened="20130401")), "00X", "name") == []


def test_hubs_and_reporting_entities_are_not_ccgs() -> None:
    reading = commissioners(HUB, ENTITY)
    assert kind_on(reading, "13Q", date(2015, 1, 1)) == ["commissioning_hub"]
    assert kind_on(reading, "A4R1E", date(2024, 4, 1)) == ["sub_icb_reporting_entity"]
    assert one(reading, "A4R1E", "icb").value == "QMF"
    assert reading.commissioners == {"13Q", "A4R1E"}


@pytest.mark.parametrize(
    ("roles", "name", "kind"),
    [
        *[("RO218", "X", "commissioning_hub"), ("H", "X", "commissioning_hub"), ("C", "NHS X CCG", "ccg")],
        *[("", "WESSEX COMMISSIONING HUB", "commissioning_hub"), ("", "NHS X CCG", "ccg")],
        *[("RO319, RO326", "NHS X", "ccg"), ("RO327", "X", "sub_icb_reporting_entity")],
        ("", "X - SUB-ICB REPORTING ENTITY", "sub_icb_reporting_entity"),
    ],
)
def test_kinds_of_commissioner(roles: str, name: str, kind: str) -> None:
    assert commissioner_kind(roles, name) == kind


def test_a_commissioner_opened_after_the_ccgs_is_none() -> None:
    row = ods_row("99Z", "NHS NEWLAND ICB - 99Z", opened="20230401", sub_type="RO319")
    reading = commissioners(row)
    assert kind_on(reading, "99Z", date(2023, 4, 1)) == ["sub_icb_location"]


def test_practices_are_not_commissioners() -> None:
    with pytest.raises(UnknownLayout, match="import it as “practices”"):
        commissioners(OPEN)


def test_a_bad_commissioner_row_is_refused() -> None:
    reading = commissioners(CLOSED, ods_row("00D", opened="20139999"), CLOSED)
    assert [(p.row, p.column) for p in reading.refused] == [(2, "Open Date"), (3, "Organisation Code")]
