"""Which commissioner followed which, derived from where the practices went.

No published file lists the mergers of CCGs, but the practice files say which commissioner each practice
belonged to and since when. When a commissioner closes, its successors are the bodies its practices belonged to
next. The result is always labelled as derived.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Belonging:
    """A practice belonged to a commissioner from `first` to `last`; None is unbounded."""

    practice: str
    commissioner: str
    first: date | None
    last: date | None


@dataclass(frozen=True)
class DerivedSuccession:
    """On `on`, `successor` took over from `predecessor`; `practices` of `of` that could be followed went there."""

    predecessor: str
    successor: str
    on: date
    practices: int
    of: int

    @property
    def share(self) -> Fraction:
        """The part of the followed practices that went to this successor."""
        return Fraction(self.practices, self.of)


def derive_succession(
    belongings: Iterable[Belonging], closed: Mapping[str, date], *, least_share: Fraction
) -> list[DerivedSuccession]:
    """Successors of each closed commissioner.

    `closed` gives the last day of each commissioner. A practice is followed from the commissioner it belonged
    to on that last day to the one it belonged to on the next day that is known. Bodies that took less than
    `least_share` of the followed practices are left out: single practices move for their own reasons.
    """
    by_practice: defaultdict[str, list[Belonging]] = defaultdict(list)
    for belonging in belongings:
        by_practice[belonging.practice].append(belonging)
    moves: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for history in by_practice.values():
        history.sort(key=lambda belonging: belonging.first or date.min)
        for before, after in pairwise(history):
            last_day = closed.get(before.commissioner)
            if last_day is None or after.commissioner == before.commissioner:
                continue
            still_there = before.last is None or before.last >= last_day
            followed_on = after.first is not None and after.first > last_day
            if still_there and followed_on:
                moves[before.commissioner][after.commissioner] += 1
    derived = []
    for predecessor, counts in moves.items():
        of = sum(counts.values())
        for successor, practices in counts.items():
            if Fraction(practices, of) >= least_share:
                derived.append(
                    DerivedSuccession(predecessor, successor, closed[predecessor] + ONE_DAY, practices, of)
                )
    return sorted(derived, key=lambda row: (row.on, row.predecessor, -row.practices, row.successor))
