"""How members were asked: the public list of all applications, and how it is graded."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from remit.delegation import queries
from remit.kernel.moments import london_day
from remit.register.queries import names_then
from remit.web.as_at import AsAt
from remit.web.delegation.pages.mandates import asked_in, mandates_page, standards_page
from remit.web.paging import read_paging
from remit.web.register.views.days import on_a_day
from remit.web.requests import Request


@on_a_day
def mandates(request: HttpRequest, day: AsAt) -> HttpResponse:
    """Every application submitted by a day, with its mandate as it was known then, narrowed to a round and to a way of
    asking."""
    at = day.moment
    every = queries.rounds(at)
    rounds = [(row.code, row.title) for row in every]
    today = london_day(at)
    closed_on = {row.code: min(today, row.deadline.last_day) for row in every}
    wanted = request.GET.get("round", "")
    round_code = wanted if wanted in dict(rounds) else ""
    rows = queries.mandates(at, round_code)
    way = request.GET.get("way", "")
    shown = asked_in(rows, way)
    page = mandates_page(
        day,
        shown,
        queries.tally_of(rows),
        names_then({(row.commissioner, closed_on[row.round]) for row in shown}),
        closed_on,
        rounds,
        read_paging(request, len(shown), fragment="mandates"),
        round_code=round_code,
        way=way,
    )
    return render(request, "delegation/mandates.jinja", {"page": page})


@require_safe
def standards(request: Request) -> HttpResponse:
    """The ladder, and the standards of representative bodies."""
    return render(request, "delegation/standards.jinja", {"page": standards_page()})
