"""Constitutions, for everybody to read."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from remit.constitutions import queries
from remit.constitutions.rules import BODY_KINDS
from remit.register.queries import kinds_on, organisation_at
from remit.web.as_at import AsAt
from remit.web.constitutions.pages.changes import changes_page
from remit.web.constitutions.pages.reading import body_page, constitutions_page, version_page
from remit.web.constitutions.pages.ways import body_ways, parts_to_write, version_ways
from remit.web.paging import read_paging
from remit.web.register.links import address
from remit.web.register.views.days import on_a_day
from remit.web.requests import Request


@on_a_day
def constitutions(request: HttpRequest, day: AsAt) -> HttpResponse:
    """The bodies with a constitution in force on the day."""
    rows = queries.bodies_with_texts(day.day)
    codes = {row.body for row in rows}
    statuses = {each.body: each for each in queries.amendment_status(codes, day.day)}
    paging = read_paging(request, len(rows))
    page = constitutions_page(day, rows, kinds_on(codes, day.day), statuses, paging)
    return render(request, "register/list.jinja", {"page": page})


@on_a_day
def constitution(request: Request, day: AsAt, code: str) -> HttpResponse:
    """The texts of one body on a day, clause by clause."""
    found = organisation_at(code.upper(), day.day)
    if found is None or not {fact.value for fact in found.kinds} & BODY_KINDS:
        raise Http404
    if code != found.code:
        return HttpResponsePermanentRedirect(address("constitution", found.code, day=day))
    is_open = found.kind in BODY_KINDS
    held = [queries.text_on(code, day.day, each) for each in queries.DOCUMENTS] if is_open else []
    page = body_page(
        day,
        (code, found.name),
        [each for each in held if each],
        queries.clashes_of(code, day.day) if is_open else (),
        queries.amendment_status([code], day.day)[0],
        queries.texts_of(code, request.actor, request.received_at),
        body_ways(code, request.actor, is_open=is_open),
        is_open=is_open,
    )
    return render(request, "constitutions/body.jinja", {"page": page})


def text_or_404(request: Request, text: str) -> queries.TextPage:
    """A version that whoever asks may read. Raises `Http404`."""
    found = queries.text_page(text, request.actor)
    if found is None:
        raise Http404
    return found


def base_of(request: Request, found: queries.TextPage) -> queries.TextPage | None:
    """The version that another is based on."""
    return queries.text_page(found.row.based_on, request.actor) if found.row.based_on else None


@require_safe
def text(request: Request, text: str) -> HttpResponse:
    """One version, with its steps and what may be done with it."""
    found = text_or_404(request, text)
    base = base_of(request, found)
    page = version_page(
        found,
        base.row if base else None,
        parts_to_write(found, request.actor),
        version_ways(found.row, request.actor),
    )
    return render(request, "constitutions/version.jinja", {"page": page})


@require_safe
def changes(request: Request, text: str) -> HttpResponse:
    """What a version changes of the one that it is based on."""
    found = text_or_404(request, text)
    base = base_of(request, found)
    page = changes_page(base, found, queries.difference(base, found))
    return render(request, "constitutions/changes.jinja", {"page": page})
