"""Finding an organisation by code, any name it ever had, or postcode."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from remit.register.models import Organisation
from remit.register.queries.directory import called, directory
from remit.register.queries.naming import kinds_on, names_on

POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][A-Z]{2}")
MOST_WORDS = 6
MOST_MATCHES = 400


@dataclass(frozen=True)
class SearchHit:
    """An organisation found. `matched` is the name or postcode that matched, where it is not the name shown;
    `kind` is None if it was not open on the day."""

    code: str
    name: str
    kind: str | None
    matched: str


def search(text: str, on: date, *, limit: int = 50) -> list[SearchHit]:
    """Organisations whose code, past or present name, or postcode has every word, best first.

    At most `limit`, and never more than 400 are looked at. An empty text finds nothing.
    """
    words = text.upper().split()[:MOST_WORDS]
    if not words:
        return []
    matched: dict[str, str] = {}
    code = "".join(words)
    starting = Organisation.objects.filter(code__startswith=code).order_by("code")
    for found in starting.values_list("code", flat=True)[:limit]:
        matched[found] = found
    if POSTCODE.fullmatch(code):
        words = [f"{code[:-3]} {code[-3:]}"]
    for found, value in called(directory(), words, most=MOST_MATCHES):
        matched.setdefault(found, value)
    return _ranked(matched, code, on)[:limit]


def _ranked(matched: dict[str, str], code: str, on: date) -> list[SearchHit]:
    names = names_on(set(matched), on)
    kinds = kinds_on(set(matched), on)
    hits = []
    for found, value in matched.items():
        name = names.get(found, found)
        shown = "" if value in (name, found) else value
        hits.append(SearchHit(found, name, kinds.get(found), shown))
    return sorted(
        hits,
        key=lambda hit: (
            hit.code != code,
            hit.kind is None,
            hit.kind == "prescribing_centre",
            hit.name.upper(),
            hit.code,
        ),
    )
