"""Sentences held against what was counted: numbers in digits and in words, shares, dates that count nothing."""

from __future__ import annotations

import pytest

from remit.engines.figures import Counted, faults_in, phrases_in, value_of
from remit.figures.rules import vocabulary

COUNTED = (
    Counted("Approved for Level 3", 64, 211),
    Counted("On conditions", 1, 211),
    Counted("So far", 151, 211),
    Counted("Applied", 77, 211),
)


@pytest.mark.parametrize(
    "said",
    [
        "64 approved for Level 3 from 1 April 2015",
        "Sixty-four commissioners approved",
        "64 of 211 approved, 30%",
        "A hundred and fifty-one of the 211 so far",
        "More than 70% of commissioners",
        "151 approved, a majority, over two thirds",
        "77 applied, 64 approved and one on conditions, on 18 February",
        "Commissioning Live 2015, Hall 3",
        "Approved on 2 May, for Levels 2 and 3, in 2015/16",
        "No one was left out, and one of them spoke",
        "almost a third of all",
        "Dozens approved",
    ],
)
def test_what_was_counted_may_be_said(said: str) -> None:
    assert faults_in(said, COUNTED, vocabulary()) == []


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("Sixty-six commissioners approved", "66"),
        ("64 approved, and 99 May follow", "99"),
        ("64 approved, and 12 May follow", "12"),
        ("77 of 211 approved, 65 more", "65"),
        ("64 of 210 approved", "64 of 210"),
        ("2015 groups approved", "2015"),
        ("31% approved, 90% to follow", "90%"),
        ("three quarters approved", "three quarters"),
        ("Less than half, at least 80%", "at least 80%"),
        ("a dozen approved", "12"),
        ("1234% more of them approved", "1234"),
        ("1,064 approved", "1,064"),
        ("One approved, and later thousands more of them", "2,000 or more"),
        ("Hundreds approved", "200 or more"),
    ],
)
def test_what_was_not_counted_is_named(said: str, wrong: str) -> None:
    faults = faults_in(said, COUNTED, vocabulary())
    assert len(faults) == 1
    assert wrong in faults[0]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("twelve", 12),
        ("ninety-nine", 99),
        ("a hundred and one", 101),
        ("two thousand and fifteen", 2015),
        ("two dozen", 24),
    ],
)
def test_numbers_in_words(words: str, value: int) -> None:
    assert value_of(words) == value


def test_phrases_are_whole_words() -> None:
    assert phrases_in("They had Signed Up already", ("signed up", "signed", "sign")) == [
        "signed up",
        "signed",
    ]
