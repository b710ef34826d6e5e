"""How members were asked: the public list of all applications, and how it is graded."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from remit.delegation import queries
from remit.kernel.moments import london_day
from remit.register.queries import names_on
from remit.web.delegation.pages.mandates import mandates_page, standards_page
from remit.web.requests import Request


@require_safe
def mandates(request: Request) -> HttpResponse:
    """Every submitted application with its mandate, narrowed to a round and to a way of asking."""
    at = request.received_at
    rounds = [(row.code, row.title) for row in queries.rounds(at)]
    wanted = request.GET.get("round", "")
    round_code = wanted if wanted in dict(rounds) else ""
    rows = queries.mandates(at, round_code)
    page = mandates_page(
        rows,
        queries.tally_of(rows),
        names_on({row.commissioner for row in rows}, london_day(at)),
        rounds,
        round_code=round_code,
        way=request.GET.get("way", ""),
    )
    return render(request, "delegation/mandates.jinja", {"page": page})


@require_safe
def standards(request: Request) -> HttpResponse:
    """The ladder, and the standards of representative bodies."""
    return render(request, "delegation/standards.jinja", {"page": standards_page()})
