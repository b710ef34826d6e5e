"""The ledger: public, read only. What its keeper and witnesses do is in `keeping`."""

from __future__ import annotations

from itertools import islice

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from remit.engines.permissions import Permission, may
from remit.kernel.moments import london_day
from remit.kernel.names import readable_name
from remit.ledger import queries
from remit.register.queries import names_on
from remit.web.ledger.pages import entry_page, ledger_page
from remit.web.requests import Request
from remit.web.streaming import streamed

PER_PAGE = 50


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _names(request: Request, codes: set[str]) -> dict[str, str]:
    found = names_on(codes - {""}, london_day(request.received_at))
    return {code: readable_name(name) for code, name in found.items()}


@require_safe
def ledger(request: Request) -> HttpResponse:
    """The head, the latest checkpoint, and the entries below ``?before=`` (the newest, if not given)."""
    before = _whole(request.GET.get("before", ""))
    entries = list(queries.entries(before=before, limit=PER_PAGE))
    latest = next(iter(queries.checkpoints(limit=1)), None)
    page = ledger_page(
        queries.head(),
        queries.checkpoint_note(latest) if latest else "",
        entries,
        _names(request, {entry.acting_for for entry in entries}),
        before=before,
        per_page=PER_PAGE,
        may_sign=may(request.actor, Permission.SIGN_CHECKPOINT).allowed,
        may_cosign=may(request.actor, Permission.COSIGN_CHECKPOINT).allowed,
        has_verifier=settings.VERIFIER.is_file(),
    )
    return render(request, "ledger/index.jinja", {"page": page})


@require_safe
def entry(request: Request, index: int) -> HttpResponse:
    """One entry, with the proof that it is in the ledger as it is now."""
    found = next(islice(queries.entries(before=index + 1, limit=1), 1), None) if index < 2**62 else None
    if found is None or found.index != index:
        raise Http404
    names = _names(request, {found.acting_for})
    page = entry_page(
        found,
        queries.prove_inclusion(index),
        names.get(found.acting_for, ""),
        has_verifier=settings.VERIFIER.is_file(),
    )
    return render(request, "ledger/entry.jinja", {"page": page})


@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """The whole ledger as JSON Lines, for the verifier."""
    response = streamed(request, queries.export_lines(queries.head()), "application/x-ndjson")
    response["Content-Disposition"] = 'attachment; filename="ledger.jsonl"'
    return response


@require_safe
def verifier(request: HttpRequest) -> HttpResponse:
    """The program that checks an export without any part of this service, to keep and to read."""
    if not settings.VERIFIER.is_file():
        raise Http404
    response = HttpResponse(settings.VERIFIER.read_bytes(), content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{settings.VERIFIER.name}"'
    return response
