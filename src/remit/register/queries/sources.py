"""Where facts come from."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from remit.register.models import Source


@dataclass(frozen=True)
class SourceRow:
    """A file that was loaded."""

    sha256: str
    kind: str
    layout: str
    title: str
    publisher: str
    licence: str
    filename: str
    retrieved_on: date
    as_of: date
    rows: int
    practices: int
    commissioners: int
    size: int
    imported_at: datetime
    columns: tuple[tuple[str, str | None, int], ...]
    remarks: tuple[tuple[int | None, str, str, str], ...]


def sources() -> list[SourceRow]:
    """Every file that was loaded, oldest subject first."""
    return [_row(source) for source in Source.objects.order_by("as_of", "title")]


def source(sha256: str) -> SourceRow | None:
    """One file by its hash."""
    found = Source.objects.filter(pk=sha256).first()
    return _row(found) if found else None


def sources_named(keys: Collection[str]) -> dict[str, SourceRow]:
    """Some files by their hashes."""
    return {row.pk: _row(row) for row in Source.objects.filter(pk__in=set(keys))}


def _row(row: Source) -> SourceRow:
    return SourceRow(
        sha256=row.sha256,
        kind=row.kind,
        layout=row.layout,
        title=row.title,
        publisher=row.publisher,
        licence=row.licence,
        filename=row.filename,
        retrieved_on=row.retrieved_on,
        as_of=row.as_of,
        rows=row.rows,
        practices=row.practices,
        commissioners=row.commissioners,
        size=row.size,
        imported_at=row.imported_at,
        columns=tuple((label, meaning, position) for label, meaning, position in row.columns),
        remarks=tuple((number, column, value, message) for number, column, value, message in row.remarks),
    )
