"""Every claim that any source makes about some organisations: what facts are derived from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from functools import lru_cache

from remit.engines.timelines import Claim
from remit.register.models import Sighting, Source

# Between two sources that describe the same day, the one nearer to the thing itself.
NEARNESS = {"commissioners": 5, "practices": 4, "organisations": 3, "map": 2, "payments": 1, "lists": 0}


def claims_about(
    codes: Collection[str], sources: Mapping[str, Source] | None = None, *, only: str = ""
) -> dict[tuple[str, str], list[Claim]]:
    """Claims by organisation and what they are about, `only` one thing if it is given. `sources` saves fetching
    them again."""
    if sources is None:
        sources = {row.pk: row for row in Source.objects.filter(sightings__organisation_id__in=codes)}
    claims: defaultdict[tuple[str, str], list[Claim]] = defaultdict(list)
    rows = Sighting.objects.filter(organisation_id__in=codes)
    standing = {key: _standing(source) for key, source in sources.items()}
    for code, source_id, said in rows.values_list("organisation_id", "source_id", "claims"):
        as_of = sources[source_id].as_of
        for about, value, first, last, firm in said:
            if only and about != only:
                continue
            claims[(code, about)].append(
                Claim(value, _day(first), _day(last), firm, as_of, source_id, standing[source_id])
            )
    return claims


def _standing(source: Source) -> str:
    """What decides between two sources about the same day: nothing that depends on the order of loading."""
    nearness = NEARNESS.get(source.kind, 0)
    return f"{nearness} {source.retrieved_on.isoformat()} {source.sha256}"


@lru_cache(maxsize=50_000)
def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
