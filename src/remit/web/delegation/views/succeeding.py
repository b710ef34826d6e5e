"""Arrangements that come on without an application: a successor takes them over, or a source states them."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from remit.delegation import actions, queries
from remit.delegation.queries import SuccessionDue
from remit.engines.permissions import Permission, may
from remit.kernel.decision import Refused, require
from remit.register.queries import known_code
from remit.web.delegation.forms import PositionForm, TakeOverForm
from remit.web.delegation.pages.succeeding import position_page, take_over_page
from remit.web.forms import add_refusal, problems_of
from remit.web.register.words import counted
from remit.web.requests import Request

FIELD_OF = {"no_source": "source", "wrong_dates": "last_day", "no_such_level": "level"}
"""Beside which field of a position a refusal is shown; the others are about the commissioner."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_over(request: Request) -> HttpResponse:
    """Successors take over what commissioners that closed had: all that are selected, or none."""
    require(may(request.actor, Permission.RUN_ROUNDS))
    rows = queries.successions_due(request.actor, request.received_at)
    form = TakeOverForm(request.POST or None, choices=[(row.key, row.name) for row in rows])
    if form.is_bound and form.is_valid():
        chosen = [row for row in rows if row.key in form.cleaned_data["chosen"]]
        if _taken_over(request, form, chosen):
            messages.success(request, f"{counted(len(chosen), 'arrangement')} taken over")
            return redirect("agreements")
    page = take_over_page(rows, form, problems_of(form), request.POST.getlist("chosen"))
    return render(request, "delegation/agreements_choose.jinja", {"page": page})


def _taken_over(request: Request, form: TakeOverForm, chosen: Sequence[SuccessionDue]) -> bool:
    """Take over each, highest level first; False, with the reason in the form, where one is refused."""
    try:
        with transaction.atomic():
            for row in chosen:
                actions.succeed_arrangement(
                    arrangement=row.arrangement,
                    successor=row.successor,
                    on=row.on,
                    by=request.actor,
                    at=request.received_at,
                )
    except Refused as refusal:
        add_refusal(form, refusal, "chosen")
        return False
    return True


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def record_position(request: Request) -> HttpResponse:
    """Record a position that a source states."""
    require(may(request.actor, Permission.RUN_ROUNDS))
    form = PositionForm(request.POST or None)
    if form.is_bound and form.is_valid() and (code := _recorded(request, form)):
        messages.success(request, "The position is recorded")
        return redirect("commissioner_history", code=code)
    page = position_page(form, problems_of(form))
    return render(request, "delegation/agreement_act.jinja", {"page": page})


def _recorded(request: Request, form: PositionForm) -> str:
    """Whose position is recorded; empty, with the reason beside its field, where that is refused."""
    data = form.cleaned_data
    try:
        return actions.record_position(
            commissioner=known_code(data["commissioner"]),
            level=int(data["level"]),
            effective_on=data["first"],
            last_on=data["last"],
            source=data["source"],
            source_href=data["source_href"],
            by=request.actor,
            at=request.received_at,
        ).commissioner_id
    except Refused as refusal:
        add_refusal(form, refusal, FIELD_OF.get(refusal.code, "commissioner"))
        return ""
