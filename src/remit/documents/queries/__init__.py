"""Every read of documents."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from remit.documents.models import Content, Document
from remit.kernel.actor import Actor
from remit.kernel.decision import Reason, Refused


@dataclass(frozen=True)
class DocumentRow:
    """What a document is, without its content."""

    id: str
    name: str
    media_type: str
    size: int
    sha256: str
    is_public: bool
    owner: str
    kept_at: datetime


@dataclass(frozen=True)
class DocumentFile:
    """A document with its content."""

    row: DocumentRow
    content: bytes


def documents_of(ids: Collection[str]) -> Mapping[str, DocumentRow]:
    """What these documents are, by id. For a room that lists what belongs to it; it decides who sees the list."""
    return {found.pk: _row(found) for found in Document.objects.filter(pk__in=set(ids))}


def document(id: str, by: Actor, at: datetime, *, is_entitled: bool = False) -> DocumentFile:  # noqa: A002
    """A document with its content: a public one for everybody, another for those of its owner.

    `is_entitled`: another room's own rule lets them, such as an assessor's who has the application before them.
    Raises `Refused` with ``not_found``, also for what somebody may not read: that it exists is not said.
    """
    found = Document.objects.filter(pk=id, kept_at__lte=at).first()
    if found is None or not (found.is_public or is_entitled or may_read(_row(found), by)):
        raise Refused(Reason("not_found", "There is no such document.", "Documents"))
    return DocumentFile(_row(found), bytes(Content.objects.get(document=found).data))


def may_read(row: DocumentRow, by: Actor) -> bool:
    """Whether somebody may read a document by what it is: it is public, or they act in a role for its owner."""
    acts = any(held.organisation == by.acting_for for held in by.roles)
    return row.is_public or (acts and by.acting_for == row.owner)


def _row(found: Document) -> DocumentRow:
    return DocumentRow(
        found.pk,
        found.name,
        found.media_type,
        found.size,
        found.sha256,
        found.is_public,
        found.owner,
        found.kept_at,
    )
