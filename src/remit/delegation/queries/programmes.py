"""Programmes, and what they publish."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from remit.delegation.models import PlannedRound, Programme, Publication, Round
from remit.delegation.rules import document_kinds, processes
from remit.engines.deadlines import Deadline


@dataclass(frozen=True)
class PlannedRow:
    """A round as its programme plans it. `is_set_up`: it is a round already."""

    code: str
    title: str
    level: int
    opens_at: datetime
    deadline: Deadline
    decisions_due_on: date | None
    effective_on: date
    is_set_up: bool


@dataclass(frozen=True)
class PublicationRow:
    """A version of a document. `is_latest`: there is no later one. `document`: the id of the file, if
    it is one."""

    id: str
    programme: str
    kind: str
    kind_name: str
    version: int
    title: str
    is_generated: bool
    sha256: str
    published_at: datetime
    is_latest: bool
    document: str


@dataclass(frozen=True)
class PublicationPage:
    """One version, whole: its words, or the sections and the data that it was built from."""

    row: PublicationRow
    words: str
    sections: tuple[dict[str, Any], ...]
    data: Any


@dataclass(frozen=True)
class ProgrammeRow:
    """A programme, with its planned rounds, its publications, and which documents are still missing."""

    code: str
    title: str
    process: str
    process_name: str
    made_at: datetime
    planned: tuple[PlannedRow, ...]
    publications: tuple[PublicationRow, ...]
    missing: tuple[str, ...]


def programmes(at: datetime) -> list[ProgrammeRow]:
    """Every programme, the latest first."""
    rows = Programme.objects.filter(made_at__lte=at).prefetch_related("planned", "publications")
    set_up = set(Round.objects.filter(programme__isnull=False, made_at__lte=at).values_list("pk", flat=True))
    return [_programme(row, set_up, at) for row in rows]


def programme(code: str, at: datetime) -> ProgrammeRow | None:
    """One programme."""
    return next((row for row in programmes(at) if row.code == code), None)


def publication(pk: str, at: datetime) -> PublicationPage | None:
    """One version of a document."""
    found = Publication.objects.filter(pk=pk, published_at__lte=at).first()
    if found is None:
        return None
    rows = Publication.objects.filter(programme=found.programme_id, kind=found.kind, published_at__lte=at)
    latest = max(rows.values_list("version", flat=True))
    content = found.content or {}
    return PublicationPage(
        _publication(found, latest), found.words, tuple(content.get("sections", ())), content.get("data")
    )


def missing_documents(found: Programme, before: datetime) -> tuple[str, ...]:
    """The kinds that the programme's process must publish and that were not public by an instant."""
    there = set(found.publications.filter(published_at__lte=before).values_list("kind", flat=True))
    return tuple(kind for kind in processes()[found.process].must_publish if kind not in there)


def _programme(found: Programme, set_up: set[str], at: datetime) -> ProgrammeRow:
    published = [row for row in found.publications.all() if row.published_at <= at]
    latest = {row.kind: row.version for row in sorted(published, key=lambda row: row.version)}
    order = list(document_kinds())
    process = processes()[found.process]
    return ProgrammeRow(
        found.code,
        found.title,
        found.process,
        process.name,
        found.made_at,
        tuple(_planned(row, row.pk in set_up) for row in found.planned.all() if row.planned_at <= at),
        tuple(
            _publication(row, latest[row.kind])
            for row in sorted(published, key=lambda row: (order.index(row.kind), -row.version))
        ),
        tuple(document_kinds()[kind].name for kind in process.must_publish if kind not in latest),
    )


def _planned(row: PlannedRound, is_set_up: bool) -> PlannedRow:
    return PlannedRow(
        row.code,
        row.title,
        row.level,
        row.opens_at,
        row.deadline,
        row.decisions_due_on,
        row.effective_on,
        is_set_up,
    )


def _publication(row: Publication, latest: int) -> PublicationRow:
    return PublicationRow(
        row.pk,
        row.programme_id,
        row.kind,
        document_kinds()[row.kind].name,
        row.version,
        row.title,
        row.is_generated,
        row.sha256,
        row.published_at,
        row.version == latest,
        row.document_id or "",
    )
