"""How many patients were registered, by the latest count up to a day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import OuterRef, QuerySet, Subquery

from remit.register.models import Fact, ListSize
from remit.register.queries.editions import standing
from remit.register.queries.naming import in_chunks


@dataclass(frozen=True)
class ListOnDay:
    """The latest count of a practice's list up to a day. `weighted` may come from an earlier count."""

    counted_on: date
    quarter: str
    registered: Decimal | None
    weighted: Decimal | None


@dataclass(frozen=True)
class ListsTotal:
    """Registered patients of some practices, each by its latest count up to a day.

    `counted` is how many practices have a count. `oldest` and `newest` are the days of those counts.
    """

    registered: Decimal
    counted: int
    oldest: date | None
    newest: date | None


def lists_on(practices: Collection[str], on: date) -> dict[str, ListOnDay]:
    """The latest list of each practice up to a day."""
    latest: dict[str, ListOnDay] = {}
    every = standing(ListSize.objects.filter(on__lte=on)).order_by("on", "source_id")
    for chunk in in_chunks(practices):
        rows = every.filter(organisation_id__in=chunk)
        for code, counted_on, quarter, registered, weighted in rows.values_list(
            "organisation_id", "on", "quarter", "registered", "weighted"
        ):
            before = latest.get(code)
            if weighted is None and before is not None:
                weighted = before.weighted
            if registered is None and before is not None:
                continue
            latest[code] = ListOnDay(counted_on, quarter, registered, weighted)
    return latest


def lists_total_of(facts: QuerySet[Fact], on: date) -> ListsTotal:
    """Registered patients of the organisation of each fact, each by its latest count up to a day.

    The database looks each count up by its index: it need not read the counts of all the years.
    """
    counts = standing(
        ListSize.objects.filter(organisation=OuterRef("organisation"), on__lte=on, registered__isnull=False)
    )
    latest = facts.annotate(latest=Subquery(counts.order_by("-on", "-source_id").values("pk")[:1]))
    rows = ListSize.objects.filter(pk__in=latest.values("latest"))
    return _total(
        [
            (day, registered)
            for day, registered in rows.values_list("on", "registered")
            if registered is not None
        ]
    )


def lists_total(practices: Collection[str], on: date) -> ListsTotal:
    """Registered patients of practices, and how old their counts are."""
    counts = [
        (row.counted_on, row.registered)
        for row in lists_on(practices, on).values()
        if row.registered is not None
    ]
    return _total(counts)


def _total(counts: list[tuple[date, Decimal]]) -> ListsTotal:
    days = [day for day, _ in counts]
    return ListsTotal(
        registered=sum((registered for _, registered in counts), Decimal(0)),
        counted=len(counts),
        oldest=min(days, default=None),
        newest=max(days, default=None),
    )


def registered_on(practices: Collection[str], on: date) -> Decimal:
    """Registered patients of practices, each by its latest count up to a day."""
    return lists_total(practices, on).registered
