"""A text goes its way: to the members, to NHS England, into force."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from remit.constitutions import actions
from remit.constitutions.states import text_may
from remit.engines.permissions import Permission, may
from remit.kernel.decision import Refused, require
from remit.web.constitutions.pages.steps import STEPS, step_page
from remit.web.constitutions.views.reading import text_or_404
from remit.web.constitutions.views.writing import ASKING, add_with_clause, posted
from remit.web.forms import problems_of
from remit.web.requests import Request

ELSEWHERE = frozenset({"not_found", "not_permitted", "wrong_state"})
"""Refusals that are no fault of what was typed."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: Request, text: str, code: str) -> HttpResponse:
    """One step of a text; where it is past it already, its page."""
    kind = STEPS[code]
    found = text_or_404(request, text)
    row = found.row
    place = row.body if kind.permission is Permission.KEEP_CONSTITUTION else ""
    require(may(request.actor, kind.permission, place))
    if not text_may(kind.verb, row.state).allowed:
        return redirect("text", text=text)
    form = kind.form(posted(request))
    if form.is_bound and form.is_valid():
        try:
            _do(code, text, form, {"by": request.actor, "at": request.received_at})
        except Refused as refusal:
            if refusal.code in ELSEWHERE:
                raise
            add_with_clause(form, refusal, (kind.fields or {}).get(refusal.code, kind.field))
        else:
            messages.success(request, kind.said)
            return redirect("text", text=text)
    return render(request, ASKING, {"page": step_page(row, kind, form, problems_of(form))})


def _do(code: str, text: str, form: Form, who: dict[str, Any]) -> None:
    data = form.cleaned_data
    if code == "propose":
        actions.propose_amendment(text=text, **who)
    elif code == "send":
        actions.send_amendment(text=text, **who)
    elif code == "record":
        actions.record_adoption(
            text=text,
            agreed_on=data["agreed_on"],
            approved_on=data["approved_on"],
            in_force_on=data["in_force_on"],
            source=data["source"],
            **who,
        )
    elif code == "answer":
        actions.record_members_answer(
            text=text, is_agreed=data["answer"] == "yes", on=data["on"], source=data["source"], **who
        )
    elif code == "adopt":
        actions.adopt_amendment(text=text, in_force_on=data["in_force_on"], **who)
    elif code == "approve":
        actions.approve_amendment(text=text, in_force_on=data["in_force_on"], words=data["words"], **who)
    elif code == "refuse":
        actions.refuse_amendment(text=text, reasons=data["reasons"], **who)
    else:
        actions.withdraw_text(text=text, reasons=data["reasons"], **who)
