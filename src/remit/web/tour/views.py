"""The tour: public, read only, the same for everyone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from remit.tour.queries import tour
from remit.web.tour.pages import tour_page


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every demand, or those of ``?article=S1`` and ``?state=works``; what is neither is any."""
    page = tour_page(tour(), request.GET.get("article", ""), request.GET.get("state", ""))
    return render(request, "tour/index.jinja", {"page": page})
