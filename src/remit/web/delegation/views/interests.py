"""What a commissioner says before it applies: interest, and what it plans."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from remit.delegation import actions
from remit.engines.permissions import Permission, may
from remit.kernel.decision import Refused, require
from remit.web.delegation.forms.interests import InterestForm, PositionForm
from remit.web.delegation.pages.speaking import interest_page, position_page
from remit.web.delegation.views.programmes import found_programme
from remit.web.forms import add_refusal
from remit.web.requests import Request

FIELD_OF = {"no_such_answer": "answer", "late": "answer", "no_reasons": "reasons", "wrong_state": "level"}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def interest(request: Request, code: str) -> HttpResponse:
    """Express interest."""
    actor = request.actor
    require(may(actor, Permission.APPLY, actor.acting_for))
    row, form = found_programme(request, code), InterestForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.express_interest(
                programme=code,
                commissioner=actor.acting_for,
                level=said["level"],
                would_manage_performance=said["manage"] == "yes",
                words=said["words"],
                by=actor,
                at=request.received_at,
            )
        except Refused as refusal:
            add_refusal(form, refusal, FIELD_OF.get(refusal.code))
        else:
            messages.success(request, "Your interest is recorded. When a round opens, you can apply from it")
            return redirect("programme", code=code)
    page = interest_page(row, form)
    return render(request, "delegation/asking.jinja", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def position(request: Request, code: str) -> HttpResponse:
    """Say what one's organisation plans."""
    actor = request.actor
    require(may(actor, Permission.APPLY, actor.acting_for))
    row, form = found_programme(request, code), PositionForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data["answer"]
        try:
            actions.state_position(
                programme=code,
                commissioner=actor.acting_for,
                answer="intends" if said.isdigit() else said,
                level=int(said) if said.isdigit() else None,
                reasons=form.cleaned_data["reasons"],
                by=actor,
                at=request.received_at,
            )
        except Refused as refusal:
            add_refusal(form, refusal, FIELD_OF.get(refusal.code))
        else:
            messages.success(request, "What your organisation plans is recorded")
            return redirect("programme", code=code)
    page = position_page(row, form)
    return render(request, "delegation/asking.jinja", {"page": page})
