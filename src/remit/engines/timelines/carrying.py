"""Carrying what a source says of a month or a year to the days near it of which no source speaks.

A file that lists the nation in January 2014 does not say that anything began or ended that month. What it says
is carried: forward until a source says something else, and back until the source before; never over what is
stated (`resolve` ranks it lowest), and only to days on which the caller allows it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from remit.engines.timelines.resolve import ONE_DAY, Claim, resolve

type_of_days = tuple[date | None, date | None]


def carried(
    claims: Iterable[Claim], days_of: Callable[[str, date, date], Iterable[type_of_days]]
) -> list[Claim]:
    """Each claim about at most a year, carried back to the one before it and forward to the one after it, on the
    days that `days_of` gives for its value, first and last day.

    Days are (first, last), both included; None is unbounded. Claims of longer spans say themselves when they
    began and ended, and are carried nowhere.
    """
    return [
        piece
        for claim, since, until in _with_room(_of_a_year(claims))
        for first, last in days_of(claim.value, _first(claim), _last(claim))
        for piece in _beside(claim, _later(first, since), _earlier(last, until))
    ]


def carried_between(claims: Iterable[Claim]) -> list[Claim]:
    """What fills the days between two claims, each about at most a year, that say the same with nothing else said
    between them."""
    short = _of_a_year(claims)
    filled = []
    for value in sorted({claim.value for claim in short}):
        for before, after in pairwise([claim for claim in short if claim.value == value]):
            first, last = _last(before) + ONE_DAY, _first(after) - ONE_DAY
            if first <= last and not _anything_else(short, value, first, last):
                filled += [*_beside(before, first, last), *_beside(after, first, last)]
    return filled


def counting(claims: Sequence[Claim]) -> list[Claim]:
    """The claims about at most a year that are right on at least one of their days: no other is worth carrying."""
    spans = resolve(claims)
    return [
        claim
        for claim in _of_a_year(claims)
        if any(
            span.value == claim.value
            and (span.first or date.min) <= _last(claim)
            and _first(claim) <= (span.last or date.max)
            for span in spans
        )
    ]


def _of_a_year(claims: Iterable[Claim]) -> list[Claim]:
    short = [claim for claim in claims if claim.is_of_a_year]
    return sorted(short, key=lambda claim: (_first(claim), _last(claim), claim.source))


def _with_room(short: Sequence[Claim]) -> Iterator[tuple[Claim, date | None, date | None]]:
    """Each claim with the day after the last that ended before it and the day before the first that follows it.

    None where there is none.
    """
    firsts = [_first(claim) for claim in short]
    lasts = sorted(_last(claim) for claim in short)
    for claim in short:
        before, after = bisect_left(lasts, _first(claim)), bisect_right(firsts, _last(claim))
        since = lasts[before - 1] + ONE_DAY if before else None
        until = firsts[after] - ONE_DAY if after < len(firsts) else None
        yield claim, since, until


def _anything_else(claims: Sequence[Claim], value: str, first: date, last: date) -> bool:
    return any(claim.value != value and _first(claim) <= last and first <= _last(claim) for claim in claims)


def _beside(claim: Claim, first: date | None, last: date | None) -> Iterator[Claim]:
    """The claim carried to the days from `first` to `last` that lie before it, and to those that lie after it."""
    before, after = _first(claim) - ONE_DAY, _last(claim) + ONE_DAY
    end = before if last is None else min(last, before)
    if first is None or first <= end:
        yield _moved(claim, first, end, _first(claim))
    start = after if first is None else max(first, after)
    if last is None or start <= last:
        yield _moved(claim, start, last, _last(claim))


def _moved(claim: Claim, first: date | None, last: date | None, as_of: date) -> Claim:
    return Claim(claim.value, first, last, claim.firm, as_of, claim.source, claim.standing, is_carried=True)


def _later(one: date | None, other: date | None) -> date | None:
    """The later of two first days; None is unbounded."""
    return max(one or date.min, other or date.min) if one or other else None


def _earlier(one: date | None, other: date | None) -> date | None:
    return min(one or date.max, other or date.max) if one or other else None


def _first(claim: Claim) -> date:
    """The first day of a claim of at most a year, which has one."""
    return claim.first or date.min


def _last(claim: Claim) -> date:
    return claim.last or date.max
