"""Powers: the catalogue, and whether a commissioner holds one on a day."""

from __future__ import annotations

import re
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel, BeforeValidator, Field, WithJsonSchema

from remit.api.identifiers import identifier
from remit.api.paging import Rows
from remit.api.parameters import Code, Day, day_of
from remit.api.problems import Problem
from remit.api.registers import publish
from remit.api.values import Id
from remit.delegation import queries
from remit.delegation.rules import contractor_groups, levels, powers
from remit.engines.powers import Held
from remit.kernel.moments import london_day
from remit.register.queries import known_code, names_on

router = Router(tags=["Delegation"])

How = Literal["held", "joint", "none"]
HowNow = Literal["held", "joint", "none", "not_known"]
PowerCode = StrEnum("PowerCode", {code.upper(): code for code in powers()})  # type: ignore[misc]
GroupCode = StrEnum("GroupCode", {code.upper(): code for code in contractor_groups()})  # type: ignore[misc]
GroupCode.__doc__ = "The code of a contractor group."
PowerCode.__doc__ = "The code of a power."
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)", re.ASCII)


def _in_london(value: Any) -> Any:
    """An instant as the day it is in London; anything else is left to be read as a day."""
    if not (isinstance(value, str) and INSTANT.fullmatch(value)):
        return value
    try:
        return london_day(datetime.fromisoformat(value)).isoformat()
    except (ValueError, OverflowError):
        raise ValueError(
            f"There is no instant {value}. Write one that is in the calendar, like 2015-03-31T23:30:00Z"
        ) from None


DayOrInstant = Annotated[
    Day,
    BeforeValidator(_in_london),
    WithJsonSchema({"type": "string", "anyOf": [{"format": "date"}, {"format": "date-time"}]}),
]
WHO = Query(..., description="A commissioner's code of the Organisation Data Service (ODS)")
WHICH = Query(..., description="The code of a power: /powers lists them")
GROUP = Query(GroupCode.GENERAL_PRACTICE, description="The contractor group; general practice if not said")
WHEN = Query(
    None,
    description="A day like 2015-04-01, or an instant like 2015-03-31T23:30:00Z, which counts as the day that it "
    "is in London. Without it: today in London.",
)


class PowerRow(BaseModel):
    """A power, and how it is held at each level."""

    id: Id
    code: str = Field(description="Stable, such as approve_mergers")
    name: str
    groups: list[str] = Field(description="Codes of the contractor groups that it is about")
    level_1: How = Field(
        description="Over general practice: held, joint (only together with NHS England) or none"
    )
    level_2: How = Field(description="As level_1")
    level_3: How = Field(description="As level_1")
    is_reserved: bool = Field(description="Whether NHS England keeps it at every level")
    since: date = Field(description="The first day on which any commissioner could hold it")
    reference: str = Field(description="Where it is laid down")


class PowerCheck(BaseModel):
    """Whether a commissioner holds a power on a day."""

    commissioner: str = Field(description="ODS code")
    name: str = Field(description="What it was called on the day")
    power: str
    group: str = Field(description="The contractor group asked about")
    on: date = Field(description="The day in London")
    holds: bool | None = Field(
        description="True also where it is held jointly: then never without NHS England. null: not known"
    )
    how: HowNow = Field(description="held, joint, none; not_known where no source says what the position was")
    reason: str = Field(description="Why not and, where known, from when; how, if jointly; else empty")
    code: str = Field(description="held, jointly, power_not_held or position_not_known")
    clause: str = Field(description="The rule that the reason rests on; empty where it is held")


@publish(router, "/powers", PowerRow, name="powers", title="Powers")
def catalogue(request: HttpRequest) -> Rows[PowerRow]:
    """Every power of primary care commissioning, with how a commissioner holds it at each level."""
    uri = identifier(request, "powers")
    return Rows.of(
        list(powers().values()),
        lambda row: PowerRow(
            id=uri(row.code),
            code=row.code,
            name=row.name,
            groups=list(row.groups),
            is_reserved=row.is_reserved,
            since=row.since,
            reference=row.reference,
            **{f"level_{level}": row.at_level(level).value for level in levels()},
        ),
    )


@router.get(
    "/powers/check",
    response={200: PowerCheck, 404: Problem, 422: Problem},
    summary="Who holds a power",
    operation_id="powers_check",
    url_name="powers-check",
)
def check(
    request: HttpRequest,
    commissioner: Code = WHO,
    power: PowerCode = WHICH,
    group: GroupCode = GROUP,
    on: DayOrInstant = WHEN,
) -> PowerCheck:
    """Whether a commissioner holds a power on a day, how, and if not, why not. Powers come on at midnight in
    London. The answer is 200 either way: asking is not refused."""
    day = day_of(request, on)
    known_code(commissioner)
    decision = queries.holds_power_on(commissioner, power.value, day, group.value)
    reason = decision.reasons[0] if decision.reasons else None
    how = Held.NONE if not decision.allowed else Held.JOINT if reason else Held.HELD
    is_known = reason is None or reason.code != "position_not_known"
    return PowerCheck(
        commissioner=commissioner,
        name=names_on({commissioner}, day).get(commissioner, commissioner),
        power=power.value,
        group=group.value,
        on=day,
        holds=decision.allowed if is_known else None,
        how=how.value if is_known else "not_known",
        reason=reason.message if reason else "",
        code=reason.code if reason else "held",
        clause=reason.clause if reason else "",
    )
