"""Commissioners of primary care: the register, one of them, and its practices."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel, Field

from remit.api.identifiers import identifier
from remit.api.paging import Rows
from remit.api.parameters import CODE, ON, Code, Day, day_of
from remit.api.problems import Problem
from remit.api.registers import publish
from remit.api.v1 import schemas
from remit.api.v1.practices import PracticeRow, practice_row
from remit.api.v1.rows import organisation_fields, organisation_page
from remit.api.values import Id
from remit.register import queries
from remit.register.rules import COMMISSIONER_KINDS

router = Router(tags=["Commissioners"])
REGION = Query(None, description="Only those of the region with this code")


class CommissionerRow(BaseModel):
    """A commissioner on a day."""

    id: Id
    code: str = Field(description="ODS code")
    name: str
    kind: str = Field(description="pct, ccg or icb")
    region: str = Field(description="ODS code of its region; empty where no source gives it")
    region_name: str
    practices: int = Field(description="Practices on the day, those of a board through its locations")


@publish(router, "/commissioners", CommissionerRow, name="commissioners", title="Commissioners")
def commissioners(
    request: HttpRequest,
    on: Day = ON,
    region: Code = REGION,
) -> Rows[CommissionerRow]:
    """The commissioners on a day, by name: clinical commissioning groups or, from July 2022, integrated care
    boards. Never commissioning hubs, nor the sub-ICB locations that kept the codes of groups."""
    uri = identifier(request, "organisations")
    found = queries.commissioners_on(day_of(request, on), region=region or "")
    return Rows.of(found, lambda row: CommissionerRow(id=uri(row.code), **asdict(row)))


@router.get(
    "/commissioners/{code}",
    response={200: schemas.Commissioner, 404: Problem, 422: Problem},
    summary="One commissioner",
    operation_id="commissioner",
    url_name="commissioner",
)
def commissioner(request: HttpRequest, code: Code = CODE, on: Day = ON) -> schemas.Commissioner:
    """A commissioner as it stood on a day, with its history, its predecessors and its successors."""
    page = organisation_page(code, day_of(request, on), COMMISSIONER_KINDS)
    return schemas.Commissioner(
        **organisation_fields(request, page),
        practices=len(queries.practice_codes_in({code}, page.on)),
        members=queries.memberships_of(code, page.on),
    )


@publish(
    router,
    "/commissioners/{code}/practices",
    PracticeRow,
    name="commissioner-practices",
    title="Practices of a commissioner",
)
def practices_of_commissioner(request: HttpRequest, code: Code = CODE, on: Day = ON) -> Rows[PracticeRow]:
    """The practices of a commissioner on a day, by name; those of a board through its locations."""
    page = organisation_page(code, day_of(request, on))
    return Rows.of(queries.practices_of(code, page.on), practice_row(request))
