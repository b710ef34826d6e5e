"""The national team decides what commissioners apply for, and signs what was approved."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from remit.delegation import actions, queries
from remit.delegation.queries import ApplicationPage as Found
from remit.engines.permissions import Permission, may
from remit.kernel.decision import Refused, require
from remit.kernel.names import readable_name
from remit.web.delegation.forms import DecideForm
from remit.web.delegation.pages.assessing import (
    assessments_page,
    decide_page,
    lower_levels,
    outcomes_from,
    sign_page,
    signatures_page,
)
from remit.web.delegation.pages.consulted import consulted_on
from remit.web.delegation.pages.mandates import mandate_panel
from remit.web.formats import nhs_date
from remit.web.forms import add_refusal, problems_of
from remit.web.requests import Request

FIELD_OF = {
    "no_such_outcome": "outcome",
    "no_reasons": "reasons",
    "no_conditions": "what1",
    "no_such_reason": "reason_codes",
    "no_lower_level": "outcome",
    "not_assessed": "outcome",
    "conditions_open": "outcome",
}
"""Beside which field a refusal is shown."""


def _found(request: Request, application: str) -> Found:
    found = queries.application(application, request.received_at, request.actor)
    if found is None or found.row.submitted_at is None:
        raise Http404
    return found


@login_required
@require_safe
def assessments(request: Request) -> HttpResponse:
    """What waits for a decision."""
    require(may(request.actor, Permission.DECIDE_APPLICATIONS))
    page = assessments_page(queries.applications_to_decide(request.actor, request.received_at))
    return render(request, "delegation/waiting.jinja", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: Request, application: str) -> HttpResponse:
    """Decide an application, with reasons; or show one more condition to fill in."""
    require(may(request.actor, Permission.DECIDE_APPLICATIONS))
    found = _found(request, application)
    require(queries.free_of_interest(request.actor, found.row.commissioner, request.received_at))
    shown = request.POST.get("shown", "1")
    count = int(shown) if shown.isascii() and shown.isdigit() and len(shown) < 3 else 1
    outcomes = outcomes_from(found.row.state)
    choices: dict[str, Any] = {"outcomes": outcomes, "lower": lower_levels(found.row.level)}
    if "more" in request.POST:
        form = DecideForm(initial=request.POST.dict(), shown=count + 1, **choices)
    else:
        form = DecideForm(request.POST or None, shown=count, **choices)
    if not form.is_bound and not outcomes:
        return redirect("application", application=application)
    if form.is_bound and form.is_valid() and _decided(request, found, form):
        return redirect("assessments")
    mandate = queries.mandate_of(application, request.received_at)
    if mandate is None:
        raise Http404
    panel = mandate_panel(mandate, consulted_on(mandate, found.row, request.received_at))
    page = decide_page(found, form, problems_of(form), panel)
    return render(request, "delegation/decide.jinja", {"page": page})


def _decided(request: Request, found: Found, form: DecideForm) -> bool:
    """Decide as the form says; False, with the reason beside its field, where that is refused."""
    data = form.cleaned_data
    try:
        actions.decide_application(
            application=found.row.id,
            outcome=data["outcome"],
            reasons=data["reasons"],
            conditions=data["conditions"],
            reason_codes=data["reason_codes"],
            offered_level=data["offered_level"],
            seen=data["seen"] if "seen" in request.POST else None,
            by=request.actor,
            at=request.received_at,
        )
    except Refused as refusal:
        if refusal.code not in FIELD_OF:
            raise
        add_refusal(form, refusal, FIELD_OF[refusal.code])
        return False
    messages.success(request, f"The decision on {readable_name(found.row.name)} is recorded")
    return True


@login_required
@require_safe
def signatures(request: Request) -> HttpResponse:
    """What is approved and not signed yet."""
    require(may(request.actor, Permission.RUN_ROUNDS))
    page = signatures_page(queries.applications_to_sign(request.actor, request.received_at))
    return render(request, "delegation/ways.jinja", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: Request, application: str) -> HttpResponse:
    """Sign an approval, after a look at what that does."""
    require(may(request.actor, Permission.RUN_ROUNDS))
    found = _found(request, application)
    if request.method == "POST":
        made = actions.sign_arrangement(application=application, by=request.actor, at=request.received_at)
        name = readable_name(found.row.name)
        messages.success(request, f"Signed. The powers of {name} come on on {nhs_date(made.effective_on)}")
        return redirect("signatures")
    return render(request, "delegation/sign.jinja", {"page": sign_page(found)})
