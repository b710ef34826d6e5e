"""Organisations of every kind, and who followed whom."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel, Field

from remit.api.identifiers import identifier
from remit.api.paging import Rows
from remit.api.parameters import CODE, ON, Code, Day, day_of
from remit.api.problems import Problem
from remit.api.registers import publish
from remit.api.v1 import schemas
from remit.api.v1.rows import organisation_fields, organisation_page, succession
from remit.api.values import Id
from remit.register import queries

router = Router(tags=["Organisations"])
KIND = Query(None, description="Only those of this kind")
WHOSE = Query(..., description="The organisation's ODS code")


class OrganisationRow(BaseModel):
    """An organisation that was open on a day."""

    id: Id
    code: str = Field(description="ODS code")
    name: str
    kind: str


@publish(router, "/organisations", OrganisationRow, name="organisations", title="Organisations")
def organisations(
    request: HttpRequest,
    on: Day = ON,
    kind: schemas.Kind = KIND,
) -> Rows[OrganisationRow]:
    """The organisations of every kind that were open on a day, by kind, then by name."""
    day, uri = day_of(request, on), identifier(request, "organisations")
    found = [
        (code, name, str(each))
        for each in ([kind] if kind else schemas.Kind)
        for code, name in queries.organisations_on(day, str(each))
    ]
    return Rows.of(found, lambda row: OrganisationRow(id=uri(row[0]), code=row[0], name=row[1], kind=row[2]))


class FactRow(BaseModel):
    """A dated fact about an organisation."""

    id: Id
    code: str = Field(description="ODS code")
    about: str = schemas.ABOUT
    value: str = Field(description="Text, or the code of another organisation")
    value_name: str = Field(description="What that other organisation was called on the day; else empty")
    first: date | None = schemas.FIRST
    last: date | None = schemas.LAST
    basis: str = schemas.BASIS
    sources: list[str] = Field(description="SHA-256 of every source that says so")


@publish(
    router,
    "/organisations/{code}",
    FactRow,
    name="organisation-facts",
    title="Everything dated about one organisation",
    only_csv=True,
)
def facts(request: HttpRequest, code: Code = CODE, on: Day = ON) -> Rows[FactRow]:
    """What an organisation was, then everything else that was ever so about it, with days and sources."""
    page = organisation_page(code, day_of(request, on))
    uri = identifier(request, "organisations")

    def make(fact: queries.DatedFact) -> FactRow:
        return FactRow(id=uri(f"{code}#{fact.about}-from-{fact.first or 'ever'}"), code=code, **asdict(fact))

    return Rows.of([*page.kinds, *page.history], make)


@router.get(
    "/organisations/{code}",
    response={200: schemas.Organisation, 404: Problem, 422: Problem},
    summary="One organisation",
    operation_id="organisation",
    url_name="organisation",
)
def organisation(request: HttpRequest, code: Code = CODE, on: Day = ON) -> schemas.Organisation:
    """An organisation of any kind as it stood on a day, with its history and the sources of every fact."""
    page = organisation_page(code, day_of(request, on))
    return schemas.Organisation(**organisation_fields(request, page))


@publish(router, "/successions", schemas.Succession, name="successions", title="Who followed whom")
def successions(request: HttpRequest, code: Code = WHOSE) -> Rows[schemas.Succession]:
    """The steps by which an organisation took over from others, then those by which others followed it."""
    steps = [*queries.predecessors_of(code), *queries.successors_of(code)]
    return Rows.of(steps, lambda row: succession(request, row))
