"""Meetings of bodies with members: their notice, and who was there."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel, Field

from remit.api.identifiers import identifier
from remit.api.paging import Rows
from remit.api.parameters import Code
from remit.api.registers import publish
from remit.api.v1.rounds import now_of
from remit.api.values import Id, Instant
from remit.meetings import queries

router = Router(tags=["Members"])
OF_BODY = Query(None, description="Only those of this body")


class MeetingRow(BaseModel):
    """A meeting that was called."""

    id: Id
    meeting: str
    body: str = Field(description="The code of the body that called it")
    kind: str = Field(description="ordinary, extraordinary, annual, urgent, open or locality")
    title: str
    place: str
    meets_at: Instant
    called_at: Instant = Field(description="When notice of it was given")
    clause: str = Field(description="The clause that asks for notice; empty where none does")
    notice: str = Field(description="The notice given beside the notice asked for, in words")
    urgency: str = Field(description="Why the notice was shorter than usual; empty where it was not")
    state: str = Field(description="called, held or cancelled")
    reasons: str = Field(description="Why it was cancelled; empty where it was not")
    present: int | None = Field(description="How many practices were there; null until that is recorded")
    members: int | None = Field(description="Of how many members on the day; null where no source says")


@publish(router, "/meetings", MeetingRow, name="meetings", title="Meetings")
def meetings(request: HttpRequest, body: Code = OF_BODY) -> Rows[MeetingRow]:
    """Every meeting that was called: those to come first, the next before the others, then the rest, the latest
    before the others."""
    uri, now = identifier(request, "meetings"), now_of(request)
    found = (*queries.meetings_upcoming(now, body=body or ""), *queries.meetings_held(now, body=body or ""))
    return Rows.of(found, lambda row: _meeting(uri(row.id), row))


def _meeting(uri: str, row: queries.MeetingRow) -> MeetingRow:
    share = queries.attendance_share(row.id)
    return MeetingRow(
        id=uri,
        meeting=row.id,
        body=row.body,
        kind=row.kind,
        title=row.title,
        place=row.place,
        meets_at=row.meets_at,
        called_at=row.called_at,
        clause=row.clause,
        notice=row.arithmetic,
        urgency=row.urgency,
        state=row.state,
        reasons=row.reasons,
        present=share.present if share else None,
        members=share.members if share else None,
    )
