"""Finding an organisation."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest
from ninja import Query, Router

from remit.api.identifiers import identifier
from remit.api.parameters import ON, Day, Text, day_of
from remit.api.problems import Problem
from remit.api.v1 import schemas
from remit.register import queries

router = Router(tags=["Organisations"])
Q = Query(..., max_length=100, description="Words of a name, present or past, a code or a postcode")
MOST = Query(50, ge=1, le=100, description="How many to answer with, 1 to 100")


@router.get(
    "/search",
    response={200: schemas.Hits, 422: Problem},
    summary="Search",
    operation_id="search",
    url_name="search",
)
def search(request: HttpRequest, q: Text = Q, on: Day = ON, limit: int = MOST) -> schemas.Hits:
    """Organisations whose code, any name they ever had, or postcode has every word, best first."""
    day, uri = day_of(request, on), identifier(request, "organisations")
    hits = queries.search(q, day, limit=limit)
    return schemas.Hits(on=day, q=q, items=[schemas.Hit(id=uri(hit.code), **asdict(hit)) for hit in hits])
