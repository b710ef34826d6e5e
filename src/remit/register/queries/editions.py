"""Editions: the same year's or month's file, published again with corrections, or only saved again.

Of two editions that speak of the same practice, the one fetched later counts; of two fetched on one day, the one
whose hash is later in order. Neither depends on which was loaded first.
"""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from django.db.models import QuerySet

from remit.register.models import ListSize, PublishedPayments, Source

Rows = TypeVar("Rows", ListSize, PublishedPayments)
type_of_edition = tuple[str, int, int]


def standing(rows: QuerySet[Rows]) -> QuerySet[Rows]:
    """Counts or payments, without those of a practice of which a later edition of the same file speaks."""
    editions: dict[type_of_edition, list[str]] = {}
    sources = Source.objects.filter(kind__in=("payments", "lists")).order_by("retrieved_on", "sha256")
    for key, kind, year, as_of in sources.values_list("pk", "kind", "year", "as_of"):
        editions.setdefault(edition_of(kind, year, as_of), []).append(key)
    for keys in editions.values():
        for place, key in enumerate(keys[:-1], 1):
            later = rows.model._default_manager.filter(source_id__in=keys[place:])
            rows = rows.exclude(source_id=key, organisation_id__in=later.values("organisation_id"))
    return rows


def edition_of(kind: str, year: int | None, as_of: date) -> type_of_edition:
    """What two editions have in common: the kind and the NHS year, or the month that the file describes."""
    return (kind, year, 0) if year is not None else (kind, as_of.year, as_of.month)


def loaded_before(kind: str, year: int | None, as_of: date) -> list[Source]:
    """The editions of a yearly or monthly file that were loaded, the one that counts last."""
    others = Source.objects.filter(kind=kind, year=year).order_by("retrieved_on", "sha256")
    edition = edition_of(kind, year, as_of)
    return [other for other in others if edition_of(other.kind, other.year, other.as_of) == edition]
