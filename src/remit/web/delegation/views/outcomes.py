"""After a decision: what followed it, settling its conditions, telling it, taking up a lower level."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from remit.delegation import actions, queries
from remit.delegation.queries import ApplicationPage, OutcomePage
from remit.delegation.states import CONDITIONAL, LOWER_LEVEL_OFFERED
from remit.engines.permissions import Permission, may
from remit.kernel.decision import require
from remit.kernel.moments import london_day
from remit.web.as_at import AsAt
from remit.web.delegation.forms.judging import ConditionForm, TakeUpForm
from remit.web.delegation.pages.judging import form_page
from remit.web.delegation.pages.outcome import after_page, conditions_page, take_up_page
from remit.web.delegation.views.judging import posted
from remit.web.forms import problems_of
from remit.web.register.views.days import on_a_day
from remit.web.requests import Request


def _found(request: Request, application: str) -> tuple[ApplicationPage, OutcomePage]:
    found = queries.application(application, request.received_at, request.actor)
    outcome = queries.outcome_of(application, request.received_at, request.actor)
    if found is None or outcome is None:
        raise Http404
    return found, outcome


@on_a_day
def conditions(request: HttpRequest, day: AsAt) -> HttpResponse:
    """Every condition that the public knew on a day."""
    page = conditions_page(day, queries.conditions(day.moment))
    return render(request, "delegation/conditions.jinja", {"page": page})


@require_safe
def outcome(request: Request, application: str) -> HttpResponse:
    """What followed the last decision."""
    found, after = _found(request, application)
    ways = []
    if may(request.actor, Permission.APPLY, found.row.commissioner).allowed:
        if after.outcome == LOWER_LEVEL_OFFERED and not after.taken_up:
            ways.append(("Take up the lower level", reverse("take_up", args=[application])))
        if after.challenge_by_on and not after.challenge:
            ways.append(("Challenge the decision", reverse("challenge", args=[application])))
    if may(request.actor, Permission.DECIDE_APPLICATIONS).allowed and after.outcome == CONDITIONAL:
        for row in after.conditions:
            href = reverse("settle_condition", args=[application, row.number])
            ways.append((f"Say whether condition {row.number} is met", href))
    if may(request.actor, Permission.ASSIGN_ASSESSORS).allowed and not after.told_at:
        ways.append(("Send the letter", reverse("send_outcome", args=[application])))
    page = after_page(found, after, tuple(ways))
    return render(request, "delegation/outcome.jinja", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settle_condition(request: Request, application: str, number: int) -> HttpResponse:
    """Say whether a condition was met, and what shows it."""
    require(may(request.actor, Permission.DECIDE_APPLICATIONS))
    _page, after = _found(request, application)
    row = next((each for each in after.conditions if each.number == number), None)
    if row is None:
        raise Http404
    form = ConditionForm(posted(request))
    if form.is_bound and form.is_valid():
        actions.settle_condition(
            application=application,
            number=number,
            is_met=form.cleaned_data["met"] == "yes",
            evidence=form.cleaned_data["evidence"],
            by=request.actor,
            at=request.received_at,
        )
        messages.success(request, f"Condition {number} is settled")
        return redirect("outcome", application=application)
    page = form_page(
        f"Condition {number}", "condition", form, problems_of(form), button="Record", lines=(row.what,)
    )
    return render(request, "delegation/judge.jinja", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def send_outcome(request: Request, application: str) -> HttpResponse:
    """Tell the commissioner, after a look at what that does."""
    require(may(request.actor, Permission.ASSIGN_ASSESSORS))
    _page, after = _found(request, application)
    is_final = after.outcome in queries.FINAL
    if request.method == "POST":
        made = actions.send_outcome(application=application, by=request.actor, at=request.received_at)
        until = "" if is_final else f". It can be challenged until {made.challenge_by_on:%-d %B %Y}"
        messages.success(request, f"Told{until}")
        return redirect("outcome", application=application)
    days = "" if is_final else " The days for a challenge begin today."
    lines = (f"The commissioner is told the decision and its reasons.{days}",)
    page = form_page("Send the letter", "letter", forms.Form(), (), button="Send", lines=lines)
    return render(request, "delegation/judge.jinja", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_up(request: Request, application: str) -> HttpResponse:
    """Take up the lower level that was offered, in a round of that level."""
    found, after = _found(request, application)
    require(may(request.actor, Permission.APPLY, found.row.commissioner))
    on = london_day(request.received_at)
    left = [
        row
        for row in queries.rounds(request.received_at)
        if row.level == after.offered_level and row.effective_on > on
    ]
    form = TakeUpForm(posted(request), rounds=[(row.code, row.title) for row in left])
    if form.is_bound and form.is_valid():
        made = actions.accept_lower_level(
            application=application,
            round_code=form.cleaned_data["round"],
            by=request.actor,
            at=request.received_at,
        )
        messages.success(request, "The lower level is taken up. This is your application for it")
        return redirect("application", application=made.pk)
    page = take_up_page(found, left, form, problems_of(form))
    return render(request, "delegation/take_up.jinja", {"page": page})
