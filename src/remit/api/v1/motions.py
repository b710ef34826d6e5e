"""Motions, their rolls, and what members require. Until a result is declared nothing tells how anybody voted."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from remit.api.identifiers import identifier
from remit.api.paging import Rows
from remit.api.parameters import Code
from remit.api.problems import Problem, missing
from remit.api.registers import publish
from remit.api.v1.rounds import now_of
from remit.api.values import Id, Instant
from remit.engines.constitution import Outcome
from remit.kernel.actor import ANYONE
from remit.motions import queries

router = Router(tags=["Members"])
ULID = r"^[0-9A-HJKMNP-TV-Z]{26}$"
MOTION = Path(..., pattern=ULID, description="A motion's identifier, as /motions has it")
OF_BODY = Query(None, description="Only those of this body")
ABOUT = Query(None, description="Only those that concern this commissioner")
IN_STATE = Query(None, description="Only those in this state now")
State = Literal["noticed", "open", "closed", "declared", "withdrawn", "replaced"]


class MotionRow(BaseModel):
    """What a body asks its members. Drafts are its own."""

    id: Id
    motion: str
    body: str = Field(description="The code of the body that put it")
    kind: str = Field(description="The kind of motion, for which clauses may have rules of their own")
    way: str = Field(description="recorded (by name), hands or paper")
    title: str
    words: str
    state: State
    powers: list[str] = Field(description="The powers that it is about, by name")
    concerns: list[str] = Field(description="Codes of the commissioners that it concerns")
    options: list[str] = Field(description="What can be chosen; empty for a plain for or against")
    noticed_at: Instant | None
    opens_at: Instant | None
    closes_at: Instant | None
    urgency: str = Field(description="Why the notice was shorter than usual; empty where it was not")
    reasons: str = Field(description="Why it was withdrawn or replaced")
    replaced_by: str = Field(description="The motion that took its place")
    result: str = Field(description="carried, not_carried, tied or inquorate; empty until it is declared")
    option: str = Field(description="The option that was carried")


class Turnout(BaseModel):
    """How many of an electorate took part, which tells nothing of how."""

    electorate: str = Field(description="practices (all members that are no persons) or gps")
    took_part: int
    on_roll: int


class ClauseTested(BaseModel):
    """A clause held against the votes."""

    electorate: str
    option: str = Field(description="The option; empty for a plain for or against")
    of: Literal["quorum", "majority"]
    clause: str
    arithmetic: str
    holds: bool


class UnderAnother(BaseModel):
    """The same votes under another common rule."""

    rule: str
    arithmetic: str
    result: str


class MotionDetail(MotionRow):
    """A motion, and once it is declared its result with the arithmetic of every clause."""

    roll: int = Field(description="How many votes are on the roll")
    turnout: list[Turnout]
    clauses: list[str] = Field(description="The clauses that decided, in the order in which they were asked")
    tested: list[ClauseTested]
    elsewhere: list[UnderAnother]
    binding: str = Field(description="Whose vote binds where two voted: practices, gps or both")
    scrutineer: str
    report: str
    sha256: str = Field(description="Of the recount file, as it was declared; empty before")
    declared_at: Instant | None


class RollRow(BaseModel):
    """A place on a roll. Persons are numbered, and how one voted is not told."""

    id: Id
    electorate: str
    voter: str
    name: str
    weight: str = Field(description="How many votes it has, exactly")
    counted_on: str = Field(description="The day of the list that says so; empty where none does")
    locality: str
    vote: str = Field(description="How it voted; empty until the result is declared")


class RequisitionRow(BaseModel):
    """What members require, counted against the members of the body."""

    id: Id
    requisition: str
    body: str
    kind: str
    title: str
    words: str
    opened_at: Instant
    signed: int
    members: int
    practices: list[str] = Field(description="Codes of the members that signed, in the order of signing")
    clause: str
    arithmetic: str
    is_valid: bool
    due_on: str = Field(description="The last day for the meeting; empty until enough have signed")
    is_overdue: bool
    objection: str = Field(description="What the chair has against it; it changes nothing")
    motion: str = Field(description="The motion by which it was answered; empty until its notice")
    is_withdrawn: bool


@publish(router, "/motions", MotionRow, name="motions", title="Motions")
def motions(
    request: HttpRequest, body: Code = OF_BODY, about: Code = ABOUT, state: State = IN_STATE
) -> Rows[MotionRow]:
    """Every motion of which notice was given, the latest first, with its result once that is declared."""
    uri = identifier(request, "motions")
    found = queries.motions(now_of(request), ANYONE, body=body or "", about=about or "", state=state or "")
    return Rows.of(found, lambda row: _motion(uri(row.id), row))


@publish(router, "/motions/{motion}/roll", RollRow, name="motion-roll", title="The roll of a motion")
def roll(request: HttpRequest, motion: str = MOTION) -> Rows[RollRow]:
    """Who may vote on a motion and for how much, frozen at its notice; how each voted once it is declared."""
    found, now, uri = _found(request, motion), now_of(request), identifier(request, "motions")

    def part(start: int, end: int) -> list[RollRow]:
        rows = queries.roll_of(motion, ANYONE, now, first=start, most=end - start)
        return [
            RollRow(
                id=f"{uri(motion)}#roll-{number}",
                electorate=row.electorate,
                voter=row.voter,
                name=row.name,
                weight=row.weight,
                counted_on=row.counted_on.isoformat() if row.counted_on else "",
                locality=row.locality,
                vote=row.vote,
            )
            for number, row in enumerate(rows, start + 1)
        ]

    return Rows(found.roll_size, part)


@router.get(
    "/motions/{motion}",
    response={200: MotionDetail, 404: Problem, 422: Problem},
    summary="One motion",
    operation_id="motion",
    url_name="motion",
)
def one(request: HttpRequest, motion: str = MOTION) -> MotionDetail:
    """A motion with its turnout; once it is declared, with the arithmetic of every clause."""
    found = _found(request, motion)
    outcome = found.outcome
    plain = _motion(identifier(request, "motions")(motion), found.row).model_dump()
    return MotionDetail(
        **plain | {each: getattr(found.row, each) for each in ("noticed_at", "opens_at", "closes_at")},
        roll=found.roll_size,
        turnout=[
            Turnout(electorate=who, took_part=took_part, on_roll=everybody)
            for who, took_part, everybody in found.turnout
        ],
        clauses=list(outcome.clauses) if outcome else [],
        tested=_tested(found),
        elsewhere=[
            UnderAnother(
                rule=each.rule.name,
                arithmetic=each.outcome.majorities[0].words,
                result=each.outcome.result.value,
            )
            for each in (outcome.elsewhere if outcome else ())
        ],
        binding=outcome.binding.value if outcome and len(outcome.parts) > 1 else "",
        scrutineer=found.scrutineer,
        report=found.report,
        sha256=found.sha256,
        declared_at=found.declared_at,
    )


@publish(router, "/requisitions", RequisitionRow, name="requisitions", title="Requisitions")
def requisitions(request: HttpRequest, body: Code = OF_BODY) -> Rows[RequisitionRow]:
    """Everything that members require, the latest first, with its signatures counted by the clause."""
    uri = identifier(request, "requisitions")
    return Rows.of(
        queries.requisitions(now_of(request), body=body or ""), lambda row: _requisition(uri(row.id), row)
    )


def _found(request: HttpRequest, motion: str) -> queries.MotionPage:
    found = queries.motion_page(motion, ANYONE, now_of(request))
    if found is None:
        raise missing(f"There is no motion {motion}. /motions lists them all.")
    return found


def _motion(uri: str, row: queries.MotionRow) -> MotionRow:
    same = (
        "body", "kind", "way", "title", "words", "state", "noticed_at", "opens_at", "closes_at", "urgency", "reasons",
        "replaced_by", "result", "option",
    )  # fmt: skip
    return MotionRow(
        id=uri,
        motion=row.id,
        powers=list(row.powers),
        concerns=[code for code, _ in row.concerns],
        options=[code for code, _ in row.options],
        **{each: getattr(row, each) for each in same},
    )


def _tested(found: queries.MotionPage) -> list[ClauseTested]:
    if found.outcome is None:
        return []
    outcomes: list[tuple[str, str, Outcome]] = []
    for part in found.outcome.parts:
        several = [(part.electorate, code, each) for code, each in part.options]
        outcomes += several or [(part.electorate, "", part.outcome)]
    return [
        ClauseTested(
            electorate=electorate,
            option=option,
            of="quorum" if test in outcome.quorums else "majority",
            clause=test.clause,
            arithmetic=test.words,
            holds=test.holds,
        )
        for electorate, option, outcome in outcomes
        for test in (*outcome.quorums, *outcome.majorities)
    ]


def _requisition(uri: str, row: queries.RequisitionRow) -> RequisitionRow:
    found = row.counted
    same = (
        "body",
        "kind",
        "title",
        "words",
        "opened_at",
        "is_overdue",
        "objection",
        "motion",
        "is_withdrawn",
    )
    return RequisitionRow(
        id=uri,
        requisition=row.id,
        signed=found.signed,
        members=found.members,
        practices=[code for code, _ in row.signed_by],
        clause=found.clause,
        arithmetic=found.words,
        is_valid=found.is_valid,
        due_on=found.due_on.isoformat() if found.due_on else "",
        **{each: getattr(row, each) for each in same},
    )
