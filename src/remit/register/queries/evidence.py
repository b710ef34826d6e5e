"""Which files a page rests on."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from remit.register.queries.sources import SourceRow, sources_named


def sources_listed(keys: Iterable[Collection[str]]) -> list[SourceRow]:
    """Files by lists of their hashes, each once, latest subject first."""
    found = sources_named({key for some in keys for key in some})
    return sorted(found.values(), key=lambda row: (row.as_of, row.title), reverse=True)
