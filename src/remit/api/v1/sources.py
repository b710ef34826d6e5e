"""The published files that facts rest on."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Path, Router

from remit.api.paging import Rows
from remit.api.problems import Problem, missing
from remit.api.registers import publish
from remit.api.v1 import schemas
from remit.api.v1.rows import source_fields
from remit.register import queries

router = Router(tags=["Sources"])
SHA256 = Path(..., pattern="^[0-9a-f]{64}$", description="The SHA-256 of the file, 64 hexadecimal digits")


@publish(router, "/sources", schemas.Source, name="sources", title="Sources")
def sources(request: HttpRequest) -> Rows[schemas.Source]:
    """Every file that was loaded, by the day it describes."""
    return Rows.of(queries.sources(), lambda row: schemas.Source(**source_fields(request, row)))


@router.get(
    "/sources/{sha256}",
    response={200: schemas.SourceInFull, 404: Problem, 422: Problem},
    summary="One source",
    operation_id="source",
    url_name="source",
)
def source(request: HttpRequest, sha256: str = SHA256) -> schemas.SourceInFull:
    """A file that was loaded: where it is from, its columns, and what was odd in it."""
    found = queries.source(sha256)
    if found is None:
        raise missing("No file with this SHA-256 was loaded.")
    names = (("label", "meaning", "position"), ("row", "column", "value", "message"))
    fields = source_fields(request, found)
    for field, parts in zip(("columns", "remarks"), names, strict=True):
        fields[field] = [dict(zip(parts, each, strict=True)) for each in fields[field]]
    return schemas.SourceInFull(**fields)
