"""Consultations of members: how long, beside which rule; and, once closed, what came of them."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from remit.api.identifiers import identifier
from remit.api.paging import Rows
from remit.api.parameters import Code
from remit.api.problems import missing
from remit.api.registers import publish
from remit.api.v1.rounds import now_of
from remit.api.values import Id, Instant
from remit.consultations import queries
from remit.kernel.actor import ANYONE

router = Router(tags=["Members"])
OF_BODY = Query(None, description="Only those of this body")
ONE = Path(..., pattern=r"^[0-9A-Z]{26}$", description="A consultation, as /consultations has it")


class ConsultationRow(BaseModel):
    """A consultation that was published."""

    id: Id
    consultation: str
    body: str = Field(description="The code of the body that asks")
    title: str
    opens_on: date
    closes_on: date = Field(description="The last day; both days count")
    stage: str = Field(description="coming, open, closed or answered")
    days: int
    minimum: int = Field(description="How many days the rule asks for that was in force at publication")
    clause: str = Field(description="That rule")
    is_adequate: bool
    badge: str = Field(description="The same in words, such as 10 days: below minimum (28)")
    may_table: bool = Field(description="Whether it has closed and every theme is answered")
    published_at: Instant | None


class TallyRow(BaseModel):
    """What one tier says of one option. There are no rows before the close."""

    consultation: str
    option: int
    option_name: str
    tier: str = Field(description="practices or gps")
    supports: int | None = Field(description="null where too few answered to be shown")
    opposes: int | None
    neither: int | None
    compared: int = Field(description="Practices of which it is known how their doctors stand")
    discordant: int | None = Field(
        description="Of these, those that differ from most of their doctors; null where there are too few to be shown"
    )


@publish(router, "/consultations", ConsultationRow, name="consultations", title="Consultations")
def consultations(request: HttpRequest, body: Code = OF_BODY) -> Rows[ConsultationRow]:
    """Every consultation that is public, the one that opens last first."""
    uri, now = identifier(request, "consultations"), now_of(request)

    def make(row: queries.ConsultationRow) -> ConsultationRow:
        return ConsultationRow(
            id=uri(row.id),
            consultation=row.id,
            body=row.body,
            title=row.title,
            opens_on=row.opens_on,
            closes_on=row.closes_on,
            stage=row.stage,
            days=row.days,
            minimum=row.minimum,
            clause=row.clause,
            is_adequate=row.is_adequate,
            badge=row.badge,
            may_table=queries.may_table(row.id, now).allowed,
            published_at=row.published_at,
        )

    return Rows.of(queries.consultations(now, body=body or ""), make)


@publish(
    router,
    "/consultations/{consultation}/tallies",
    TallyRow,
    name="consultation-tallies",
    title="What came of a consultation",
)
def tallies(request: HttpRequest, consultation: str = ONE) -> Rows[TallyRow]:
    """For each option what practices and what general practitioners say; nothing until it has closed."""
    now = now_of(request)
    if queries.consultation_page(consultation, ANYONE, now) is None:
        raise missing("There is no such consultation here.")
    came = queries.tallies(consultation, now)
    found = [(each, tier) for each in (came.options if came else ()) for tier in ("practices", "gps")]
    return Rows.of(found, lambda pair: _tally(consultation, *pair))


def _tally(consultation: str, each: queries.OptionTally, tier: str) -> TallyRow:
    tally = each.practices if tier == "practices" else each.gps
    return TallyRow(
        consultation=consultation,
        option=each.number,
        option_name=each.name,
        tier=tier,
        supports=None if tally.is_hidden else tally.supports,
        opposes=None if tally.is_hidden else tally.opposes,
        neither=None if tally.is_hidden else tally.neither,
        compared=each.compared,
        discordant=each.discordant,
    )
