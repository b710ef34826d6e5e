"""Flags until they are settled, and challenges until they are answered."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from remit.accounts.queries import people_of
from remit.delegation import actions, queries
from remit.engines.permissions import Permission, may
from remit.kernel.decision import require
from remit.kernel.moments import london_day
from remit.web.delegation.forms.judging import AnswerForm, FlagStepForm
from remit.web.delegation.pages.judging import flags_page, form_page
from remit.web.delegation.views.chain import done
from remit.web.delegation.views.judging import posted
from remit.web.forms import problems_of
from remit.web.requests import Request

FORM = "delegation/judge.jinja"
FLAGGERS = (Permission.ASSESS, Permission.MODERATE, Permission.ASSIGN_ASSESSORS)
ASSESSING = {"national_assessor", "national_moderator"}


def _require_flagger(request: Request) -> None:
    if not any(may(request.actor, each).allowed for each in FLAGGERS):
        require(may(request.actor, Permission.ASSESS))


@login_required
@require_safe
def flags(request: Request) -> HttpResponse:
    """Flags: those allocated to whoever asks, or all of them for the programme."""
    _require_flagger(request)
    page = flags_page(queries.flags_of(request.actor, request.received_at))
    return render(request, "delegation/ways.jinja", {"page": page})


def _people(request: Request) -> list[tuple[str, str]]:
    """To whom the programme can allocate a flag; nobody else allocates."""
    if not may(request.actor, Permission.ASSIGN_ASSESSORS).allowed:
        return []
    there = people_of(request.actor.acting_for, request.actor, london_day(request.received_at))
    return [(each.id, each.name) for each in there if any(held.role in ASSESSING for held in each.roles)]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def flag(request: Request, flag: str) -> HttpResponse:
    """Allocate a flag, or settle it with why."""
    _require_flagger(request)
    rows = queries.flags_of(request.actor, request.received_at)
    row = next((each for each in rows if each.id == flag), None)
    if row is None:
        raise Http404
    form = FlagStepForm(posted(request), people=_people(request))
    asked = {"flag": flag, "by": request.actor, "at": request.received_at}

    def act(data: dict[str, Any]) -> object:
        if data["step"] in {"resolved", "stopped"}:
            return actions.settle_flag(is_resolved=data["step"] == "resolved", words=data["words"], **asked)
        return actions.allocate_flag(person=data["step"], **asked)

    if done(form, act, "words"):
        messages.success(request, "The flag is moved on")
        return redirect("flags")
    page = form_page("A flag", "flag_step", form, problems_of(form), button="Record", lines=(row.what,))
    return render(request, FORM, {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer_challenge(request: Request, application: str) -> HttpResponse:
    """Acknowledge a challenge, or answer it."""
    if not may(request.actor, Permission.MODERATE).allowed:
        require(may(request.actor, Permission.ASSIGN_ASSESSORS))
    found = queries.outcome_of(application, request.received_at, request.actor)
    if found is None or found.challenge is None:
        raise Http404
    form = AnswerForm(posted(request))
    asked = {"application": application, "by": request.actor, "at": request.received_at}

    def act(data: dict[str, Any]) -> object:
        if data["step"] == "acknowledged":
            return actions.acknowledge_challenge(**asked)
        is_upheld = data["step"] == "upheld"
        return actions.answer_challenge(is_upheld=is_upheld, answer=data["answer"], **asked)

    if done(form, act, "answer"):
        messages.success(request, "What became of the challenge is recorded")
        return redirect(reverse("outcome", args=[application]))
    lines = (found.challenge.grounds,)
    page = form_page("Answer a challenge", "answer", form, problems_of(form), button="Record", lines=lines)
    return render(request, FORM, {"page": page})
