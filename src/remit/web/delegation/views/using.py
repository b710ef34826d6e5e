"""A commissioner's officer records what was done under a power."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from remit.delegation import actions, queries
from remit.engines.permissions import Permission, may
from remit.engines.powers import GENERAL_PRACTICE
from remit.kernel.decision import Refused, require
from remit.kernel.moments import london_day
from remit.register.queries import names_on
from remit.web.delegation.forms import UseForm
from remit.web.delegation.pages.using import use_page
from remit.web.forms import add_refusal, problems_of
from remit.web.requests import Request

FIELD_OF = {"power_not_held": "power", "no_such_power": "power", "no_words": "what"}
"""Beside which field a refusal is shown."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def use_power(request: Request, code: str) -> HttpResponse:
    """Record something done under a power. Refused unless the power is held today."""
    require(may(request.actor, Permission.USE_POWERS, code))
    on = london_day(request.received_at)
    name = names_on({code}, on).get(code)
    if name is None:
        raise Http404
    form = UseForm(request.POST or None)
    if form.is_valid() and _used(request, code, form):
        messages.success(request, "Recorded")
        return redirect("commissioner", code=code)
    page = use_page(
        code,
        name,
        queries.powers_of(code, on),
        queries.uses_of(code),
        form,
        problems_of(form),
    )
    return render(request, "delegation/use_power.jinja", {"page": page})


def _used(request: Request, code: str, form: UseForm) -> bool:
    """Record it; False, with the reason beside its field, where that is refused."""
    try:
        actions.use_power(
            commissioner=code,
            power=form.cleaned_data["power"],
            group=form.cleaned_data["group"] or GENERAL_PRACTICE,
            what=form.cleaned_data["what"],
            by=request.actor,
            at=request.received_at,
            once=form.token,
        )
    except Refused as refusal:
        if refusal.code not in FIELD_OF:
            raise
        add_refusal(form, refusal, FIELD_OF[refusal.code])
        return False
    return True
