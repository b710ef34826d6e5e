"""What the applications of a round say, counted: for everybody."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from remit.delegation import queries
from remit.web.delegation.pages.changing import tallies_page
from remit.web.requests import Request


@require_safe
def tallies(request: Request, code: str) -> HttpResponse:
    """The counted questions of a round, each with how many answered."""
    held = queries.round_of(code, request.received_at)
    if held is None:
        raise Http404
    page = tallies_page(held, queries.tallies_in(code, request.received_at))
    return render(request, "delegation/tallies.jinja", {"page": page})
