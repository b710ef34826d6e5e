"""Where commissioners stand: levels in effect on a day, their arrangements, and how delegation spread."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Annotated

from django.http import HttpRequest
from ninja import Path, Query, Router
from pydantic import AfterValidator, BaseModel, Field, WithJsonSchema

from remit.api.identifiers import identifier
from remit.api.paging import Rows
from remit.api.parameters import CODE, ON, Code, Day, day_of
from remit.api.problems import missing
from remit.api.registers import publish
from remit.api.v1.commissioners import REGION
from remit.api.v1.rounds import now_of
from remit.api.v1.rows import organisation_page
from remit.api.values import Id, Instant
from remit.delegation import queries
from remit.kernel.ods import ods_code
from remit.register.rules import COMMISSIONER_KINDS

router = Router(tags=["Delegation"])
COUNT = Path(
    ..., pattern="^[a-z0-9-]{1,20}$", description=f"The name of a count: {', '.join(queries.COUNTS)}"
)
COUNT_REGION = Query(None, description="Only those of the region with this code; none: of those in no region")


def _region(value: str) -> str:
    return value if value == queries.NO_REGION else ods_code(value)


CountRegion = Annotated[
    str, AfterValidator(_region), WithJsonSchema({"type": "string", "pattern": "^[A-Za-z0-9]{3,12}$"})
]
LEVEL = Query(None, ge=0, le=3, description="Only those known to have this level in effect; 0 for none")


class PositionRow(BaseModel):
    """A commissioner on a day, and where it stood."""

    id: Id
    code: str = Field(description="ODS code")
    name: str
    region: str = Field(description="ODS code of its region; empty where no source gives it")
    region_name: str
    on: date
    level: int | None = Field(
        description="The level in effect on the day; 0 for none, null where no source says: it is not known"
    )
    since: date | None = Field(description="The first day of that arrangement; null for none")
    basis: str = Field(description="application, succeeded (taken over) or source; empty for none")
    approved: int = Field(description="The highest level whose approval was public by then; 0 for none")
    conditional: int = Field(description="A level approved on conditions still to be met; 0 for none")
    source: str = Field(description="Which source says so, where that is the basis; else empty")
    source_href: str = Field(description="Its address; else empty")


class ArrangementRow(BaseModel):
    """An arrangement of a commissioner, from its first to its last day."""

    id: Id
    commissioner: str = Field(description="ODS code")
    level: int
    effective_on: date = Field(description="The first day")
    last_on: date | None = Field(description="The last day, included; null while it lasts")
    basis: str = Field(description="application, succeeded (taken over) or source")
    ref: str = Field(
        description="The application, or the predecessor's arrangement, that it rests on; else empty"
    )
    source: str = Field(description="Which source says so, where that is the basis; else empty")
    source_href: str = Field(description="Its address; else empty")
    signed_at: Instant | None = Field(description="null where no signature is needed, or no source says when")


class HistoryRow(BaseModel):
    """One step of a commissioner: what happened, on which day, and from which day the public knew."""

    id: Id
    commissioner: str = Field(description="ODS code")
    on: date = Field(description="The day on which it happened")
    known_on: date = Field(description="The day from which it was public")
    step: str = Field(
        description="intends, undecided, not_now, submitted, an outcome, issued, returned, signed, recorded, "
        "inherited, effective, varied, notice, ended or succeeded"
    )
    level: int = Field(description="The level that it is about; 0 where it is about none")
    words: str
    ref_kind: str = Field(
        description="What `ref` is the code of: application, announcement, agreement or commissioner; else empty"
    )
    ref: str
    source: str = Field(description="Which source says so, where one does; else empty")


class UptakeRow(BaseModel):
    """How many commissioners stood where on a day. In effect, approved and signed are counted apart."""

    id: Id
    on: date
    commissioners: int
    level_1: int = Field(description="With greater involvement in effect on the day")
    level_2: int = Field(description="With joint commissioning in effect on the day")
    level_3: int = Field(description="With delegated commissioning in effect on the day")
    not_known: int = Field(
        description="Whose position no source gives: the counts are of the others, and say nothing of these"
    )
    approved_1: int = Field(description="Whose approval for Level 1 was public by then, and stood")
    approved_2: int = Field(description="The same for Level 2")
    approved_3: int = Field(description="The same for Level 3")
    conditional_2: int = Field(description="Approved for Level 2 on conditions still to be met")
    conditional_3: int = Field(description="Approved for Level 3 on conditions still to be met")
    signed_2: int = Field(description="Signed at Level 2 by then, in effect or not")
    signed_3: int = Field(description="Signed at Level 3 by then, in effect or not")


class RegionUptakeRow(UptakeRow):
    """How many commissioners of a region stood where on a day."""

    region: str = Field(description="ODS code; empty for commissioners whose region no source gives")
    region_name: str


@publish(router, "/positions", PositionRow, name="positions", title="Positions of commissioners")
def positions(
    request: HttpRequest, on: Day = ON, region: Code = REGION, level: int = LEVEL
) -> Rows[PositionRow]:
    """Every commissioner on a day, by name, with the level in effect and what had been approved by then."""
    day, uri = day_of(request, on), identifier(request, "organisations")
    found = [
        row
        for row in queries.positions_on(day, now_of(request))
        if region in (None, row.region) and level in (None, row.level)
    ]
    return Rows.of(
        found, lambda row: PositionRow(id=uri(f"{row.code}#position-on-{day}"), on=day, **asdict(row))
    )


@publish(router, "/counts/{count}", PositionRow, name="count", title="The rows behind a count")
def counted(
    request: HttpRequest, count: str = COUNT, on: Day = ON, region: CountRegion = COUNT_REGION
) -> Rows[PositionRow]:
    """Those whom a count of a day counts, by name: of all commissioners, or of a region's. The number of rows is the
    count; those out of whom it counts are `commissioners`, with the same day and region."""
    day, uri = day_of(request, on), identifier(request, "organisations")
    found = queries.count_on(count, day, region=region or "", at=now_of(request))
    if found is None:
        known = ", ".join(queries.COUNTS)
        where = f" of the region {region} on {day}" if region else ""
        raise missing(f"There is no count “{count}”{where}. There are: {known}.")
    return Rows.of(
        found.counted, lambda row: PositionRow(id=uri(f"{row.code}#position-on-{day}"), on=day, **asdict(row))
    )


@publish(
    router,
    "/commissioners/{code}/arrangements",
    ArrangementRow,
    name="commissioner-arrangements",
    title="Arrangements of a commissioner",
)
def arrangements(request: HttpRequest, code: Code = CODE) -> Rows[ArrangementRow]:
    """Every co-commissioning arrangement that a commissioner ever had, in order of its days. One that is signed
    and still to come appears once its approval is public."""
    organisation_page(code, day_of(request, None), COMMISSIONER_KINDS)
    uri = identifier(request, "arrangements")

    def make(row: queries.ArrangementRow) -> ArrangementRow:
        return ArrangementRow(**asdict(row) | {"id": uri(f"{row.commissioner}/{row.id}")})

    return Rows.of(queries.arrangements_of(code), make)


@publish(
    router,
    "/commissioners/{code}/history",
    HistoryRow,
    name="commissioner-history",
    title="History of a commissioner",
)
def history(request: HttpRequest, code: Code = CODE) -> Rows[HistoryRow]:
    """Every public step of a commissioner in order of the days: what it intended and applied for, what was decided,
    signed, in effect, varied, ended and taken over."""
    organisation_page(code, day_of(request, None), COMMISSIONER_KINDS)
    uri = identifier(request, "organisations")
    found = list(enumerate(queries.history_of(code, now_of(request)), 1))

    def make(row: tuple[int, queries.StepRow]) -> HistoryRow:
        number, step = row
        return HistoryRow(id=uri(f"{code}#step-{number}"), commissioner=code, **asdict(step))

    return Rows.of(found, make)


@publish(router, "/uptake", UptakeRow, name="uptake", title="Uptake by year")
def uptake(request: HttpRequest) -> Rows[UptakeRow]:
    """How many commissioners stood where on 1 April of each year since powers first came on."""
    uri = identifier(request, "uptake")
    found = queries.uptake_by_year(day_of(request, None), now_of(request))
    return Rows.of(found, lambda row: UptakeRow(id=uri(f"{row.on}"), **asdict(row)))


@publish(router, "/uptake/regions", RegionUptakeRow, name="uptake-regions", title="Uptake by region")
def uptake_by_region(request: HttpRequest, on: Day = ON) -> Rows[RegionUptakeRow]:
    """How many commissioners of each region stood where on a day, by code."""
    uri = identifier(request, "uptake")

    def make(row: queries.RegionUptake) -> RegionUptakeRow:
        return RegionUptakeRow(
            id=uri(f"{row.uptake.on}#{row.code or 'no-region'}"),
            region=row.code,
            region_name=row.name,
            **asdict(row.uptake),
        )

    return Rows.of(queries.uptake_by_region(day_of(request, on), now_of(request)), make)
