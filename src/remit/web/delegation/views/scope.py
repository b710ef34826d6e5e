"""The programme varies a scope, and calls decisions in; everybody sees both."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from remit.delegation import actions, queries
from remit.delegation.states import CALLED_IN, IN_FORCE
from remit.engines.permissions import Permission, may
from remit.kernel.decision import Refused, require
from remit.kernel.moments import london_day
from remit.register.queries import names_on
from remit.web.delegation.forms import CallInForm, ScopeForm, SettleForm
from remit.web.delegation.pages.scope import call_in_page, scope_page, use_page
from remit.web.forms import add_refusal, problems_of
from remit.web.requests import Request

FIELD_OF = {
    "wrong_dates": "effective_day",
    "too_early": "effective_day",
    "no_change": "what",
    "nothing_to_vary": "what",
    "no_words": "reasons",
}
"""Beside which field a refusal is shown."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def vary(request: Request, code: str) -> HttpResponse:
    """Vary the scope of the arrangement that a commissioner has now."""
    require(may(request.actor, Permission.RUN_ROUNDS))
    on = london_day(request.received_at)
    name = names_on({code}, on).get(code)
    held = queries.arrangement_on(code, on)
    scope = queries.scope_of(code, on)
    if name is None or held is None or scope is None:
        raise Http404
    form = ScopeForm(request.POST or None)
    if form.is_valid() and _varied(request, held.id, form):
        messages.success(request, "The scope is varied")
        return redirect("commissioner_powers", code=code)
    page = scope_page((code, name), held, scope, form, problems_of(form))
    return render(request, "delegation/vary_scope.jinja", {"page": page})


def _varied(request: Request, arrangement: str, form: ScopeForm) -> bool:
    data = form.cleaned_data
    try:
        actions.vary_scope(
            arrangement=arrangement,
            change=form.change,
            effective_on=data["effective_on"],
            instrument=data["instrument"],
            reasons=data["reasons"],
            source=data["source"],
            by=request.actor,
            at=request.received_at,
        )
    except Refused as refusal:
        add_refusal(form, refusal, FIELD_OF.get(refusal.code))
        return False
    return True


@require_safe
def use(request: Request, use: str) -> HttpResponse:
    """One decision made under a power."""
    found = queries.use_of(use)
    if found is None:
        raise Http404
    may_call_in = may(request.actor, Permission.CALL_IN).allowed
    page = use_page(found, _name(found), queries.call_in_of(use), may_call_in=may_call_in)
    return render(request, "delegation/use.jinja", {"page": page})


def _name(use: queries.Use) -> str:
    on = london_day(use.used_at)
    return names_on({use.commissioner}, on).get(use.commissioner, use.commissioner)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def call_in(request: Request, use: str) -> HttpResponse:
    """Call a decision in; or, once it is, release it or take it over."""
    require(may(request.actor, Permission.CALL_IN))
    found = queries.use_of(use)
    if found is None:
        raise Http404
    if found.standing not in (IN_FORCE, CALLED_IN):
        return redirect("power_use", use=use)
    form = (SettleForm if found.standing == CALLED_IN else CallInForm)(request.POST or None)
    if form.is_valid() and _done(request, use, form):
        return redirect("power_use", use=use)
    page = call_in_page(found, _name(found), queries.call_in_of(use), form, problems_of(form))
    return render(request, "delegation/call_in.jinja", {"page": page})


def _done(request: Request, use: str, form: forms.Form) -> bool:
    data, by, at = form.cleaned_data, request.actor, request.received_at
    try:
        if isinstance(form, SettleForm):
            actions.settle_call_in(use=use, outcome=data["outcome"], reasons=data["reasons"], by=by, at=at)
        else:
            actions.call_in_decision(use=use, reasons=data["reasons"], by=by, at=at)
    except Refused as refusal:
        add_refusal(form, refusal, "reasons" if refusal.code == "no_reasons" else None)
        return False
    return True
