"""Claims in, non-overlapping spans out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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
    the one later in text order wins.
    """

    value: str
    first: date | None
    last: date | None
    firm: bool
    as_of: date
    source: str
    standing: str = ""

    def covers(self, day: date) -> bool:
        """Whether the claim is about this day."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    @property
    def is_year_statement(self) -> bool:
        """A dated claim of at most a year."""
        if not self.firm or self.first is None or self.last is None:
            return False
        return (self.last - self.first).days < A_YEAR


@dataclass(frozen=True)
class Span:
    """A value in force from `first` to `last`, on a basis."""

    value: str
    first: date | None
    last: date | None
    basis: Basis


def _rank(claim: Claim, day: date) -> tuple[int, int, str, str, str]:
    """How strongly a claim speaks about a day; the largest wins. Two that differ in nothing say the same."""
    nearness = claim.as_of.toordinal()
    if claim.firm:
        strength = 3 if claim.is_year_statement else 2
    elif claim.as_of <= day:
        strength = 1
    else:
        strength, nearness = 0, -nearness
    return (strength, nearness, claim.standing, claim.source, claim.value)


def value_on(claims: Iterable[Claim], day: date) -> Claim | None:
    """The claim that is right about one day, or None if nothing is known."""
    covering = [claim for claim in claims if claim.covers(day)]
    return max(covering, key=lambda claim: _rank(claim, day)) if covering else None


def _turning_points(claims: Sequence[Claim]) -> list[date]:
    """The days on which the answer may change: starts, days after ends, and snapshots."""
    days: set[date] = set()
    for claim in claims:
        if claim.first is not None:
            days.add(claim.first)
        if claim.last is not None and claim.last < date.max:
            days.add(claim.last + ONE_DAY)
        if not claim.firm:
            days.add(claim.as_of)
    return sorted(days)


def resolve(claims: Sequence[Claim]) -> list[Span]:
    """Every day's value as the fewest spans, in order of time.

    Adjacent days are one span while value and basis are the same. Days about which nothing is known are gaps.
    """
    if len(claims) == 1:
        only = claims[0]
        basis = Basis.STATED if only.firm else Basis.CARRIED
        return [Span(only.value, only.first, only.last, basis)]
    points = _turning_points(claims)
    starts: list[date | None] = [None, *points]
    ends: list[date | None] = [*(point - ONE_DAY for point in points), None]
    spans: list[Span] = []
    for first, last in zip(starts, ends, strict=True):
        probe = first or last or date.max
        winner = value_on(claims, probe)
        if winner is None:
            continue
        basis = Basis.STATED if winner.firm else Basis.CARRIED
        before = spans[-1] if spans else None
        if (
            before is not None
            and before.value == winner.value
            and before.basis == basis
            and before.last is not None
            and before.last + ONE_DAY == first
        ):
            spans[-1] = Span(before.value, before.first, last, basis)
        else:
            spans.append(Span(winner.value, first, last, basis))
    return spans


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
