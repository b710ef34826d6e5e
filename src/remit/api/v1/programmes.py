"""Programmes, what they publish and were told, and the clocks and timetables of their rounds."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from django.http import HttpRequest
from ninja import Path, Router
from pydantic import BaseModel, Field

from remit.api.identifiers import identifier
from remit.api.paging import Rows
from remit.api.problems import missing
from remit.api.registers import publish
from remit.api.v1.rounds import ROUND, SLUG, now_of
from remit.api.values import Id, Instant
from remit.delegation import queries

router = Router(tags=["Delegation"])
PROGRAMME = Path(..., pattern=SLUG, description="A programme's code, as /programmes has it")


class ProgrammeRow(BaseModel):
    """The application process of a year."""

    id: Id
    code: str
    title: str
    process: str = Field(description="What its rounds ask: short or full")
    rounds: int = Field(description="Rounds planned")
    documents: int = Field(description="Documents in force")
    made_at: Instant


class DocumentRow(BaseModel):
    """A version of a document of a programme."""

    id: Id
    programme: str
    kind: str = Field(description="process, form, criteria, timetable or guidance")
    version: int
    title: str
    is_generated: bool = Field(description="Whether it was built from the data")
    is_latest: bool
    sha256: str = Field(description="As the ledger has it")
    published_at: Instant


class InterestRow(BaseModel):
    """An expression of interest, and the application that it became."""

    id: Id
    programme: str
    commissioner: str = Field(description="ODS code")
    name: str
    level: int = Field(description="The level that it would like")
    would_manage_performance: bool
    application: str = Field(description="The application that it became; empty while nothing was submitted")
    expressed_at: Instant


class StatementRow(BaseModel):
    """What a commissioner last said of its plans."""

    id: Id
    programme: str
    commissioner: str = Field(description="ODS code")
    name: str
    answer: str = Field(description="intends, undecided or not_now")
    level: int | None = Field(description="The level that it intends to apply for")
    now: str = Field(description="The answer, or what became of an intention: applied or lapsed")
    reasons: str
    stated_at: Instant


class TimetableRow(BaseModel):
    """Whether a commissioner can be ready before a round's deadline."""

    id: Id
    round: str
    commissioner: str = Field(description="ODS code")
    name: str
    is_feasible: bool
    days: int = Field(description="Calendar days that all its steps take")
    latest_start: date | None = Field(description="Null where its committee does not meet in time")
    short_by: int = Field(description="Days missing; 0 if it is feasible")
    ready_on: date | None = Field(description="When it is ready if it begins on the opening day")
    has_own_rules: bool = Field(description="Whether its own rules are recorded; else days are assumed")


class LateRow(BaseModel):
    """A late request and its answer."""

    id: Id
    round: str
    commissioner: str = Field(description="ODS code")
    number: int = Field(description="1 for its first request; after a refusal another can be made")
    name: str
    requested_at: Instant
    is_accepted: bool | None = Field(description="Null while it waits for an answer")
    reasons: str = Field(description="Of the answer")
    may_submit_until: Instant | None
    submitted_at: Instant | None


class DueRow(BaseModel):
    """By when a decision is due, as the public knows it."""

    id: Id
    round: str
    commissioner: str = Field(description="ODS code")
    due_on: date | None
    is_extended: bool
    reasons: str = Field(description="Of the extension")
    is_told: bool = Field(description="Whether the decision is public")
    days_over: int = Field(description="Calendar days past the day; 0 if it is not overdue")


def _programme(code: str, request: HttpRequest) -> queries.ProgrammeRow:
    found = queries.programme(code, now_of(request))
    if found is None:
        raise missing(f"There is no programme {code}. /programmes lists them all.")
    return found


def _require_round(code: str, request: HttpRequest) -> None:
    if queries.round_of(code, now_of(request)) is None:
        raise missing(f"There is no round {code}. /rounds lists them all.")


@publish(router, "/programmes", ProgrammeRow, name="programmes", title="Programmes")
def programmes(request: HttpRequest) -> Rows[ProgrammeRow]:
    """Every programme, the latest first."""
    uri = identifier(request, "programmes")

    def make(row: queries.ProgrammeRow) -> ProgrammeRow:
        return ProgrammeRow(
            id=uri(row.code),
            code=row.code,
            title=row.title,
            process=row.process,
            rounds=len(row.planned),
            documents=sum(each.is_latest for each in row.publications),
            made_at=row.made_at,
        )

    return Rows.of(queries.programmes(now_of(request)), make)


@publish(
    router,
    "/programmes/{code}/documents",
    DocumentRow,
    name="programme-documents",
    title="Documents of a programme",
)
def documents(request: HttpRequest, code: str = PROGRAMME) -> Rows[DocumentRow]:
    """Every version of every document that a programme published."""
    found, uri = _programme(code, request), identifier(request, "publications")
    return Rows.of(found.publications, lambda row: DocumentRow(**(asdict(row) | {"id": uri(row.id)})))


@publish(
    router,
    "/programmes/{code}/interests",
    InterestRow,
    name="programme-interests",
    title="Expressions of interest",
)
def interests(request: HttpRequest, code: str = PROGRAMME) -> Rows[InterestRow]:
    """Who expressed interest in a programme, by name, and what became of it."""
    _programme(code, request)
    uri = identifier(request, "programmes")
    return Rows.of(
        queries.interests_in(code, now_of(request)),
        lambda row: InterestRow(**(asdict(row) | {"id": f"{uri(code)}#interest-{row.commissioner}"})),
    )


@publish(
    router,
    "/programmes/{code}/statements",
    StatementRow,
    name="programme-statements",
    title="What commissioners plan",
)
def statements(request: HttpRequest, code: str = PROGRAMME) -> Rows[StatementRow]:
    """What each commissioner last said of its plans in a programme, by name. To intend is not to apply."""
    _programme(code, request)
    uri = identifier(request, "programmes")
    return Rows.of(
        queries.statements_in(code, now_of(request)),
        lambda row: StatementRow(
            id=f"{uri(code)}#statement-{row.commissioner}", programme=code, **asdict(row)
        ),
    )


@publish(
    router,
    "/rounds/{code}/timetable",
    TimetableRow,
    name="round-timetable",
    title="Who can keep a round's timetable",
)
def timetable(request: HttpRequest, code: str = ROUND) -> Rows[TimetableRow]:
    """Every commissioner that could apply in a round, planned or set up, by name: whether consultation, notice, ballot,
    amendment and committee fit before the deadline, and when it would have to begin."""
    found = queries.lint_of(code)
    if found is None:
        raise missing(f"There is no round {code}. /rounds lists them all.")
    uri = identifier(request, "rounds")

    def make(row: queries.LintRow) -> TimetableRow:
        return TimetableRow(
            id=f"{uri(code)}#timetable-{row.commissioner}",
            round=code,
            commissioner=row.commissioner,
            name=row.name,
            is_feasible=row.is_feasible,
            days=row.plan.days,
            latest_start=row.plan.latest_start,
            short_by=row.plan.short_by,
            ready_on=row.plan.ready_on,
            has_own_rules=row.has_own_rules,
        )

    return Rows.of(found.rows, make)


@publish(
    router,
    "/rounds/{code}/late-requests",
    LateRow,
    name="round-late-requests",
    title="Late requests in a round",
)
def late_requests(request: HttpRequest, code: str = ROUND) -> Rows[LateRow]:
    """Who asked that a draft be taken after the deadline, and what was answered, in the order of asking."""
    _require_round(code, request)
    uri = identifier(request, "rounds")
    return Rows.of(
        queries.late_log(code, now_of(request)),
        lambda row: LateRow(
            id=f"{uri(code)}#late-{row.commissioner}{f'-{row.number}' if row.number > 1 else ''}",
            round=code,
            **asdict(row),
        ),
    )


@publish(
    router,
    "/rounds/{code}/decisions-due",
    DueRow,
    name="round-decisions-due",
    title="By when decisions are due",
)
def decisions_due(request: HttpRequest, code: str = ROUND) -> Rows[DueRow]:
    """By when the decision on each application is due, whether that was extended, and which are overdue."""
    _require_round(code, request)
    uri = identifier(request, "rounds")
    return Rows.of(
        queries.decision_clock(code, now_of(request)),
        lambda row: DueRow(id=f"{uri(code)}#due-{row.commissioner}", round=code, **asdict(row)),
    )
