"""The nation as it stood on a day. Every number is a count of dated rows; none is stored."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from remit.register.models import Fact
from remit.register.queries.lists import lists_on
from remit.register.queries.naming import names_on
from remit.register.rules import COMMISSIONER_KINDS, Era, era_on, eras


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
    registered: Decimal
    lists_counted: int
    regions: tuple[RegionRow, ...]
    without_region: int


def commissioner_codes_on(on: date) -> set[str]:
    """The codes of the commissioners on a day."""
    rows = Fact.objects.filter(about="kind", value__in=COMMISSIONER_KINDS).as_at(on)
    return set(rows.values_list("organisation_id", flat=True))


def practice_codes_on(on: date) -> set[str]:
    """The codes of the GP practices on a day."""
    rows = Fact.objects.filter(about="kind", value="practice").as_at(on)
    return set(rows.values_list("organisation_id", flat=True))


def relations_on(about: str, on: date) -> dict[str, str]:
    """Who belonged to whom on a day: organisation to its commissioner, region, board …"""
    return dict(Fact.objects.filter(about=about).as_at(on).values_list("organisation_id", "value"))


def regions_of_commissioners(on: date) -> dict[str, str]:
    """The region of each commissioner on a day; of a board, the region of most of its locations."""
    regions = relations_on("region", on)
    boards = relations_on("icb", on)
    votes: dict[str, Counter[str]] = {}
    for location, board in boards.items():
        if location in regions:
            votes.setdefault(board, Counter())[regions[location]] += 1
    from_locations = {
        board: min(tally, key=lambda region: (-tally[region], region)) for board, tally in votes.items()
    }
    codes = commissioner_codes_on(on)
    return {code: region for code, region in (from_locations | regions).items() if code in codes}


def nation_on(on: date) -> Nation:
    """The nation on a day."""
    commissioners = commissioner_codes_on(on)
    practices = practice_codes_on(on)
    regions = regions_of_commissioners(on)
    belonging = relations_on("commissioner", on)
    boards = relations_on("icb", on)
    by_region: Counter[str] = Counter(regions.values())
    practices_by_region: Counter[str] = Counter()
    for practice in practices:
        commissioner = belonging.get(practice, "")
        region = regions.get(commissioner) or regions.get(boards.get(commissioner, ""))
        if region:
            practices_by_region[region] += 1
    names = names_on(set(by_region), on)
    lists = [row.registered for row in lists_on(practices, on).values() if row.registered is not None]
    return Nation(
        on=on,
        era=era_on(on),
        commissioners=len(commissioners),
        practices=len(practices),
        pcns=Fact.objects.filter(about="kind", value="pcn").as_at(on).count(),
        registered=sum(lists, Decimal(0)),
        lists_counted=len(lists),
        regions=tuple(
            RegionRow(code, names.get(code, code), count, practices_by_region[code])
            for code, count in sorted(by_region.items())
        ),
        without_region=len(commissioners) - sum(by_region.values()),
    )


def commissioners_by_year(until: date) -> list[tuple[date, int]]:
    """How many commissioners there were on each 1 April (and 1 July 2022, when boards began) up to a day."""
    days = {date(year, 4, 1) for year in range(2013, until.year + 1)}
    days |= {era.first for era in eras() if era.first >= date(2013, 4, 1)}
    spans = list(
        Fact.objects.filter(about="kind", value__in=COMMISSIONER_KINDS).values_list("from_on", "until_on")
    )
    return [
        (day, sum(1 for first, last in spans if first <= day <= last)) for day in sorted(days) if day <= until
    ]
