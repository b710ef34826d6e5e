"""Claims in words, held against a figure with a small vocabulary of the test's own."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.engines.figures import (
    Amount,
    Comparison,
    UnknownWords,
    Vocabulary,
    borne_out,
    fair_words,
    understand,
)

WORDS = Vocabulary(
    comparisons=(
        Comparison("within 1 point of", ("",), Fraction(-1), Fraction(1)),
        Comparison("within 2 points of", ("about", "only about"), Fraction(-2), Fraction(2)),
        Comparison("up to 5 points below", ("almost",), Fraction(-5), Fraction(0), with_highest=False),
        Comparison("more than", ("more than",), Fraction(0), None, with_lowest=False),
        Comparison("at least", ("at least",), Fraction(0), None),
        Comparison("less than", ("less than",), None, Fraction(0), with_highest=False),
    ),
    amounts=(
        Amount(("half",), Fraction(50)),
        Amount(("a third",), Fraction(100, 3)),
        Amount(("one in four",), Fraction(25)),
    ),
    whole=(("majority", "more than", "half"),),
)


def told(
    words: str, count: int | None = None, base: int | None = None, **more: object
) -> tuple[bool, str, str]:
    decision = borne_out(words, WORDS, count=count, base=base, **more)  # type: ignore[arg-type]
    [reason] = decision.reasons
    return decision.allowed, reason.code, reason.message


def test_25_of_55_is_no_majority() -> None:
    allowed, code, message = told("majority", 25, 55)
    assert (allowed, code) == (False, "not_borne_out")
    assert message == "“majority” means more than half (50%): 25 of 55 is 45%."


def test_25_of_the_47_that_specified_is_one_and_its_base_is_named() -> None:
    allowed, code, message = told("Majority", 25, 47, base_what="that specified")
    assert (allowed, code) == (True, "borne_out")
    assert message == "“Majority” means more than half (50%): 25 of the 47 that specified is 53%."


@pytest.mark.parametrize(
    ("words", "count", "base", "allowed"),
    [
        ("almost half", 32, 77, False),
        ("almost half", 45, 100, True),
        ("almost half", 50, 100, False),
        ("half", 50, 100, True),
        ("half", 52, 100, False),
        ("half", 48, 100, False),
        ("about a third", 175, 504, True),
        ("only about one in four", 27, 100, True),
        ("about one in four", 28, 100, False),
        ("more than 70%", 151, 211, True),
        ("more than 70 per cent", 70, 100, False),
        ("at least 70%", 70, 100, True),
        ("less than half", 50, 100, False),
        ("less than half", 49, 100, True),
        ("more than 71.5%", 151, 211, True),
        ("a  third", 1, 3, True),
    ],
)
def test_words_are_fair_or_go_too_far(words: str, count: int, base: int, allowed: bool) -> None:
    assert told(words, count, base)[0] is allowed


@given(st.integers(0, 500), st.integers(1, 500))
def test_a_majority_is_more_than_half_exactly(count: int, base: int) -> None:
    if count <= base:
        assert told("majority", count, base)[0] is (2 * count > base)
        assert told("less than half", count, base)[0] is (2 * count < base)


def test_so_many_decimals_are_shown_as_it_takes_to_see_why() -> None:
    assert told("majority", 501, 1000)[2].endswith("501 of 1,000 is 50.1%.")
    assert told("majority", 10**9 + 1, 2 * 10**9)[2].endswith("is 50.000000%.")
    assert told("more than 70%", 151, 211)[2] == "“more than 70%”: 151 of 211 is 72%."


def test_a_printed_percentage_will_do_where_no_count_is_known() -> None:
    message = told("about one in four", percent=Decimal(27))[2]
    assert message == "“about one in four” means within 2 points of one in four (25%): the figure is 27%."
    assert told("a third", percent=Decimal("33.3"))[2].startswith(
        "“a third” means within 1 point of a third (33.3%)"
    )


def test_words_without_a_figure_cannot_be_checked() -> None:
    assert told("majority")[:2] == (False, "nothing_to_check")
    assert told("majority", 25)[:2] == (False, "nothing_to_check")
    assert told("majority", 0, 0)[:2] == (False, "nothing_to_check")


@pytest.mark.parametrize("words", ["", "lots", "more than", "almost", "more than lots", "1000%"])
def test_words_that_are_not_in_the_table(words: str) -> None:
    allowed, code, message = told(words, 25, 55)
    assert (allowed, code) == (False, "unknown_words")
    assert message.startswith(f"“{words}” is not a claim that can be checked.")
    with pytest.raises(UnknownWords):
        understand(words, WORDS)


@pytest.mark.parametrize(
    ("count", "base", "fair"),
    [
        (25, 55, "almost half"),
        (58, 100, "more than half"),
        (50, 100, "half"),
        (53, 100, "more than half"),
        (1, 100, "less than one in four"),
    ],
)
def test_fair_words_are_found_for_a_share_and_are_borne_out(count: int, base: int, fair: str) -> None:
    found = fair_words(Fraction(100 * count, base), WORDS)
    assert found == fair
    assert borne_out(found, WORDS, count=count, base=base).allowed


def test_without_words_there_are_none() -> None:
    assert fair_words(Fraction(50), Vocabulary((), ())) == ""
