"""The history of one commissioner."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from remit.delegation import queries
from remit.web.as_at import AsAt
from remit.web.delegation.pages.history import history_page
from remit.web.delegation.words import level_title
from remit.web.formats import nhs_date
from remit.web.motions.views.elsewhere import motions_about
from remit.web.register.views.days import on_a_day
from remit.web.register.views.finding import found_or_moved


@on_a_day
def history(request: HttpRequest, day: AsAt, code: str) -> HttpResponse:
    """Every public step of a commissioner up to a day."""
    found = found_or_moved(request, day, code, "commissioner")
    if isinstance(found, HttpResponse):
        return found
    level = queries.level_on(code, day.day)
    unknown = queries.not_known_of(code, day.day) if found.was_open else ""
    standing = (
        f"What level it had on {nhs_date(day.day)} is not known. {unknown}"
        if unknown
        else f"On {nhs_date(day.day)}: {level_title(level or 0)}."
    )
    steps = queries.history_of(code, request.received_at)  # type: ignore[attr-defined]
    about = motions_about(code, request.received_at)  # type: ignore[attr-defined]
    page = history_page(day, code, found.name, steps, queries.inheritance_of(code), standing, about)
    return render(request, "delegation/history.jinja", {"page": page})
