"""The register of regions."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from remit.api.paging import Rows
from remit.api.parameters import ON, Day, day_of
from remit.api.registers import publish
from remit.api.v1 import schemas
from remit.api.v1.rows import region
from remit.register import queries

router = Router(tags=["The nation"])


@publish(router, "/regions", schemas.Region, name="regions", title="Regions")
def regions(request: HttpRequest, on: Day = ON) -> Rows[schemas.Region]:
    """The regions that had commissioners on a day, by code."""
    found = queries.nation_on(day_of(request, on)).regions
    return Rows.of(found, lambda row: region(request, row))
