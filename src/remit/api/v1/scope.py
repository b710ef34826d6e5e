"""The matrix of powers, the guidance they rest on, changes of scope, first uses, call-ins, responsibilities."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from enum import StrEnum
from typing import Literal

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel, Field

from remit.api.identifiers import identifier
from remit.api.paging import Rows
from remit.api.parameters import CODE, ON, Code, Day, day_of
from remit.api.registers import publish
from remit.api.v1.powers import GroupCode, How, HowNow, PowerCode
from remit.api.v1.rows import organisation_page
from remit.api.values import Id, Instant
from remit.delegation import queries, rules
from remit.engines.powers import Power, Provision
from remit.register.rules import COMMISSIONER_KINDS

router = Router(tags=["Delegation"])
POWER = Query(None, description="Only this power")
GROUP = Query(None, description="Only this contractor group")
FunctionCode = StrEnum("FunctionCode", {code.upper(): code for code in rules.functions()})  # type: ignore[misc]
FunctionCode.__doc__ = "The code of a function."
FUNCTION = Query(None, description="Only this function")
COMMISSIONER = Query(None, description="Only this commissioner")


class MatrixRow(BaseModel):
    """A line of the matrix: how a power over a group is held at each level, from when until when, and which clause
    of which document says so."""

    id: Id
    power: str
    group: str
    first: date = Field(description="From which day the line holds")
    last: date | None = Field(description="Until which day; null while it holds")
    level_1: How
    level_2: How
    level_3: How
    guidance: str = Field(description="Code of the document: /guidance lists them")
    clause: str


class GuidanceRow(BaseModel):
    """A document that powers rest on."""

    id: Id
    code: str
    title: str
    issuer: str
    published: str = Field(description="A day, or a month where no source gives the day, as ISO 8601")
    version: str
    is_at_hand: bool = Field(
        description="Whether its own words were at hand; else clauses are as others cite them"
    )
    href: str


class HeldPowerRow(BaseModel):
    """A power over a contractor group, as a commissioner had it on a day."""

    id: Id
    power: str
    name: str
    group: str
    how: HowNow
    holder: str = Field(description="commissioner, both, NHS England or not_known")
    since: date | None
    first_used_at: Instant | None
    why_not: str
    reference: str


class VariationRow(BaseModel):
    """A change of what an arrangement covers. Powers are written power/group."""

    id: Id
    arrangement: str
    commissioner: str
    effective_on: date
    groups_added: list[str]
    groups_removed: list[str]
    reserved: list[str] = Field(description="Back with NHS England")
    made_joint: list[str] = Field(description="Held only together with NHS England")
    restored: list[str] = Field(description="Again as the level gives it")
    reasons: str
    instrument: str = Field(description="What makes the change")
    source: str
    made_at: Instant


class FirstUseRow(BaseModel):
    """When a commissioner was granted a power, and when it first used it."""

    id: Id
    commissioner: str
    name: str
    power: str
    group: str
    granted_on: date
    how: Literal["held", "joint"]
    first_used_at: Instant | None = Field(description="null: never by the end of the day")
    first_what: str
    uses: int
    called_in: int


class CallInRow(BaseModel):
    """A decision of a commissioner that NHS England called in."""

    id: Id
    use: str
    commissioner: str
    power: str
    group: str
    what: str
    used_at: Instant
    state: Literal["called_in", "released", "taken_over"]
    reasons: str
    called_in_at: Instant
    outcome_reasons: str
    settled_at: Instant | None


class FunctionRow(BaseModel):
    """Who was responsible for a function, from when until when."""

    id: Id
    function: str
    name: str
    holder: Literal["pct", "area_team", "local_office", "national_body", "ccg", "icb"]
    who: str
    first: date
    last: date | None
    how: Literal["held", "as_delegated", "where_not_delegated", "joint"]
    power: str
    group: str
    reference: str
    is_weak: bool = Field(description="Whether the line rests on something second-hand")


@publish(router, "/powers/matrix", MatrixRow, name="powers-matrix", title="The matrix of powers")
def matrix(request: HttpRequest, power: PowerCode = POWER, group: GroupCode = GROUP) -> Rows[MatrixRow]:
    """How each power over each contractor group is held at each level, from when until when, with its clause."""
    uri = identifier(request, "powers")
    found = [
        (each, line, over)
        for each in rules.powers().values()
        for line in each.provisions
        for over in line.groups
        if (power is None or power.value == each.code) and (group is None or group.value == over)
    ]

    def make(row: tuple[Power, Provision, str]) -> MatrixRow:
        each, line, over = row
        return MatrixRow(
            id=uri(f"{each.code}#{over}-from-{line.period.first}"),
            power=each.code,
            group=over,
            first=line.period.first,
            last=line.period.last,
            guidance=line.guidance,
            clause=line.clause,
            **{f"level_{level}": line.at_level(level).value for level in rules.levels()},
        )

    return Rows.of(found, make)


@publish(router, "/guidance", GuidanceRow, name="guidance", title="Guidance")
def guidance(request: HttpRequest) -> Rows[GuidanceRow]:
    """The documents that powers rest on, the oldest first."""
    uri = identifier(request, "guidance")
    found = list(rules.guidance().values())
    return Rows.of(found, lambda row: GuidanceRow(id=uri(row.code), **asdict(row)))


@publish(
    router,
    "/commissioners/{code}/powers",
    HeldPowerRow,
    name="commissioner-powers",
    title="Powers of a commissioner",
)
def powers_of(request: HttpRequest, code: Code = CODE, on: Day = ON) -> Rows[HeldPowerRow]:
    """Every power over every contractor group, with who held it for a commissioner on a day, and why."""
    day, uri = day_of(request, on), identifier(request, "organisations")
    organisation_page(code, day, COMMISSIONER_KINDS)
    found = [cell for row in queries.matrix_of(code, day) for cell in row.cells]

    def make(row: queries.PowerRow) -> HeldPowerRow:
        told = asdict(row)
        power = told.pop("code")
        return HeldPowerRow(
            id=uri(f"{code}#{power}-{row.group}-on-{day}"), power=power, holder=row.holder, **told
        )

    return Rows.of(found, make)


@publish(
    router,
    "/commissioners/{code}/scope-variations",
    VariationRow,
    name="scope-variations",
    title="Changes of scope",
)
def variations(request: HttpRequest, code: Code = CODE) -> Rows[VariationRow]:
    """Every change of what a commissioner's arrangements cover, in order of the days from which they hold."""
    organisation_page(code, day_of(request, None), COMMISSIONER_KINDS)
    uri = identifier(request, "arrangements")

    def make(row: queries.VariationRow) -> VariationRow:
        pairs = {
            name: [f"{power}/{group}" for power, group in getattr(row, name)]
            for name in ("reserved", "made_joint", "restored")
        }
        return VariationRow(
            **asdict(row) | pairs | {"id": uri(f"{row.commissioner}/{row.arrangement}#variation-{row.id}")}
        )

    return Rows.of(queries.variations(code), make)


@publish(router, "/first-uses", FirstUseRow, name="first-uses", title="First uses of powers")
def first_uses(
    request: HttpRequest,
    on: Day = ON,
    commissioner: Code = COMMISSIONER,
    power: PowerCode = POWER,
    group: GroupCode = GROUP,
) -> Rows[FirstUseRow]:
    """Every power that a commissioner had been granted by a day: since when, and when it was first used, if ever."""
    day, uri = day_of(request, on), identifier(request, "organisations")
    found = [
        row
        for row in queries.first_uses(day, commissioner)
        if (power is None or power.value == row.power) and (group is None or group.value == row.group)
    ]
    return Rows.of(
        found,
        lambda row: FirstUseRow(
            id=uri(f"{row.commissioner}#{row.power}-{row.group}-by-{day}"), **asdict(row)
        ),
    )


@publish(router, "/call-ins", CallInRow, name="call-ins", title="Decisions called in")
def call_ins(request: HttpRequest) -> Rows[CallInRow]:
    """Every decision that NHS England called in, and what came of it."""
    uri = identifier(request, "organisations")

    def make(row: queries.CallInRow) -> CallInRow:
        return CallInRow(**asdict(row) | {"id": uri(f"{row.commissioner}#use-{row.use}")})

    return Rows.of(queries.call_ins(), make)


@publish(router, "/functions", FunctionRow, name="functions", title="Responsibilities")
def functions(request: HttpRequest, function: FunctionCode = FUNCTION) -> Rows[FunctionRow]:
    """Who was responsible for each function, era by era; or for one."""
    uri = identifier(request, "functions")
    wanted = [each for each in rules.functions().values() if function is None or function.value == each.code]

    def make(row: tuple[rules.Function, rules.Responsible]) -> FunctionRow:
        of, spell = row
        return FunctionRow(
            id=uri(f"{of.code}#{spell.holder}-from-{spell.period.first}"),
            function=of.code,
            name=of.name,
            holder=spell.holder,
            who=spell.who,
            first=spell.period.first,
            last=spell.period.last,
            how=spell.how,
            power=of.power,
            group=of.group,
            reference=spell.reference,
            is_weak=spell.is_weak,
        )

    return Rows.of([(each, spell) for each in wanted for spell in each.spells], make)
