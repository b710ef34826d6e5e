"""Rounds: the list, one, opening one."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from remit.delegation import actions, queries
from remit.engines.permissions import Permission, may
from remit.kernel.actor import ANYONE, Actor
from remit.kernel.decision import Refused, require
from remit.web.as_at import AsAt
from remit.web.delegation.forms import RoundForm
from remit.web.delegation.pages.clocks import RoundClocks, round_clocks
from remit.web.delegation.pages.rounds import round_form_page, round_page, rounds_page
from remit.web.forms import add_refusal, problems_of
from remit.web.register.views.days import on_a_day
from remit.web.requests import Request

FIELD_OF = {
    "no_such_level": "level",
    "no_such_process": "process",
    "not_published": "process",
    "no_such_group": "groups",
    "not_a_code": "code",
    "already_exists": "code",
    "no_title": "title",
    "closes_first": "deadline_day",
    "deadline_passed": "deadline_day",
    "effective_first": "effective_day",
    "wrong_due_day": "due_day",
}
"""Beside which field a refusal is shown."""


@on_a_day
def rounds(request: HttpRequest, day: AsAt) -> HttpResponse:
    """Every round, as it was on a day."""
    actor = request.actor  # type: ignore[attr-defined]
    page = rounds_page(day, queries.rounds(day.moment), may_open=may(actor, Permission.RUN_ROUNDS).allowed)
    return render(request, "delegation/rounds.jinja", {"page": page})


@on_a_day
def round_(request: HttpRequest, day: AsAt, code: str) -> HttpResponse:
    """One round, who applied in it, and what was announced of it, as it was on a day. Of a past day nobody has more to
    see, or to do, than the public."""
    at, actor = day.moment, ANYONE if day.is_past else request.actor  # type: ignore[attr-defined]
    found = queries.round_of(code, at)
    if found is None:
        raise Http404
    own = [row for row in queries.applications_of(actor, at) if row.round == code]
    rows = queries.applications_in(code, at)
    page = round_page(
        found,
        day,
        rows,
        [row for row in queries.announcements(at, actor) if row.covers(code)],
        own[0] if own else None,
        _clocks(found, at, actor),
        may_apply=may(actor, Permission.APPLY, actor.acting_for).allowed,
        may_close=may(actor, Permission.RUN_ROUNDS).allowed and queries.closed_at(code, at) is None,
        stages=queries.funnel_of(code, rows, at),
    )
    return render(request, "delegation/round.jinja", {"page": page})


@require_safe
def application_of(request: Request, code: str, commissioner: str) -> HttpResponse:
    """A commissioner's application in a round, by an address that can be written down beforehand."""
    rows = queries.applications_in(code, request.received_at)
    found = next((row for row in rows if row.commissioner == commissioner.upper()), None)
    if found is None:
        raise Http404
    return redirect("application", found.id)


def _clocks(found: queries.RoundRow, at: datetime, actor: Actor) -> RoundClocks:
    programme = queries.programme(found.programme, at) if found.programme else None
    return round_clocks(
        found,
        programme.publications if programme else (),
        programme.title if programme else "",
        queries.extensions_in(found.code, at),
        queries.decision_clock(found.code, at) if found.state == "closed" else (),
        queries.invitations_of(actor.acting_for, at) if actor.acting_for else (),
        may_run=may(actor, Permission.RUN_ROUNDS).allowed,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Open a round."""
    require(may(request.actor, Permission.RUN_ROUNDS))
    form = RoundForm(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        try:
            made = actions.open_round(
                code=data["code"],
                title=data["title"],
                level=data["level"],
                opens_at=data["opens_at"],
                deadline=data["deadline"],
                decisions_due_on=data["decisions_due_on"],
                effective_on=data["effective_on"],
                process=data["process"],
                groups=data["groups"],
                by=request.actor,
                at=request.received_at,
            )
        except Refused as refusal:
            add_refusal(form, refusal, FIELD_OF.get(refusal.code))
        else:
            messages.success(request, f"{made.title} is set up")
            return redirect("round", code=made.code)
    page = round_form_page(form, problems_of(form))
    return render(request, "delegation/round_new.jinja", {"page": page})
