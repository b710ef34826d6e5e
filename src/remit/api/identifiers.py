"""Stable identifiers: /id/… never changes and is never used twice. It answers 303, to a page or its data."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from remit.ledger import queries as ledger
from remit.register import queries as register
from remit.tour.queries import tour

# Only what may be a code or a hash reaches the database: PostgreSQL cannot even be asked about a NUL.
CODE, SHA256 = re.compile(r"[A-Z0-9]{3,12}"), re.compile(r"[0-9a-f]{64}")


def identifier(request: HttpRequest, kind: str) -> Callable[[object], str]:
    """A function from a code to its identifier, whole: ``https://…/id/organisations/A81001``."""
    start = request.build_absolute_uri(f"/id/{kind}/")
    return lambda code: f"{start}{code}"


def _see_other(address: str) -> HttpResponse:
    return HttpResponse(status=303, headers={"Location": address})


def _wants_data(request: HttpRequest) -> bool:
    return not request.accepts("text/html") and request.accepts("application/json")


@require_safe
@vary_on_headers("Accept")
def organisation(request: HttpRequest, code: str) -> HttpResponse:
    """To the organisation's page, or to its data for a client that takes only JSON."""
    if not CODE.fullmatch(code) or not register.exists(code):
        raise Http404
    name = "api-v1:organisation" if _wants_data(request) else "organisation"
    return _see_other(reverse(name, args=[code]))


@require_safe
@vary_on_headers("Accept")
def source(request: HttpRequest, sha256: str) -> HttpResponse:
    """To the page of a published file, or to its data."""
    if not SHA256.fullmatch(sha256) or register.source(sha256) is None:
        raise Http404
    return _see_other(reverse("api-v1:source" if _wants_data(request) else "source", args=[sha256]))


@require_safe
def source_on_organisation(request: HttpRequest, sha256: str, code: str) -> HttpResponse:
    """What one file says about one organisation: to the organisation."""
    if not SHA256.fullmatch(sha256) or register.source(sha256) is None:
        raise Http404
    return organisation(request, code)


@require_safe
def ledger_entry(request: HttpRequest, index: int) -> HttpResponse:
    """To an entry with its proof."""
    if index >= ledger.head().size:
        raise Http404
    return _see_other(reverse("api-v1:ledger-entry", args=[index]))


@require_safe
def seed(request: HttpRequest, seed_id: str) -> HttpResponse:
    """To a demand's place on the tour."""
    if all(row.id != seed_id for row in tour().rows):
        raise Http404
    return _see_other(f"{reverse('tour')}#{seed_id}")


urlpatterns = [
    path("organisations/<str:code>", organisation, name="id-organisation"),
    path("sources/<str:sha256>", source, name="id-source"),
    path(
        "sources/<str:sha256>/organisations/<str:code>", source_on_organisation, name="id-source-organisation"
    ),
    path("ledger/<int:index>", ledger_entry, name="id-ledger-entry"),
    path("seeds/<str:seed_id>", seed, name="id-seed"),
]
