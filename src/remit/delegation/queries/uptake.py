"""How delegation spread: by year and by region."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from remit.delegation.models import Arrangement
from remit.delegation.queries.positions import (
    PositionRow,
    Standing,
    Uptake,
    positions_of,
    recorded,
    uptake_of,
)
from remit.delegation.rules import PublishedBatch, published_batches
from remit.kernel.period import Period
from remit.register.queries.nation import commissioner_codes_on

FIRST_YEAR = 2015


@dataclass(frozen=True)
class RegionUptake:
    """A region on a day, and where its commissioners stood."""

    code: str
    name: str
    uptake: Uptake


@dataclass(frozen=True)
class Overview:
    """A day of the programme: where everybody stood, with the counts of all, of each region and of each year."""

    positions: tuple[PositionRow, ...]
    standing: Standing
    uptake: Uptake
    regions: tuple[RegionUptake, ...]
    years: tuple[Uptake, ...]


def overview(on: date, until: date, at: datetime | None = None) -> Overview:
    """A day, and each year's 1 April up to the day `until`; `at` as in `recorded`. Everything is read once."""
    found = recorded(at)
    standing = found.on(on)
    positions = positions_of(standing, on)
    return Overview(
        positions=tuple(positions),
        standing=standing,
        uptake=uptake_of({row.code for row in positions}, on, standing),
        regions=tuple(_by_region(positions, standing, on)),
        years=tuple(uptake_of(commissioner_codes_on(day), day, found.on(day)) for day in _years(until)),
    )


def uptake_by_region(on: date, at: datetime | None = None) -> list[RegionUptake]:
    """Counts on a day by region, by code; commissioners whose region no source gives come last."""
    standing = recorded(at).on(on)
    return _by_region(positions_of(standing, on), standing, on)


def _by_region(positions: list[PositionRow], standing: Standing, on: date) -> list[RegionUptake]:
    regions = sorted(
        {(row.region, row.region_name) for row in positions}, key=lambda each: (not each[0], each)
    )
    return [
        RegionUptake(
            code, name, uptake_of({row.code for row in positions if row.region == code}, on, standing)
        )
        for code, name in regions
    ]


def uptake_by_year(until: date, at: datetime | None = None) -> list[Uptake]:
    """Counts on 1 April of each year since powers first came on, up to a day; `at` as in `recorded`."""
    found = recorded(at)
    return [uptake_of(commissioner_codes_on(day), day, found.on(day)) for day in _years(until)]


def _years(until: date) -> list[date]:
    days = [date(year, 4, 1) for year in range(FIRST_YEAR, until.year + 1)]
    return [day for day in days if day <= until]


@dataclass(frozen=True)
class PublishedGap:
    """A published count beside what is named: `count` were said to be approved (or `in_effect`) at a level, `named` of
    them are named by a source. `more` is by how many it exceeds the one before of its kind, None for the first."""

    level: int
    what: str
    announced_on: date
    effective_on: date
    count: int
    named: int
    figure: str
    more: int | None
    change: str
    source: str
    href: str


def totals_published(on: date) -> list[dict[str, Any]]:
    """The published counts up to a day, each with how many the sources at hand name, for machines."""
    names = ("level", "what", "announced_on", "count", "named", "source", "href")
    return [{name: getattr(gap, name) for name in names} for gap in published_gaps(on)]


def published_gaps(on: date) -> list[PublishedGap]:
    """The published counts up to a day, each with how many of it the sources at hand name; none where nothing was
    recorded from sources, as in an invented nation."""
    recorded_here = list(Arrangement.objects.exclude(source=""))
    if not recorded_here:
        return []
    found, before = [], dict[tuple[int, str], int]()
    for batch in published_batches():
        if batch.announced_on > on:
            continue
        kind = batch.level, batch.what
        named = [row for row in recorded_here if row.level == batch.level and _of_batch(row, batch)]
        found.append(
            PublishedGap(
                batch.level,
                batch.what,
                batch.announced_on,
                batch.effective_on,
                batch.count,
                len({row.commissioner_id for row in named}),
                batch.figure,
                batch.count - before[kind] if kind in before else None,
                batch.change,
                batch.source,
                batch.href,
            )
        )
        before[kind] = batch.count
    return found


def _of_batch(row: Arrangement, batch: PublishedBatch) -> bool:
    """Whether an arrangement that a source states is one of those counted: begun that day, or in force on it."""
    if batch.what == "approved":
        return row.effective_on == batch.effective_on
    return batch.effective_on in Period(row.effective_on, row.last_on)
