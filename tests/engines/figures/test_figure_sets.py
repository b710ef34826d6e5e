"""Sets of shares: partitions, rounding together, and the counts that were not printed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import islice, pairwise, product
from math import ceil, floor
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from remit.engines.figures import (
    Rounding,
    counts_that_fit,
    methods_that_give,
    nested,
    partition,
    percentage,
    reconstructions,
    round_set,
)

COUNTS = st.lists(st.integers(0, 300), min_size=1, max_size=8).filter(sum)
PLACES = st.integers(0, 2)
LEVELS = [9, 23, 32, 13]


@given(COUNTS, st.integers(1, 2400))
def test_counts_divide_their_sum_and_nothing_else(counts: list[int], base: int) -> None:
    assert partition(counts, sum(counts)).allowed
    assert partition(counts, base).allowed is (sum(counts) == base)


@given(COUNTS, PLACES)
def test_by_largest_remainder_a_set_adds_up_to_exactly_100(counts: list[int], places: int) -> None:
    made = round_set(counts, sum(counts), Rounding.LARGEST_REMAINDER, places)
    assert made.total == 100
    assert made.note == ""


@given(COUNTS, PLACES)
def test_largest_remainder_keeps_to_quota_and_order(counts: list[int], places: int) -> None:
    """Each share is its exact value rounded up or down, equal counts differ by a unit at most, more is no less."""
    base, unit = sum(counts), 10**places
    made = round_set(counts, base, Rounding.LARGEST_REMAINDER, places)
    for count, percent in zip(counts, made.percents, strict=True):
        exact = percentage(count, base) * unit
        assert floor(exact) <= Fraction(percent) * unit <= ceil(exact)
    pairs = sorted(zip(counts, made.percents, strict=True))
    assert all(low[1] <= high[1] for low, high in pairwise(pairs) if low[0] < high[0])


@given(COUNTS, PLACES, st.randoms(use_true_random=False))
def test_the_order_of_the_parts_does_not_matter_but_for_ties(
    counts: list[int], places: int, chance: Random
) -> None:
    remainders = [percentage(count, sum(counts)) * 10**places % 1 for count in counts]
    assume(len(set(remainders)) == len(remainders))
    shuffled = list(counts)
    chance.shuffle(shuffled)
    one = round_set(counts, sum(counts), Rounding.LARGEST_REMAINDER, places)
    two = round_set(shuffled, sum(counts), Rounding.LARGEST_REMAINDER, places)
    pairs = sorted(zip(counts, one.percents, strict=True))
    assert pairs == sorted(zip(shuffled, two.percents, strict=True))


@given(COUNTS, PLACES)
def test_rounded_each_by_itself_a_set_is_off_by_less_than_half_a_unit_a_part(
    counts: list[int], places: int
) -> None:
    made = round_set(counts, sum(counts), Rounding.HALF_UP, places)
    assert abs(Fraction(made.total) - 100) <= Fraction(len(counts), 2 * 10**places)
    assert bool(made.note) is (made.total != 100)


def test_the_four_answers_of_the_enquiry() -> None:
    each = round_set(LEVELS, 77, Rounding.HALF_UP)
    assert [int(percent) for percent in each.percents] == [12, 30, 42, 17]
    assert (each.total, each.note) == (101, "These add up to 101 because of rounding.")
    together = round_set(LEVELS, 77, Rounding.LARGEST_REMAINDER)
    assert [int(percent) for percent in together.percents] == [12, 30, 41, 17]
    printed = [Decimal(percent) for percent in (11, 30, 42, 17)]
    assert methods_that_give(printed, LEVELS, 77) == ()
    assert methods_that_give(each.percents, LEVELS, 77) == (Rounding.HALF_UP,)


def test_ties_go_to_those_named_first() -> None:
    made = round_set([1, 1, 1], 3, Rounding.LARGEST_REMAINDER)
    assert [int(percent) for percent in made.percents] == [34, 33, 33]


def test_what_does_not_divide_its_base_is_not_a_set() -> None:
    [reason] = partition([25, 22, 9], 55).reasons
    assert (reason.code, reason.message) == ("not_a_partition", "25 + 22 + 9 is 56, not 55.")
    with pytest.raises(ValueError, match="56 in all is not the base of 55"):
        round_set([25, 22, 9], 55, Rounding.HALF_UP)


@given(st.lists(st.integers(0, 40), min_size=1, max_size=3), st.integers(0, 60))
def test_the_counts_of_a_set_are_among_its_reconstructions(missing: list[int], known: int) -> None:
    base = sum(missing) + known
    if not base:
        return
    percents = round_set([known, *missing], base, Rounding.HALF_UP).percents[1:]
    found = list(reconstructions(base, [known], percents))
    assert tuple(missing) in found
    every = product(*(counts_that_fit(percent, base) for percent in percents))
    assert found == [counts for counts in every if sum(counts) + known == base]


def test_the_missing_counts_of_the_survey() -> None:
    first = list(reconstructions(504, [222], [Decimal(27), Decimal(29)]))
    assert first == [(134, 148), (135, 147), (136, 146), (137, 145), (138, 144)]
    second = list(reconstructions(504, [175], [Decimal(37), Decimal(28)]))
    assert second == [(186, 143), (187, 142), (188, 141)]


def test_a_part_of_which_nothing_was_printed_is_the_rest() -> None:
    assert list(reconstructions(64, [], [Decimal(30), Decimal(5), None])) == [(19, 3, 42)]


def test_where_nothing_fits_there_is_no_reconstruction() -> None:
    assert list(reconstructions(77, [], [Decimal(11), None])) == []
    assert list(reconstructions(77, [77, 1], [])) == []
    assert list(reconstructions(77, [77], [])) == [()]
    assert list(reconstructions(10, [10], [Decimal(50)])) == []


def test_many_reconstructions_come_one_by_one() -> None:
    assert list(islice(reconstructions(10**6, [], [None, None, None]), 2)) == [
        (0, 0, 10**6),
        (0, 1, 10**6 - 1),
    ]


def test_a_part_is_no_larger_than_what_contains_it() -> None:
    assert nested(Fraction(100, 3), Fraction(66), "a third", "two thirds").allowed
    assert nested(Fraction(66), Fraction(66), "these", "those").allowed
    [reason] = nested(Fraction(70), Fraction(66), "willing", "wanted").reasons
    assert reason.code == "larger_than_the_whole"
    assert reason.message == "“willing” is part of “wanted”, so it cannot be more."
