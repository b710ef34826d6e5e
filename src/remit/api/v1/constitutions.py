"""Constitutions: which bodies have one in force on a day, and its clauses with the rules that they carry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date

from django.http import HttpRequest
from ninja import Router
from pydantic import BaseModel, Field

from remit.api.identifiers import identifier
from remit.api.paging import Rows
from remit.api.parameters import CODE, ON, Code, Day, day_of
from remit.api.registers import publish
from remit.api.v1.rows import organisation_page
from remit.api.values import Id
from remit.constitutions import queries
from remit.constitutions.rules import BODY_KINDS
from remit.kernel.canonical import canonical_json

router = Router(tags=["Members"])


class ConstitutionRow(BaseModel):
    """A body's constitution in force on the day, and how far an amendment of it is."""

    id: Id
    body: str = Field(description="The code of the body")
    body_name: str
    title: str
    number: int = Field(description="Its version: 1, 2, 3 … among those in force")
    agreed_on: date | None = Field(description="The day on which members agreed")
    approved_on: date | None = Field(
        description="The day on which NHS England approved it; null where it did not"
    )
    in_force_on: date = Field(description="The first day on which it counts")
    sha256: str = Field(
        description="Over its clauses: canonical JSON (RFC 8785) of a list of number, heading, words and rules"
    )
    amendment: str = Field(description="The last public step of an amendment by the day, in words")
    amendment_on: date | None = Field(description="The day of that step; null where there is none")
    is_amending: bool = Field(description="Whether an amendment is under way")
    is_amended: bool = Field(description="Whether one was adopted by the day")


class ClauseRow(BaseModel):
    """A clause in force on the day."""

    id: Id
    body: str
    document: str = Field(description="constitution or standing_orders")
    version: int
    number: str = Field(description="Its number within the document")
    heading: str
    words: str
    in_words: list[str] = Field(description="The rules that it carries, each as a sentence")
    rules: str = Field(description="The same rules as JSON: a list of kinds with their parameters")


@publish(router, "/constitutions", ConstitutionRow, name="constitutions", title="Constitutions")
def constitutions(request: HttpRequest, on: Day | None = ON) -> Rows[ConstitutionRow]:
    """Every body with members that has a constitution in force on the day, by name."""
    day, uri = day_of(request, on), identifier(request, "constitutions")
    found = queries.bodies_with_texts(day)
    statuses = {each.body: each for each in queries.amendment_status([row.body for row in found], day)}

    def make(row: queries.TextRow) -> ConstitutionRow:
        status = statuses[row.body]
        kept = {name: value for name, value in asdict(row).items() if name in ConstitutionRow.model_fields}
        return ConstitutionRow(
            **kept
            | {
                "id": uri(row.id),
                "amendment": status.state,
                "amendment_on": status.on,
                "is_amending": status.is_active,
                "is_amended": status.is_amended,
            }
        )

    return Rows.of(found, make)


@publish(router, "/constitutions/{code}", ClauseRow, name="constitution", title="Clauses in force")
def constitution(request: HttpRequest, code: Code = CODE, on: Day | None = ON) -> Rows[ClauseRow]:
    """The clauses of a body's constitution and standing orders as in force on the day, in their order."""
    day, uri = day_of(request, on), identifier(request, "constitutions")
    is_open = organisation_page(code, day, BODY_KINDS).kind in BODY_KINDS
    pages = [queries.text_on(code, day, each) for each in queries.DOCUMENTS] if is_open else []
    found = [(page, clause) for page in pages if page for clause in page.clauses]
    return Rows.of(found, lambda pair: _clause(uri, *pair))


def _clause(uri: Callable[[object], str], page: queries.TextPage, clause: queries.ClauseRow) -> ClauseRow:
    row = page.row
    return ClauseRow(
        id=f"{uri(row.id)}#clause-{clause.number.replace('.', '-')}",
        body=row.body,
        document=row.document,
        version=row.number or 0,
        number=clause.number,
        heading=clause.heading,
        words=clause.words,
        in_words=[each.words for each in clause.rules],
        rules=canonical_json([dict(each.raw) for each in clause.rules]).decode(),
    )
