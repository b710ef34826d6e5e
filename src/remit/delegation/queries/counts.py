"""A count of a day, opened: who is counted, and out of whom. Nothing is stored; the day and the name give it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from remit.delegation.queries.positions import PositionRow, Standing, positions_of, recorded
from remit.delegation.queries.uptake import FIRST_YEAR

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


@dataclass(frozen=True)
class CountChange:
    """A count beside the same of an earlier day: who came to be counted, as they were on the later day, and who no
    longer is, as they were on the earlier one. `more` is less than 0 where there are fewer."""

    since: date
    before: int
    came: tuple[PositionRow, ...]
    went: tuple[PositionRow, ...]

    @property
    def more(self) -> int:
        """By how many it grew."""
        return len(self.came) - len(self.went)


def a_year_before(on: date) -> date | None:
    """The 1 April that begins the financial year before a day's own; None before there were any powers."""
    year = on.year if on >= date(on.year, 4, 1) else on.year - 1
    return date(year - 1, 4, 1) if year > FIRST_YEAR else None


def change_of(found: CountOnDay, since: date, at: datetime | None = None) -> CountChange | None:
    """What changed in a count since an earlier day; None where its region had nobody then. `at` as in `recorded`."""
    earlier = count_on(found.name, since, region=found.region, at=at)
    if earlier is None or since >= found.on:
        return None
    then, now = ({row.code for row in each.counted} for each in (earlier, found))
    return CountChange(
        since,
        len(then),
        tuple(row for row in found.counted if row.code not in then),
        tuple(row for row in earlier.counted if row.code not in now),
    )


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
