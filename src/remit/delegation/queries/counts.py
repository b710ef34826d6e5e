"""A count of a day, opened: who is counted, and out of whom. Nothing is stored; the day and the name give it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from remit.delegation.queries.positions import PositionRow, Standing, positions_of, recorded

EVERYBODY, NOT_KNOWN = "commissioners", "not-known"
COUNTS = (
    EVERYBODY,
    *(f"level-{level}" for level in (0, 1, 2, 3)),
    *(f"{what}-{level}" for what in ("approved", "conditional", "signed") for level in (2, 3)),
    NOT_KNOWN,
)
"""The names of the counts, as they stand in addresses. Level 0 is no arrangement."""
NO_REGION = "none"
"""In an address: those whose region no source gives."""


@dataclass(frozen=True)
class CountOnDay:
    """A count of a day, of all or of a region: those counted, and those out of whom, each by name.

    `region` and its name are empty where all are counted; `is_whole`: everybody's position on the day is known."""

    name: str
    on: date
    region: str
    region_name: str
    counted: tuple[PositionRow, ...]
    base: tuple[PositionRow, ...]
    is_whole: bool


def count_on(name: str, on: date, *, region: str = "", at: datetime | None = None) -> CountOnDay | None:
    """One count of a day; None for a name that is none, or a region with nobody in it. `at` as in `recorded`."""
    if name not in COUNTS:
        return None
    standing = recorded(at).on(on)
    positions = positions_of(standing, on)
    base = [row for row in positions if region in ("", row.region or NO_REGION)]
    if region and not base:
        return None
    codes = counted_in(name, base, standing)
    return CountOnDay(
        name,
        on,
        region,
        base[0].region_name if region else "",
        tuple(row for row in base if row.code in codes),
        tuple(base),
        standing.is_whole,
    )


def counted_in(name: str, positions: Sequence[PositionRow], standing: Standing) -> frozenset[str]:
    """The codes of those of some positions that a count counts."""
    here = frozenset(row.code for row in positions)
    what, _, level = name.partition("-")
    if name == EVERYBODY:
        return here
    if name == NOT_KNOWN:
        return frozenset(row.code for row in positions if row.level is None)
    if what == "level":
        return frozenset(row.code for row in positions if row.level == int(level))
    of = {"approved": standing.approved, "conditional": standing.conditional, "signed": standing.signed}
    return of[what][int(level)] & here
