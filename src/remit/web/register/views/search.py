"""Search."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from remit.register import queries
from remit.web.as_at import AsAt
from remit.web.formats import printable
from remit.web.register.pages.search import LIMIT, search_page
from remit.web.register.views.days import on_a_day

LONGEST = 100


@on_a_day
def search(request: HttpRequest, day: AsAt) -> HttpResponse:
    """Organisations by ``?q=``: a code, a name it ever had, or a postcode."""
    text = " ".join(printable(" ".join(request.GET.get("q", "").split())).split())[:LONGEST]
    page = search_page(day, text, queries.search(text, day.day, limit=LIMIT))
    return render(request, "register/search.jinja", {"page": page})
