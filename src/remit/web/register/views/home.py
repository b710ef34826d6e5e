"""The home page."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from remit.register import queries
from remit.web.as_at import AsAt
from remit.web.register.pages.home import home_page
from remit.web.register.views.days import on_a_day


@on_a_day
def home(request: HttpRequest, day: AsAt) -> HttpResponse:
    """The nation as at a day."""
    page = home_page(
        day,
        queries.nation_on(day.day),
        queries.commissioners_by_year(day.today),
        queries.sources(),
        is_demo=settings.REMIT_DEMO,
    )
    return render(request, "register/home.jinja", {"page": page})
