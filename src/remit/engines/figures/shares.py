"""Shares: exact fractions, the rule that rounds them, and which whole counts a printed percentage can mean.

No float is used anywhere: a share is a `Fraction` of a hundred, a printed percentage a `Decimal`.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor

from remit.kernel.decision import ALLOWED, Decision, refuse

MOST_PLACES = 6
HALF = Fraction(1, 2)
CLAUSE = "Figure ledger: a published percentage is one that a whole count of its base gives"


class Rounding(StrEnum):
    """How a figure was rounded."""

    HALF_UP = "half_up"
    TRUNCATED = "truncated"
    LARGEST_REMAINDER = "largest_remainder"
    NONE = "none"


ROUNDING_WORDS: dict[Rounding, str] = {
    Rounding.HALF_UP: "Rounded to the nearest, halves up",
    Rounding.TRUNCATED: "Cut off, not rounded",
    Rounding.LARGEST_REMAINDER: "Rounded as a set by largest remainder, so that the set adds up to 100",
    Rounding.NONE: "Not rounded",
}


def unit(places: int) -> Fraction:
    """The last place printed: 1 for whole percent, 1/10 for one decimal. Raises `ValueError` beyond six."""
    if not 0 <= places <= MOST_PLACES:
        raise ValueError(f"decimal places are 0 to {MOST_PLACES}, not {places}")
    return Fraction(1, 10**places)


def percentage(count: int, base: int) -> Fraction:
    """The exact share of `count` in `base`, out of a hundred. Raises `ValueError` unless 0 ≤ count ≤ base > 0."""
    if not 0 <= count <= base or base == 0:
        raise ValueError(f"{count} of {base} is not a share")
    return Fraction(100 * count, base)


def rounded(value: Fraction, rule: Rounding, places: int = 0) -> Decimal:
    """A value as one figure is printed by `rule`. Half-up takes halves away from nought.

    Raises `ValueError` for the rules that do not make one printed figure: largest remainder rounds a set, and
    what is not rounded has no last place.
    """
    units = abs(value) / unit(places)
    if rule is Rounding.HALF_UP:
        whole = floor(units + HALF)
    elif rule is Rounding.TRUNCATED:
        whole = floor(units)
    else:
        raise ValueError(f"one figure is not rounded by “{rule}”")
    return Decimal(whole if value >= 0 else -whole).scaleb(-places)


def places_of(percent: Decimal) -> int:
    """How many decimals a printed percentage has: 0 for 71, 1 for 71.6."""
    exponent = percent.as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError(f"{percent} is not a percentage")
    return max(0, -exponent)


def counts_that_fit(
    percent: Decimal, base: int, rule: Rounding = Rounding.HALF_UP, places: int | None = None
) -> range:
    """The whole counts of `base` whose share is printed as `percent`; empty where there is none.

    The GRIM test of Brown and Heathers (2017), by arithmetic: the counts are those between two bounds. A share
    of a set that was rounded by largest remainder is within one unit of its exact value. Raises `ValueError` for
    a percentage with more decimals than `places`.
    """
    if base <= 0:
        raise ValueError(f"a base is at least 1, not {base}")
    exact = Fraction(percent)
    step = unit(places_of(percent) if places is None else places)
    if exact % step:
        raise ValueError(f"{percent}% is not printed to {places} decimals")
    if rule is Rounding.NONE:
        first, beyond = ceil(exact * base / 100), floor(exact * base / 100) + 1
    else:
        below, above = {
            Rounding.HALF_UP: (exact - step / 2, exact + step / 2),
            Rounding.TRUNCATED: (exact, exact + step),
            Rounding.LARGEST_REMAINDER: (exact - step, exact + step),
        }[rule]
        first, beyond = ceil(below * base / 100), ceil(above * base / 100)
        if rule is Rounding.LARGEST_REMAINDER:  # its lower bound is not reached either
            first = floor(below * base / 100) + 1
    return range(max(first, 0), max(min(beyond, base + 1), first, 0))


def bases_that_fit(
    count: int,
    percent: Decimal,
    bases: Iterable[int],
    rule: Rounding = Rounding.HALF_UP,
    places: int | None = None,
) -> tuple[int, ...]:
    """Those of `bases` on which `count` is printed as `percent`."""
    return tuple(base for base in bases if count in counts_that_fit(percent, base, rule, places))


def attainable(
    percent: Decimal,
    base: int,
    *,
    count: int | None = None,
    rule: Rounding = Rounding.HALF_UP,
    places: int | None = None,
) -> Decision:
    """Whether any whole count of `base` gives `percent`. The refusal (``not_attainable``) says what is near.

    `count` is the count that was printed beside it, if any.
    """
    if counts_that_fit(percent, base, rule, places):
        return ALLOWED
    said = places_of(percent) if places is None else places
    near = [count] if count is not None else _neighbours(percent, base)
    told = " and ".join(spoken(each, base, said) for each in near)
    return refuse(
        "not_attainable",
        f"{percent}% of {base:,}: no whole count gives it; {told}.",
        CLAUSE,
    )


def follows(
    percent: Decimal, count: int, base: int, rule: Rounding = Rounding.HALF_UP, places: int | None = None
) -> Decision:
    """Whether `count` of `base` is printed as `percent` by `rule`. The refusal is ``does_not_follow``."""
    if count in counts_that_fit(percent, base, rule, places):
        return ALLOWED
    said = places_of(percent) if places is None else places
    return refuse("does_not_follow", f"{spoken_finely(count, base, said)}, not {percent}%.", CLAUSE)


def shown(percent: Fraction, places: int = 0) -> str:
    """A share as text: "72%", "71.56%"."""
    return f"{rounded(percent, Rounding.HALF_UP, places)}%"


def spoken(count: int, base: int, places: int = 0) -> str:
    """A share as a sentence's part: "9 of 77 is 12%"."""
    return f"{count:,} of {base:,} is {shown(percentage(count, base), places)}"


def spoken_finely(count: int, base: int, places: int = 0) -> str:
    """The same with what was rounded away: "9 of 77 is 12% (11.69%)", "504 of 560 is exactly 90%"."""
    share = percentage(count, base)
    if share == rounded(share, Rounding.HALF_UP, places):
        return f"{count:,} of {base:,} is exactly {shown(share, places)}"
    return f"{spoken(count, base, places)} ({shown(share, min(places + 2, MOST_PLACES))})"


def _neighbours(percent: Decimal, base: int) -> list[int]:
    """The whole counts on either side of a share, where there are any."""
    exact = Fraction(percent) * base / 100
    return [each for each in sorted({floor(exact), ceil(exact)}) if 0 <= each <= base] or [base]
