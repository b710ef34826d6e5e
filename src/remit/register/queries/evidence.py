"""Which files a count of organisations or of patients rests on."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from remit.register.models import Fact
from remit.register.queries.sources import SourceRow, sources_named


def sources_of_kinds(kinds: Collection[str], on: date) -> list[SourceRow]:
    """The files that say what was of some kinds on a day, latest subject first."""
    rows = Fact.objects.filter(about="kind", value__in=kinds).as_at(on)
    return sources_listed(rows.order_by().values_list("sources", flat=True).distinct())


def sources_listed(keys: Iterable[Collection[str]]) -> list[SourceRow]:
    """Files by lists of their hashes, each once, latest subject first."""
    found = sources_named({key for some in keys for key in some})
    return sorted(found.values(), key=lambda row: (row.as_of, row.title), reverse=True)
