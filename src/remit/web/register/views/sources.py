"""The files that were loaded."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from remit.register import queries
from remit.web.as_at import AsAt
from remit.web.paging import read_paging
from remit.web.register.pages.sources import source_page, sources_page
from remit.web.register.views.days import on_a_day


@on_a_day
def sources(request: HttpRequest, day: AsAt) -> HttpResponse:
    """Every file that was loaded, whatever the day: each says which day it describes."""
    return render(request, "register/sources.jinja", {"page": sources_page(queries.sources())})


@require_safe
def source(request: HttpRequest, sha256: str) -> HttpResponse:
    """One file by its hash."""
    found = queries.source(sha256)
    if found is None:
        raise Http404
    page = source_page(found, read_paging(request, len(found.remarks), fragment="remarks"))
    return render(request, "register/source.jinja", {"page": page})
