"""Changes that assessors ask for, and what the two sides do about them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from remit.delegation import actions, queries
from remit.delegation.queries import ApplicationPage as Found
from remit.engines.permissions import Permission, may
from remit.kernel.decision import Refused, require
from remit.web.delegation.forms import AskForm, ChangeForm
from remit.web.delegation.pages.changing import ask_page, change_page, changes_page
from remit.web.forms import add_refusal, problems_of
from remit.web.pages import Problem
from remit.web.requests import Request


def _found(request: Request, application: str) -> Found:
    """An application, for its two sides and for assessors. Raises `Http404`, `Refused`."""
    found = queries.application(application, request.received_at, request.actor)
    if found is None:
        raise Http404
    if not found.side:
        require(may(request.actor, Permission.DECIDE_APPLICATIONS))
        require(queries.free_of_interest(request.actor, found.row.commissioner, request.received_at))
    return found


@login_required
@never_cache
@require_safe
def changes(request: Request, application: str) -> HttpResponse:
    """The changes asked for of one application."""
    found = _found(request, application)
    rows = queries.changes_of(application, request.actor, request.received_at)
    may_ask = may(request.actor, Permission.DECIDE_APPLICATIONS).allowed
    return render(request, "delegation/changes.jinja", {"page": changes_page(found, rows, may_ask=may_ask)})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request, application: str) -> HttpResponse:
    """An assessor asks for one answer to be changed."""
    found = _found(request, application)
    require(may(request.actor, Permission.DECIDE_APPLICATIONS))
    form = AskForm(request.POST or None, questions=found.asked)
    if form.is_valid():
        try:
            actions.request_change(
                application=application,
                question=form.cleaned_data["question"],
                words=form.cleaned_data["words"],
                by=request.actor,
                at=request.received_at,
            )
        except Refused as refusal:
            if refusal.code != "wrong_state":
                raise
            add_refusal(form, refusal, "question")
        else:
            messages.success(request, "The change was asked for")
            return redirect("changes", application=application)
    page = ask_page(found, form, problems_of(form))
    return render(request, "delegation/change_ask.jinja", {"page": page})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, application: str, change: str) -> HttpResponse:
    """One change: its two sides answer it, an assessor closes it."""
    found = _found(request, application)
    rows = queries.changes_of(application, request.actor, request.received_at)
    row = next((each for each in rows if each.id == change), None)
    if row is None:
        raise Http404
    form = ChangeForm(request.POST if request.POST.get("act") == "answer" else None)
    problems: tuple[Problem, ...] = ()
    try:
        if request.method == "POST" and request.POST.get("act") == "close":
            actions.close_change(change=change, by=request.actor, at=request.received_at)
            messages.success(
                request, "The change is closed" if row.answer else "The change is closed, not answered"
            )
            return redirect("change", application=application, change=change)
        if form.is_valid():
            actions.answer_change(
                change=change, answer=form.cleaned_data["words"], by=request.actor, at=request.received_at
            )
            return redirect("changes", application=application)
    except Refused as refusal:
        if refusal.code not in {"incomplete", "not_signed"}:
            raise
        problems = tuple(Problem(each.message) for each in refusal.reasons)
    is_assessor = may(request.actor, Permission.DECIDE_APPLICATIONS).allowed
    page = change_page(found, row, form, problems or problems_of(form), may_close=is_assessor)
    return render(request, "delegation/change.jinja", {"page": page})
