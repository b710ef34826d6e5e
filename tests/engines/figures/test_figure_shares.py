"""Shares: exact arithmetic, rounding, and which whole counts a printed percentage can mean."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.engines.figures import (
    ROUNDING_WORDS,
    Rounding,
    attainable,
    bases_that_fit,
    counts_that_fit,
    follows,
    percentage,
    places_of,
    rounded,
    shown,
    spoken,
    spoken_finely,
)

BASES = st.integers(1, 700)
PLACES = st.integers(0, 3)
SINGLE = st.sampled_from([Rounding.HALF_UP, Rounding.TRUNCATED])


@st.composite
def shares(draw: st.DrawFn) -> tuple[int, int]:
    base = draw(BASES)
    return draw(st.integers(0, base)), base


@st.composite
def printed(draw: st.DrawFn) -> tuple[Decimal, int]:
    """A percentage from 0 to 100 with its decimals."""
    places = draw(PLACES)
    return Decimal(draw(st.integers(0, 100 * 10**places))).scaleb(-places), places


@given(printed(), BASES, SINGLE)
def test_the_counts_that_fit_are_those_that_brute_force_finds(
    percent: tuple[Decimal, int], base: int, rule: Rounding
) -> None:
    asked, places = percent
    found = [count for count in range(base + 1) if rounded(percentage(count, base), rule, places) == asked]
    assert list(counts_that_fit(asked, base, rule, places)) == found
    assert attainable(asked, base, rule=rule, places=places).allowed is bool(found)


@given(printed(), BASES)
def test_what_is_not_rounded_fits_only_exactly(percent: tuple[Decimal, int], base: int) -> None:
    asked, places = percent
    found = [count for count in range(base + 1) if percentage(count, base) == asked]
    assert list(counts_that_fit(asked, base, Rounding.NONE, places)) == found


@given(printed(), BASES)
def test_by_largest_remainder_a_share_is_within_one_unit(percent: tuple[Decimal, int], base: int) -> None:
    asked, places = percent
    step = Fraction(1, 10**places)
    found = [count for count in range(base + 1) if abs(percentage(count, base) - Fraction(asked)) < step]
    assert list(counts_that_fit(asked, base, Rounding.LARGEST_REMAINDER, places)) == found


@given(shares(), SINGLE, PLACES)
def test_a_share_follows_from_its_own_count(share: tuple[int, int], rule: Rounding, places: int) -> None:
    count, base = share
    percent = rounded(percentage(count, base), rule, places)
    assert follows(percent, count, base, rule, places).allowed
    assert bases_that_fit(count, percent, [base], rule, places) == (base,)


@given(st.fractions(-1000, 1000), PLACES)
def test_half_up_is_nearest_and_cutting_off_never_goes_beyond(value: Fraction, places: int) -> None:
    step = Fraction(1, 10**places)
    near = Fraction(rounded(value, Rounding.HALF_UP, places))
    cut = Fraction(rounded(value, Rounding.TRUNCATED, places))
    assert abs(near - value) <= step / 2
    assert abs(cut) <= abs(value) < abs(cut) + step
    assert rounded(-value, Rounding.HALF_UP, places) == -rounded(value, Rounding.HALF_UP, places)


@pytest.mark.parametrize(
    ("value", "places", "half_up", "truncated"),
    [
        (Fraction(1, 2), 0, "1", "0"),
        (Fraction(-1, 2), 0, "-1", "0"),
        (Fraction(900, 77), 0, "12", "11"),
        (Fraction(15100, 211), 0, "72", "71"),
        (Fraction(15100, 211), 2, "71.56", "71.56"),
        (Fraction(25, 2), 1, "12.5", "12.5"),
        (Fraction(5, 100), 1, "0.1", "0.0"),
    ],
)
def test_known_roundings(value: Fraction, places: int, half_up: str, truncated: str) -> None:
    assert str(rounded(value, Rounding.HALF_UP, places)) == half_up
    assert rounded(value, Rounding.TRUNCATED, places) == Decimal(truncated)


@pytest.mark.parametrize("rule", [Rounding.LARGEST_REMAINDER, Rounding.NONE])
def test_some_rules_do_not_round_one_figure(rule: Rounding) -> None:
    with pytest.raises(ValueError, match="one figure is not rounded by"):
        rounded(Fraction(1), rule)


@pytest.mark.parametrize("places", [-1, 7])
def test_decimals_are_bounded(places: int) -> None:
    with pytest.raises(ValueError, match="decimal places are 0 to 6"):
        rounded(Fraction(1), Rounding.HALF_UP, places)


@pytest.mark.parametrize(("count", "base"), [(1, 0), (-1, 5), (6, 5), (0, 0)])
def test_what_is_no_share(count: int, base: int) -> None:
    with pytest.raises(ValueError, match="is not a share"):
        percentage(count, base)


def test_no_whole_count_gives_11_percent_of_77() -> None:
    assert not counts_that_fit(Decimal(11), 77)
    assert list(counts_that_fit(Decimal(12), 77)) == [9]
    [reason] = attainable(Decimal(11), 77, count=9).reasons
    assert reason.code == "not_attainable"
    assert reason.message == "11% of 77: no whole count gives it; 9 of 77 is 12%."
    [without] = attainable(Decimal(11), 77).reasons
    assert without.message == "11% of 77: no whole count gives it; 8 of 77 is 10% and 9 of 77 is 12%."


def test_a_percentage_beyond_the_whole_is_compared_with_the_whole() -> None:
    [reason] = attainable(Decimal(150), 4).reasons
    assert reason.message == "150% of 4: no whole count gives it; 4 of 4 is 100%."


def test_71_percent_does_not_follow_from_151_of_211() -> None:
    [reason] = follows(Decimal(71), 151, 211).reasons
    assert (reason.code, reason.message) == ("does_not_follow", "151 of 211 is 72% (71.56%), not 71%.")
    assert follows(Decimal(71), 151, 211, Rounding.TRUNCATED).allowed
    assert bases_that_fit(151, Decimal(71), range(200, 221)) == (212, 213, 214)
    [finely] = follows(Decimal("71.5"), 151, 211, places=1).reasons
    assert finely.message == "151 of 211 is 71.6% (71.564%), not 71.5%."


def test_a_printed_percentage_has_the_decimals_that_are_said() -> None:
    assert [places_of(Decimal(text)) for text in ("71", "71.6", "7E+1")] == [0, 1, 0]
    with pytest.raises(ValueError, match=r"71\.6% is not printed to 0 decimals"):
        counts_that_fit(Decimal("71.6"), 211, places=0)
    with pytest.raises(ValueError, match="is not a percentage"):
        places_of(Decimal("NaN"))
    with pytest.raises(ValueError, match="a base is at least 1"):
        counts_that_fit(Decimal(50), 0)


def test_one_decimal_narrows_the_counts() -> None:
    assert list(counts_that_fit(Decimal(27), 504)) == [134, 135, 136, 137, 138]
    assert list(counts_that_fit(Decimal("27.0"), 504)) == [136]


def test_shares_in_words() -> None:
    assert spoken(9, 77) == "9 of 77 is 12%"
    assert spoken(1500, 2000, 1) == "1,500 of 2,000 is 75.0%"
    assert spoken_finely(9, 77) == "9 of 77 is 12% (11.69%)"
    assert spoken_finely(504, 560) == "504 of 560 is exactly 90%"
    assert spoken_finely(1, 3, 6) == "1 of 3 is 33.333333% (33.333333%)"
    assert shown(Fraction(1, 3), 2) == "0.33%"


def test_every_rule_has_words() -> None:
    assert set(ROUNDING_WORDS) == set(Rounding)
