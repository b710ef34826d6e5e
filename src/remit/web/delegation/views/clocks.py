"""A round's clocks: the late log, late requests answered, decisions extended, a seal opened."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from remit.delegation import actions, queries
from remit.engines.permissions import Permission, may
from remit.kernel.decision import Refused, require
from remit.kernel.names import readable_name
from remit.web.delegation.forms.clocks import ExtendForm, LateDecisionForm
from remit.web.delegation.pages.asking import Asked, asking_page
from remit.web.delegation.pages.clocks import crumbs_to_round, late_log_page
from remit.web.forms import add_refusal, problems_of
from remit.web.requests import Request

FIELD_OF = {"wrong_dates": "until_day", "no_reasons": "reasons", "wrong_state": "reasons"}


def _round(request: Request, code: str) -> queries.RoundRow:
    found = queries.round_of(code, request.received_at)
    if found is None:
        raise Http404
    return found


@require_safe
def late_log(request: Request, code: str) -> HttpResponse:
    """Who asked to be taken late, and what was answered."""
    page = late_log_page(
        _round(request, code),
        queries.late_log(code, request.received_at),
        may_decide=may(request.actor, Permission.RUN_ROUNDS).allowed,
    )
    return render(request, "delegation/late_log.jinja", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def late_decide(request: Request, application: str) -> HttpResponse:
    """Answer a late request."""
    require(may(request.actor, Permission.RUN_ROUNDS))
    asked = queries.late_request_of(application, request.actor)
    if asked is None:
        raise Http404
    form = LateDecisionForm(request.POST or None)
    if form.is_valid() and _answered(request, application, form):
        messages.success(request, "Your answer is public")
        return redirect("late_log", code=asked.round)
    page = asking_page(
        f"Answer a late request: {readable_name(asked.name)}",
        crumbs_to_round(_round(request, asked.round)),
        form,
        problems_of(form),
        Asked("radio", "answer", "What do you answer?"),
        Asked(
            "date",
            "until",
            "If you accept it: until which day may it be submitted?",
            "For example, 12 1 2027",
        ),
        Asked(
            "text", "until_time", "Until what time? That moment itself is late.", "For example, midday or 5pm"
        ),
        Asked("area", "reasons", "Why?", "Your reasons are public. At most 2,000 characters."),
        lead=(f"They say: {asked.reasons}",),
        button="Answer",
    )
    return render(request, "delegation/asking.jinja", {"page": page})


def _answered(request: Request, application: str, form: LateDecisionForm) -> bool:
    said = form.cleaned_data
    try:
        actions.decide_late_request(
            application=application,
            is_accepted=said["answer"] == "accept",
            reasons=said["reasons"],
            may_submit_until=said["until"],
            by=request.actor,
            at=request.received_at,
        )
    except Refused as refusal:
        add_refusal(form, refusal, FIELD_OF.get(refusal.code))
        return False
    return True


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def extend_decisions(request: Request, code: str) -> HttpResponse:
    """Publish that decisions take longer."""
    require(may(request.actor, Permission.RUN_ROUNDS))
    row, at = _round(request, code), request.received_at
    waiting = [
        (each.id, readable_name(each.name))
        for each in queries.applications_in(code, at)
        if each.state == "submitted"
    ]
    form = ExtendForm(request.POST or None, choices=[("all", "All decisions of the round"), *waiting])
    if form.is_valid():
        said = form.cleaned_data
        which = "" if said["application"] == "all" else said["application"]
        terms = {"until_on": said["until_on"], "reasons": said["reasons"]}
        try:
            actions.extend_decisions(round_code=code, application=which, **terms, by=request.actor, at=at)
        except Refused as refusal:
            add_refusal(form, refusal, FIELD_OF.get(refusal.code))
        else:
            messages.success(request, "The new day and its reasons are public")
            return redirect("round", code=code)
    page = asking_page(
        "Publish that decisions take longer",
        crumbs_to_round(row),
        form,
        problems_of(form),
        Asked("radio", "application", "Which decisions?"),
        Asked("date", "until", "By which day will they be made?", "For example, 28 2 2027"),
        Asked("area", "reasons", "Why?", "Your reasons are public. At most 2,000 characters."),
        button="Publish",
    )
    return render(request, "delegation/asking.jinja", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def open_seal(request: Request, code: str) -> HttpResponse:
    """Open the seal of a round."""
    require(may(request.actor, Permission.RUN_ROUNDS))
    row = _round(request, code)
    if request.method == "POST":
        actions.open_seal(round_code=code, by=request.actor, at=request.received_at)
        messages.success(request, "The seal is opened. Assessors can read the applications")
        return redirect("round", code=code)
    page = asking_page(
        f"Open the seal: {row.title}",
        crumbs_to_round(row),
        forms.Form(),
        (),
        lead=(
            "Until the seal is opened nobody but those who applied reads an application. That you opened it, and when, "
            "is public. It can be opened once the deadline has passed.",
        ),
        button="Open the seal",
    )
    return render(request, "delegation/asking.jinja", {"page": page})
