"""What every act on a consultation shares: a small form, one action, and back to a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from remit.consultations.queries import ConsultationRow
from remit.kernel.decision import Refused
from remit.web.consultations.pages.reading import LIST
from remit.web.delegation.pages.asking import Asked, asking_page
from remit.web.forms import add_refusal, problems_of
from remit.web.pages import Crumb
from remit.web.register.links import address, crumbs
from remit.web.requests import Request

SECTION = "Consultations"
FIELD_OF = {
    "closes_early": "closes_day",
    "is_over": "closes_day",
    "too_few_options": "options",
    "same_option": "options",
    "no_such_organisation": "concerns",
    "not_its_meeting": "meeting",
    "has_responded": "reason",
}
"""Beside which field a refusal is shown."""


def trail(row: ConsultationRow | None = None) -> tuple[Crumb, ...]:
    """The way to an act: the list, and the consultation."""
    here = (Crumb(row.title, address("consultation", row.id)),) if row else ()
    return (*crumbs(None, LIST), *here)


def ask(
    request: Request,
    title: str,
    form: forms.Form,
    act: Callable[[], Any],
    asked: tuple[Asked, ...],
    *,
    row: ConsultationRow | None = None,
    lead: tuple[str, ...] = (),
    button: str,
    done: str,
    back: tuple[str, ...] = (),
) -> HttpResponse:
    """Ask; once the form is whole, act, say that it is done, and go `back`: a page's name and what it is of."""
    if form.is_valid():
        try:
            made = act()
        except Refused as refusal:
            name = FIELD_OF.get(refusal.code, "")
            add_refusal(form, refusal, name if name in form.fields else None)
        else:
            messages.success(request, done)
            return redirect(*(back or ("consultation", made.pk)))
    page = asking_page(
        title, trail(row), form, problems_of(form), *asked, lead=lead, button=button, section=SECTION
    )
    return render(request, "delegation/asking.jinja", {"page": page})
