"""Any organisation by its code."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from remit.register import queries
from remit.web.as_at import AsAt
from remit.web.motions.views.elsewhere import tables_of
from remit.web.register.pages.organisation import organisation_page
from remit.web.register.views.days import on_a_day
from remit.web.register.views.finding import found_or_moved


@on_a_day
def organisation(request: HttpRequest, day: AsAt, code: str) -> HttpResponse:
    """One organisation; a practice, commissioner or region is sent on to its own page, for ever."""
    found = found_or_moved(request, day, code, "organisation")
    if isinstance(found, HttpResponse):
        return found
    is_network = any(fact.value == "pcn" for fact in found.kinds)
    practices = queries.practices_of_network(code, day.day) if is_network else None
    sources = queries.sources_listed([fact.sources for fact in (*found.kinds, *found.history)])
    motions = tables_of(code, {fact.value for fact in found.kinds}, request.received_at)  # type: ignore[attr-defined]
    page = organisation_page(day, found, practices, sources, motions)
    return render(request, "register/organisation.jinja", {"page": page})
