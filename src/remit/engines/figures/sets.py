"""Sets of shares: whether they divide their base, how they were rounded, what they add up to, what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

from remit.engines.figures.shares import Rounding, counts_that_fit, percentage, rounded, unit
from remit.kernel.decision import ALLOWED, Decision, refuse

CLAUSE = "Figure ledger: the parts of a set are counted once each, and no part is larger than the whole"


@dataclass(frozen=True)
class RoundedSet:
    """The shares of a set as printed by one rule, in the order of the counts, and what they add up to."""

    percents: tuple[Decimal, ...]
    rule: Rounding
    total: Decimal

    @property
    def note(self) -> str:
        """What a reader should be told about the sum; empty where it is 100."""
        if self.total == 100:
            return ""
        return f"These add up to {self.total} because of rounding."


def partition(counts: Sequence[int], base: int) -> Decision:
    """Whether the counts share out the base with nothing over. The refusal is ``not_a_partition``."""
    total = sum(counts)
    if total == base:
        return ALLOWED
    terms = " + ".join(f"{count:,}" for count in counts)
    return refuse("not_a_partition", f"{terms} is {total:,}, not {base:,}.", CLAUSE)


def round_set(counts: Sequence[int], base: int, rule: Rounding, places: int = 0) -> RoundedSet:
    """The shares of a set that divides its base, each rounded by itself or all by largest remainder.

    By largest remainder every share is first cut off, then the units that are left go to those with the largest
    part cut off (between equals, to those named first), so that the set adds up to exactly 100. Raises
    `ValueError` where the counts do not divide the base.
    """
    if not partition(counts, base).allowed:
        raise ValueError(f"{sum(counts)} in all is not the base of {base}")
    shares = [percentage(count, base) for count in counts]
    if rule is Rounding.LARGEST_REMAINDER:
        percents = _by_largest_remainder(shares, places)
    else:
        percents = [rounded(share, rule, places) for share in shares]
    return RoundedSet(tuple(percents), rule, sum(percents, Decimal(0)))


def _by_largest_remainder(shares: Sequence[Fraction], places: int) -> list[Decimal]:
    step = unit(places)
    units = [floor(share / step) for share in shares]
    left = int(100 / step) - sum(units)
    by_remainder = sorted(range(len(shares)), key=lambda at: units[at] * step - shares[at])
    for at in by_remainder[:left]:
        units[at] += 1
    return [Decimal(each).scaleb(-places) for each in units]


def methods_that_give(
    percents: Sequence[Decimal], counts: Sequence[int], base: int, places: int = 0
) -> tuple[Rounding, ...]:
    """The rules that print the set just so; empty where no single rule does."""
    rules = (Rounding.HALF_UP, Rounding.TRUNCATED, Rounding.LARGEST_REMAINDER)
    return tuple(rule for rule in rules if round_set(counts, base, rule, places).percents == tuple(percents))


def reconstructions(
    base: int,
    known: Sequence[int],
    percents: Sequence[Decimal | None],
    rule: Rounding = Rounding.HALF_UP,
    places: int | None = None,
) -> Iterator[tuple[int, ...]]:
    """Every way to fill in the counts of a set that were not printed, from the percentages that were.

    `known` are the counts printed; `percents` the percentages of the others, None for one of which nothing is
    printed. All of them together divide the base. In order, smallest first count first.
    """
    choices = [
        range(base + 1) if percent is None else counts_that_fit(percent, base, rule, places)
        for percent in percents
    ]
    return _fill(choices, base - sum(known))


def _fill(choices: Sequence[range], left: int) -> Iterator[tuple[int, ...]]:
    """Every pick of one from each range that adds up to `left`; never goes where no sum can be reached."""
    if not choices:
        if left == 0:
            yield ()
        return
    if not all(choices):
        return
    first, *others = choices
    least = sum(each[0] for each in others)
    most = sum(each[-1] for each in others)
    for count in range(max(first[0], left - most), min(first[-1], left - least) + 1):
        for rest in _fill(others, left - count):
            yield (count, *rest)


def nested(part: Fraction, whole: Fraction, part_said: str, whole_said: str) -> Decision:
    """Whether a part is no larger than what it is part of. The refusal is ``larger_than_the_whole``."""
    if part <= whole:
        return ALLOWED
    return refuse(
        "larger_than_the_whole",
        f"“{part_said}” is part of “{whole_said}”, so it cannot be more.",
        CLAUSE,
    )
