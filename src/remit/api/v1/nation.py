"""The nation on a day."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest
from ninja import Router

from remit.api.parameters import ON, Day, day_of
from remit.api.problems import Problem
from remit.api.v1 import schemas
from remit.api.v1.rounds import now_of
from remit.api.v1.rows import region
from remit.api.values import trimmed
from remit.delegation.queries import totals_published, uptake_on
from remit.register import queries

router = Router(tags=["The nation"])


@router.get(
    "/nation",
    response={200: schemas.Nation, 422: Problem},
    summary="The nation on a day",
    operation_id="nation",
    url_name="nation",
)
def nation(request: HttpRequest, on: Day = ON) -> schemas.Nation:
    """How many commissioners, practices and registered patients there were, in all and by region, and how many
    commissioners had which level of co-commissioning."""
    day = day_of(request, on)
    found = queries.nation_on(day)
    fields = (
        asdict(found)
        | asdict(uptake_on(day, now_of(request)))
        | {
            "commissioners": found.commissioners,
            "registered": trimmed(found.lists.registered),
            "lists_counted": found.lists.counted,
            "published": [schemas.PublishedTotal(**total) for total in totals_published(day)],
            "regions": [region(request, row) for row in found.regions],
        }
    )
    return schemas.Nation(**fields)
