"""How days, times, numbers and money are written; how a typed day is read; how a long list is cut."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from remit.kernel.period import Period
from remit.web import formats
from remit.web.as_at import FIELDS, AsAt, WrongDate, iso_date, read_as_at, typed_date
from remit.web.paging import Paging, read_paging


def test_days_are_written_without_a_leading_nought_and_with_the_month_in_full() -> None:
    assert formats.nhs_date(date(2018, 8, 6)) == "6 August 2018"
    assert formats.nhs_date(None) == ""


def test_an_instant_is_shown_on_its_london_day() -> None:
    just_before_midnight_in_summer = datetime(2018, 8, 5, 23, 30, tzinfo=UTC)
    assert formats.nhs_date(just_before_midnight_in_summer) == "6 August 2018"
    assert formats.nhs_moment(just_before_midnight_in_summer) == "6 August 2018 at 12:30am"


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (time(17, 0), "5pm"),
        (time(17, 30, 59), "5:30pm"),
        (time(9, 5), "9:05am"),
        (time(12, 0), "midday"),
        (time(0, 0), "midnight"),
        (time(12, 1), "12:01pm"),
        (time(0, 1), "12:01am"),
        (None, ""),
    ],
)
def test_times(at: time | None, words: str) -> None:
    assert formats.nhs_time(at) == words


def test_periods_use_to_and_since() -> None:
    assert formats.nhs_period(Period(date(2013, 4, 1), date(2015, 3, 31))) == "1 April 2013 to 31 March 2015"
    assert formats.nhs_period(Period(date(2022, 7, 1))) == "since 1 July 2022"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Decimal("1234.5"), "£1,234.50"),
        (Decimal("-0.4"), "−£0.40"),
        (Decimal("7"), "£7.00"),
        (Decimal("87.9213"), "£87.9213"),
        (0, "£0.00"),
        (Decimal("1E+3"), "£1,000.00"),
    ],
)
def test_money_keeps_its_pence_and_is_never_rounded(value: Decimal, words: str) -> None:
    assert formats.pounds(value) == words


@given(st.integers(-(10**15), 10**15))
def test_pence_say_exactly_the_amount(amount: int) -> None:
    text = formats.pence(amount).replace("£", "").replace(",", "").replace("−", "-")
    assert int(Decimal(text) * 100) == amount


def test_what_is_not_known_is_left_empty() -> None:
    empty = [formats.number(None), formats.pounds(None), formats.pence(None), formats.nhs_period(None)]
    assert [*empty, formats.nhs_moment(None)] == [""] * 5


def test_numbers_have_commas_and_round_half_up() -> None:
    assert formats.number(999) == "999"
    assert formats.number(1000) == "1,000"
    assert formats.number(-1000) == "−1,000"
    assert formats.number(Decimal("2.5"), 0) == "3"
    assert formats.number(63.98, 1) == "64.0"


@pytest.mark.parametrize("month", ["3", " 3", "03", "March", "mar", "MARCH "])
def test_a_month_may_be_a_number_or_a_name(month: str) -> None:
    assert typed_date(" 31", month, "2027 ") == date(2027, 3, 31)


@pytest.mark.parametrize(
    ("typed", "message", "field"),
    [
        (("", "3", "2027"), "Date must include a day", "day"),
        (("1", "", ""), "Date must include a month and a year", "month"),
        (("29", "2", "2027"), "Date must be a real date", "day"),
        (("1", "13", "2027"), "Month must be a number from 1 to 12, or the name of a month", "month"),
        (("1", "Juno", "2027"), "Month must be a number from 1 to 12, or the name of a month", "month"),
        (("1", "3", "27"), "Year must have 4 numbers, for example 2015", "year"),
        (("1", "3", "1066"), "Date must be from 5 July 1948 (the first day of the NHS) to 2100", "year"),
        (("²", "3", "2027"), "Date must be a real date", "day"),
    ],
)
def test_a_wrong_date_says_how_to_put_it_right(typed: tuple[str, str, str], message: str, field: str) -> None:
    with pytest.raises(WrongDate) as wrong:
        typed_date(*typed)
    assert (str(wrong.value), wrong.value.field) == (message, field)


@given(st.dates(date(1948, 7, 5), date(2100, 12, 31)))
def test_every_day_is_read_back_as_typed_and_as_iso(day: date) -> None:
    assert typed_date(str(day.day), formats.MONTHS[day.month - 1], str(day.year)) == day
    assert iso_date(day.isoformat()) == day


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_whatever_is_typed_is_a_date_or_a_message(day: str, month: str, year: str) -> None:
    try:
        found = typed_date(day, month, year)
    except WrongDate as wrong:
        found = None
        field = wrong.field
    assert field in FIELDS if found is None else isinstance(found, date)


def asked(query: str) -> AsAt:
    request: Any = RequestFactory().get(f"/?{query}")
    request.received_at = datetime(2026, 11, 21, 23, 59, tzinfo=UTC)
    return read_as_at(request)


def test_without_a_day_it_is_today_in_london() -> None:
    chosen = asked("")
    assert (chosen.day, chosen.is_default, chosen.query) == (date(2026, 11, 21), True, "")
    assert chosen.typed == ("21", "11", "2026")


def test_the_address_and_the_form_mean_the_same() -> None:
    for query in ("on=2015-04-01", "day=+1&month=April&year=2015"):
        chosen = asked(query)
        assert (chosen.day, chosen.query, chosen.problems) == (date(2015, 4, 1), "on=2015-04-01", ())


def test_the_form_keeps_other_parameters_but_not_the_page_number() -> None:
    assert asked("q=Leeds&kind=a&kind=b&page=3&day=1&month=4&year=2015").others == (
        ("q", "Leeds"),
        ("kind", "a"),
        ("kind", "b"),
    )


def test_a_wrong_day_falls_back_to_today_keeps_what_was_typed_and_leads_to_the_field() -> None:
    chosen = asked("day=31&month=&year=2015")
    assert chosen.day == date(2026, 11, 21)
    assert chosen.typed == ("31", "", "2015")
    assert [problem.field for problem in chosen.problems] == ["as-at-month"]
    assert asked("on=nonsense").problems


@pytest.mark.parametrize(
    ("query", "number"),
    [("", 1), ("page=2", 2), ("page=3", 3), ("page=4", 3), ("page=0", 1), ("page=-1", 1), ("page=²", 1),
     ("page=x", 1), ("page=32538995611679285248", 1)],
)  # fmt: skip
def test_a_page_number_is_always_one_that_exists(rf: RequestFactory, query: str, number: int) -> None:
    assert read_paging(rf.get(f"/?{query}"), total=101).number == number


@given(st.integers(0, 5000), st.integers(1, 100), st.integers(-5, 200))
def test_pages_cover_every_row_once(total: int, per_page: int, asked_for: int) -> None:
    last = read_paging(RequestFactory().get(f"/?page={asked_for}"), total, per_page).last
    pages = [Paging(number, last, total, per_page) for number in range(1, last + 1)]
    rows = [row for page in pages for row in range(page.start, page.end)]
    assert rows == list(range(total))


@given(st.integers(1, 400), st.integers(1, 400))
def test_page_links_are_few_ordered_and_reach_both_ends(last: int, number: int) -> None:
    number = min(number, last)
    shown = Paging(number, last, last * 50).shown
    linked = [item for item in shown if item]
    assert linked == sorted(set(linked))
    assert {1, number, last} <= set(linked)
    assert len(shown) <= 7


def test_page_links_keep_the_other_parameters(rf: RequestFactory) -> None:
    assert read_paging(rf.get("/?q=a%20b&page=2"), 500).href(3) == "?q=a+b&page=3"
    assert read_paging(rf.get("/"), 500).href(3) == "?page=3"
