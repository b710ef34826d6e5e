"""Assessors score by themselves; interests are declared."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from remit.delegation import actions, queries
from remit.delegation.queries import AssessmentPage as Found
from remit.delegation.rules import criterion_groups
from remit.engines.permissions import Permission, may
from remit.kernel.decision import Refused, require
from remit.kernel.moments import london_day
from remit.kernel.names import readable_name
from remit.register.queries import names_on
from remit.web.delegation.forms.judging import EndInterestForm, InterestForm, ScoreForm
from remit.web.delegation.pages.judging import (
    assignments_page,
    form_page,
    hand_in_page,
    interests_page,
    score_page,
)
from remit.web.forms import add_refusal, problems_of
from remit.web.requests import Request


def posted(request: Request) -> QueryDict | None:
    """What a form is made of: what was sent, also where that is nothing; None where nothing was."""
    return request.POST if request.method == "POST" else None


def found_assessment(request: Request, application: str) -> tuple[Found, str]:
    """An assessment that whoever asks takes part in, and the name of its commissioner; else there is none."""
    found = queries.assessment_of(application, request.actor, request.received_at)
    if found is None:
        raise Http404
    names = names_on({found.commissioner}, london_day(request.received_at))
    return found, names.get(found.commissioner, found.commissioner)


def _own(request: Request, application: str) -> tuple[Found, str]:
    require(may(request.actor, Permission.ASSESS))
    found, name = found_assessment(request, application)
    if found.is_own_finished is None:
        raise Http404
    return found, name


@login_required
@require_safe
def assignments(request: Request) -> HttpResponse:
    """What is assigned to whoever asks."""
    require(may(request.actor, Permission.ASSESS))
    page = assignments_page(queries.assignments_of(request.actor, request.received_at))
    return render(request, "delegation/ways.jinja", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def score(request: Request, application: str, group: str) -> HttpResponse:
    """Score one group of criteria, each with why; then the next."""
    found, name = _own(request, application)
    here = criterion_groups().get(group)
    if here is None:
        raise Http404
    if found.is_own_finished:
        return redirect("hand_in", application=application)
    given = {row.criterion: row for row in found.own}
    first = {f"score_{code}": str(row.score) for code, row in given.items() if row.score is not None}
    first |= {f"why_{code}": row.justification for code, row in given.items()}
    form = ScoreForm(posted(request), initial=first, criteria=here.criteria)
    if form.is_bound and form.is_valid():
        actions.score_criteria(
            application=application, scores=form.given, by=request.actor, at=request.received_at
        )
        codes = list(criterion_groups())
        after = codes.index(group) + 1
        if after < len(codes):
            return redirect("score", application=application, group=codes[after])
        return redirect("hand_in", application=application)
    page = score_page(found, name, here, form, problems_of(form))
    return render(request, "delegation/score.jinja", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: Request, application: str) -> HttpResponse:
    """Look at one's own scores, and hand them in."""
    found, name = _own(request, application)
    if request.method == "POST":
        actions.hand_in_scores(application=application, by=request.actor, at=request.received_at)
        messages.success(request, "Your scores are handed in. They stay as they are")
        return redirect("assignments")
    return render(request, "delegation/hand_in.jinja", {"page": hand_in_page(found, name)})


FIELD_OF = {
    "no_such_organisation": "organisation",
    "no_such_kind": "kind",
    "nothing_said": "what",
    "wrong_dates": "began_day",
}
"""Beside which field a refusal is shown."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def declared_interests(request: Request) -> HttpResponse:
    """One's own interests, and declaring another."""
    require(may(request.actor, Permission.DECLARE_INTERESTS))
    form = InterestForm(posted(request))
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            actions.declare_interest(
                organisation=data["organisation"],
                kind=data["kind"],
                what=data["what"],
                began_on=data["began_on"],
                by=request.actor,
                at=request.received_at,
            )
        except Refused as refusal:
            if refusal.code not in FIELD_OF:
                raise
            add_refusal(form, refusal, FIELD_OF[refusal.code])
        else:
            messages.success(request, "Your interest is declared. It keeps you from what it concerns")
            return redirect("declared_interests")
    page = interests_page(queries.declared_interests_of(request.actor), form, problems_of(form))
    return render(request, "delegation/interests.jinja", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end_interest(request: Request, interest: str) -> HttpResponse:
    """Say on which day an interest of one's own ended."""
    require(may(request.actor, Permission.DECLARE_INTERESTS))
    held = queries.declared_interests_of(request.actor)
    found = next((row for row in held if row.id == interest and row.ended_on is None), None)
    if found is None:
        raise Http404
    form = EndInterestForm(posted(request))
    if form.is_bound and form.is_valid():
        day = form.cleaned_data["ended_on"]
        try:
            actions.end_interest(interest=interest, ended_on=day, by=request.actor, at=request.received_at)
        except Refused as refusal:
            if refusal.code != "wrong_dates":
                raise
            add_refusal(form, refusal, "ended_day")
        else:
            messages.success(request, "The interest has ended. It stays on record")
            return redirect("declared_interests")
    title = f"When did it end: {readable_name(found.name)}"
    page = form_page(title, "end", form, problems_of(form), button="Record", lines=(found.what,))
    return render(request, "delegation/judge.jinja", {"page": page})
