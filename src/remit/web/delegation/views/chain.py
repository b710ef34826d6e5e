"""Along the chain: endorsing, moderating, assigning, flags; and a commissioner's challenge."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from remit.accounts.queries import people_of
from remit.delegation import actions, queries
from remit.delegation.rules import criteria
from remit.delegation.states.assessments import LOCAL, REGIONAL, STAGE_WORDS
from remit.engines.permissions import Permission, may
from remit.kernel.decision import Reason, Refused, require
from remit.kernel.moments import london_day
from remit.kernel.names import readable_name
from remit.web.delegation.forms.judging import (
    AssignForm,
    ChallengeForm,
    FlagForm,
    ReleaseForm,
    SettleForm,
    StageForm,
)
from remit.web.delegation.pages.judging import assessment_page, form_page, stages_page
from remit.web.delegation.views.judging import found_assessment, posted
from remit.web.forms import add_refusal, fresh_token, problems_of
from remit.web.requests import Request

FORM = "delegation/judge.jinja"
ABLE = (Permission.ENDORSE, Permission.MODERATE_IN_REGION, Permission.MODERATE, Permission.ASSIGN_ASSESSORS)


def may_declare(request: Request) -> bool:
    """Whether whoever asks has interests to declare."""
    return may(request.actor, Permission.DECLARE_INTERESTS).allowed


def done(form: forms.Form, act: Callable[[dict[str, Any]], object], field: str) -> bool:
    """Do what a form says; False, with the reason in the form, where that is refused."""
    if not (form.is_bound and form.is_valid()):
        return False
    try:
        act(form.cleaned_data)
    except Refused as refusal:
        if refusal.code in {"sign_in", "not_permitted", "not_found"}:
            raise
        add_refusal(form, refusal, field)
        return False
    return True


@login_required
@require_safe
def endorsements(request: Request) -> HttpResponse:
    """What waits for a local office or a region; for the national team the rounds whose applications are assessed."""
    by, at = request.actor, request.received_at
    if not any(may(by, each, by.acting_for).allowed for each in ABLE):
        require(may(by, Permission.ENDORSE))
    ways = [("Declare an interest", reverse("declared_interests"))] if may_declare(request) else []
    if may(by, Permission.MODERATE).allowed or may(by, Permission.ASSIGN_ASSESSORS).allowed:
        ways += [
            (f"Assessments: {row.title}", reverse("round_assessments", args=[row.code]))
            for row in queries.rounds(at)
            if queries.assessments_in(row.code, by, at)
        ]
        ways += [
            (f"Challenge by {readable_name(name)}", reverse("answer_challenge", args=[application]))
            for application, _code, name, _state in queries.challenges_waiting(by, at)
        ]
        ways.append(("Flags", reverse("flags")))
    page = stages_page("Applications that wait for you", queries.waiting_for(by, at), tuple(ways))
    return render(request, "delegation/ways.jinja", {"page": page})


@login_required
@require_safe
def round_assessments(request: Request, code: str) -> HttpResponse:
    """Where each application of a round stands."""
    if not may(request.actor, Permission.MODERATE).allowed:
        require(may(request.actor, Permission.ASSIGN_ASSESSORS))
    held = queries.round_of(code, request.received_at)
    if held is None:
        raise Http404
    rows = queries.assessments_in(code, request.actor, request.received_at)
    ways = (("Decision-makers’ pack", reverse("pack", args=[code])),)
    page = stages_page(f"Assessments: {held.title}", rows, ways)
    return render(request, "delegation/ways.jinja", {"page": page})


@login_required
@require_safe
def assessment(request: Request, application: str) -> HttpResponse:
    """One assessment."""
    found, name = found_assessment(request, application)
    flags = queries.flags_of(request.actor, request.received_at, application)
    ways = []
    if any(may(request.actor, each, request.actor.acting_for).allowed for each in ABLE[:3]):
        ways.append(("Say what you think of it", reverse("stage", args=[application])))
    if may(request.actor, Permission.ASSIGN_ASSESSORS).allowed:
        ways.append(("Assign an assessor", reverse("assign", args=[application])))
        if found.assessors:
            ways.append(("Release an assessor", reverse("release", args=[application])))
    ways.append(("Raise a flag", reverse("raise_flag", args=[application])))
    may_settle = may(request.actor, Permission.MODERATE).allowed
    page = assessment_page(found, name, flags, tuple(ways), may_settle=may_settle)
    return render(request, "delegation/assessment.jinja", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def stage(request: Request, application: str) -> HttpResponse:
    """Say what the stage where it stands thinks of an application; or send it back."""
    if not any(may(request.actor, each, request.actor.acting_for).allowed for each in ABLE[:3]):
        require(may(request.actor, Permission.MODERATE))
    found, name = found_assessment(request, application)
    form = StageForm(posted(request))
    onward = {LOCAL: actions.endorse_application, REGIONAL: actions.moderate_in_region}

    def act(data: dict[str, Any]) -> object:
        given = {"application": application, "reasons": data["reasons"]}
        asked = {"by": request.actor, "at": request.received_at}
        if data["view"] == "sent_back":
            return actions.send_back_assessment(**given, **asked)
        moved = onward.get(found.stage, actions.conclude_assessment)
        return moved(**given, view=data["view"], **asked)

    if done(form, act, "reasons"):
        messages.success(request, f"What you think of {readable_name(name)} is recorded")
        return redirect("assessment", application=application)
    title = f"{STAGE_WORDS[found.stage]}: {readable_name(name)}"
    page = form_page(title, "stage", form, problems_of(form), button="Record")
    return render(request, FORM, {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: Request, application: str) -> HttpResponse:
    """Assign an assessor who has no interest in it."""
    require(may(request.actor, Permission.ASSIGN_ASSESSORS))
    found, name = found_assessment(request, application)
    on = london_day(request.received_at)
    able = [
        (each.id, each.name)
        for each in people_of(request.actor.acting_for, request.actor, on)
        if any(held.role == "national_assessor" for held in each.roles)
    ]
    barred = queries.conflicts_of([person for person, _ in able], found.commissioner, on)
    seated = {each.person for each in found.assessors}
    free = [pair for pair in able if pair[0] not in barred and pair[0] not in seated]
    form = AssignForm(posted(request), people=free)
    asked = {"application": application, "by": request.actor, "at": request.received_at}
    if done(form, lambda data: actions.assign_assessor(person=data["person"], **asked), "person"):
        messages.success(request, "The assessor is assigned")
        return redirect("assessment", application=application)
    lines = (
        (f"{len(barred)} of {len(able)} assessors have an interest and are not listed.",) if barred else ()
    )
    title = f"Assign an assessor: {readable_name(name)}"
    page = form_page(title, "assign", form, problems_of(form), button="Assign", lines=lines)
    return render(request, FORM, {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def release(request: Request, application: str) -> HttpResponse:
    """Release an assessor, with why."""
    require(may(request.actor, Permission.ASSIGN_ASSESSORS))
    found, name = found_assessment(request, application)
    names = {
        each.id: each.name
        for each in people_of(request.actor.acting_for, request.actor, london_day(request.received_at))
    }
    pair = [
        (each.person, f"Assessor {each.place}: {names.get(each.person, 'no longer here')}")
        for each in found.assessors
    ]
    form = ReleaseForm(posted(request), people=pair)
    asked = {"application": application, "by": request.actor, "at": request.received_at}
    if done(form, lambda data: actions.release_assessor(**data, **asked), "person"):
        messages.success(request, "The assessor is released")
        return redirect("assessment", application=application)
    title = f"Release an assessor: {readable_name(name)}"
    page = form_page(title, "release", form, problems_of(form), button="Release")
    return render(request, FORM, {"page": page})


def _to_settle(found: queries.AssessmentPage, criterion: str) -> queries.CalibrationRow:
    """Both scores for a criterion. Raises `Refused` before both are in, and where there is nothing to settle."""
    if criterion not in criteria():
        raise Http404
    row = next((each for each in found.calibration if each.criterion == criterion), None)
    if row is None:
        raise Refused(Reason("scores_not_in", "Both assessors hand in their scores first."))
    if not row.difference:
        message = f"Both gave “{row.name}” the same score, and that stands. Settle only where the two differ."
        raise Refused(Reason("scores_agree", message))
    return row


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def moderate_score(request: Request, application: str, criterion: str) -> HttpResponse:
    """Settle one criterion, with why."""
    require(may(request.actor, Permission.MODERATE))
    found, name = found_assessment(request, application)
    row = _to_settle(found, criterion)
    form = SettleForm(posted(request))
    asked = {
        "application": application,
        "criterion": criterion,
        "by": request.actor,
        "at": request.received_at,
    }

    def act(data: dict[str, Any]) -> object:
        return actions.moderate_score(score=int(data["score"]), reasons=data["reasons"], **asked)

    if done(form, act, "score"):
        messages.success(request, f"The score for {row.name} is settled")
        return redirect("assessment", application=application)
    lines = (
        f"First assessor: {row.first}. {row.first_why}",
        f"Second assessor: {row.second}. {row.second_why}",
    )
    title = f"{row.name}: {readable_name(name)}"
    page = form_page(title, "settle", form, problems_of(form), button="Settle the score", lines=lines)
    return render(request, FORM, {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def raise_flag(request: Request, application: str) -> HttpResponse:
    """Raise a flag about an application."""
    found_assessment(request, application)
    form = FlagForm(posted(request))
    asked = {"application": application, "by": request.actor, "at": request.received_at}
    if done(form, lambda data: actions.raise_flag(what=data["what"], once=fresh_token(), **asked), "what"):
        messages.success(request, "The flag is raised")
        return redirect("assessment", application=application)
    page = form_page("Raise a flag", "flag", form, problems_of(form), button="Raise the flag")
    return render(request, FORM, {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def challenge(request: Request, application: str) -> HttpResponse:
    """A commissioner challenges a decision that it was told."""
    found = queries.application(application, request.received_at, request.actor)
    if found is None:
        raise Http404
    require(may(request.actor, Permission.APPLY, found.row.commissioner))
    form = ChallengeForm(posted(request))
    asked = {"application": application, "by": request.actor, "at": request.received_at}
    if done(form, lambda data: actions.lodge_challenge(grounds=data["grounds"], **asked), "grounds"):
        messages.success(request, "Your challenge is lodged")
        return redirect("application", application=application)
    outcome = queries.outcome_of(application, request.received_at, request.actor)
    by_on = outcome.challenge_by_on if outcome else None
    lines = (f"A challenge can be lodged until the end of {by_on:%-d %B %Y}.",) if by_on else ()
    page = form_page(
        "Challenge the decision", "challenge", form, problems_of(form), button="Lodge", lines=lines
    )
    return render(request, FORM, {"page": page})
