"""Announcements: frozen lists of decisions, their counts, and what was corrected since."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from ninja import Path, Router
from pydantic import BaseModel, Field

from remit.api.identifiers import identifier
from remit.api.paging import Rows
from remit.api.parameters import ON, Day, moment_of
from remit.api.problems import Problem, missing
from remit.api.registers import publish
from remit.api.v1.rounds import SLUG, now_of
from remit.api.values import Id, Instant, Uri
from remit.delegation import queries

router = Router(tags=["Delegation"])
ANNOUNCEMENT = Path(..., pattern=SLUG, description="An announcement's code, as /announcements has it")


class AnnouncementRow(BaseModel):
    """Decisions that were made public at an instant. Nobody types its counts: they are of its rows."""

    id: Id
    code: str
    headline: str = Field(description="In people's words; every number in it was checked against the rows")
    event: str = Field(description="Where it was announced, if somewhere; else empty")
    round: str = Field(description="The code of the round that was decided; empty where there are several")
    rounds: list[str] = Field(description="The codes of its rounds, in the order of its list")
    level: int | None = Field(description="Null where its rounds are of several")
    announced_at: Instant
    is_embargoed: bool = Field(description="Whether it was announced under an embargo, now ended")
    released_at: Instant = Field(description="When it became public")
    effective_on: date | None = Field(
        description="The day on which powers come on; null where that is another one for each of its rounds"
    )
    approved: int = Field(description="Commissioners approved without conditions")
    conditional: int = Field(description="Commissioners approved on conditions")
    corrections: int = Field(description="What has changed since: the announcement itself stays as it was")


class RegionCount(BaseModel):
    """Rows of a region that were approved without conditions."""

    region: str = Field(description="ODS code; empty where no source gives it")
    region_name: str
    approved: int


class RoundCount(BaseModel):
    """A round of an announcement, with the counts of its rows."""

    code: str
    title: str
    level: int
    subject: str = Field(description="What it is for, such as Level 3 or dental services")
    effective_on: date = Field(description="The day on which its powers come on")
    approved: int
    conditional: int


class Correction(BaseModel):
    """What changed since."""

    words: str
    made_at: Instant


class Quote(BaseModel):
    """What somebody said of it."""

    words: str
    who: str
    role: str = Field(description="The role at the time of the announcement, frozen with it")
    organisation: str
    source: str = Field(
        description="Where the quote and the role are from; empty where they are recorded here"
    )
    is_known: bool = Field(description="Whether the role comes from the roles recorded here")
    flags: list[str] = Field(description="Where the words go beyond the rows")


class Announcement(AnnouncementRow):
    """An announcement with what it rests on and what followed."""

    sha256: str = Field(
        description="Over the frozen list: canonical JSON (RFC 8785) of [[commissioner, outcome], …] in the order "
        "of /announcements/{code}/rows; of several rounds, of [[round, commissioner, outcome], …]"
    )
    by_round: list[RoundCount]
    by_region: list[RegionCount]
    quotes: list[Quote] = Field(description="What was said of it, each with the role at the time")
    corrected: list[Correction] = Field(description="The corrections, in order")
    previous: str | None = Field(description="The code of the announcement before it")
    following: str | None = Field(description="The code of the one after it")
    figures: list[str] = Field(description="The ids of its figures")
    rows: Uri = Field(description="The address of the named list")
    rows_csv: Uri = Field(description="The address of the named list as CSV")


class AnnouncedRow(BaseModel):
    """A commissioner in an announcement, as it was then."""

    id: Id
    announcement: str
    round: str = Field(description="The code of the round")
    commissioner: str = Field(description="ODS code")
    name: str
    region: str = Field(description="ODS code; empty where no source gives it")
    region_name: str
    level: int
    outcome: str = Field(description="approved, or conditional: approved on conditions")
    effective_on: date = Field(description="The day on which powers come on")
    since: str = Field(
        description="What was decided after the announcement, such as withdrawn; empty where nothing was. The list "
        "itself stays as it was made"
    )
    since_at: Instant | None = Field(description="When that was told; null where nothing was")
    application: Uri = Field(description="The identifier of the application that was decided")


@publish(router, "/announcements", AnnouncementRow, name="announcements", title="Announcements")
def announcements(request: HttpRequest, on: Day | None = ON) -> Rows[AnnouncementRow]:
    """Every announcement that was public by the day, the latest first. One under embargo appears when that ends."""
    return Rows.of(
        queries.announcements(moment_of(request, on)), lambda row: AnnouncementRow(**_fields(request, row))
    )


@router.get(
    "/announcements/{code}",
    response={200: Announcement, 404: Problem, 422: Problem},
    summary="One announcement",
    operation_id="announcement",
    url_name="announcement",
)
def announcement(request: HttpRequest, code: str = ANNOUNCEMENT) -> Announcement:
    """An announcement: its counts, by region too, its corrections, and the hash of its frozen list."""
    page = _page(request, code)
    rows = request.build_absolute_uri(reverse("api-v1:announcement-rows", args=[code]))
    return Announcement(
        **_fields(request, page.row),
        sha256=page.sha256,
        by_round=[RoundCount(**asdict(each)) for each in page.row.rounds],
        by_region=[
            RegionCount(region=region, region_name=name, approved=count)
            for region, name, count in page.by_region
        ],
        quotes=[Quote(**asdict(each)) for each in page.quotes],
        corrected=[Correction(**asdict(each)) for each in page.corrections],
        previous=page.previous[0] if page.previous else None,
        following=page.following[0] if page.following else None,
        figures=list(page.figures),
        rows=rows,
        rows_csv=f"{rows}.csv",
    )


@publish(
    router,
    "/announcements/{code}/rows",
    AnnouncedRow,
    name="announcement-rows",
    title="The named list of an announcement",
)
def rows(request: HttpRequest, code: str = ANNOUNCEMENT) -> Rows[AnnouncedRow]:
    """Who was approved in an announcement, by round and name: the list as it was frozen then. Its address stays."""
    page = _page(request, code)
    uri, application = identifier(request, "announcements"), identifier(request, "applications")
    rounds = {each.code: each for each in page.row.rounds}

    def make(row: queries.AnnouncedRow) -> AnnouncedRow:
        fields: dict[str, Any] = asdict(row) | {"application": application(row.application)}
        held = rounds[row.round]
        among = f"{row.round}/" if len(rounds) > 1 else ""
        return AnnouncedRow(
            id=uri(f"{code}#{among}{row.commissioner}"),
            announcement=code,
            level=held.level,
            effective_on=held.effective_on,
            **fields,
        )

    return Rows.of(page.rows, make)


def _page(request: HttpRequest, code: str) -> queries.AnnouncementPage:
    """An announcement that is public. Refuses with not_found, also under embargo."""
    page = queries.announcement(code, now_of(request))
    if page is None:
        raise missing(f"There is no announcement {code}. /announcements lists them all.")
    return page


def _fields(request: HttpRequest, row: queries.AnnouncementRow) -> dict[str, Any]:
    """An announcement's own fields; where its rounds differ in what is asked of one, that is left out."""
    fields = asdict(row) | {"rounds": [each.code for each in row.rounds]}
    levels = {each.level for each in row.rounds}
    return fields | {
        "id": identifier(request, "announcements")(row.code),
        "round": row.rounds[0].code if len(row.rounds) == 1 else "",
        "level": levels.pop() if len(levels) == 1 else None,
        "effective_on": row.effective_on[0] if len(row.effective_on) == 1 else None,
    }
