"""The few ideas everything stands on."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.kernel.canonical import canonical_json, sha256_hex
from remit.kernel.decision import ALLOWED, Reason, Refused, refuse, require
from remit.kernel.moments import LONDON, at_the_edge, london_day, rfc3339
from remit.kernel.money import NotANumber, pence, published_number
from remit.kernel.ods import NotAnOdsCode, ods_code, practice_code
from remit.kernel.period import NhsYear, Period

# -- decisions -------------------------------------------------------------------------------------------------


def test_a_refusal_carries_its_reasons() -> None:
    with pytest.raises(Refused) as caught:
        require(refuse("late", "The round has closed.", "Round 1"))
    assert caught.value.code == "late"
    assert str(caught.value) == "The round has closed."
    assert caught.value.reasons == (Reason("late", "The round has closed.", "Round 1"),)


def test_what_is_allowed_passes() -> None:
    require(ALLOWED)
    assert Refused().code == "refused"


# -- periods ---------------------------------------------------------------------------------------------------


def test_both_ends_are_included() -> None:
    year = Period(date(2014, 4, 1), date(2015, 3, 31))
    assert date(2014, 4, 1) in year
    assert date(2015, 3, 31) in year
    assert date(2014, 3, 31) not in year
    assert date(2015, 4, 1) not in year
    assert year.days() == 365


def test_an_open_period_has_no_end() -> None:
    still = Period(date(2022, 7, 1))
    assert date(2999, 1, 1) in still
    assert still.days() is None
    assert not still.meets(Period(date(2023, 1, 1)))


def test_a_period_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        Period(date(2015, 4, 1), date(2015, 3, 31))


def test_a_year_that_meets_the_next() -> None:
    assert Period(date(2014, 4, 1), date(2015, 3, 31)).meets(Period(date(2015, 4, 1)))
    assert not Period(date(2014, 4, 1), date(2015, 3, 31)).meets(Period(date(2015, 4, 2)))


periods = st.tuples(st.dates(), st.none() | st.integers(0, 2000)).map(
    lambda pair: Period(
        pair[0],
        None
        if pair[1] is None
        else min(date.max, pair[0] + timedelta(days=min(pair[1], (date.max - pair[0]).days))),
    )
)


@given(periods, periods)
def test_overlap_means_a_shared_day(one: Period, other: Period) -> None:
    shared = max(one.first, other.first)
    assert one.overlaps(other) == other.overlaps(one) == (shared in one and shared in other)


@pytest.mark.parametrize(
    ("day", "name"),
    [(date(2015, 3, 31), "2014-15"), (date(2015, 4, 1), "2015-16"), (date(2000, 1, 1), "1999-00")],
)
def test_the_nhs_year_runs_from_april(day: date, name: str) -> None:
    year = NhsYear.containing(day)
    assert str(year) == name
    assert day in year.period


def test_quarters_make_up_the_year() -> None:
    year = NhsYear(2015)
    quarters = [year.quarter(number) for number in (1, 2, 3, 4)]
    assert quarters[0].first == year.period.first
    assert quarters[3].last == year.period.last
    assert all(one.meets(other) for one, other in pairwise(quarters))
    assert quarters[3].days() == 91, "January to March of the leap year 2016"
    for wrong in (0, 5):
        with pytest.raises(ValueError, match="quarters are 1 to 4"):
            year.quarter(wrong)


# -- codes -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["00C", "A81001", "U89141", "QHM", "X24", "D2P2L", "A" * 12])
def test_ods_codes(code: str) -> None:
    assert ods_code(f" {code.lower()} ") == code


@pytest.mark.parametrize("code", ["", "AB", "A" * 13, "A8-001", "A81 001", "Å81001"])
def test_not_ods_codes(code: str) -> None:
    with pytest.raises(NotAnOdsCode, match="is not an ODS code"):
        ods_code(code)


def test_practice_codes() -> None:
    assert practice_code("a81001 ") == "A81001"
    for wrong in ("81001A", "A8100", "A810011", "00C"):
        with pytest.raises(NotAnOdsCode, match="is not a practice code"):
            practice_code(wrong)


# -- canonical JSON --------------------------------------------------------------------------------------------


def test_one_spelling() -> None:
    assert canonical_json({"b": 1, "a": [True, None, "é"]}) == '{"a":[true,null,"é"],"b":1}'.encode()
    assert sha256_hex(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize("value", [float("nan"), 2**60, {1: 2}])
def test_what_json_cannot_hold_exactly_is_refused(value: object) -> None:
    with pytest.raises(ValueError):
        canonical_json(value)


# -- money -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,234.50", Decimal("1234.50")),
        (" £12 ", Decimal(12)),
        ("-67193", Decimal(-67193)),
        ("(12.30)", Decimal("-12.30")),
        ("12.30-", Decimal("-12.30")),
        ("−5", Decimal(-5)),
        ("5209.497299", Decimal("5209.497299")),
        ("-", None),
        ("", None),
        ("N/A", None),
        ("  ", None),
    ],
)
def test_numbers_as_publishers_write_them(text: str, number: Decimal | None) -> None:
    assert published_number(text) == number


@pytest.mark.parametrize("text", ["twelve", "1.2.3", "Infinity", "NaN", "12%"])
def test_not_numbers(text: str) -> None:
    with pytest.raises(NotANumber, match="is not a number"):
        published_number(text)


@given(st.integers(-(10**12), 10**12))
def test_pence_are_exact(amount: int) -> None:
    assert pence(Decimal(amount) / 100) == amount


def test_a_fraction_of_a_penny_is_never_rounded_away() -> None:
    with pytest.raises(ValueError, match="whole number of pence"):
        pence(Decimal("0.005"))


# -- instants --------------------------------------------------------------------------------------------------


def test_the_day_is_londons() -> None:
    assert london_day(datetime(2015, 3, 31, 23, 30, tzinfo=UTC)) == date(2015, 4, 1), "summer time"
    assert london_day(datetime(2015, 1, 31, 23, 30, tzinfo=UTC)) == date(2015, 1, 31)
    with pytest.raises(ValueError, match="zone"):
        london_day(datetime(2015, 4, 1))


@given(st.datetimes(timezones=st.just(LONDON)), st.datetimes(timezones=st.just(UTC)))
def test_text_order_is_time_order(one: datetime, other: datetime) -> None:
    one, other = one.astimezone(UTC), other.astimezone(UTC)
    if one.year >= 1000 and other.year >= 1000:
        assert (rfc3339(one) < rfc3339(other)) == (one < other)


def test_an_instant_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="zone"):
        rfc3339(datetime(2015, 4, 1))
    assert at_the_edge().tzinfo is UTC
