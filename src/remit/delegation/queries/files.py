"""What a programme publishes, as files to keep: the words of a version, or its sections, as plain Markdown."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from remit.delegation.queries.programmes import PublicationPage, publication
from remit.kernel.moments import rfc3339

MARKDOWN = "text/markdown; charset=utf-8"


@dataclass(frozen=True)
class PublishedFile:
    """A version as a file. A version never changes, so nor does its file: `sha256` is of exactly these bytes."""

    name: str
    media_type: str
    content: bytes
    sha256: str


def published_file(pk: str, at: datetime) -> PublishedFile | None:
    """One version of a document as a file; None where it is not public yet, or is a file of its own already."""
    found = publication(pk, at)
    if found is None or found.row.document:
        return None
    content = _written(found).encode()
    row = found.row
    name = f"{row.programme}-{row.kind}-version-{row.version}.md"
    return PublishedFile(name, MARKDOWN, content, hashlib.sha256(content).hexdigest())


def _written(found: PublicationPage) -> str:
    row = found.row
    parts = [
        f"# {row.title}",
        f"{row.kind_name}, version {row.version}, of the programme {row.programme}.\n"
        f"Published at {rfc3339(row.published_at)}.\n"
        f"SHA-256 of the record, as the ledger has it: {row.sha256}",
    ]
    if found.words:
        parts.append(found.words)
    for section in found.sections:
        parts.append(f"## {section['heading']}")
        parts.append("\n".join(f"- {line}" for line in section["lines"]))
    return "\n\n".join(parts) + "\n"
