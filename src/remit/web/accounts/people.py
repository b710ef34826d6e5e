"""The people of the organisation one acts for: see, invite, give and end roles; and joining by invitation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.mail import send_mail
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from remit.accounts import actions, queries
from remit.accounts.queries import Colleague
from remit.engines.permissions import ROLES, Permission, may
from remit.kernel.decision import Reason, Refused, require
from remit.kernel.moments import london_day
from remit.kernel.names import readable_name
from remit.register.queries import names_on
from remit.web.accounts.forms import AcceptForm, InviteForm, RoleForm
from remit.web.accounts.mail import why_no_mail
from remit.web.accounts.pages import (
    AcceptPage,
    EndRolePage,
    InvitedPage,
    PeoplePage,
    PersonRow,
    RoleFormPage,
    Waiting,
)
from remit.web.acting import acting_of
from remit.web.formats import nhs_date
from remit.web.forms import OnceForm, add_refusal, problems_of
from remit.web.pages import Crumb
from remit.web.requests import Request

if TYPE_CHECKING:
    from remit.accounts.models import Invitation

INVITED_KEY = "invited"
TOO_MANY = Reason(
    "too_many", "There were too many attempts. Wait five minutes and try again.", "Sign-in limits"
)


def crumbs(*, deep: bool = True) -> tuple[Crumb, ...]:
    home = Crumb("Home", reverse("home"))
    return (home, Crumb("People", reverse("people"))) if deep else (home,)


def place_of(request: Request) -> str:
    """The name of the organisation one acts for."""
    acting = acting_of(request)
    return acting.organisation if acting else ""


def colleague_of(request: Request, person: str) -> Colleague:
    """A colleague at the organisation one acts for. Refused as not found from elsewhere."""
    on = london_day(request.received_at)
    for colleague in queries.people_of(request.actor.acting_for, request.actor, on):
        if colleague.id == person:
            return colleague
    raise Refused(Reason("not_found", "There is no such person at your organisation."))


def _require_somebody_else(request: Request, person: str, what: str) -> None:
    """Nobody changes their own roles, so they are not offered the form either."""
    if person == request.actor.person:
        message = f"You cannot {what}. Ask another administrator."
        raise Refused(Reason("own_role", message, "Permission table"))


def _waiting(request: Request) -> tuple[Waiting, ...]:
    return tuple(
        Waiting(
            made.pk,
            made.name,
            made.email,
            ROLES[made.role].name,
            nhs_date(made.invited_at),
            nhs_date(made.expires_at),
        )
        for made in queries.invitations_of(request.actor.acting_for, request.actor)
    )


@login_required
@require_safe
def people(request: Request) -> HttpResponse:
    """Who holds which role at the organisation one acts for."""
    actor, place = request.actor, request.actor.acting_for
    found = queries.people_of(place, actor, london_day(request.received_at))
    may_invite = may(actor, Permission.INVITE_PEOPLE, place).allowed
    may_erase = may(actor, Permission.ERASE_PEOPLE, place).allowed
    page = PeoplePage(
        title=f"People at {place_of(request)}",
        section="People",
        crumbs=crumbs(deep=False),
        organisation=place_of(request),
        people=tuple(PersonRow(colleague=one, is_you=one.id == actor.person) for one in found),
        waiting=_waiting(request) if may_invite else (),
        former=tuple(queries.former_people_of(place, actor, london_day(request.received_at)))
        if may_erase
        else (),
        may_invite=may_invite,
        may_grant=may(actor, Permission.GRANT_ROLES, place).allowed,
        may_end=may(actor, Permission.END_ROLES, place).allowed,
        may_erase=may_erase,
    )
    return render(request, "accounts/people.jinja", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: Request) -> HttpResponse:
    """Invite somebody to the organisation one acts for, in a role."""
    actor = request.actor
    require(may(actor, Permission.INVITE_PEOPLE, actor.acting_for))
    roles = queries.roles_grantable(actor.acting_for, london_day(request.received_at))
    form = InviteForm(request.POST or None, roles=roles)
    if form.is_valid():
        try:
            return _invited(request, form)
        except Refused as refusal:
            add_refusal(form, refusal)
    page = RoleFormPage(
        title="Invite a person",
        section="People",
        crumbs=crumbs(),
        problems=problems_of(form),
        form=form,
        organisation=place_of(request),
        roles={role.code: role for role in roles},
    )
    return render(request, "accounts/invite.jinja", {"page": page})


def _invited(request: Request, form: InviteForm) -> HttpResponse:
    """Make the invitation, send its link, and keep it for the next page. The link exists only here."""
    data = form.cleaned_data
    made = actions.invite_person(
        email=data["email"],
        name=data["name"],
        role=data["role"],
        organisation=request.actor.acting_for,
        by=request.actor,
        at=request.received_at,
        once=form.token,
    )
    if made.token:
        link = request.build_absolute_uri(reverse("accept_invitation", args=[made.token]))
        known = {
            "link": link,
            "name": data["name"],
            "organisation": place_of(request),
            "invitation": made.invitation,
        }
        text = render_to_string("accounts/email/invitation.txt", known, request=request)
        why_not = _sent(f"Join {place_of(request)} on Remit", text, data["email"])
        request.session[INVITED_KEY] = {
            "invitation": made.invitation.pk,
            "link": link,
            "is_sent": not why_not,
            "why_not_sent": why_not,
        }
    return redirect("invited")


def _sent(subject: str, text: str, to: str) -> str:
    """Send an email. The answer is why none went, in words; empty if the mail server took it.

    The page shows the link as well, so an unreachable mail server must not undo the invitation.
    """
    if why_not := why_no_mail():
        return why_not
    taken = send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [to], fail_silently=True)
    return "" if taken else "The mail server could not be reached."


@login_required
@never_cache
@require_safe
def invited(request: Request) -> HttpResponse:
    """What was just sent, with the link, for the person who invited."""
    require(may(request.actor, Permission.INVITE_PEOPLE, request.actor.acting_for))
    known = dict(request.session.get(INVITED_KEY, {}))
    waiting = queries.invitations_of(request.actor.acting_for, request.actor)
    made = waiting.filter(pk=known.pop("invitation", "")).first()
    title = "Invitation sent" if made and known["is_sent"] else "Invitation made"
    shown = {"name": made.name, "email": made.email, **known} if made else {}
    page = InvitedPage(title=title, section="People", crumbs=crumbs(), **shown)
    return render(request, "accounts/invited.jinja", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def grant(request: Request, person: str) -> HttpResponse:
    """Give a colleague another role."""
    actor = request.actor
    require(may(actor, Permission.GRANT_ROLES, actor.acting_for))
    _require_somebody_else(request, person, "give yourself a role")
    colleague = colleague_of(request, person)
    held = {holding.role for holding in colleague.roles}
    roles = queries.roles_grantable(actor.acting_for, london_day(request.received_at))
    form = RoleForm(request.POST or None, roles=[role for role in roles if role.code not in held])
    if form.is_valid():
        role = form.cleaned_data["role"]
        actions.grant_role(
            person=person,
            role=role,
            organisation=actor.acting_for,
            by=actor,
            at=request.received_at,
            once=form.token,
        )
        messages.success(request, f"{colleague.name} is now {ROLES[role].name}")
        return redirect("people")
    page = RoleFormPage(
        title=f"Give {colleague.name} a role",
        section="People",
        crumbs=crumbs(),
        problems=problems_of(form),
        form=form,
        organisation=place_of(request),
        roles={role.code: role for role in roles},
        colleague=colleague,
    )
    return render(request, "accounts/grant.jinja", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: Request, person: str, holding: str) -> HttpResponse:
    """End one role of a colleague, after asking."""
    actor = request.actor
    require(may(actor, Permission.END_ROLES, actor.acting_for))
    colleague = colleague_of(request, person)
    held = next((one for one in colleague.roles if one.id == holding), None)
    if held is None:
        raise Refused(Reason("not_found", "There is no such role at your organisation."))
    _require_somebody_else(request, person, "end your own role")
    form = OnceForm(request.POST or None)
    if form.is_valid():
        actions.end_role(holding=holding, by=actor, at=request.received_at, once=form.token)
        messages.success(request, f"{colleague.name} is no longer {held.role_name}")
        return redirect("people")
    page = EndRolePage(
        title=f"End {colleague.name}’s role as {held.role_name}?",
        section="People",
        crumbs=crumbs(),
        problems=problems_of(form),
        form=form,
        colleague=colleague,
        held=held,
    )
    return render(request, "accounts/end.jinja", {"page": page})


def _open_invitation(request: Request, token: str) -> Invitation:
    """The invitation of a link. One that is used or out of date says so before anybody types a password."""
    made = queries.invitation(token)
    if made is None:
        raise Http404
    if made.accepted_at is not None:
        raise Refused(Reason("already_done", "This invitation has been used. Sign in instead."))
    if made.expires_at < request.received_at:
        raise Refused(Reason("expired", "This invitation is out of date. Ask for a new one."))
    return made


def _joins(request: Request, token: str, made: Invitation, form: AcceptForm) -> bool:
    """Take up the invitation; False, with the reason beside the field, where the password will not do.

    An invitation to a known address must not be a way to guess its password: the same limit as signing in.
    """
    if not ratelimit.consume(request, action="login_failed", key=made.email, dry_run=True):
        raise Refused(TOO_MANY)
    try:
        actions.accept_invitation(token=token, password=form.cleaned_data["password"], at=request.received_at)
    except Refused as refusal:
        if refusal.code not in {"weak_password", "wrong_password"}:
            raise
        if refusal.code == "wrong_password":
            ratelimit.consume(request, action="login_failed", key=made.email)
        add_refusal(form, refusal, "password")
        return False
    return True


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: Request, token: str) -> HttpResponse:
    """Join by an invitation's link: choose a password, or give the one already in use."""
    made = _open_invitation(request, token)
    form = AcceptForm(request.POST or None)
    if form.is_valid() and _joins(request, token, made, form):
        messages.success(request, "You have joined. Sign in with your email address and password.")
        return redirect("account_login")
    names = names_on({made.organisation_id}, london_day(request.received_at))
    organisation = readable_name(names.get(made.organisation_id, made.organisation_id))
    page = AcceptPage(
        title=f"Join {organisation}",
        section="People",
        problems=problems_of(form),
        form=form,
        name=made.name,
        email=made.email,
        role_name=ROLES[made.role].name,
        organisation=organisation,
        invited_by=queries.person_name(made.invited_by),
        expires_on=nhs_date(made.expires_at),
    )
    return render(request, "accounts/accept.jinja", {"page": page})
