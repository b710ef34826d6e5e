"""The tour: what the published articles ask for, and how far Remit meets it."""

from __future__ import annotations

from functools import cache

from django.http import HttpRequest
from ninja import Router
from pydantic import BaseModel, Field

from remit.api.caching import open_data
from remit.api.identifiers import identifier
from remit.api.paging import Rows
from remit.api.registers import publish
from remit.api.values import Id
from remit.kernel.canonical import sha256_hex
from remit.tour.queries import SeedRow, tour

router = Router(tags=["The tour"])


class Demand(BaseModel):
    """One thing that the articles ask for."""

    id: Id
    seed: str = Field(description="Its number in the inventory, such as S1-02")
    article: str
    says: str = Field(description="What the article says, in our words")
    must: str = Field(description="What Remit must therefore do")
    area: str
    state: str = Field(description="works, partly or not yet")
    url: str = Field(description="The live page; empty where there is none yet")
    is_invented: bool = Field(
        description="Whether that page is about the invented nation, and is there only with it"
    )
    missing: str = Field(description="What is missing; empty where nothing is")
    tests: list[str] = Field(description="The tests that prove it")


@cache
def tour_state() -> str:
    """The tour comes with the release and knows no ledger: its tag is its content."""
    return sha256_hex(repr(tour()).encode())


tagged = open_data(tour_state)


@publish(router, "/tour", Demand, name="tour", title="The tour")
def demands(request: HttpRequest) -> Rows[Demand]:
    """Every demand of the five published articles, its state, the live page and the tests that prove it."""
    uri = identifier(request, "seeds")

    def make(row: SeedRow) -> Demand:
        return Demand(
            id=uri(row.id),
            seed=row.id,
            article=row.article,
            says=row.says,
            must=row.must,
            area=row.area,
            state=row.state.value,
            url=row.url,
            is_invented=row.is_invented,
            missing=row.missing,
            tests=list(row.tests),
        )

    return Rows.of(tour().rows, make)
