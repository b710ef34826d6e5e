"""A commissioner agrees that its outcome is published; the programme closes a round."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from remit.delegation import actions, queries
from remit.engines.permissions import Permission, may
from remit.kernel.decision import require
from remit.web.delegation.pages.publishing import agree_page, close_page
from remit.web.requests import Request


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def agree_publication(request: Request, application: str) -> HttpResponse:
    """Agree that an outcome other than an approval is published."""
    at, actor = request.received_at, request.actor
    found = queries.application(application, at, actor)
    if found is None:
        raise Http404
    require(may(actor, Permission.APPLY, found.row.commissioner))
    if found.row.state not in queries.UNAPPROVED:
        return redirect("application", application=application)
    if request.method == "POST":
        actions.agree_publication(application=application, by=actor, at=at)
        messages.success(request, "Your outcome is published with the announcement")
        return redirect("application", application=application)
    page = agree_page(found, is_agreed=queries.has_agreed(application))
    return render(request, "delegation/agree_publication.jinja", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def close_round(request: Request, code: str) -> HttpResponse:
    """Close a round in which nothing waits: every outcome in it becomes public."""
    at, actor = request.received_at, request.actor
    require(may(actor, Permission.RUN_ROUNDS))
    found = queries.round_of(code, at)
    if found is None:
        raise Http404
    if request.method == "POST":
        actions.close_round(code=code, by=actor, at=at)
        messages.success(request, "The round is closed, and every outcome in it is public")
        return redirect("round", code=code)
    page = close_page(
        found, queries.outcomes_to_publish(code, actor, at), is_closed=queries.closed_at(code, at) is not None
    )
    return render(request, "delegation/close_round.jinja", {"page": page})
