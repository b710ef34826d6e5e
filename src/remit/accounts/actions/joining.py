"""Inviting somebody, joining by an invitation, and the first people of all."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from remit.accounts.actions.holding import UNDER, hold, once_key, refusal, require_role_fits
from remit.accounts.models import Invitation, Person, RoleHolding
from remit.accounts.queries import invitation
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.canonical import sha256_hex
from remit.kernel.decision import require
from remit.ledger.actions import commit_to, record
from remit.ledger.queries import entry_once

INVITATION_LASTS = timedelta(days=14)


@dataclass(frozen=True)
class Invited:
    """An invitation and the secret for its link, shown once; empty when the same request came again."""

    invitation: Invitation
    token: str


def invite_person(
    *, email: str, name: str, role: str, organisation: str, by: Actor, at: datetime, once: str
) -> Invited:
    """Invite somebody to hold a role at an organisation. The same `once` again gives the same invitation.

    Raises `Refused`: ``not_permitted``, ``wrong_kind``, ``name_and_email``, ``own_role``, or ``already_done``
    where they hold the role.
    """
    require(may(by, Permission.INVITE_PEOPLE, organisation))
    require_role_fits(role, organisation, at)
    email, name = _name_and_email(email, name)
    earlier = entry_once(once_key("invited", by, once))
    if earlier is not None:
        return Invited(Invitation.objects.get(pk=earlier.subject.removeprefix("invitation/")), "")
    _require_can_be_invited(email, role, organisation, by)
    token = secrets.token_urlsafe(24)
    with transaction.atomic():
        made = Invitation.objects.create(
            secret_sha256=sha256_hex(token.encode()),
            email=email,
            name=name,
            role=role,
            organisation_id=organisation,
            invited_at=at,
            invited_by=by.person,
            expires_at=at + INVITATION_LASTS,
        )
        concerning = f"invitation/{made.pk}"
        record(
            act="person.invited",
            by=by,
            at=at,
            subject=concerning,
            under=UNDER,
            details={
                "role": role,
                "organisation": organisation,
                "email": commit_to(email, concerning=concerning),
                "name": commit_to(name, concerning=concerning),
            },
            once=once_key("invited", by, once),
        )
    return Invited(made, token)


def _name_and_email(email: str, name: str) -> tuple[str, str]:
    """Both without surrounding space, the address in small letters. Raises `Refused`."""
    email, name = email.strip().lower(), " ".join(name.split())
    try:
        validate_email(email)
    except ValidationError as error:
        raise refusal("name_and_email", "Enter a name and an e-mail address.") from error
    if not name or len(name) > 150 or len(email) > 254:
        raise refusal("name_and_email", "Enter a name and an e-mail address, at most 150 and 254 characters.")
    return email, name


def _require_can_be_invited(email: str, role: str, organisation: str, by: Actor) -> None:
    person = Person.objects.filter(email=email).first()
    if person is None:
        return
    if person.pk == by.person:
        raise refusal("own_role", "You cannot invite yourself.")
    held = RoleHolding.objects.filter(person=person, organisation_id=organisation, ended_at__isnull=True)
    if held.filter(role=role).exists():
        raise refusal("already_done", "They already hold this role.")


def accept_invitation(*, token: str, password: str, at: datetime) -> Person:
    """Join: make the person, or use the one with this e-mail address, and give the role.

    There is no `by`: who joins is whom the act makes. Refused when the link is unknown, used or out of date,
    the organisation has closed, or the password is too weak. Somebody who already has an account keeps their
    password; `password` must then be right.
    """
    with transaction.atomic():
        made = _open_invitation(token, at)
        require_role_fits(made.role, made.organisation_id, at)
        person = _join(made, password, at)
        Invitation.objects.filter(pk=made.pk).update(accepted_at=at, accepted_by=person.pk)
        holding = hold(person, made.role, made.organisation_id, at, made.invited_by)
        concerning = f"person/{person.pk}"
        record(
            act="person.joined",
            by=Actor(person=person.pk, acting_for=made.organisation_id),
            at=at,
            subject=concerning,
            under=UNDER,
            details={
                "invitation": made.pk,
                "holding": holding.pk,
                "role": made.role,
                "organisation": made.organisation_id,
                "email": commit_to(person.email, concerning=concerning),
                "name": commit_to(person.name, concerning=concerning),
            },
        )
    return person


def _open_invitation(token: str, at: datetime) -> Invitation:
    """The invitation, locked, so that a link used twice at one moment counts once. Raises `Refused`."""
    found = invitation(token)
    made = Invitation.objects.select_for_update().filter(pk=found.pk).first() if found else None
    if made is None:
        raise refusal("not_found", "This invitation does not exist. Ask for a new one.")
    if made.accepted_at is not None:
        raise refusal("already_done", "This invitation has been used. Sign in instead.")
    if made.expires_at <= at:
        raise refusal("expired", "This invitation is out of date. Ask for a new one.")
    return made


def _join(made: Invitation, password: str, at: datetime) -> Person:
    person = Person.objects.filter(email=made.email).first()
    if person is not None:
        if not person.is_active or not person.check_password(password):
            message = "You already have an account. Enter the password you sign in with."
            raise refusal("wrong_password", message)
        return person
    _require_strong(password)
    return Person.objects.create_user(made.email, password, name=made.name, joined_at=at)


def _require_strong(password: str) -> None:
    try:
        validate_password(password)
    except ValidationError as error:
        raise refusal("weak_password", " ".join(error.messages)) from error


def register_person(
    *, email: str, name: str, password: str, roles: list[tuple[str, str]], by: Actor, at: datetime
) -> Person:
    """Make a person with roles in one act: for the owner of the system only (first administrator, demo).

    `roles` are pairs of role and organisation. A person with this e-mail address is returned as they are.
    """
    if by.person != "system":
        message = "Only the owner of the system can do this, from its command line."
        raise refusal("not_permitted", message)
    email, name = _name_and_email(email, name)
    known = Person.objects.filter(email=email).first()
    if known is not None:
        return known
    for role, organisation in roles:
        require_role_fits(role, organisation, at)
    _require_strong(password)
    with transaction.atomic():
        person = Person.objects.create_user(email, password, name=name, joined_at=at)
        for role, organisation in roles:
            hold(person, role, organisation, at, by.person)
        concerning = f"person/{person.pk}"
        record(
            act="person.registered",
            by=by,
            at=at,
            subject=concerning,
            under=UNDER,
            details={
                "roles": [[role, organisation] for role, organisation in roles],
                "email": commit_to(person.email, concerning=concerning),
                "name": commit_to(person.name, concerning=concerning),
            },
        )
    return person
