"""What the acting views share: who may, an act tried, and its refusal shown beside the field with its clause."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render

from remit.engines.constitution import SILENT
from remit.engines.permissions import Permission, may
from remit.kernel.decision import Reason, Refused, require
from remit.motions.queries import MotionPage
from remit.web.delegation.pages.asking import Asked, asking_page
from remit.web.forms import problems_of
from remit.web.motions.views.reading import motion_or_404
from remit.web.pages import Crumb
from remit.web.requests import Request

Made = TypeVar("Made")


def own_motion(request: Request, motion: str) -> MotionPage:
    """A motion of the body whose votes one runs."""
    found = motion_or_404(request, motion)
    require(may(request.actor, Permission.RUN_VOTES, found.row.body))
    return found


def answered(form: forms.Form, fields: Mapping[str, str], act: Callable[[], Made]) -> Made | None:
    """What an act made, once the form is whole; None where it was refused, which the form then says. `fields`: beside
    which a refusal of a code is shown."""
    if not form.is_valid():
        return None
    try:
        return act()
    except Refused as refusal:
        name = fields.get(refusal.code)
        for reason in refusal.reasons:
            error = ValidationError(_said(reason), code=reason.code)
            form.add_error(name if name in form.fields else None, error)
        return None


def _said(reason: Reason) -> str:
    """The words of a reason with its clause."""
    clause = reason.clause
    if not clause or clause == SILENT:
        return reason.message
    return f"{reason.message} ({f'clause {clause}' if clause[0].isdigit() else clause})"


def ask(
    request: Request,
    title: str,
    trail: tuple[Crumb, ...],
    form: forms.Form,
    *asked: Asked,
    lead: tuple[str, ...] = (),
    button: str,
) -> HttpResponse:
    """The page with a form."""
    page = asking_page(
        title, trail, form, problems_of(form), *asked, lead=lead, button=button, section="Motions"
    )
    return render(request, "delegation/asking.jinja", {"page": page})
