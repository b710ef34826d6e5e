"""The nation as it stood on a day. Every number is a count of dated rows; none is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, OuterRef, QuerySet, Subquery

from remit.register.models import Fact, Succession
from remit.register.queries.lists import ListsTotal, lists_total_of
from remit.register.queries.naming import in_chunks, kinds_on, names_on
from remit.register.rules import COMMISSIONER_KINDS, Era, era_on, eras, longest_formation


@dataclass(frozen=True)
class RegionRow:
    """A region and what was in it on a day."""

    code: str
    name: str
    commissioners: int
    practices: int


@dataclass(frozen=True)
class Nation:
    """Counts on a day. `commissioners` counts bodies that commissioned primary care: never hubs, never the
    sub-ICB locations that kept the codes of clinical commissioning groups."""

    on: date
    era: Era | None
    commissioners: int
    practices: int
    pcns: int
    lists: ListsTotal
    regions: tuple[RegionRow, ...]
    without_region: int


def commissioner_codes_on(on: date) -> set[str]:
    """The codes of the commissioners on a day."""
    return set(_commissioners(on).values_list("organisation_id", flat=True))


def practice_codes_on(on: date) -> set[str]:
    """The codes of the GP practices on a day."""
    return set(_practices(on).values_list("organisation_id", flat=True))


def practice_codes_in(commissioners: Collection[str], on: date) -> set[str]:
    """The practices of some commissioners on a day, of a board through its locations."""
    locations = Fact.objects.filter(about="icb", value__in=commissioners).as_at(on)
    places = {*commissioners, *locations.values_list("organisation_id", flat=True)}
    rows = Fact.objects.filter(about="commissioner", value__in=places).as_at(on)
    kinds = kinds_on(set(rows.values_list("organisation_id", flat=True)), on)
    return {code for code, kind in kinds.items() if kind == "practice"}


def relations_on(about: str, on: date, of: Collection[str]) -> dict[str, str]:
    """To whom some organisations belonged on a day: to its commissioner, region, board …"""
    found: dict[str, str] = {}
    for chunk in in_chunks(of):
        rows = Fact.objects.filter(about=about, organisation_id__in=chunk).as_at(on)
        found.update(rows.values_list("organisation_id", "value"))
    return found


def practices_by_commissioner(on: date) -> Counter[str]:
    """How many practices belonged to each code on a day: since boards began, to their locations."""
    rows = Fact.objects.filter(about="commissioner").as_at(on)
    rows = rows.filter(organisation_id__in=_practices(on).values("organisation_id"))
    return Counter(dict(rows.values_list("value").annotate(Count("pk"))))


def regions_of_commissioners(on: date) -> dict[str, str]:
    """The region of each commissioner on a day; of a board, the region of most of its locations."""
    codes = commissioner_codes_on(on)
    regions = relations_on("region", on, codes)
    if codes - regions.keys():
        regions = _regions_of_boards(on) | regions
    return {code: region for code, region in regions.items() if code in codes}


def _regions_of_boards(on: date) -> dict[str, str]:
    """The region of most of what belongs to each board; of two that have as many, the first by code."""
    region = Fact.objects.filter(about="region", organisation=OuterRef("organisation")).as_at(on)
    votes = (
        Fact.objects.filter(about="icb")
        .as_at(on)
        .annotate(region=Subquery(region.values("value")[:1]))
        .filter(region__isnull=False)
        .values_list("value", "region")
        .annotate(Count("pk"))
    )
    tally = sorted((board, -count, region) for board, region, count in votes)
    return {board: region for board, _, region in reversed(tally)}


def nation_on(on: date) -> Nation:
    """The nation on a day."""
    commissioners = commissioner_codes_on(on)
    regions = regions_of_commissioners(on)
    by_region = Counter(regions.values())
    names = names_on(set(by_region), on)
    practices_by_region = _practices_by_region(on, regions)
    return Nation(
        on=on,
        era=era_on(on),
        commissioners=len(commissioners),
        practices=_practices(on).count(),
        pcns=Fact.objects.filter(about="kind", value="pcn").as_at(on).count(),
        lists=lists_total_of(_practices(on), on),
        regions=tuple(
            RegionRow(code, names.get(code, code), count, practices_by_region[code])
            for code, count in sorted(by_region.items())
        ),
        without_region=len(commissioners) - len(regions),
    )


def _practices_by_region(on: date, regions: dict[str, str]) -> Counter[str]:
    belonging = practices_by_commissioner(on)
    boards = relations_on("icb", on, belonging.keys() - regions.keys())
    counts: Counter[str] = Counter()
    for commissioner, practices in belonging.items():
        region = regions.get(commissioner) or regions.get(boards.get(commissioner, ""))
        if region:
            counts[region] += practices
    return counts


def _commissioners(on: date) -> QuerySet[Fact]:
    found = Fact.objects.filter(about="kind", value__in=COMMISSIONER_KINDS).as_at(on)
    forming = {code for code, first in _formations(on) if first > on}
    return found.exclude(organisation_id__in=forming) if forming else found


def _formations(on: date | None = None) -> list[tuple[str, date]]:
    """Bodies that the directory opened before the merger which makes them, with the day of that merger: of all
    time, or near a day. Until then their predecessors commission, so they are not counted beside them."""
    steps = Succession.objects.order_by("successor_id", "on")
    if on is not None:
        steps = steps.filter(on__gt=on, on__lte=on + longest_formation())
    first: dict[str, date] = {}
    for code, day in steps.values_list("successor_id", "on"):
        first.setdefault(code, day)
    if not first:
        return []
    opened = Fact.objects.filter(about="kind", value__in=COMMISSIONER_KINDS, organisation_id__in=first)
    openings = opened.order_by().values_list("organisation_id").annotate(Min("from_on"))
    return [
        (code, first[code])
        for code, day in openings
        if first[code] - longest_formation() <= day < first[code]
    ]


def _practices(on: date) -> QuerySet[Fact]:
    return Fact.objects.filter(about="kind", value="practice").as_at(on)


def days_of_years(until: date) -> list[date]:
    """Each 1 April since 2013 (and 1 July 2022, when boards began) up to a day."""
    days = {date(year, 4, 1) for year in range(2013, until.year + 1)}
    days |= {era.first for era in eras() if era.first >= date(2013, 4, 1)}
    return sorted(day for day in days if day <= until)


def commissioners_by_year(until: date) -> list[tuple[date, int]]:
    """How many commissioners there were on each 1 April (and 1 July 2022, when boards began) up to a day."""
    formed = dict(_formations())
    kinds = Fact.objects.filter(about="kind", value__in=COMMISSIONER_KINDS)
    spans = [
        (max(first, formed.get(code, first)), last)
        for code, first, last in kinds.values_list("organisation_id", "from_on", "until_on")
    ]
    return [(day, sum(1 for first, last in spans if first <= day <= last)) for day in days_of_years(until)]


def regions_of_day(on: date) -> dict[str, tuple[int, int]]:
    """How many commissioners and practices each region had on a day."""
    regions = regions_of_commissioners(on)
    practices = _practices_by_region(on, regions)
    return {code: (count, practices[code]) for code, count in Counter(regions.values()).items()}
