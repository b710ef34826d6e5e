"""You, and the organisation you act for; and the public table of who may do what."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from remit.accounts import queries
from remit.engines.permissions import ROLES, Permission, Scope
from remit.engines.permissions.roles import WHAT_IT_MEANS
from remit.kernel.moments import london_day
from remit.web.accounts.forms import ActingForForm
from remit.web.accounts.pages import FormPage, PermissionsPage, RoleRow, YourAccountPage
from remit.web.acting import SESSION_KEY
from remit.web.forms import problems_of
from remit.web.pages import Crumb
from remit.web.requests import Request
from remit.web.tables import Column, Table

REACH = {Scope.NATION: "The nation", Scope.ORGANISATION: "One organisation"}


@login_required
@require_safe
def your_account(request: Request) -> HttpResponse:
    """Your details and roles, and where to change your password."""
    page = YourAccountPage(
        title="Your account",
        section="People",
        crumbs=(Crumb("Home", reverse("home")),),
        name=str(request.user),
        email=request.user.email,
        held=queries.holdings_of(request.user.pk, london_day(request.received_at)),
        acting_for=request.actor.acting_for,
        has_two_steps=is_mfa_enabled(request.user),
    )
    return render(request, "accounts/your_account.jinja", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def acting_for(request: Request) -> HttpResponse:
    """Choose the organisation to act for, of those where a role is held."""
    held = queries.holdings_of(request.user.pk, london_day(request.received_at))
    form = ActingForForm(request.POST or None, held=held, initial={"organisation": request.actor.acting_for})
    if form.is_valid():
        request.session[SESSION_KEY] = form.cleaned_data["organisation"]
        name = dict(form.fields["organisation"].choices)[form.cleaned_data["organisation"]]  # type: ignore[attr-defined]
        messages.success(request, f"You are now acting for {name}")
        return redirect("your_account")
    page = FormPage(
        title="Which organisation do you want to act for?",
        section="People",
        crumbs=(Crumb("Home", reverse("home")), Crumb("Your account", reverse("your_account"))),
        problems=problems_of(form),
        form=form,
    )
    return render(request, "accounts/acting_for.jinja", {"page": page})


def _by_permission() -> Table:
    """Each permission with the roles that give it."""
    rows = [
        (
            WHAT_IT_MEANS[permission],
            ", ".join(role.name for role in ROLES.values() if permission in role.permissions) or "Nobody",
        )
        for permission in Permission
    ]
    columns = (Column("What"), Column("Roles that may do it"))
    return Table(id="by-permission", caption="Who may do what", columns=columns, rows=rows, stacked=True)


@require_safe
def permissions(request: HttpRequest) -> HttpResponse:
    """The permission table, which is code, as a public page."""
    roles = tuple(
        RoleRow(
            role.name,
            role.what,
            REACH[role.scope],
            tuple(WHAT_IT_MEANS[permission] for permission in Permission if permission in role.permissions),
        )
        for role in ROLES.values()
    )
    page = PermissionsPage(
        title="Roles and permissions",
        section="About",
        crumbs=(Crumb("Home", reverse("home")),),
        roles=roles,
        by_permission=_by_permission(),
    )
    return render(request, "accounts/permissions.jinja", {"page": page})
