"""Figures: public to read and to try; recorded by those who may."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from remit.engines.figures import places_of
from remit.engines.permissions import Permission, may
from remit.figures import actions, queries
from remit.figures.queries import KeptFigure, KeptVersion
from remit.figures.rules import articles, computed_as, traps
from remit.kernel.decision import Refused, require
from remit.web.as_at import AsAt
from remit.web.figures.entering import check_page, new_page
from remit.web.figures.forms import CheckForm, FigureForm
from remit.web.figures.index import article_part, figures_page
from remit.web.figures.one import figure_page
from remit.web.forms import add_refusal, problems_of
from remit.web.paging import read_paging
from remit.web.register.views.days import on_a_day
from remit.web.requests import Request

ROWS_A_PAGE = 250
FIELD_OF = {
    "not_a_figure_id": "id",
    "counted_here": "id",
    "base_missing": "base",
    "more_than_its_base": "count",
    "too_many_decimals": "percent",
    "not_attainable": "percent",
    "does_not_follow": "percent",
    "not_borne_out": "claim",
    "unknown_words": "claim",
    "nothing_to_check": "claim",
}
"""Beside which field a refusal is shown."""


@on_a_day
def figures(request: HttpRequest, day: AsAt) -> HttpResponse:
    """The articles' figures as published and as worked out; then this service's own: those published by a day."""
    actor = request.actor  # type: ignore[attr-defined]
    at, then = seen_at(request, day), _then(day)
    known = queries.figures(at=at, then=then)
    checked = queries.claims_checked(at=at, then=then)
    own = [version for version in known if not version.article]
    parts = tuple(article_part(day, article, known, checked) for article in articles())
    page = figures_page(
        day,
        articles(),
        parts,
        known,
        traps(),
        own,
        read_paging(request, len(own), fragment="own"),
        may_record=may(actor, Permission.RECORD_FIGURES).allowed,
    )
    return render(request, "figures/index.jinja", {"page": page})


@on_a_day
def figure(request: HttpRequest, day: AsAt, figure: str) -> HttpResponse:
    """One figure as it stood on a day."""
    found = _found(request, day, figure)
    return _shown(request, day, found, found.now)


@on_a_day
def version(request: HttpRequest, day: AsAt, figure: str, number: int) -> HttpResponse:
    """One version of a figure, superseded by a day or not."""
    found = _found(request, day, figure)
    kept = found.version(number)
    if kept is None:
        raise Http404
    return _shown(request, day, found, kept)


@require_safe
def check(request: Request) -> HttpResponse:
    """Anybody holds a percentage, or words, against a count and its base. Nothing is kept."""
    form = CheckForm(request.GET or None)
    decisions = []
    if form.is_valid():
        data = form.cleaned_data
        decisions = queries.tried(
            count=data["count"], base=data["base"], percent=data["percent"], words=data["claim"].strip()
        )
    page = check_page(form, decisions, problems_of(form))
    return render(request, "figures/check.jinja", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Record a figure; what is wrong with it is said beside the field."""
    require(may(request.actor, Permission.RECORD_FIGURES))
    form = FigureForm(request.POST or None)
    if form.is_valid() and (made := _recorded(request, form)):
        messages.success(request, "The figure is recorded")
        return redirect("figure", figure=made)
    return render(request, "figures/new.jinja", {"page": new_page(form, problems_of(form))})


def _recorded(request: Request, form: FigureForm) -> str:
    """Record what the form says; empty, with the reason beside its field, where that is refused."""
    data = form.cleaned_data
    percent = data["percent"]
    draft = actions.FigureDraft(
        id=data["id"].strip(),
        label=data["label"].strip(),
        definition=data["definition"].strip().rstrip("."),
        source=data["source"].strip(),
        source_href=data["source_href"],
        numerator=data["count"],
        numerator_what=data["count_what"].strip(),
        base=data["base"],
        base_what=data["base_what"].strip(),
        on=data["on"],
        rounding=data["rounding"],
        places=0 if percent is None else places_of(percent),
        published="" if percent is None else f"{percent}%",
        published_percent=percent,
        claim=data["claim"].strip(),
        note=data["note"].strip(),
        as_published=data["as_published"],
    )
    try:
        made = actions.record_figure(draft=draft, by=request.actor, at=request.received_at, once=form.token)
    except Refused as refusal:
        if refusal.code not in FIELD_OF:
            raise
        add_refusal(form, refusal, FIELD_OF[refusal.code])
        return ""
    return str(made.figure_id)


def seen_at(request: HttpRequest, day: AsAt) -> datetime | None:
    """Up to when figures are released to whoever asks: now; None (all) for those who announce them, but for a past
    day, of which nobody sees more than the public."""
    may_see = may(request.actor, Permission.ANNOUNCE).allowed and not day.is_past  # type: ignore[attr-defined]
    return None if may_see else request.received_at  # type: ignore[attr-defined,no-any-return]


def _then(day: AsAt) -> datetime | None:
    """The end of a past day."""
    return day.moment if day.is_past else None


def _found(request: HttpRequest, day: AsAt, figure: str) -> KeptFigure:
    found = queries.figure(figure, at=seen_at(request, day), then=_then(day))
    if found is None:
        raise Http404
    return found


def _shown(request: HttpRequest, day: AsAt, found: KeptFigure, kept: KeptVersion) -> HttpResponse:
    longest = max(
        kept.numerator or 0 if kept.has_numerator_rows else 0, kept.base or 0 if kept.has_base_rows else 0
    )
    paging = read_paging(request, longest, ROWS_A_PAGE, fragment="rows")
    rows = {side: queries.figure_rows(kept, side, paging.start, paging.end) for side in ("numerator", "base")}
    at, then = seen_at(request, day), _then(day)
    whole = queries.figure_set(kept.figure_set, at=at, then=then) if kept.figure_set else None
    own = queries.figure(computed_as().get(found.id, ""), at=at, then=then)
    page = figure_page(day, found, kept, rows, whole, paging, own.now if own else None)
    return render(request, "figures/figure.jinja", {"page": page})
