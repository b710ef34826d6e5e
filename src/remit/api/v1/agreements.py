"""Agreements: where each stands today, and its public log."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from django.http import HttpRequest
from ninja import Path, Router
from pydantic import BaseModel, Field

from remit.api.identifiers import ULID, identifier
from remit.api.paging import Rows
from remit.api.problems import missing
from remit.api.registers import publish
from remit.api.v1.rounds import now_of
from remit.api.values import Id, Instant, Uri
from remit.delegation import queries

router = Router(tags=["Delegation"])
AGREEMENT = Path(..., pattern=f"^{ULID.pattern}$", description="An agreement's id, as /agreements has it")


class AgreementRow(BaseModel):
    """What NHS England and a commissioner sign, as it stands today."""

    id: Id
    agreement: str = Field(description="Its id within this service, as in /agreements/{agreement}/log")
    commissioner: str = Field(description="ODS code")
    name: str
    level: int
    groups: list[str] = Field(description="The contractor groups that it is about")
    round: str | None = Field(description="The code of the round; null where a successor took it over")
    application: Uri | None = Field(
        description="The identifier of the application that was approved; null where a successor took it over"
    )
    novates: str | None = Field(
        description="The id of the predecessor's agreement that goes on in this one; null unless taken over"
    )
    state: str = Field(
        description="issued, returned, signed, in_effect, under_notice, ended, revoked, or lapsed"
    )
    issued_at: Instant
    returned_at: Instant | None = Field(description="When the commissioner signed")
    signed_at: Instant | None = Field(description="When NHS England signed")
    effective_on: date | None = Field(description="The day on which powers come on; null until both signed")
    term_last_on: date | None = Field(description="The last day of its term; null where it has none")
    ends_on: date | None = Field(description="The first day without it; null where no end is set")
    review_due_on: date | None = Field(description="When the next review is due; null unless in effect")
    is_review_overdue: bool


class LogRow(BaseModel):
    """One line of an agreement's public log."""

    id: Id
    agreement: str
    line: int = Field(description="1, 2, 3 …, in order of the days")
    on: date
    what: str
    words: str = Field(description="The reasons, findings, post or report that go with it; else empty")


@publish(router, "/agreements", AgreementRow, name="agreements", title="Agreements")
def agreements(request: HttpRequest) -> Rows[AgreementRow]:
    """Every agreement that was issued, by the name of its commissioner."""
    uri, application = identifier(request, "agreements"), identifier(request, "applications")

    def make(row: queries.AgreementRow) -> AgreementRow:
        fields = asdict(row) | {
            "id": uri(row.id),
            "agreement": row.id,
            "groups": list(row.groups),
            "round": row.round or None,
            "application": application(row.application) if row.application else None,
            "novates": row.novates or None,
        }
        return AgreementRow(**fields)

    return Rows.of(queries.agreements(now_of(request)), make)


@publish(
    router,
    "/agreements/{agreement}/log",
    LogRow,
    name="agreement-log",
    title="The public log of an agreement",
)
def log(request: HttpRequest, agreement: str = AGREEMENT) -> Rows[LogRow]:
    """What was done with an agreement, day by day, and what followed."""
    found = queries.agreement(agreement, now_of(request))
    if found is None:
        raise missing(f"There is no agreement {agreement}. /agreements lists them all.")
    uri = identifier(request, "agreements")
    lines = list(enumerate(queries.log_of(found), 1))

    def make(line: tuple[int, queries.LogLine]) -> LogRow:
        place, said = line
        return LogRow(id=uri(f"{agreement}#{place}"), agreement=agreement, line=place, **asdict(said))

    return Rows.of(lines, make)
