"""NHS Payments to General Practice: one row, wherever its columns stand and whatever the year calls them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from remit.engines.layouts import Claim, Kind, Reading, UnknownLayout, read, read_rows
from remit.kernel.period import NhsYear
from tests.engines.layouts.written_files import (
    LISTS,
    PLACE,
    TOTALS,
    claims,
    csv_bytes,
    csv_text,
    kind_on,
    one,
    payments_2014,
    payments_2022,
    value,
)

FIRST, LAST = date(2014, 4, 1), date(2015, 3, 31)


def reading_of(rows: list[list[str]], name: str = "pay-2014-15.csv") -> Reading:
    """The rows read as a payments file."""
    return read(Kind.PAYMENTS, csv_bytes(rows), filename=name)


def changed(rows: list[list[str]], label: str, cell: str, row: int = 1) -> list[list[str]]:
    """The rows with one cell changed."""
    at = rows[0].index(label)
    rows[row][at] = cell
    return rows


def test_the_whole_of_a_file() -> None:
    reading = reading_of(payments_2014())
    assert (reading.layout, reading.title) == (
        "payments/2014-15",
        "NHS Payments to General Practice, England, 2014-15",
    )
    assert (reading.year, reading.as_of, reading.rows) == (NhsYear(2014), FIRST, 2)
    assert reading.practices == {"N81632", "E83003"}
    assert reading.commissioners == {"01C", "07M"}
    assert reading.refused == ()
    assert reading.remarks == ()


def test_every_payment_column_is_kept_in_the_files_order() -> None:
    reading = reading_of(payments_2014())
    assert [(c.line, c.kind) for c in reading.payment_columns] == [
        ("average_per_registered", "average"),
        ("average_per_weighted", "average"),
        ("global_sum", "payment"),
        ("qof", "payment"),
        ("appraisal_costs", "payment"),
        ("local_enhanced_services", "payment"),
        ("total", "total"),
        ("deductions", "deduction"),
        ("total_minus_deductions", "total"),
    ]
    assert reading.payment_columns[4].label == "Appraisal Costs"
    assert reading.payment_columns[2].position == 18
    amounts = [row.amounts for row in reading.payments]
    assert amounts[0][2:] == tuple(map(Decimal, ("1000", "200", "0", "100", "1300", "-300", "1000")))
    assert amounts[1][:6] == (None, None, Decimal("2000.50"), Decimal("-0.50"), None, None)


def test_a_year_files_facts_are_firm_for_its_days() -> None:
    reading = reading_of(payments_2014())
    assert one(reading, "N81632", "name") == Claim("name", "Brook Surgery", FIRST, LAST, True)
    assert value(reading, "N81632", "address") == "1 High Street Northwick"
    assert value(reading, "N81632", "postcode") == "SK11 6JL"
    assert value(reading, "N81632", "contract_type") == "PMS"
    assert value(reading, "N81632", "dispensing") == "no"
    assert one(reading, "N81632", "commissioner") == Claim("commissioner", "01C", FIRST, LAST, True)
    assert one(reading, "N81632", "kind") == Claim("kind", "practice", FIRST, LAST, False)


def test_an_area_team_is_the_local_office_of_its_years() -> None:
    reading = reading_of(payments_2014())
    assert one(reading, "01C", "local_office") == Claim("local_office", "Q44", FIRST, LAST, True)
    assert one(reading, "01C", "name") == Claim("name", "Eastvale", FIRST, LAST, True)
    assert value(reading, "01C", "kind") == "commissioner"
    assert value(reading, "Q44", "kind") == "area_team"
    assert value(reading, "Q71", "kind") == "area_team"
    later = reading_of(payments_2014(), "pay-2015-16.csv")
    assert value(later, "Q71", "kind") == "local_office"


def test_a_region_in_the_same_column_is_a_region() -> None:
    reading = reading_of(payments_2022(), "pay-2022-23.csv")
    assert value(reading, "Y63", "kind") == "region"
    assert value(reading, "16C", "region") == "Y63"


def test_a_code_that_is_no_place_makes_no_relation() -> None:
    reading = reading_of(changed(payments_2014(), PLACE[0], "ZZZ"))
    assert claims(reading, "01C", "local_office") == []
    assert claims(reading, "ZZZ", "kind") == []


def test_an_open_date_is_firm_and_limits_the_year() -> None:
    reading = reading_of(payments_2014())
    opened = date(2015, 1, 5)
    assert kind_on(reading, "E83003", date(2015, 1, 4)) == ["closed"]
    assert kind_on(reading, "E83003", opened) == ["practice"]
    assert one(reading, "E83003", "commissioner") == Claim("commissioner", "07M", opened, LAST, True)
    assert claims(reading, "E83003", "kind")[1] == Claim("kind", "practice", opened, LAST, True)


def test_a_close_date_is_firm_and_limits_the_year() -> None:
    reading = reading_of(changed(payments_2014(), "Practice Close Date", "30/09/2014"))
    assert one(reading, "N81632", "commissioner").last == date(2014, 9, 30)
    assert kind_on(reading, "N81632", date(2014, 9, 30)) == ["practice"]
    assert kind_on(reading, "N81632", date(2014, 10, 1)) == ["closed"]


def test_a_practice_closed_before_the_year_is_paid_but_not_claimed_for_it() -> None:
    closed = date(2014, 3, 31)
    reading = reading_of(changed(payments_2014(), "Practice Close Date", "31/03/2014"))
    assert one(reading, "N81632", "commissioner") == Claim("commissioner", "01C", None, closed, False)
    assert kind_on(reading, "N81632", FIRST) == ["closed"]
    assert reading.payments[0].practice == "N81632"


def test_a_practice_that_opens_after_the_year_is_not_claimed_for_it() -> None:
    reading = reading_of(changed(payments_2014(), "Practice Open Date", "01/05/2015"))
    assert one(reading, "N81632", "commissioner") == Claim(
        "commissioner", "01C", date(2015, 5, 1), None, False
    )
    assert kind_on(reading, "N81632", FIRST) == ["closed"]
    assert claims(reading, "N81632", "kind") == [Claim("kind", "closed", None, date(2015, 4, 30), True)]


def test_the_quarter_dates_the_list() -> None:
    first, second = reading_of(payments_2014()).lists
    assert (first.on, first.quarter, first.registered, first.weighted, first.bands) == (
        *(date(2014, 7, 1), "Q2", Decimal("5707"), Decimal("5113.5")),
        (),
    )
    assert (second.on, second.quarter, second.registered, second.weighted) == (
        *(date(2015, 1, 1), "Q4", Decimal("4597")),
        None,
    )


@pytest.mark.parametrize("cell", ["NO KNOWN PATIENTS", ""])
def test_without_a_quarter_the_list_is_of_the_last_day(cell: str) -> None:
    reading = reading_of(changed(payments_2014(), "Quarter used for patient data", cell))
    assert (reading.lists[0].on, reading.lists[0].quarter) == (LAST, "")


def test_a_quarter_may_be_written_out() -> None:
    reading = reading_of(changed(payments_2014(), "Quarter used for patient data", "Quarter 3"))
    assert reading.lists[0].on == date(2014, 10, 1)


def test_no_figures_no_list() -> None:
    rows = changed(changed(payments_2014(), LISTS[0], "-"), LISTS[1], "")
    assert [count.practice for count in reading_of(rows).lists] == ["E83003"]


def test_descriptions_of_the_practice() -> None:
    reading = reading_of(payments_2022(), "pay-2022-23.csv")
    assert value(reading, "A81001", "rurality") == "urban"
    assert value(reading, "A81001", "practice_type") == "GP practice"
    assert value(reading, "A81015", "practice_type") == "Walk in centre"
    assert value(reading, "A81015", "atypical") == "Part year of data; No registered patients"
    for about in ("rurality", "contract_type", "dispensing"):
        assert claims(reading, "A81015", about) == []


def test_an_odd_contract_is_left_out_and_told() -> None:
    reading = reading_of(changed(payments_2014(), "Contract Type", "XMS"))
    assert claims(reading, "N81632", "contract_type") == []
    (remark,) = reading.remarks
    assert (remark.row, remark.column, remark.value) == (2, "Contract Type", "XMS")


def test_an_odd_postcode_is_kept_and_told() -> None:
    reading = reading_of(changed(payments_2014(), "Practice Postcode", "NOWHERE"))
    assert value(reading, "N81632", "postcode") == "NOWHERE"
    assert [remark.column for remark in reading.remarks] == ["Practice Postcode"]


def test_no_commissioner_is_kept_and_told() -> None:
    reading = reading_of(changed(payments_2014(), "CCG Code", "-"))
    assert reading.payments[0].commissioner == ""
    assert claims(reading, "N81632", "commissioner") == []
    assert [(remark.row, remark.column) for remark in reading.remarks] == [(2, "CCG Code")]
    assert reading.commissioners == {"07M"}


@pytest.mark.parametrize(
    ("label", "cell", "says"),
    [
        ("Practice Code", "N8163", "not a practice code"),
        ("Practice Code", "", "not a practice code"),
        ("Practice Code", "E83003", None),
        ("CCG Code", "01 C!", "not an organisation code"),
        ("Practice Open Date", "31/02/2014", "no such day"),
        ("Practice Open Date", "soon", "not a date"),
        ("Global Sum", "lots", "not a number"),
        ("Global Sum", "1.2E+05", "Excel"),
        (LISTS[0], "many", "not a number"),
        ("Quarter used for patient data", "Q5", "not a quarter"),
    ],
)
def test_a_bad_cell_refuses_its_row_only(label: str, cell: str, says: str | None) -> None:
    reading = reading_of(changed(payments_2014(), label, cell))
    if says is None:
        assert [(p.row, p.value) for p in reading.refused] == [(3, "E83003")]
        assert "already on row 2" in reading.refused[0].message
        return
    (problem,) = reading.refused
    assert (problem.row, problem.column, problem.value) == (2, label, cell)
    assert says in problem.message
    assert reading.practices == {"E83003"}
    assert {s.code for s in reading.sightings} == {"E83003", "07M", "Q71"}
    assert len(reading.payments) == len(reading.lists) == 1
    assert reading.rows == 2


def test_closing_before_opening_is_refused() -> None:
    rows = changed(payments_2014(), "Practice Open Date", "01/05/2014")
    (problem,) = reading_of(changed(rows, "Practice Close Date", "30/04/2014")).refused
    assert (problem.column, problem.value) == ("Practice Close Date", "30/04/2014")
    assert "01/05/2014" in problem.message


def test_a_row_with_too_many_cells_is_refused() -> None:
    rows = payments_2014()
    rows[1].append("stray")
    (problem,) = reading_of(rows).refused
    assert problem.row == 2
    assert f"{len(rows[1])} cells and the header {len(rows[0])}" in problem.message


def test_a_row_that_breaks_off_is_refused() -> None:
    rows = payments_2014()
    rows[2] = rows[2][:-3]
    (problem,) = reading_of(rows).refused
    assert problem.row == 3
    assert "download the file again" in problem.message


def test_empty_cells_beyond_the_header_do_no_harm() -> None:
    rows = payments_2014()
    rows[1] += ["", " "]
    assert reading_of(rows) == reading_of(payments_2014())


def test_titles_and_blank_rows_keep_the_row_numbers() -> None:
    rows = payments_2014()
    reading = reading_of([["NHS Payments"], [], rows[0], [], rows[1], [""], rows[2], [], ["", ""]])
    assert [row.row for row in reading.payments] == [5, 7]
    assert reading.rows == 2


def test_names_that_disagree_are_told_once_and_the_first_is_kept() -> None:
    rows = payments_2014()
    for extra in ("E83004", "E83005"):
        rows.append([*rows[1][:3], "EASTVALE CCG", extra, *rows[1][5:]])
    reading = reading_of(rows)
    assert value(reading, "01C", "name") == "Eastvale"
    (remark,) = reading.remarks
    assert (remark.row, remark.value) == (4, "EASTVALE CCG")
    assert "“Eastvale” on row 2" in remark.message


def test_a_later_row_may_add_what_an_earlier_left_out() -> None:
    rows = payments_2014()
    rows.append([*rows[1][:4], "E83004", *rows[1][5:]])
    reading = reading_of(changed(rows, "CCG NAME", "-"))
    assert value(reading, "01C", "name") == "Eastvale"
    assert reading.remarks == ()


@pytest.mark.parametrize(
    ("label", "line"),
    [
        ("Doctors.Retainer.Scheme.Payments", "doctors_retainer_scheme"),
        ("DoctorsRetainerSchemePayments_£", "doctors_retainer_scheme"),
        ("Appraisal - Appraiser Costs in Respect of Locums", "appraisal_costs"),
        ("Appraisal_AppraiserCostsInRespectOfLocums_£", "appraisal_costs"),
        ("Other Payments1", "other_payments"),
        ("ExtendedHoursAccess_£", "extended_hours_access"),
        ("Minor Surgery ", "minor_surgery"),
    ],
)
def test_one_line_has_one_name_in_every_year(label: str, line: str) -> None:
    rows = payments_2014()
    rows[0][rows[0].index("Appraisal Costs ")] = label
    reading = reading_of(rows)
    (column,) = [c for c in reading.payment_columns if c.label == label.strip()]
    assert column.line == line
    assert [c.meaning for c in reading.columns if c.label == label.strip()] == [f"payment:{line}"]
    assert reading.remarks == ()


@pytest.mark.parametrize(
    ("label", "line", "kind"),
    [
        ("Social Prescribing Top-Up", "social_prescribing_top_up", "payment"),
        ("Total Something New", "total_something_new", "total"),
        ("Average payment per visit", "average_payment_per_visit", "average"),
        ("Other deductions", "other_deductions", "deduction"),
    ],
)
def test_a_new_line_is_kept_under_its_own_name(label: str, line: str, kind: str) -> None:
    rows = payments_2014()
    rows[0][rows[0].index("Global Sum")] = label
    reading = reading_of(rows)
    assert (line, kind) in [(c.line, c.kind) for c in reading.payment_columns]
    assert [remark.column for remark in reading.remarks] == [label]


@pytest.mark.parametrize(
    ("label", "cells", "says"),
    [
        ("Note", ("fine", "good"), "is not known"),
        ("Nothing", ("", "-"), "is empty"),
        ("Number of Branches", ("1", "2"), "is not known"),
        ("", ("1", "2"), "is not known"),
    ],
)
def test_other_columns_are_not_used_and_told(label: str, cells: tuple[str, str], says: str) -> None:
    rows = payments_2014()
    for row, cell in zip(rows, (label, *cells), strict=True):
        row.append(cell)
    reading = reading_of(rows)
    assert len(reading.payment_columns) == 9
    (remark,) = reading.remarks
    assert says in remark.message
    assert remark.column == (label or f"column {len(rows[0])}")


def test_a_line_printed_twice_keeps_both() -> None:
    rows = payments_2014()
    rows[0][rows[0].index("Total QOF Payments")] = "Global Sum"
    rows[0][rows[0].index("Appraisal Costs ")] = "Global.Sum"
    reading = reading_of(rows)
    assert [c.line for c in reading.payment_columns][2:5] == ["global_sum", "global_sum_2", "global_sum_3"]
    assert len(reading.remarks) == 2


def test_local_enhanced_services_are_a_subtotal_where_their_parts_are_printed() -> None:
    rows = payments_2014()
    rows[0][rows[0].index("Total QOF Payments")] = "LocalEnhancedServices_NHAIS_"
    kinds = {c.line: c.kind for c in reading_of(rows).payment_columns}
    assert kinds["local_enhanced_services_nhais"] == "payment"
    assert kinds["local_enhanced_services"] == "total"


def test_a_column_of_the_year_is_not_a_payment() -> None:
    rows = payments_2014()
    for row, cell in zip(rows, ("Year", "2014", "2014"), strict=True):
        row.append(cell)
    reading = reading_of(rows)
    assert reading.columns[-1].meaning == "not_used"
    assert len(reading.payment_columns) == 9


def test_a_file_without_addresses_or_regions_is_read() -> None:
    rows = [["Practice Code", "Sub ICB Code", "Global Sum"], ["A81001", "16C", "5"]]
    reading = reading_of(rows, "pay-2024-25.csv")
    assert value(reading, "A81001", "commissioner") == "16C"
    assert reading.lists == ()
    assert reading.payments[0].amounts == (Decimal(5),)


def test_averages_of_patients_are_lists_too() -> None:
    rows = [
        ["Practice Code", "CCG Code", "Average Number of Registered Patients", "Global Sum"],
        ["A81001", "00K", "4029.25", "1"],
    ]
    (count,) = reading_of(rows, "pay-2018-19.csv").lists
    assert (count.on, count.registered, count.weighted) == (date(2019, 3, 31), Decimal("4029.25"), None)


def test_the_year_may_be_told() -> None:
    reading = read(Kind.PAYMENTS, csv_bytes(payments_2014()), filename="pay.csv", year=NhsYear(2013))
    assert reading.layout == "payments/2013-14"


def test_the_year_must_be_known() -> None:
    with pytest.raises(UnknownLayout, match="--year 2014-15") as caught:
        reading_of(payments_2014(), "pay.csv")
    assert caught.value.missing == ("Year",)


def test_missing_columns_are_listed_and_near_names_suggested() -> None:
    rows = payments_2014()
    rows[0][4] = "Practice Codes (ODS)"
    with pytest.raises(UnknownLayout) as caught:
        reading_of(rows)
    assert caught.value.missing == ("Practice Code",)
    assert "Practice Codes (ODS)" in caught.value.found
    assert "Is “Practice Codes (ODS)” meant to be “Practice Code”?" in caught.value.message


def test_a_file_without_payments_is_not_a_payments_file() -> None:
    with pytest.raises(UnknownLayout) as caught:
        reading_of([["Practice Code", "CCG Code", "Apples"], ["A81001", "00K", "1"]])
    assert caught.value.missing == (TOTALS[0],)


def test_a_file_without_header_is_not_a_payments_file() -> None:
    with pytest.raises(UnknownLayout) as caught:
        reading_of([["x" * 70, "2"], ["3", "4"]])
    assert caught.value.missing == ("Practice Code", "CCG Code")
    assert "x…" in caught.value.message


def test_rows_may_come_from_a_workbook() -> None:
    rows = payments_2014()
    assert read_rows(Kind.PAYMENTS, iter(rows), filename="pay-2014-15.xlsx") == reading_of(rows)
    with pytest.raises(UnknownLayout, match="No header was found"):
        read_rows(Kind.PAYMENTS, [], filename="pay-2014-15.xlsx")


def test_progress_is_told() -> None:
    rows = payments_2014()
    for number in range(1200):
        rows.append([*rows[1][:4], f"X{number:05d}", *rows[1][5:]])
    seen: list[tuple[int, int]] = []
    read_rows(
        Kind.PAYMENTS, rows, filename="p-2014-15.csv", progress=lambda done, total: seen.append((done, total))
    )
    assert seen == [(0, 1202), (500, 1202), (1000, 1202), (1202, 1202)]


def test_unreadable_characters_are_told() -> None:
    data = csv_text(payments_2014()).replace("£", "").encode("cp1252") + b"\x81"
    (remark, *_) = read(Kind.PAYMENTS, data, filename="pay-2014-15.csv").remarks
    assert (remark.value, remark.row) == ("1", None)
    assert "UTF-8" in remark.message
