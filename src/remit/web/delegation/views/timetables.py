"""The timetable linter: a round, one commissioner in it, and a commissioner's own rules."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from remit.delegation import actions, queries
from remit.engines.permissions import Permission, may
from remit.kernel.decision import Refused, require
from remit.kernel.moments import london_day
from remit.register.queries import kind_on
from remit.register.rules import commissioner_kind_on
from remit.web.delegation.forms.interests import RulesForm
from remit.web.delegation.pages.speaking import rules_page
from remit.web.delegation.pages.timetables import chain_page, timetable_page
from remit.web.forms import add_refusal
from remit.web.paging import read_paging
from remit.web.requests import Request

FIELD_OF = {"no_source": "source", "wrong_days": "consultation", "not_a_commissioner": "source"}


@require_safe
def round_timetable(request: Request, code: str) -> HttpResponse:
    """Who can keep a round's deadline; also of a round that is only planned."""
    found = queries.lint_of(code)
    if found is None:
        raise Http404
    paging = read_paging(request, len(found.rows), fragment="commissioners")
    page = timetable_page(found, paging, is_set_up=queries.round_of(code, request.received_at) is not None)
    return render(request, "delegation/timetable.jinja", {"page": page})


@require_safe
def round_chain(request: Request, code: str, commissioner: str) -> HttpResponse:
    """One commissioner's steps."""
    found = queries.lint_of(code)
    row = next((each for each in found.rows if each.commissioner == commissioner), None) if found else None
    if found is None or row is None:
        raise Http404
    page = chain_page(found, row, is_set_up=queries.round_of(code, request.received_at) is not None)
    return render(request, "delegation/chain.jinja", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_rules(request: Request, code: str) -> HttpResponse:
    """Record what a commissioner's own rules take."""
    require(may(request.actor, Permission.APPLY, code))
    today = london_day(request.received_at)
    form = RulesForm(request.POST or None, kind=kind_on(code, today) or commissioner_kind_on(today))
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.record_timetable(
                commissioner=code,
                from_on=said["from_on"],
                days=said["days"],
                meets_on=said["meets_on"],
                meets_every=said["every"],
                source=said["source"],
                by=request.actor,
                at=request.received_at,
            )
        except Refused as refusal:
            add_refusal(form, refusal, FIELD_OF.get(refusal.code))
        else:
            messages.success(request, "Your rules are recorded. Every round’s timetable counts with them")
            return redirect("commissioner", code=code)
    page = rules_page(code, form)
    return render(request, "delegation/asking.jinja", {"page": page})
