"""Conditions: what approvals hang on, and whether it was met."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from django.http import HttpRequest
from ninja import Router
from pydantic import BaseModel, Field

from remit.api.identifiers import identifier
from remit.api.paging import Rows
from remit.api.registers import publish
from remit.api.v1.rounds import now_of
from remit.api.values import Id, Instant, Uri
from remit.delegation import queries

router = Router(tags=["Delegation"])


class ConditionRow(BaseModel):
    """A condition of an approval that was announced."""

    id: Id
    application: Uri
    round: str = Field(description="The code of the round")
    level: int
    commissioner: str = Field(description="ODS code")
    name: str
    number: int = Field(description="Its number within the decision, from 1")
    what: str
    owner: str = Field(description="Who sees to it")
    due_on: date
    state: str = Field(
        description="waiting, overdue (its day has gone by and it is not settled), met, not_met, or closed (its "
        "commissioner closed and left it unsettled)"
    )
    evidence: str = Field(description="What shows whether it was met")
    settled_at: Instant | None = Field(description="When that was said")
    closed_on: date | None = Field(description="The last day of a commissioner that left it unsettled")


@publish(router, "/conditions", ConditionRow, name="conditions", title="Conditions of approvals")
def conditions(request: HttpRequest) -> Rows[ConditionRow]:
    """Every condition that the public knows, those of the latest decision first: whose, by when, and whether met."""
    uri = identifier(request, "applications")

    def make(row: queries.ConditionLine) -> ConditionRow:
        said = asdict(row) | {"application": uri(row.application)}
        return ConditionRow(id=f"{uri(row.application)}#{said.pop('decision')}-{row.number}", **said)

    return Rows.of(queries.conditions(now_of(request)), make)
