"""Live counts, each with a page of its own: what is counted, out of what, and the rows."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from remit.delegation import queries
from remit.delegation.states import APPROVED, CONDITIONAL
from remit.web.as_at import AsAt, WrongDate, iso_date
from remit.web.delegation.pages.counts import (
    CountPage,
    announced_in_round_page,
    day_count_page,
    region_count_page,
    round_count_page,
)
from remit.web.register.views.days import on_a_day
from remit.web.requests import Request


@on_a_day
def count(request: HttpRequest, day: AsAt, name: str) -> HttpResponse:
    """One count of commissioners on a day, of all or of a region."""
    at = request.received_at  # type: ignore[attr-defined]
    found = queries.count_on(name, day.day, region=request.GET.get("region", ""), at=at)
    if found is None:
        raise Http404
    since = _since(request, day.day)
    change = queries.change_of(found, since, at) if since else None
    return _shown(request, day_count_page(day, found, change))


def _since(request: HttpRequest, on: date) -> date | None:
    """The earlier day that a count is held against: the one asked for; where none is, or a later day was chosen on
    the page, that of a year before if there was one."""
    asked = request.GET.get("since", "")
    try:
        since = iso_date(asked) if asked else None
    except WrongDate:
        raise Http404 from None
    return since if since and since < on else queries.a_year_before(on)


@require_safe
def round_count(request: Request, code: str, stage: str) -> HttpResponse:
    """How many applications of a round came to a stage."""
    at = request.received_at
    held = queries.round_of(code, at)
    if held is None:
        raise Http404
    rows = queries.applications_in(code, at)
    stages = (*queries.funnel_of(code, rows, at), queries.decided_of(rows))
    found = next((each for each in stages if each.code == stage), None)
    if found is None:
        raise Http404
    return _shown(request, round_count_page(held, found, rows, at))


@require_safe
def region_count(request: Request, code: str, region: str) -> HttpResponse:
    """How many of those approved in an announcement were of a region."""
    found = queries.announcement(code, request.received_at, request.actor)
    if found is None:
        raise Http404
    base = list({row.commissioner: row for row in found.rows if row.outcome == APPROVED}.values())
    here = [row for row in base if (row.region or queries.NO_REGION) == region]
    if not here:
        raise Http404
    return _shown(request, region_count_page(found.row, region, here, base))


@require_safe
def announced_in_round(request: Request, code: str, round_code: str, outcome: str) -> HttpResponse:
    """How many of those announced with an outcome were of one of its rounds."""
    found = queries.announcement(code, request.received_at, request.actor)
    held = next((each for each in found.row.rounds if each.code == round_code), None) if found else None
    if found is None or held is None or outcome not in (APPROVED, CONDITIONAL):
        raise Http404
    base = [row for row in found.rows if row.outcome == outcome]
    here = [row for row in base if row.round == round_code]
    return _shown(request, announced_in_round_page(found.row, held, outcome, here, base))


def _shown(request: HttpRequest, page: CountPage) -> HttpResponse:
    return render(request, "delegation/count.jinja", {"page": page})
