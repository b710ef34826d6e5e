"""Regions: all of them on a day, and one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from remit.register import queries
from remit.web.as_at import AsAt
from remit.web.register.pages.regions import region_page, regions_page
from remit.web.register.views.days import on_a_day
from remit.web.register.views.finding import found_or_moved


@on_a_day
def regions(request: HttpRequest, day: AsAt) -> HttpResponse:
    """The regions on a day."""
    page = regions_page(day, queries.nation_on(day.day))
    return render(request, "register/regions.jinja", {"page": page})


@on_a_day
def region(request: HttpRequest, day: AsAt, code: str) -> HttpResponse:
    """One region, past or present."""
    found = found_or_moved(request, day, code, "region")
    if isinstance(found, HttpResponse):
        return found
    commissioners = queries.commissioners_on(day.day, region=code)
    practices = queries.practice_codes_in({row.code for row in commissioners}, day.day)
    page = region_page(
        day,
        found,
        commissioners=commissioners,
        practices=len(practices),
        lists=queries.lists_total(practices, day.day),
        years=queries.years_of_region(code, day.today),
        sources=queries.sources_listed([fact.sources for fact in (*found.kinds, *found.history)]),
    )
    return render(request, "register/region.jinja", {"page": page})
