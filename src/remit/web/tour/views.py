"""The tour: public, read only. Pages about the invented nation are linked only where it is."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from remit.demo.queries import has_invented_nation
from remit.tour.queries import tour
from remit.web.requests import Request
from remit.web.tour.pages import tour_page


@require_safe
def index(request: Request) -> HttpResponse:
    """Every demand, or those of ``?article=S1`` and ``?state=works``; what is neither is any."""
    page = tour_page(
        tour(),
        request.GET.get("article", ""),
        request.GET.get("state", ""),
        has_nation=has_invented_nation(request.received_at),
    )
    return render(request, "tour/index.jinja", {"page": page})
