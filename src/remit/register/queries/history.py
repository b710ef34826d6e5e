"""Series over time for charts and their tables."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.cache import cache

from remit.kernel.period import NhsYear
from remit.register.models import Fact, ListSize, PublishedPayments
from remit.register.queries.directory import KEEP, state_of_register
from remit.register.queries.editions import standing
from remit.register.queries.naming import in_chunks
from remit.register.queries.nation import days_of_years, regions_of_day
from remit.register.rules import COMMISSIONER_KINDS

WITH_PRACTICES = (*COMMISSIONER_KINDS, "sub_icb_location")


@dataclass(frozen=True)
class PointInTime:
    """How many practices and registered patients on a day."""

    on: date
    practices: int
    registered: Decimal
    counted: int


@dataclass(frozen=True)
class RegionInTime:
    """How many commissioners and practices a region had on a day."""

    on: date
    commissioners: int
    practices: int


@dataclass(frozen=True)
class PaymentsOfYear:
    """What one yearly file says was paid to a practice: every column, in the file's order.

    `lines` are (stable name, label as printed, kind, whole pence or the printed text or None).
    """

    year: NhsYear
    source: str
    title: str
    commissioner: str
    total_pence: int | None
    lines: tuple[tuple[str, str, str, int | str | None], ...]


def lists_of(practice: str, until: date) -> list[ListSize]:
    """Every count of a practice's list up to a day, oldest first."""
    rows = ListSize.objects.filter(organisation_id=practice, on__lte=until)
    return list(standing(rows).order_by("on", "source_id"))


def payments_of(practice: str, until: date) -> list[PaymentsOfYear]:
    """What the file of every year that starts before a day says a practice was paid, latest first."""
    rows = PublishedPayments.objects.filter(
        organisation_id=practice, year__lte=NhsYear.containing(until).start
    )
    return [
        PaymentsOfYear(
            year=NhsYear(row.year),
            source=row.source_id,
            title=row.source.title,
            commissioner=row.commissioner,
            total_pence=row.total_pence,
            lines=tuple(
                (line, label, kind, amount)
                for (line, label, kind), amount in zip(row.source.payment_columns, row.amounts, strict=True)
            ),
        )
        for row in standing(rows).select_related("source").order_by("-year", "source_id")
    ]


def years_of_commissioner(code: str, until: date) -> list[PointInTime]:
    """Practices and patients of a commissioner on each 1 April up to a day, while it was one: a partnership that
    had the code of a board before had no practices.

    Patients are counted by each practice's latest list up to that day; `counted` is how many had one.
    """
    spans = _practice_spans(code)
    counts = _counts_of({practice for practice, _, _ in spans}, until)
    open_spans = list(Fact.objects.filter(organisation_id=code, about="kind", value__in=WITH_PRACTICES))
    series = []
    for year in range(2013, until.year + 1):
        day = date(year, 4, 1)
        if day > until or not any(fact.from_on <= day <= fact.until_on for fact in open_spans):
            continue
        practices = {practice for practice, first, last in spans if first <= day <= last}
        latest = [_latest(counts.get(practice, []), day) for practice in practices]
        known = [registered for registered in latest if registered is not None]
        series.append(PointInTime(day, len(practices), sum(known, Decimal(0)), len(known)))
    return series


def years_of_region(code: str, until: date) -> list[RegionInTime]:
    """Commissioners and practices of a region on each 1 April (and 1 July 2022) up to a day on which it had any.

    All regions of a day are counted at once and kept in the cache of the process for the state of the register.
    """
    state = state_of_register()
    series = []
    for day in days_of_years(until):
        key = f"register:regions:{state}:{day}"
        counts: dict[str, tuple[int, int]] | None = cache.get(key) if state else None
        if counts is None:
            counts = regions_of_day(day)
            if state:
                cache.set(key, counts, KEEP)
        if code in counts:
            series.append(RegionInTime(day, *counts[code]))
    return series


def _counts_of(practices: Collection[str], until: date) -> dict[str, list[tuple[date, Decimal]]]:
    """Every count of registered patients up to a day, oldest first."""
    counts: dict[str, list[tuple[date, Decimal]]] = {}
    every = standing(ListSize.objects.filter(on__lte=until)).order_by("on", "source_id")
    for chunk in in_chunks(practices):
        rows = every.filter(organisation_id__in=chunk)
        for practice, on, registered in rows.values_list("organisation_id", "on", "registered"):
            if registered is not None:
                counts.setdefault(practice, []).append((on, registered))
    return counts


def _latest(counts: list[tuple[date, Decimal]], day: date) -> Decimal | None:
    """The last count up to a day."""
    return next((registered for on, registered in reversed(counts) if on <= day), None)


def _practice_spans(code: str) -> list[tuple[str, date, date]]:
    """Who belonged to a commissioner, or to a location while it was a board's, and was a practice, and when."""
    places = [(code, date.min, date.max)]
    locations = Fact.objects.filter(about="icb", value=code)
    places += locations.values_list("organisation_id", "from_on", "until_on")
    belonging: dict[str, list[tuple[str, date, date]]] = {}
    for chunk in in_chunks({place for place, _, _ in places}):
        members = Fact.objects.filter(about="commissioner", value__in=chunk)
        for place, practice, start, end in members.values_list(
            "value", "organisation_id", "from_on", "until_on"
        ):
            belonging.setdefault(place, []).append((practice, start, end))
    practices = _days_as_practice({practice for spans in belonging.values() for practice, _, _ in spans})
    return [
        (practice, max(first, start, opened), min(last, end, closed))
        for place, first, last in places
        for practice, start, end in belonging.get(place, [])
        for opened, closed in practices.get(practice, [])
        if max(first, start, opened) <= min(last, end, closed)
    ]


def _days_as_practice(codes: Collection[str]) -> dict[str, list[tuple[date, date]]]:
    spans: dict[str, list[tuple[date, date]]] = {}
    for chunk in in_chunks(codes):
        kinds = Fact.objects.filter(about="kind", value="practice", organisation_id__in=chunk)
        for code, opened, closed in kinds.values_list("organisation_id", "from_on", "until_on"):
            spans.setdefault(code, []).append((opened, closed))
    return spans
