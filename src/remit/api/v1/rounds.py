"""Rounds of applications, and who applied, as the public may know it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Literal

from django.http import HttpRequest
from django.urls import reverse
from ninja import Path, Router
from pydantic import BaseModel, Field

from remit.api.identifiers import identifier
from remit.api.paging import Rows
from remit.api.parameters import ON, Day, moment_of
from remit.api.problems import Problem, missing
from remit.api.registers import publish
from remit.api.values import Id, Instant, Uri
from remit.delegation import queries

router = Router(tags=["Delegation"])
SLUG = r"^[-a-zA-Z0-9_]{1,80}$"
ROUND = Path(..., pattern=SLUG, description="A round's code, as /rounds has it")


class RoundRow(BaseModel):
    """A round of applications for one level, as it stands on the day."""

    id: Id
    code: str
    title: str
    level: int = Field(description="The level that is applied for")
    opens_at: Instant
    deadline_at: Instant
    deadline_is_inclusive: bool = Field(description="Whether what comes at that very instant is in time")
    deadline: str = Field(description="The deadline in words, by London's clocks")
    decisions_due_on: date | None = Field(description="When decisions are expected; null where nobody says")
    effective_on: date = Field(description="The day on which powers come on")
    state: Literal["coming", "open", "closed", "decided"] = Field(
        description="coming, open, closed, or decided once nothing submitted waits to be decided or announced"
    )
    applied: int = Field(description="Applications submitted")
    decided: int = Field(description="Of these, those whose outcome was announced")
    is_overdue: bool = Field(description="Whether decisions were due and some still wait")


class ApplicationRow(BaseModel):
    """A submitted application. Drafts are nobody else's business, nor decisions before they are announced."""

    id: Id
    round: str
    level: int
    commissioner: str = Field(description="ODS code")
    name: str = Field(description="What it was called when the round closed")
    state: str = Field(
        description="submitted, approved, conditional, deferred, lower_level_offered, declined, withdrawn or "
        "rescinded; not_announced: decided and not approved, and the outcome is not public"
    )
    evidence: str = Field(
        description="How members were asked: verifiable_ballot, ballot, recorded_vote, show_of_hands, letter, "
        "none, not_specified, or no_members for a board, which has none"
    )
    evidence_in_words: str
    submitted_at: Instant = Field(description="When its last byte was received")
    is_against: bool = Field(description="Whether a vote of members was lost and none has answered it since")
    is_decided_again: bool = Field(
        description="Whether a challenge of that outcome was upheld: it does not stand, and no new one is public"
    )
    upheld_at: Instant | None = Field(description="When that challenge was upheld; null where none was")


class StageRow(BaseModel):
    """How many applications of a round came so far, and stand there now."""

    id: Id
    round: str
    stage: str = Field(
        description="applied, waiting, approved, conditional, not-approved or withdrawn, which share out those that "
        "applied; and signed and effective, which are some of those approved"
    )
    name: str
    count: int
    applied: int = Field(description="How many applied: what the count is of")
    applications: str = Field(description="The applications counted, by code of their commissioner, in order")


def now_of(request: HttpRequest) -> datetime:
    """The instant at which the request was received."""
    return request.received_at  # type: ignore[attr-defined,no-any-return]


def never_tagged() -> str:
    """No tag: deadlines pass and embargoes end at instants that add nothing to the ledger."""
    return ""


class TallyRow(BaseModel):
    """One answer to a question of a round's form, counted over the applications that were submitted."""

    round: str
    section: str
    question: str = Field(description="The question's code in the form")
    question_in_words: str
    answer: str = Field(description="The answer's code")
    answer_in_words: str
    count: int = Field(description="Applications that gave it")
    answered: int = Field(description="Applications that answered the question: the base")
    asked: int = Field(description="Applications submitted")


class DutyRow(BaseModel):
    """A delegated duty in a submitted application, with the money and the people that come with it."""

    id: Id
    round: str
    application: str
    commissioner: str = Field(description="ODS code")
    name: str = Field(description="What it was called when the round closed")
    duty: str
    duty_name: str
    pence: int = Field(description="Money a year, in pence")
    wte: str = Field(description="People, in whole-time equivalents")
    source: str = Field(description="Where they come from")
    gap_pence: int = Field(description="Money a year that is still missing, in pence")
    is_unfunded: bool = Field(description="Whether no money and nobody comes with it")


@publish(router, "/rounds", RoundRow, name="rounds", title="Rounds of applications")
def rounds(request: HttpRequest, on: Day | None = ON) -> Rows[RoundRow]:
    """Every round that was set up by the day, as the public could know it then, the one that closes last first, with
    its deadline as an instant and whether that instant itself is in time."""
    uri = identifier(request, "rounds")
    return Rows.of(queries.rounds(moment_of(request, on)), lambda row: _round(uri(row.code), row))


def _round(uri: str, row: queries.RoundRow) -> RoundRow:
    fields = asdict(row) | {
        "deadline_at": row.deadline.at,
        "deadline_is_inclusive": row.deadline.is_inclusive,
        "deadline": row.deadline.words,
    }
    return RoundRow(id=uri, **fields)


class Round(RoundRow):
    """A round with where its applications and its announcements are."""

    applications: Uri = Field(description="The address of who applied")
    applications_csv: Uri = Field(description="The same as CSV")
    announcements: list[str] = Field(description="The codes of its announcements, the latest first")


@router.get(
    "/rounds/{code}",
    response={200: Round, 404: Problem, 422: Problem},
    summary="One round",
    operation_id="round",
    url_name="round",
)
def round_(request: HttpRequest, code: str = ROUND) -> Round:
    """A round as it stands now: its deadline, how many applied, and how many of them were announced."""
    now, found = now_of(request), _found(request, code)
    where = request.build_absolute_uri(reverse("api-v1:round-applications", args=[code]))
    row = _round(identifier(request, "rounds")(code), found)
    return Round(
        **row.model_dump(),
        applications=where,
        applications_csv=f"{where}.csv",
        announcements=[each.code for each in queries.announcements(now) if each.covers(code)],
    )


def _found(request: HttpRequest, code: str) -> queries.RoundRow:
    found = queries.round_of(code, now_of(request))
    if found is None:
        raise missing(f"There is no round {code}. /rounds lists them all.")
    return found


@publish(
    router,
    "/rounds/{code}/applications",
    ApplicationRow,
    name="round-applications",
    title="Applications in a round",
)
def applications(request: HttpRequest, code: str = ROUND) -> Rows[ApplicationRow]:
    """Who applied in a round, by name, how members were asked, and the outcome once it is announced."""
    now = now_of(request)
    _found(request, code)
    uri = identifier(request, "applications")

    def make(row: queries.ApplicationRow) -> ApplicationRow:
        fields = asdict(row) | {"id": uri(row.id), "is_decided_again": row.is_decided_again}
        return ApplicationRow(evidence_in_words=queries.evidence_words(row.evidence), **fields)

    return Rows.of(queries.applications_in(code, now), make)


@publish(router, "/rounds/{code}/stages", StageRow, name="round-stages", title="Stages of a round")
def stages(request: HttpRequest, code: str = ROUND) -> Rows[StageRow]:
    """How far the applications of a round came, each stage counted apart, with who is counted."""
    now = now_of(request)
    if queries.round_of(code, now) is None:
        raise missing(f"There is no round {code}. /rounds lists them all.")
    uri, rows = identifier(request, "rounds"), queries.applications_in(code, now)

    def make(stage: queries.FunnelStage) -> StageRow:
        who = sorted(row.commissioner for row in rows if row.id in stage.applications)
        return StageRow(
            id=uri(f"{code}#{stage.code}"),
            round=code,
            stage=stage.code,
            name=stage.name,
            count=stage.count,
            applied=stage.applied,
            applications=" ".join(who),
        )

    return Rows.of(list(queries.funnel_of(code, rows, now)), make)


@publish(
    router,
    "/rounds/{code}/tallies",
    TallyRow,
    name="round-tallies",
    title="Answers of a round, counted",
)
def tallies(request: HttpRequest, code: str = ROUND) -> Rows[TallyRow]:
    """What applicants say in the counted questions of a round's form, each count with its base. None while a round
    is sealed."""
    now = now_of(request)
    if queries.round_of(code, now) is None:
        raise missing(f"There is no round {code}. /rounds lists them all.")
    rows = [(tally, row) for tally in queries.tallies_in(code, now) for row in tally.rows]

    def make(each: tuple[queries.Tally, queries.TallyRow]) -> TallyRow:
        tally, row = each
        return TallyRow(
            round=code,
            section=tally.section,
            question=tally.code,
            question_in_words=tally.question,
            answer=row.code,
            answer_in_words=row.words,
            count=row.count,
            answered=tally.answered,
            asked=tally.asked,
        )

    return Rows.of(rows, make)


@publish(
    router,
    "/rounds/{code}/duties",
    DutyRow,
    name="round-duties",
    title="Duties in the applications of a round",
)
def duties(request: HttpRequest, code: str = ROUND) -> Rows[DutyRow]:
    """Every duty of every submitted application of a round, with the money, the people and the gap; by commissioner.
    None while a round is sealed."""
    now = now_of(request)
    if queries.round_of(code, now) is None:
        raise missing(f"There is no round {code}. /rounds lists them all.")
    uri = identifier(request, "applications")
    return Rows.of(
        queries.duties_in(code, now),
        lambda row: DutyRow(id=f"{uri(row.application)}#{row.duty}", round=code, **asdict(row)),
    )
