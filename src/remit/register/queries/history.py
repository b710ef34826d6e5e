"""Series over time for charts and their tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from remit.kernel.period import NhsYear
from remit.register.models import Fact, ListSize, PublishedPayments
from remit.register.queries.lists import lists_on


@dataclass(frozen=True)
class PointInTime:
    """How many practices and registered patients on a day."""

    on: date
    practices: int
    registered: Decimal
    counted: int


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
    return list(ListSize.objects.filter(organisation_id=practice, on__lte=until).order_by("on", "source_id"))


def payments_of(practice: str, until: date) -> list[PaymentsOfYear]:
    """What every yearly file that starts before a day says a practice was paid, latest first."""
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
        for row in rows.select_related("source").order_by("-year", "source_id")
    ]


def years_of_commissioner(code: str, until: date) -> list[PointInTime]:
    """Practices and patients of a commissioner on each 1 April up to a day, while it was open.

    Patients are counted by each practice's latest list up to that day; `counted` is how many had one.
    """
    locations = list(
        Fact.objects.filter(about="icb", value=code).values_list("organisation_id", "from_on", "until_on")
    )
    spans = _practice_spans([code], date.min, date.max)
    for location, first, last in locations:
        spans += _practice_spans([location], first, last)
    open_spans = list(Fact.objects.filter(organisation_id=code, about="kind").exclude(value="closed"))
    series = []
    for year in range(2013, until.year + 1):
        day = date(year, 4, 1)
        if day > until or not any(fact.from_on <= day <= fact.until_on for fact in open_spans):
            continue
        practices = {practice for practice, first, last in spans if first <= day <= last}
        counts = [row.registered for row in lists_on(practices, day).values() if row.registered is not None]
        series.append(PointInTime(day, len(practices), sum(counts, Decimal(0)), len(counts)))
    return series


def _practice_spans(codes: list[str], first: date, last: date) -> list[tuple[str, date, date]]:
    """Who belonged here and was a practice, within some days."""
    belonging = list(
        Fact.objects.filter(about="commissioner", value__in=codes).values_list(
            "organisation_id", "from_on", "until_on"
        )
    )
    practices: dict[str, list[tuple[date, date]]] = {}
    kinds = Fact.objects.filter(
        about="kind",
        value="practice",
        organisation_id__in=Fact.objects.filter(about="commissioner", value__in=codes).values(
            "organisation_id"
        ),
    )
    for code, opened, closed in kinds.values_list("organisation_id", "from_on", "until_on"):
        practices.setdefault(code, []).append((opened, closed))
    return [
        (code, max(first, start, opened), min(last, end, closed))
        for code, start, end in belonging
        for opened, closed in practices.get(code, [])
        if max(first, start, opened) <= min(last, end, closed)
    ]
