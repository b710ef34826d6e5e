"""Figures: public, read only."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from remit.engines.permissions import Permission, may
from remit.figures import queries
from remit.figures.queries import KeptFigure, KeptVersion
from remit.figures.rules import articles, traps
from remit.web.figures.index import article_part, figures_page
from remit.web.figures.one import figure_page
from remit.web.paging import read_paging
from remit.web.requests import Request

ROWS_A_PAGE = 250


@require_safe
def figures(request: Request) -> HttpResponse:
    """The articles' figures as published and as worked out; then this service's own."""
    at = seen_at(request)
    known = queries.figures(at=at)
    checked = queries.claims_checked(at=at)
    own = [version for version in known if not version.article]
    parts = tuple(article_part(article, known, checked) for article in articles())
    page = figures_page(
        articles(), parts, known, traps(), own, read_paging(request, len(own), fragment="own")
    )
    return render(request, "figures/index.jinja", {"page": page})


@require_safe
def figure(request: Request, figure: str) -> HttpResponse:
    """One figure as it stands now."""
    found = _found(request, figure)
    return _shown(request, found, found.now)


@require_safe
def version(request: Request, figure: str, number: int) -> HttpResponse:
    """One version of a figure, superseded or not."""
    found = _found(request, figure)
    kept = found.version(number)
    if kept is None:
        raise Http404
    return _shown(request, found, kept)


def seen_at(request: Request) -> datetime | None:
    """Up to when figures are released to whoever asks: now; None (all) for those who announce them."""
    return None if may(request.actor, Permission.ANNOUNCE).allowed else request.received_at


def _found(request: Request, figure: str) -> KeptFigure:
    found = queries.figure(figure, at=seen_at(request))
    if found is None:
        raise Http404
    return found


def _shown(request: Request, found: KeptFigure, kept: KeptVersion) -> HttpResponse:
    longest = max(
        kept.numerator or 0 if kept.has_numerator_rows else 0, kept.base or 0 if kept.has_base_rows else 0
    )
    paging = read_paging(request, longest, ROWS_A_PAGE, fragment="rows")
    rows = {side: queries.figure_rows(kept, side, paging.start, paging.end) for side in ("numerator", "base")}
    whole = queries.figure_set(kept.figure_set, at=seen_at(request)) if kept.figure_set else None
    page = figure_page(found, kept, rows, whole, paging)
    return render(request, "figures/figure.jinja", {"page": page})
