"""Claims in, non-overlapping spans out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

ONE_DAY = timedelta(days=1)
A_YEAR = 366


class Basis(StrEnum):
    """How firmly a span is known."""

    STATED = "stated"  # a source states these days
    CARRIED = "carried"  # carried from a snapshot that only knows its own day


@dataclass(frozen=True)
class Claim:
    """One source's claim that something had `value` from `first` to `last` (both included).

    None means unbounded on that side. `firm` is whether the source states these days. `as_of` is the day the
    source describes (for a year file its first day). `standing` breaks ties between sources about the same day:
    the one later in text order wins. `is_carried`: the source does not speak of these days; what it says of the
    days beside them, up to `as_of` or from it on, is carried to them (`firm` is then how firmly it says that).
    """

    value: str
    first: date | None
    last: date | None
    firm: bool
    as_of: date
    source: str
    standing: str = ""
    is_carried: bool = False

    def covers(self, day: date) -> bool:
        """Whether the claim is about this day."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    @property
    def is_stated(self) -> bool:
        """Whether the source states that this was so on these very days."""
        return self.firm and not self.is_carried

    @property
    def is_of_a_year(self) -> bool:
        """Whether the source speaks of these very days, and they are at most a year."""
        if self.is_carried or self.first is None or self.last is None:
            return False
        return (self.last - self.first).days < A_YEAR


@dataclass(frozen=True)
class Span:
    """A value in force from `first` to `last`, on a basis."""

    value: str
    first: date | None
    last: date | None
    basis: Basis


type_of_rank = tuple[int, int, bool, str, str, str]


def _rank(claim: Claim, day: date) -> type_of_rank:
    """How strongly a claim speaks about a day; the largest wins. Two that differ in nothing say the same."""
    nearness = claim.as_of.toordinal()
    if claim.is_stated:
        strength = 4 if claim.is_of_a_year else 3
    elif claim.is_of_a_year:
        strength = 2
    elif claim.as_of <= day:
        strength = 1
    else:
        strength, nearness = 0, -nearness
    return (strength, nearness, claim.firm, claim.standing, claim.source, claim.value)


def ended(claims: Sequence[Claim]) -> list[Claim]:
    """The claims, each “and still” of an older source ended where a later source dates something else.

    Without this, “in 00K since 2013” of June 2018 would come back after “in 16C from 2020 until it closed in
    2023” of a later file had ended.
    """
    return [_ended(claim, claims) if claim.is_stated and claim.last is None else claim for claim in claims]


def _ended(still: Claim, claims: Sequence[Claim]) -> Claim:
    changes = [
        other.first
        for other in claims
        if other.is_stated
        and other.first is not None
        and other.value != still.value
        and other.as_of > still.as_of
        and (still.first is None or still.first < other.first)
    ]
    return replace(still, last=min(changes) - ONE_DAY) if changes else still


def value_on(claims: Sequence[Claim], day: date) -> Claim | None:
    """The claim that is right about one day, or None if nothing is known."""
    return _right(ended(claims), day)


def _right(claims: Iterable[Claim], day: date) -> Claim | None:
    covering = [claim for claim in claims if claim.covers(day)]
    return max(covering, key=lambda claim: _rank(claim, day)) if covering else None


# how strongly, first day, last day (ordinals, both included), basis: a claim's say about some days
type_of_stroke = tuple[type_of_rank, int, int, Basis]

EARLIEST, LATEST = 0, date.max.toordinal() + 1  # one day beyond what a date can say, on either side


def _strokes(claim: Claim) -> list[type_of_stroke]:
    """A claim about its very days speaks with one strength; a carried one more strongly from its own day on."""
    first = EARLIEST if claim.first is None else claim.first.toordinal()
    last = LATEST if claim.last is None else claim.last.toordinal()
    if claim.is_stated:
        return [(_rank(claim, date.min), first, last, Basis.STATED)]
    seen = claim.as_of.toordinal()
    if seen <= first or claim.is_of_a_year:
        return [(_rank(claim, date.max), first, last, Basis.CARRIED)]
    if last < seen:
        return [(_rank(claim, date.min), first, last, Basis.CARRIED)]
    return [
        (_rank(claim, date.max), seen, last, Basis.CARRIED),
        (_rank(claim, date.min), first, seen - 1, Basis.CARRIED),
    ]


def _paint(strokes: list[type_of_stroke]) -> list[tuple[int, int, str, Basis]]:
    """Each day painted once, by the strongest stroke that covers it: first, last, value, basis."""
    free = [(EARLIEST, LATEST)]
    painted = []
    for rank, from_day, to_day, basis in sorted(strokes, reverse=True):
        left = []
        for start, end in free:
            first, last = max(start, from_day), min(end, to_day)
            if first > last:
                left.append((start, end))
                continue
            painted.append((first, last, rank[-1], basis))
            if start < first:
                left.append((start, first - 1))
            if last < end:
                left.append((last + 1, end))
        free = left
        if not free:
            break
    return sorted(painted)


def resolve(claims: Sequence[Claim]) -> list[Span]:
    """Every day's value as the fewest spans, in order of time.

    Adjacent days are one span while value and basis are the same. Days about which nothing is known are gaps.
    """
    if len(claims) == 1:
        only = claims[0]
        basis = Basis.STATED if only.is_stated else Basis.CARRIED
        return [Span(only.value, only.first, only.last, basis)]
    merged: list[tuple[int, int, str, Basis]] = []
    for first, last, value, basis in _paint(
        [stroke for claim in ended(claims) for stroke in _strokes(claim)]
    ):
        if merged and merged[-1][1] + 1 == first and merged[-1][2:] == (value, basis):
            merged[-1] = (merged[-1][0], last, value, basis)
        else:
            merged.append((first, last, value, basis))
    return [Span(value, _day(first), _day(last), basis) for first, last, value, basis in merged]


def _day(ordinal: int) -> date | None:
    return None if ordinal in (EARLIEST, LATEST) else date.fromordinal(ordinal)


def who_says(claims: Iterable[Claim], span: Span) -> tuple[str, ...]:
    """Every source that claims the span's value for at least one of its days."""
    saying = {
        claim.source
        for claim in claims
        if claim.value == span.value
        and (claim.first is None or span.last is None or claim.first <= span.last)
        and (claim.last is None or span.first is None or span.first <= claim.last)
    }
    return tuple(sorted(saying))
