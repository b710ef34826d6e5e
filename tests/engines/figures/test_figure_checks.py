"""Typed checks: each holds when it is so, fails when it is not, and shows its arithmetic."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from remit.engines.figures import Amount, Comparison, Vocabulary, check
from remit.engines.figures.checks import CHECKS, NoSuchCheck

WORDS = Vocabulary(
    comparisons=(Comparison("more than", ("more than",), Fraction(0), None, with_lowest=False),),
    amounts=(Amount(("half",), Fraction(50)),),
    whole=(("majority", "more than", "half"),),
)
LEVELS = [9, 23, 32, 13]
D = Decimal
# kind, arguments, holds, arithmetic
CASES: list[tuple[str, dict[str, Any], bool, str]] = [
    ("total", {"terms": [64, 87], "makes": 151}, True, "64 + 87 = 151."),
    ("total", {"terms": [64, 87], "makes": 150}, False, "64 + 87 = 151."),
    ("left", {"of": 174, "less": 60, "leaves": 114}, True, "174 − 60 = 114."),
    ("left", {"of": 174, "less": 60, "leaves": 115}, False, "174 − 60 = 114."),
    ("parts", {"counts": [25, 22, 8], "base": 55}, True, "25 + 22 + 8 = 55."),
    ("parts", {"counts": [25, 22, 8], "base": 56}, False, "25 + 22 + 8 = 55, not 56."),
    ("share", {"count": 151, "base": 211, "percent": D(72)}, True, "151 of 211 is 72% (71.56%)."),
    ("share", {"count": 151, "base": 211, "percent": D(71)}, False, "151 of 211 is 72% (71.56%)."),
    (
        "share",
        {"count": 151, "base": 211, "percent": D(71), "rule": "truncated"},
        True,
        "151 of 211, cut off, is 71% (71.56%).",
    ),
    (
        "share",
        {"count": 504, "base": 560, "percent": D(90), "exactly": True},
        True,
        "504 of 560 is exactly 90%.",
    ),
    (
        "share",
        {"count": 505, "base": 560, "percent": D(90), "exactly": True},
        False,
        "505 of 560 is 90% (90.18%).",
    ),
    ("set_total", {"counts": LEVELS, "base": 77, "makes": 101}, True, "12 + 30 + 42 + 17 = 101."),
    (
        "set_total",
        {"counts": LEVELS, "base": 77, "makes": 101, "rule": "largest_remainder"},
        False,
        "12 + 30 + 41 + 17 = 100.",
    ),
    (
        "set_rounds_to",
        {"counts": LEVELS, "base": 77, "rule": "largest_remainder", "percents": [D(12), D(30), D(41), D(17)]},
        True,
        "Largest remainder gives 12/30/41/17.",
    ),
    (
        "set_rounds_to",
        {
            "counts": LEVELS,
            "base": 77,
            "rule": "half_up",
            "percents": [D(11), D(30), D(42), D(17)],
            "so": False,
        },
        True,
        "Half up gives 12/30/42/17, not 11/30/42/17.",
    ),
    ("reachable", {"percent": D(11), "base": 77, "so": False}, True, "11% of 77: no whole count gives it."),
    ("reachable", {"percent": D(12), "base": 77}, True, "12% of 77: only 9."),
    ("reachable", {"percent": D(27), "base": 504}, True, "27% of 504: 134 to 138."),
    (
        "bases",
        {"count": 151, "percent": D(71), "among": [200, 220], "fit": [212, 213, 214]},
        True,
        "Of the bases 200 to 220, 151 is 71% on a base of 212, 213, 214.",
    ),
    (
        "bases",
        {"count": 151, "percent": D(71), "among": [200, 211], "fit": [212]},
        False,
        "Of the bases 200 to 211, 151 is 71% on none.",
    ),
    (
        "said",
        {"words": "majority", "count": 25, "base": 55, "so": False},
        True,
        "“majority” means more than half (50%): 25 of 55 is 45%.",
    ),
    (
        "said",
        {"words": "majority", "percent": D(53)},
        True,
        "“majority” means more than half (50%): the figure is 53%.",
    ),
    (
        "said_on_every_base",
        {"words": "more than 70%", "count": 151, "bases": [207, 215]},
        True,
        "151 is 72.9% of 207 and 70.2% of 215.",
    ),
    (
        "said_on_every_base",
        {"words": "more than 70%", "count": 151, "bases": [207, 216]},
        False,
        "151 is 72.9% of 207 and 69.9% of 216.",
    ),
    (
        "fillings",
        {"base": 504, "known": [222], "percents": [D(27), D(29)], "ways": 5},
        True,
        "5 ways fit, the first from 134 to 138, of 504.",
    ),
    (
        "fillings",
        {"base": 64, "known": [], "percents": [D(30), D(5), None], "ways": 1, "only": [19, 3, 42]},
        True,
        "Only 19, 3, 42 fit, of 64.",
    ),
    (
        "fillings",
        {"base": 64, "known": [], "percents": [D(30), D(5), None], "ways": 1, "only": [19, 3, 41]},
        False,
        "Only 19, 3, 42 fit, of 64.",
    ),
    (
        "fillings",
        {"base": 77, "known": [], "percents": [D(11), None], "ways": 1},
        False,
        "0 ways fit, of 77.",
    ),
    ("pages", {"items": 13, "per_page": 10, "sizes": [10, 3]}, True, "13 at 10 a page: 10 and 3."),
    ("pages", {"items": 13, "per_page": 20, "sizes": [10, 3]}, False, "13 at 20 a page: 13."),
    (
        "weekday",
        {"days": [date(2015, 1, 9), date(2015, 1, 30)], "is_a": "Friday"},
        True,
        "9 January 2015 was a Friday, 30 January 2015 was a Friday.",
    ),
    ("weekday", {"days": [date(2015, 2, 18)], "is_a": "Friday"}, False, "18 February 2015 was a Wednesday."),
]


@pytest.mark.parametrize(("kind", "arguments", "holds", "arithmetic"), CASES)
def test_a_check_holds_or_not_and_tells_why(
    kind: str, arguments: dict[str, Any], holds: bool, arithmetic: str
) -> None:
    outcome = check(kind, arguments, WORDS)
    assert (outcome.holds, outcome.arithmetic) == (holds, arithmetic)


def test_every_kind_is_tried() -> None:
    assert {kind for kind, *_ in CASES} == set(CHECKS)


def test_a_check_that_is_not_there_or_not_asked_properly() -> None:
    with pytest.raises(NoSuchCheck, match="there is no check “guess”"):
        check("guess", {}, WORDS)
    with pytest.raises(NoSuchCheck, match="“total” cannot be checked so"):
        check("total", {"sum": 3}, WORDS)
