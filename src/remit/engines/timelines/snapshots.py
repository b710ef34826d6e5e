"""How far a snapshot reaches: a file that only knows its own day, and claims a place for all days of its code.

What it says of its own day is never carried over what another source states about days beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from remit.engines.timelines.resolve import ONE_DAY, Claim


def within_statements(claims: Sequence[Claim]) -> list[Claim]:
    """The claims, each snapshot cut where a claim about at most a year says something else, on either side of the
    day that the snapshot describes. One whose own day such a claim covers says nothing any more."""
    short = [claim for claim in claims if claim.is_of_a_year]
    kept: list[Claim] = []
    for claim in claims:
        if not _is_snapshot(claim):
            kept.append(claim)
            continue
        others = [other for other in short if other.value != claim.value]
        first, last = _room(_own_day(claim), others)
        cut = _clipped(claim, first, last)
        if cut is not None:
            kept.append(cut)
    return kept


def _is_snapshot(claim: Claim) -> bool:
    """Whether the source knows only its own day, and the claim is about more than a year around it."""
    return not claim.firm and not claim.is_carried and not claim.is_of_a_year


def _own_day(claim: Claim) -> date:
    """The day of its source, or the nearest to it of which the claim is."""
    return min(max(claim.as_of, claim.first or date.min), claim.last or date.max)


def _room(day: date, others: Iterable[Claim]) -> tuple[date | None, date | None]:
    """The days around one that are free of others' claims, each about at most a year."""
    first, last = None, None
    for other in others:
        began, ended = other.first or date.min, other.last or date.max
        if began <= day:
            first = max(first or date.min, ended + ONE_DAY)
        if day <= ended:
            last = min(last or date.max, began - ONE_DAY)
    return first, last


def _clipped(claim: Claim, first: date | None, last: date | None) -> Claim | None:
    start = max(claim.first or date.min, first or date.min)
    end = min(claim.last or date.max, last or date.max)
    if end < start:
        return None
    return replace(
        claim,
        first=None if claim.first is None and first is None else start,
        last=None if claim.last is None and last is None else end,
    )
