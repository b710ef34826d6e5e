"""How members were asked: the mandate of each application, and the evidence on record."""

from __future__ import annotations

from datetime import date
from typing import Literal

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel, Field

from remit.api.identifiers import identifier
from remit.api.paging import Rows
from remit.api.parameters import Code
from remit.api.registers import publish
from remit.api.v1.rounds import SLUG, now_of
from remit.api.values import Id, Instant
from remit.delegation import queries

router = Router(tags=["Delegation"])
OF_ROUND = Query(None, pattern=SLUG, description="Only those of this round")
OF_FAMILY = Query(None, description="Only those with this plain answer: had members been balloted?")
OF_COMMISSIONER = Query(None, description="Only what is about this commissioner")
OF_KIND = Query(None, pattern=r"^[a-z_]{1,30}$", description="Only this kind, such as ballot")
Family = Literal["balloted", "not_balloted", "not_specified"]


class MandateRow(BaseModel):
    """A submitted application, and how firmly members stand behind it."""

    id: Id
    application: str
    round: str
    level: int
    commissioner: str = Field(description="ODS code")
    way: str = Field(
        description="verifiable_ballot, ballot, recorded_vote, show_of_hands, letter, none or not_specified"
    )
    way_in_words: str
    grade: int = Field(description="A higher one is firmer; 0 is not specified")
    answer: Family = Field(description="The same in a plain answer: had members been balloted?")
    rests_on: str = Field(description="recorded (evidence is attached), stated (the form says so), or empty")
    asked_on: date | None = Field(description="When members were asked; null where nobody says")
    is_against: bool = Field(description="Whether members voted against, and no later vote has answered that")
    shows_route: bool = Field(description="Whether the amendment of the constitution is shown")
    standards: str = Field(description="How it stands beside each published standard, in words")


class EvidenceRow(BaseModel):
    """One record of what members, a committee or a body did or said."""

    id: Id
    evidence: str
    kind: str = Field(description="ballot, recorded_vote, show_of_hands, letter, joint_committee …")
    commissioners: str = Field(description="ODS codes, with spaces between them; empty where it is general")
    held_on: date
    way: str = Field(description="Where it stands on the ladder; empty where it says nothing of support")
    result: str = Field(description="carried, lost, tied, not_carried or unknown; empty for what is no vote")
    in_favour: int | None = Field(description="Votes for; null where nobody counted")
    against: int | None
    abstained: int | None
    electorate: int | None = Field(description="How many could vote")
    body: str = Field(description="Whose words they are: a code; empty for others")
    stance: str = Field(description="supports, neutral or objects; empty for others")
    route: str = Field(description="How far an amendment of the constitution has gone; empty for others")
    words: str
    origin: str = Field(description="by_hand, or what made it here")
    source: str
    source_href: str
    corrected_by: str = Field(description="The record that put this one right; empty while it stands")
    recorded_at: Instant


@publish(router, "/mandates", MandateRow, name="mandates", title="How members were asked")
def mandates(request: HttpRequest, round: str = OF_ROUND, answer: Family = OF_FAMILY) -> Rows[MandateRow]:  # noqa: A002
    """Every submitted application with how members were asked, by commissioner, held against the standards of
    representative bodies that were published by its deadline."""
    uri = identifier(request, "applications")
    found = [
        row
        for row in queries.mandates(now_of(request), round or "")
        if answer in (None, row.mandate.rung.family)
    ]

    return Rows.of(found, lambda row: _mandate(uri(f"{row.application}#mandate"), row))


@publish(router, "/evidence", EvidenceRow, name="evidence", title="Evidence")
def evidence(
    request: HttpRequest, commissioner: Code = OF_COMMISSIONER, kind: str = OF_KIND
) -> Rows[EvidenceRow]:
    """Everything that was recorded about how members were asked, about committees, constitutions and what
    representative bodies say: the latest first, corrected records too."""
    uri, now = identifier(request, "evidence"), now_of(request)
    found = [
        row
        for row in queries.all_evidence(now, kind or "")
        if commissioner is None or commissioner in dict(row.commissioners)
    ]

    return Rows.of(found, lambda row: _evidence(uri(row.id), row))


def _mandate(uri: str, row: queries.MandateRow) -> MandateRow:
    mandate = row.mandate
    return MandateRow(
        id=uri,
        application=row.application,
        round=row.round,
        level=row.level,
        commissioner=row.commissioner,
        way=mandate.rung.code,
        way_in_words=mandate.rung.name,
        grade=mandate.rung.grade,
        answer=mandate.rung.family,
        rests_on=mandate.rests_on,
        asked_on=mandate.asked_on,
        is_against=mandate.is_against,
        shows_route=mandate.has_route,
        standards="; ".join(each.words for each in mandate.comparisons),
    )


def _evidence(uri: str, row: queries.EvidenceRow) -> EvidenceRow:
    facts, count = row.facts, row.count
    return EvidenceRow(
        id=uri,
        evidence=row.id,
        kind=row.kind,
        commissioners=" ".join(code for code, _ in row.commissioners),
        held_on=row.held_on,
        way=row.rung,
        result=row.result,
        in_favour=count.in_favour,
        against=count.against,
        abstained=count.abstained,
        electorate=count.electorate,
        body=facts.get("body", ""),
        stance=facts.get("stance", ""),
        route=facts.get("route", ""),
        words=facts.get("words", ""),
        origin=row.origin,
        source=row.source,
        source_href=row.source_href,
        corrected_by=row.corrected_by,
        recorded_at=row.recorded_at,
    )
