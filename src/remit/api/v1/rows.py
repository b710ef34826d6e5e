"""From what the register's queries answer to what the API shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from django.http import HttpRequest

from remit.api.identifiers import identifier
from remit.api.problems import missing
from remit.api.v1 import schemas
from remit.register import queries


def organisation_page(code: str, on: date, kinds: Iterable[str] = ()) -> queries.OrganisationPage:
    """An organisation that was ever one of some kinds (any, if none are given). Refuses with not_found."""
    page = queries.organisation_at(code, on)
    wanted = set(kinds)
    if page is None or (wanted and all(fact.value not in wanted for fact in page.kinds)):
        raise missing(f"The register has nothing under the code {code} here.")
    return page


def organisation_fields(request: HttpRequest, page: queries.OrganisationPage) -> dict[str, Any]:
    """The fields of `schemas.Organisation`."""
    facts = [*page.kinds, *page.history]
    used = queries.sources_named({sha256 for fact in facts for sha256 in fact.sources})
    return {
        "id": identifier(request, "organisations")(page.code),
        "code": page.code,
        "on": page.on,
        "name": page.name,
        "kind": page.kind,
        "is_open": page.was_open,
        "now": {about: asdict(fact) for about, fact in sorted(page.now.items())},
        "kinds": [asdict(fact) for fact in page.kinds],
        "history": [asdict(fact) for fact in page.history],
        "predecessors": [succession(request, row) for row in queries.predecessors_of(page.code)],
        "successors": [succession(request, row) for row in queries.successors_of(page.code)],
        "sources": [
            {"id": identifier(request, "sources")(sha256), **asdict(row)}
            for sha256, row in sorted(used.items())
        ],
    }


def succession(request: HttpRequest, row: queries.SuccessionRow) -> schemas.Succession:
    """One step."""
    where = f"{row.predecessor}#followed-by-{row.successor}-on-{row.on}"
    return schemas.Succession(id=identifier(request, "organisations")(where), **asdict(row))


def source_fields(request: HttpRequest, row: queries.SourceRow) -> dict[str, Any]:
    """The fields of `schemas.Source`."""
    return {"id": identifier(request, "sources")(row.sha256), **asdict(row)}


def region(request: HttpRequest, row: queries.RegionRow) -> schemas.Region:
    """A region on a day."""
    return schemas.Region(id=identifier(request, "organisations")(row.code), **asdict(row))
