"""Agreements while they last, and how they end: notice, revocation, review, assurance."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from remit.delegation import actions
from remit.delegation.queries import AgreementPage as Found
from remit.delegation.rules import assurance_rule, notice_rule, review_rule, revocation_rule
from remit.engines.permissions import Permission, may
from remit.kernel.decision import Refused, require
from remit.kernel.moments import london_day
from remit.web.delegation.forms import NoticeForm, RateForm, ReviewForm, RevokeForm
from remit.web.delegation.pages.agreeing import Asked, act_page
from remit.web.delegation.views.agreeing import found_or_404
from remit.web.formats import nhs_date
from remit.web.forms import add_refusal, problems_of
from remit.web.requests import Request

TEMPLATE = "delegation/agreement_act.jinja"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: Request, agreement: str) -> HttpResponse:
    """The commissioner gives notice, knowing on which day it takes effect."""
    found = found_or_404(request, agreement)
    require(may(request.actor, Permission.APPLY, found.row.commissioner))
    form, rule = NoticeForm(request.POST or None), notice_rule()
    if _done(request, found, form, actions.give_notice, {"no_reasons": "reasons"}, "Notice is given"):
        return redirect("agreement", agreement=agreement)
    ends_on = nhs_date(rule.ends_on(london_day(request.received_at)))
    page = act_page(
        found,
        form,
        problems_of(form),
        title="Give notice",
        lede=f"With notice given today, the first day without the agreement is {ends_on}.",
        notes=(rule.rule.note, "Your reasons are public."),
        button="Give notice",
        variant="warning",
        fields=(Asked("words", "reasons", "Why do you end it?"),),
    )
    return render(request, TEMPLATE, {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: Request, agreement: str) -> HttpResponse:
    """NHS England ends an agreement, with the days of notice."""
    require(may(request.actor, Permission.RUN_ROUNDS))
    found = found_or_404(request, agreement)
    form, rule = RevokeForm(request.POST or None), revocation_rule()
    places = {"no_reasons": "reasons", "notice_too_short": "ends_on_day", "not_earlier": "ends_on_day"}
    if _done(request, found, form, actions.revoke_agreement, places, "Notice of revocation is given"):
        return redirect("agreement", agreement=agreement)
    earliest = nhs_date(rule.earliest(london_day(request.received_at)))
    page = act_page(
        found,
        form,
        problems_of(form),
        title="Revoke",
        lede=f"Revocation takes {rule.days} days’ notice: {earliest} at the earliest.",
        notes=(rule.rule.note, "Your reasons are public."),
        button="Revoke",
        variant="warning",
        fields=(
            Asked("words", "reasons", "Why is it revoked?"),
            Asked("day", "ends_on", "First day without the agreement"),
        ),
    )
    return render(request, TEMPLATE, {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: Request, agreement: str) -> HttpResponse:
    """What a review found, and what follows."""
    require(may(request.actor, Permission.RUN_ROUNDS))
    found = found_or_404(request, agreement)
    form = ReviewForm(request.POST or None)
    places = {"no_findings": "findings", "wrong_dates": "held_on_day", "no_such_outcome": "outcome"}
    if _done(request, found, form, actions.review_agreement, places, "The review is recorded"):
        return redirect("agreement", agreement=agreement)
    page = act_page(
        found,
        form,
        problems_of(form),
        title="Record a review",
        lede="What you record is public, with the day.",
        notes=(review_rule()[1].note,),
        button="Record",
        fields=(
            Asked("day", "held_on", "When was it held?"),
            Asked("words", "findings", "What did it find?"),
            Asked("radio", "outcome", "What follows?"),
            Asked("day", "extends_to", "New last day", "Only where the agreement continues to a later day."),
        ),
    )
    return render(request, TEMPLATE, {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: Request, agreement: str) -> HttpResponse:
    """How an internal audit rated an area."""
    require(may(request.actor, Permission.RUN_ROUNDS))
    found = found_or_404(request, agreement)
    form = RateForm(request.POST or None)
    places = {"no_source": "source", "wrong_dates": "rated_on_day"}
    if _done(request, found, form, actions.rate_assurance, places, "The rating is recorded"):
        return redirect("agreement", agreement=agreement)
    page = act_page(
        found,
        form,
        problems_of(form),
        title="Record a rating",
        lede="The last rating of an area holds. Earlier ones stay in the log.",
        notes=(assurance_rule().reference, assurance_rule().note),
        button="Record",
        fields=(
            Asked("radio", "area", "Which area was rated?"),
            Asked("radio", "rating", "How?"),
            Asked("day", "rated_on", "Day of the report"),
            Asked("text", "source", "Which report says so?"),
        ),
    )
    return render(request, TEMPLATE, {"page": page})


def _done(
    request: Request,
    found: Found,
    form: forms.Form,
    act: Callable[..., object],
    places: Mapping[str, str],
    message: str,
) -> bool:
    """Do it with what the form says; False, with the reason beside its field, where it is not sent or refused."""
    if not form.is_bound or not form.is_valid():
        return False
    said = {
        name: value
        for name, value in form.cleaned_data.items()
        if not name.endswith(("_day", "_month", "_year"))
    }
    try:
        act(agreement=found.row.id, by=request.actor, at=request.received_at, **said)
    except Refused as refusal:
        if refusal.code not in places:
            raise
        add_refusal(form, refusal, places[refusal.code])
        return False
    messages.success(request, message)
    return True
