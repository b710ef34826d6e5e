"""Reading every entry in order, however damaged the database is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import DatabaseError
from django.db.models import TextField
from django.db.models.functions import Cast

from remit.ledger.models import Entry

PAGE = 2000


class Row(NamedTuple):
    """An entry as stored; `at` is its text."""

    index: Any
    at: Any
    act: Any
    by: Any
    acting_for: Any
    under: Any
    subject: Any
    once: Any
    body: Any
    leaf_hash: Any


def read_rows(size: int) -> Iterator[tuple[int, Row | None]]:
    """Every place from 0 to `size`, with its row; None where there is none, or none that can be read."""
    for start in range(0, size, PAGE):
        end = min(start + PAGE, size)
        try:
            page = _page(start, end)
        except (DatabaseError, ValueError):
            page = _page_one_by_one(start, end)
        for index in range(start, end):
            yield index, page.get(index)


def as_hash(value: Any) -> bytes:
    """A stored hash as bytes; something of no hash's length where it is not bytes at all."""
    return bytes(value) if isinstance(value, bytes | memoryview) else b""


def _page(start: int, end: int) -> dict[Any, Row]:
    found = (
        Entry.objects.filter(index__gte=start, index__lt=end)
        .annotate(at_text=Cast("at", TextField()))
        .values_list(
            "index", "at_text", "act", "by", "acting_for", "under", "subject", "once", "body", "leaf_hash"
        )
    )
    return {row[0]: Row(*row) for row in found}


def _page_one_by_one(start: int, end: int) -> dict[Any, Row]:
    page: dict[Any, Row] = {}
    for index in range(start, end):
        try:
            page.update(_page(index, index + 1))
        except (DatabaseError, ValueError):
            continue  # this is the damaged one; the caller reports it as missing
    return page
