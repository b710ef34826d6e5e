"""Erasing somebody's details, and taking back an invitation: what stays and what goes is said first."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from remit.accounts import actions, queries
from remit.accounts.queries import Colleague
from remit.engines.permissions import ROLES, Permission, may
from remit.kernel.decision import Reason, Refused, require
from remit.kernel.moments import london_day
from remit.web.accounts.pages import ErasePage, WithdrawPage
from remit.web.accounts.people import INVITED_KEY, colleague_of, crumbs, place_of
from remit.web.forms import OnceForm, problems_of
from remit.web.requests import Request


def _colleague_or_former(request: Request, person: str) -> Colleague:
    """Somebody who works at the organisation one acts for, or who did."""
    actor = request.actor
    left = queries.former_people_of(actor.acting_for, actor, london_day(request.received_at))
    return next((one for one in left if one.id == person), None) or colleague_of(request, person)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: Request, person: str) -> HttpResponse:
    """Erase a colleague's details for good, after saying what stays and what goes."""
    actor = request.actor
    require(may(actor, Permission.ERASE_PEOPLE, actor.acting_for))
    form = OnceForm(request.POST or None)
    if form.is_valid():
        actions.erase_person(person=person, by=actor, at=request.received_at)
        messages.success(request, "Their details have been erased")
        return redirect("people")
    decision = queries.may_erase(person, actor)
    if person == actor.person:
        require(decision)
    colleague = _colleague_or_former(request, person)
    page = ErasePage(
        title=f"Erase the details of {colleague.name}?",
        section="People",
        crumbs=crumbs(),
        problems=problems_of(form),
        form=form,
        colleague=colleague,
        organisation=place_of(request),
        why_not=decision.reasons,
    )
    return render(request, "accounts/erase.jinja", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: Request, invitation: str) -> HttpResponse:
    """Take back an invitation that nobody has taken up, and erase whom it was for."""
    actor = request.actor
    require(may(actor, Permission.INVITE_PEOPLE, actor.acting_for))
    form = OnceForm(request.POST or None)
    if form.is_valid():
        actions.withdraw_invitation(invitation=invitation, by=actor, at=request.received_at)
        request.session.pop(INVITED_KEY, None)
        messages.success(request, "The invitation has been withdrawn")
        return redirect("people")
    made = queries.invitations_of(actor.acting_for, actor).filter(pk=invitation).first()
    if made is None:
        raise Refused(Reason("not_found", "There is no such invitation at your organisation."))
    page = WithdrawPage(
        title=f"Withdraw the invitation to {made.name}?",
        section="People",
        crumbs=crumbs(),
        problems=problems_of(form),
        form=form,
        name=made.name,
        email=made.email,
        role_name=ROLES[made.role].name,
    )
    return render(request, "accounts/withdraw.jinja", {"page": page})
