"""The files that were loaded."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from remit.register import queries
from remit.web.paging import read_paging
from remit.web.register.pages.sources import source_page, sources_page


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """Every file that was loaded."""
    return render(request, "register/sources.jinja", {"page": sources_page(queries.sources())})


@require_safe
def source(request: HttpRequest, sha256: str) -> HttpResponse:
    """One file by its hash."""
    found = queries.source(sha256)
    if found is None:
        raise Http404
    page = source_page(found, read_paging(request, len(found.remarks), fragment="remarks"))
    return render(request, "register/source.jinja", {"page": page})
