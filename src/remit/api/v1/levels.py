"""The levels of co-commissioning: what each means, and what it needs."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from django.http import HttpRequest
from ninja import Router
from pydantic import BaseModel, Field

from remit.api.identifiers import identifier
from remit.api.paging import Rows
from remit.api.registers import publish
from remit.api.values import Id
from remit.delegation.rules import levels

router = Router(tags=["Delegation"])


class LevelRow(BaseModel):
    """A level of co-commissioning."""

    id: Id
    level: int = Field(description="1, 2 or 3")
    name: str
    meaning: str = Field(description="What it means, in a sentence or two")
    since: date = Field(description="The first day on which a commissioner could have it")
    needs: list[str] = Field(description="What must be there before its powers come on: stable codes")
    needs_in_words: list[str]
    reference: str = Field(description="Where it is laid down")


@publish(router, "/levels", LevelRow, name="levels", title="Levels of co-commissioning")
def catalogue(request: HttpRequest) -> Rows[LevelRow]:
    """Greater involvement (1), joint (2) and delegated (3) commissioning: what each means and needs."""
    uri = identifier(request, "levels")
    found = list(levels().values())
    return Rows.of(found, lambda row: LevelRow(id=uri(str(row.level)), **asdict(row)))
