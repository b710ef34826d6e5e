"""Single cells: numbers, dates, years in names, postcodes, labels, codes of places."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from remit.engines.layouts.bands import Ages, ages_of, band_label, sex_of
from remit.engines.layouts.days import NotADay, bare_year_in_name, day, day_in_name, month_of, year_in_name
from remit.engines.layouts.figures import NotAFigure, figure
from remit.engines.layouts.geography import carried_relation, clipped, place_kind
from remit.engines.layouts.headers import is_unlabelled, slug, squash
from remit.engines.layouts.texts import address_of, known, postcode, says_no_pcn
from remit.kernel.period import NhsYear, Period


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        *[("0", "0"), ("1234", "1234"), ("-12.50", "-12.50"), ("5209.497299", "5209.497299"), (" 7 ", "7")],
        *[
            ("1,234", "1234"),
            ("£1,234,567.89", "1234567.89"),
            ("-£3", "-3"),
            ("£-3.10", "-3.10"),
            ("£ 3", "3"),
        ],
        *[
            ("(1,234.50)", "-1234.50"),
            ("(£3)", "-3"),
            ("−4", "-4"),
            (".5", "0.5"),
            ("-.5", "-0.5"),
            ("5.", "5"),
        ],
    ],
)
def test_numbers_are_exactly_as_printed(cell: str, value: str) -> None:
    assert figure(cell) == Decimal(value)


@pytest.mark.parametrize(
    "cell", ["", " ", "-", "–", "N/A", "n/a", "NO KNOWN PATIENTS", "null", "#N/A", "*", "."]
)
def test_missing_is_not_nought(cell: str) -> None:
    assert figure(cell) is None


@pytest.mark.parametrize(
    "cell", ["abc", "1,23", "12,3456", "1_000", "NaN1", "Infinity", "1e", "--1", "12-", "1 2x", "()", "٣"]
)
def test_what_is_not_a_number_says_how_to_mend_it(cell: str) -> None:
    with pytest.raises(NotAFigure, match=r"not a number\. Correct it"):
        figure(cell)


@pytest.mark.parametrize("cell", ["1.2E+05", "1e5", "-3.1e-2"])
def test_a_number_that_excel_shortened_is_refused(cell: str) -> None:
    with pytest.raises(NotAFigure, match="Excel"):
        figure(cell)


@pytest.mark.parametrize(
    "cell",
    [
        *["01/04/2014", "1/4/2014", "01-04-2014", "01.04.2014", "20140401", "2014-04-01", "2014/04/01"],
        *[
            "01Apr2014",
            "01APR2014",
            "1 April 2014",
            "01-Apr-2014",
            "2014-04-01T00:00:00",
            "2014-04-01 00:00:00.0",
        ],
        "01/04/2014 00:00",
    ],
)
def test_days_are_read_day_first(cell: str) -> None:
    assert day(cell) == date(2014, 4, 1)


@pytest.mark.parametrize("cell", ["", "-", " ", "n/a"])
def test_no_day_is_none(cell: str) -> None:
    assert day(cell) is None


@pytest.mark.parametrize("cell", ["30/02/2014", "20141301", "31 Feb 2015", "29/02/2015"])
def test_impossible_days_are_refused(cell: str) -> None:
    with pytest.raises(NotADay, match="no such day"):
        day(cell)


@pytest.mark.parametrize("cell", ["soon", "01/04/14", "2014", "04.2014"])
def test_what_is_not_a_day_is_refused(cell: str) -> None:
    with pytest.raises(NotADay, match="not a date"):
        day(cell)


@pytest.mark.parametrize(
    ("name", "start"),
    [
        *[
            ("nhs-payments-gp-2014-15.csv", 2014),
            ("nhspaymentsgp-15-16-csv.csv", 2015),
            ("p201718.csv", 2017),
        ],
        *[("ORGANISATION_REFERENCE_1819_v2.csv", 2018), ("pay_2019_20.csv", 2019), ("2020-2021.csv", 2020)],
        *[("2021 to 22 payments", 2021), ("folder-13-14/gp 2022_23.csv", 2022), ("1999-00.csv", None)],
        *[("payments.csv", None), ("payments-2015-01.csv", None), ("c:\\x-14-15\\pay-2016-17.csv", 2016)],
    ],
)
def test_the_year_is_found_in_the_name(name: str, start: int | None) -> None:
    assert year_in_name(name) == (None if start is None else NhsYear(start))


@pytest.mark.parametrize(
    ("name", "on"),
    [
        *[("epraccur-2018-06.csv", date(2018, 6, 1)), ("x-20180615.csv", date(2018, 6, 15))],
        *[("gp-reg-apr-17.csv", date(2017, 4, 1)), ("lists September 2021.csv", date(2021, 9, 1))],
        *[("epraccur.csv", None), ("x-2018-02-30.csv", None), ("eccg-2025.csv", None)],
    ],
)
def test_the_day_is_found_in_the_name(name: str, on: date | None) -> None:
    assert day_in_name(name) == on


def test_a_year_alone_in_the_name_is_its_first_day() -> None:
    assert bare_year_in_name("eccg-2025.csv") == date(2025, 1, 1)
    assert bare_year_in_name("eccg.csv") is None


def test_a_month_has_its_days() -> None:
    assert month_of(date(2016, 2, 10)) == Period(date(2016, 2, 1), date(2016, 2, 29))


@pytest.mark.parametrize(
    ("cell", "text", "good"),
    [
        *[("SW1V1SN", "SW1V 1SN", True), ("PE2  5GP", "PE2 5GP", True), (" sk11 6jl ", "SK11 6JL", True)],
        *[("", "", True), ("-", "", True), ("NOT ONE", "NOT ONE", False)],
    ],
)
def test_postcodes_get_one_form(cell: str, text: str, good: bool) -> None:
    assert postcode(cell) == (text, good)


def test_texts_are_squeezed_and_say_nothing_when_unknown() -> None:
    assert known("  The   Surgery ") == "The Surgery"
    assert known("UNKNOWN") == ""
    assert known("n/a not a client at present") == ""
    assert address_of(["1 Quay ", "", " - ", "Town"]) == "1 Quay, Town"
    assert says_no_pcn("Unknown or no PCN")
    assert says_no_pcn("U")
    assert not says_no_pcn("U12345")


@pytest.mark.parametrize(
    "label",
    [
        "Doctors Retainer Scheme Payments",
        "Doctors.Retainer.Scheme.Payments",
        "DoctorsRetainerSchemePayments_£",
    ],
)
def test_labels_are_compared_by_what_they_say(label: str) -> None:
    assert squash(label) == "doctorsretainerschemepayments"


def test_and_may_be_written_with_a_sign() -> None:
    assert squash("Rotavirus & Shingles") == squash("rotavirus and shingles")


@pytest.mark.parametrize(
    ("label", "name"),
    [("winter Access Fund", "winter_access_fund"), ("GPSpinOff_£", "gp_spin_off"), ("A & B 2", "a_and_b_2")],
)
def test_a_label_becomes_a_name(label: str, name: str) -> None:
    assert slug(label) == name


def test_blank_and_made_up_labels_are_no_labels() -> None:
    assert all(is_unlabelled(label) for label in ("", "  ", "Unnamed: 4", "X.1", "Column3"))
    assert not is_unlabelled("Code")


@pytest.mark.parametrize(
    ("code", "on", "kind"),
    [
        *[("Y54", date(2014, 4, 1), "region"), ("Q44", date(2014, 4, 1), "area_team")],
        *[("Q44", date(2018, 4, 1), "area_team"), ("Q71", date(2015, 3, 31), "area_team")],
        *[("Q71", date(2015, 4, 1), "local_office"), ("Q71A", date(2016, 1, 1), "local_office")],
        *[
            ("Q72", date(2014, 4, 1), "local_office"),
            ("Q99", date(2021, 1, 1), None),
            ("Q12", date(2014, 1, 1), None),
        ],
        *[
            ("QHM", date(2022, 6, 30), "stp"),
            ("QHM", date(2022, 7, 1), "icb"),
            ("E54000008", date(2017, 4, 1), "stp"),
        ],
        *[("YAF", date(2018, 1, 1), None), ("W00", date(2018, 1, 1), None)],
    ],
)
def test_codes_of_places_mean_what_their_day_says(code: str, on: date, kind: str | None) -> None:
    assert place_kind(code, on) == kind


def test_todays_region_is_not_carried_to_days_before_it_was() -> None:
    assert carried_relation("Y63", date(2025, 1, 1), date(2013, 4, 1), date(2015, 3, 31)) is None
    claim = carried_relation("Y63", date(2025, 1, 1), date(2013, 4, 1), None)
    assert claim is not None
    assert (claim.first, claim.last, claim.firm) == (date(2019, 4, 1), None, False)


def test_an_unknown_region_is_carried_from_the_start() -> None:
    claim = carried_relation("Y99", date(2030, 1, 1), None, None)
    assert claim is not None
    assert (claim.first, claim.last) == (date(2013, 4, 1), None)


@pytest.mark.parametrize(
    ("code", "on", "claimed"),
    [
        ("Q72", date(2018, 6, 1), ("local_office", date(2018, 6, 1), None)),
        ("QHM", date(2021, 11, 1), ("stp", date(2021, 11, 1), date(2022, 6, 30))),
    ],
)
def test_an_office_or_partnership_is_carried_from_the_day_of_its_file(
    code: str, on: date, claimed: tuple[str, date, date | None]
) -> None:
    claim = carried_relation(code, on, None, None)
    assert claim is not None
    assert (claim.about, claim.first, claim.last) == claimed


def test_a_code_that_is_no_place_is_not_carried() -> None:
    assert carried_relation("YAF", date(2018, 6, 1), None, None) is None


def test_an_area_team_is_carried_to_its_end_only() -> None:
    claim = carried_relation("Q44", date(2018, 1, 1), None, None)
    assert claim is not None
    assert (claim.about, claim.last) == ("local_office", date(2015, 3, 31))


def test_days_in_common() -> None:
    a, b, c = date(2014, 1, 1), date(2015, 1, 1), date(2016, 1, 1)
    assert clipped(a, b, (None, None)) == (a, b)
    assert clipped(None, None, (a, None)) == (a, None)
    assert clipped(None, b, (a, c)) == (a, b)
    assert clipped(None, a, (b, None)) is None


@pytest.mark.parametrize(
    ("label", "sex", "ages"),
    [
        *[
            ("MALE_0-4", "male", Ages(0, 4)),
            ("Female_95+", "female", Ages(95, None)),
            ("F 85 plus", "female", Ages(85, None)),
        ],
        *[
            ("Male 10 to 14", "male", Ages(10, 14)),
            ("ALL_5", "all", Ages(5, 5)),
            ("females_0_4", "female", Ages(0, 4)),
        ],
    ],
)
def test_labels_of_bands(label: str, sex: str, ages: Ages) -> None:
    assert band_label(label) == (sex, ages)


@pytest.mark.parametrize("label", ["MALE", "TOTAL_ALL", "SPAM_0-4", "MALE_9-4", "MALE_0-999"])
def test_labels_that_are_no_bands(label: str) -> None:
    assert band_label(label) is None


def test_cells_of_bands() -> None:
    assert ages_of("0_4") == Ages(0, 4)
    assert ages_of("95+") == Ages(95, None)
    assert ages_of("7") == Ages(7, 7)
    assert ages_of("ALL") is None
    assert sex_of(" FEMALE ") == "female"
    assert sex_of("INDETERMINATE") is None
