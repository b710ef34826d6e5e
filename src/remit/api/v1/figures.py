"""Published figures, opened: what each is made of, what it comes to when worked out again, and its rows."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Query, Router
from pydantic import AfterValidator, BaseModel, Field

from remit.api.identifiers import identifier
from remit.api.paging import Rows
from remit.api.parameters import ON, Day, Text, moment_of
from remit.api.problems import Problem, missing
from remit.api.registers import publish
from remit.api.values import Exact, Id, Instant
from remit.figures import queries
from remit.figures.queries import KeptFigure, KeptRow, KeptVersion, claim_checked, verdict
from remit.kernel.decision import Refused

router = Router(tags=["Figures"])
FIGURE = Path(
    ..., pattern="^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$", max_length=80, description="A figure's id, such as N21"
)


def _article(text: str) -> str:
    try:
        return queries.article_code(text)
    except Refused as refusal:
        raise ValueError(str(refusal)) from None


ArticleCode = Annotated[Text, AfterValidator(_article)]
ARTICLE = Query(None, max_length=8, description="Only those of an article: S0 to S4, or ext")


class Figure(BaseModel):
    """A published number as it stands now."""

    id: Id
    figure: str = Field(description="Its only name; two figures with one value are two figures")
    version: int
    article: str = Field(description="S0 to S4, ext for other publishers, empty for this service's own")
    label: str
    definition: str
    numerator: int | None = Field(description="What was counted; null where no count was published")
    numerator_what: str
    base: int | None = Field(description="Out of how many; null for a plain count, or where none was stated")
    base_what: str
    on: date | None = Field(description="The day it is about")
    published: str = Field(description="As printed; empty for a figure that nobody printed")
    published_percent: Exact | None
    percent: Exact | None = Field(description="The share worked out, by the figure's own rounding")
    percent_half_up: Exact | None
    percent_truncated: Exact | None
    rounding: str = Field(description="half_up, truncated, largest_remainder or none")
    places: int = Field(description="Decimals of the percentage")
    agrees: bool | None = Field(description="Whether the printed percentage is what the counts give")
    fewest: int | None = Field(description="The smallest whole count that is printed so")
    most: int | None = Field(description="The largest")
    claim: str = Field(description="Words used of it, such as majority")
    claim_holds: bool | None
    verdict: str = Field(description="All of this in a sentence")
    part_of: str = Field(description="The figure that contains it")
    figure_set: str = Field(description="The figures of a set divide one base between them")
    source: str
    source_href: str
    note: str
    recorded_at: Instant


class FigureVersion(BaseModel):
    """What a figure said from an instant on."""

    version: int
    numerator: int | None
    base: int | None
    published: str
    is_superseded: bool
    sha256: str = Field(description="Of everything it says; the ledger's entry holds it")
    recorded_at: Instant


class FigureInFull(Figure):
    """A figure with every version it has had, newest first; its rows are at /figures/{figure}/rows."""

    versions: list[FigureVersion]


class FigureRow(BaseModel):
    """One of the things that a figure counts."""

    id: Id
    figure: str
    side: str = Field(description="numerator or base")
    place: int
    ref: str = Field(description="What it is, such as organisation/05L; empty where only words say")
    words: str


def _fields(request: HttpRequest, kept: KeptVersion) -> dict[str, Any]:
    fitting = kept.counts_that_fit
    checked = claim_checked(kept)
    same = set(Figure.model_fields) & set(KeptVersion.__dataclass_fields__)
    return {
        **{name: getattr(kept, name) for name in same},
        "id": identifier(request, "figures")(kept.figure),
        "version": kept.number,
        "percent": kept.computed,
        "percent_half_up": kept.half_up,
        "percent_truncated": kept.truncated,
        "rounding": kept.rounding.value,
        "agrees": kept.agrees,
        "fewest": fitting[0] if fitting else None,
        "most": fitting[-1] if fitting else None,
        "claim_holds": checked.allowed if checked else None,
        "verdict": verdict(kept),
    }


@publish(router, "/figures", Figure, name="figures", title="Figures")
def figures(request: HttpRequest, article: ArticleCode = ARTICLE, on: Day | None = ON) -> Rows[Figure]:
    """Every number that was published by the day, as it stood then: as published and as worked out."""
    moment = moment_of(request, on)
    then = moment if moment < asked_at(request) else None
    found = queries.figures(at=asked_at(request), article=article, then=then)
    return Rows.of(found, lambda kept: Figure(**_fields(request, kept)))


@publish(router, "/figures/{figure}/rows", FigureRow, name="figure-rows", title="The rows behind a figure")
def rows(request: HttpRequest, figure: str = FIGURE) -> Rows[FigureRow]:
    """What a figure counts as it stands now: first its numerator, then its base. None where they are not held."""
    now = _found(request, figure).now
    numerators = (now.numerator or 0) if now.has_numerator_rows else 0
    bases = (now.base or 0) if now.has_base_rows else 0
    uri = identifier(request, "figures")

    def make(side: str, row: KeptRow) -> FigureRow:
        where = uri(f"{figure}#{side}-{row.place}")
        return FigureRow(id=where, figure=figure, side=side, place=row.place, ref=row.ref, words=row.words)

    def part(start: int, end: int) -> list[FigureRow]:
        found = [("numerator", row) for row in queries.figure_rows(now, "numerator", start, end)]
        past = max(start - numerators, 0), max(end - numerators, 0)
        found += [("base", row) for row in queries.figure_rows(now, "base", *past)]
        return [make(side, row) for side, row in found]

    return Rows(numerators + bases, part)


@router.get(
    "/figures/{figure}",
    response={200: FigureInFull, 404: Problem, 422: Problem},
    summary="One figure",
    operation_id="figure",
    url_name="figure",
)
def figure(request: HttpRequest, figure: str = FIGURE) -> FigureInFull:
    """A published number, opened, with every version it has had."""
    found = _found(request, figure)
    versions = [
        FigureVersion(version=each.number, **{name: getattr(each, name) for name in _OF_A_VERSION})
        for each in found.versions
    ]
    return FigureInFull(**_fields(request, found.now), versions=versions)


_OF_A_VERSION = tuple(name for name in FigureVersion.model_fields if name != "version")


def asked_at(request: HttpRequest) -> datetime:
    """The instant of asking: what is under embargo then is not told."""
    return request.received_at  # type: ignore[attr-defined,no-any-return]


def _found(request: HttpRequest, figure: str) -> KeptFigure:
    found = queries.figure(figure, at=asked_at(request))
    if found is None:
        raise missing(f"There is no figure {figure}.")
    return found
