"""Every write about people. Names and e-mail addresses go into the ledger as salted commitments only."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from remit.accounts.models import Invitation, Person, RoleHolding
from remit.accounts.queries import invitation
from remit.engines.permissions import Permission, may, may_hold
from remit.kernel.actor import Actor
from remit.kernel.canonical import sha256_hex
from remit.kernel.decision import Reason, Refused, require
from remit.kernel.moments import london_day
from remit.ledger.actions import commit_to, erase_openings, record
from remit.ledger.queries import entry_once
from remit.register.queries import kind_on

UNDER = "Permission table"
INVITATION_LASTS = timedelta(days=14)
ERASED_NAME = "Erased person"


@dataclass(frozen=True)
class Invited:
    """An invitation and the secret for its link, shown once; empty when the same request came again."""

    invitation: Invitation
    token: str


def invite_person(
    *, email: str, name: str, role: str, organisation: str, by: Actor, at: datetime, once: str
) -> Invited:
    """Invite somebody to hold a role at an organisation. The same `once` again gives the same invitation."""
    require(may(by, Permission.INVITE_PEOPLE, organisation))
    _require_role_fits(role, organisation, at)
    email = email.strip().lower()
    if not name.strip() or "@" not in email:
        raise Refused(Reason("name_and_email", "Enter a name and an e-mail address.", UNDER))
    earlier = entry_once(_once("invited", by, once))
    if earlier is not None:
        return Invited(Invitation.objects.get(pk=earlier.subject.removeprefix("invitation/")), "")
    person = Person.objects.filter(email=email).first()
    if person is not None and person.pk == by.person:
        raise Refused(Reason("own_role", "You cannot invite yourself.", UNDER))
    token = secrets.token_urlsafe(24)
    with transaction.atomic():
        made = Invitation.objects.create(
            secret_sha256=sha256_hex(token.encode()),
            email=email,
            name=name.strip(),
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
                "name": commit_to(made.name, concerning=concerning),
            },
            once=_once("invited", by, once),
        )
    return Invited(made, token)


def accept_invitation(*, token: str, password: str, at: datetime) -> Person:
    """Join: make the person, or use the one with this e-mail address, and give the role.

    Refused when the link is unknown, used or out of date, or the password is too weak. Somebody who already has
    an account keeps their password; `password` must then be right.
    """
    made = invitation(token)
    if made is None:
        raise Refused(Reason("not_found", "This invitation does not exist. Ask for a new one.", UNDER))
    if made.accepted_at is not None:
        raise Refused(Reason("already_done", "This invitation has been used. Sign in instead.", UNDER))
    if made.expires_at < at:
        raise Refused(Reason("expired", "This invitation is out of date. Ask for a new one.", UNDER))
    with transaction.atomic():
        person = _join(made, password, at)
        Invitation.objects.filter(pk=made.pk).update(accepted_at=at, accepted_by=person.pk)
        holding = _hold(person, made.role, made.organisation_id, at, made.invited_by)
        record(
            act="person.joined",
            by=Actor(person=person.pk, acting_for=made.organisation_id),
            at=at,
            subject=f"person/{person.pk}",
            under=UNDER,
            details={
                "invitation": made.pk,
                "holding": holding.pk,
                "role": made.role,
                "organisation": made.organisation_id,
                "email": commit_to(person.email, concerning=f"person/{person.pk}"),
                "name": commit_to(person.name, concerning=f"person/{person.pk}"),
            },
        )
    return person


def _join(made: Invitation, password: str, at: datetime) -> Person:
    person = Person.objects.filter(email=made.email).first()
    if person is not None:
        if not person.is_active or not person.check_password(password):
            message = "You already have an account. Enter the password you sign in with."
            raise Refused(Reason("wrong_password", message, UNDER))
        return person
    try:
        validate_password(password)
    except ValidationError as error:
        raise Refused(Reason("weak_password", " ".join(error.messages), UNDER)) from error
    return Person.objects.create_user(made.email, password, name=made.name, joined_at=at)


def register_person(
    *, email: str, name: str, password: str, roles: list[tuple[str, str]], by: Actor, at: datetime
) -> Person:
    """Make a person with roles in one act: for the owner of the system only (first administrator, demo).

    `roles` are pairs of role and organisation. A person with this e-mail address is returned as they are.
    """
    if by.person != "system":
        message = "Only the owner of the system can do this, from its command line."
        raise Refused(Reason("not_permitted", message, UNDER))
    known = Person.objects.filter(email=email.lower()).first()
    if known is not None:
        return known
    for role, organisation in roles:
        _require_role_fits(role, organisation, at)
    with transaction.atomic():
        person = Person.objects.create_user(email, password, name=name, joined_at=at)
        for role, organisation in roles:
            _hold(person, role, organisation, at, by.person)
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


def grant_role(*, person: str, role: str, organisation: str, by: Actor, at: datetime, once: str) -> RoleHolding:
    """Give somebody of the organisation a role there; never oneself."""
    require(may(by, Permission.GRANT_ROLES, organisation))
    if person == by.person:
        message = "You cannot give yourself a role. Ask another administrator."
        raise Refused(Reason("own_role", message, UNDER))
    _require_role_fits(role, organisation, at)
    colleagues = RoleHolding.objects.filter(organisation_id=organisation, person_id=person)
    somebody = Person.objects.filter(pk=person, is_active=True).first()
    if somebody is None or not colleagues.exists():
        raise Refused(Reason("not_found", "There is no such person at your organisation.", UNDER))
    earlier = entry_once(_once("granted", by, once))
    if earlier is not None:
        return RoleHolding.objects.get(pk=earlier.subject.removeprefix("holding/"))
    if colleagues.filter(role=role, ended_at__isnull=True).exists():
        raise Refused(Reason("already_done", "They already hold this role.", UNDER))
    with transaction.atomic():
        holding = _hold(somebody, role, organisation, at, by.person)
        record(
            act="role.granted",
            by=by,
            at=at,
            subject=f"holding/{holding.pk}",
            under=UNDER,
            details={"person": person, "role": role, "organisation": organisation},
            once=_once("granted", by, once),
        )
    return holding


def end_role(*, holding: str, by: Actor, at: datetime, once: str) -> RoleHolding:
    """End a role that somebody else holds at the organisation."""
    held = RoleHolding.objects.filter(pk=holding).first()
    if held is None or held.organisation_id != by.acting_for:
        raise Refused(Reason("not_found", "There is no such role at your organisation.", UNDER))
    require(may(by, Permission.END_ROLES, held.organisation_id))
    if held.person_id == by.person:
        message = "You cannot end your own role. Ask another administrator."
        raise Refused(Reason("own_role", message, UNDER))
    if held.ended_at is not None:
        return held
    with transaction.atomic():
        held.ended_at, held.ended_by = at, by.person
        held.save(update_fields=["ended_at", "ended_by"])
        record(
            act="role.ended",
            by=by,
            at=at,
            subject=f"holding/{held.pk}",
            under=UNDER,
            details={"person": held.person_id, "role": held.role, "organisation": held.organisation_id},
            once=_once("ended", by, once),
        )
    return held


def erase_person(*, person: str, by: Actor, at: datetime) -> None:
    """Erase somebody's name and e-mail address for good. What they did stays in the ledger under a pseudonym
    that no longer leads to anybody."""
    held = RoleHolding.objects.filter(person_id=person, organisation_id=by.acting_for).first()
    if held is None:
        raise Refused(Reason("not_found", "There is no such person at your organisation.", UNDER))
    require(may(by, Permission.ERASE_PEOPLE, by.acting_for))
    elsewhere = RoleHolding.objects.filter(person_id=person, ended_at__isnull=True)
    if person == by.person:
        raise Refused(Reason("own_role", "You cannot erase yourself. Ask another administrator.", UNDER))
    if elsewhere.exclude(organisation_id=by.acting_for).exists():
        message = "They also hold a role elsewhere. End that role first."
        raise Refused(Reason("roles_elsewhere", message, UNDER))
    with transaction.atomic():
        elsewhere.update(ended_at=at, ended_by=by.person)
        somebody = Person.objects.get(pk=person)
        for made in Invitation.objects.filter(email=somebody.email):
            erase_openings(concerning=f"invitation/{made.pk}", by=by, at=at)
        Invitation.objects.filter(email=somebody.email).update(
            email=f"{person}@erased.invalid", name=ERASED_NAME
        )
        somebody.set_unusable_password()
        somebody.email, somebody.name, somebody.is_active = f"{person}@erased.invalid", ERASED_NAME, False
        somebody.erased_at, somebody.erased_by = at, by.person
        somebody.save()
        erase_openings(concerning=f"person/{person}", by=by, at=at)


def _require_role_fits(role: str, organisation: str, at: datetime) -> None:
    kind = kind_on(organisation, london_day(at))
    if kind is None:
        message = f"There is no organisation {organisation} in the register today."
        raise Refused(Reason("not_found", message, UNDER))
    require(may_hold(role, kind))


def _hold(person: Person, role: str, organisation: str, at: datetime, granted_by: str) -> RoleHolding:
    held = RoleHolding.objects.filter(
        person=person, role=role, organisation_id=organisation, ended_at__isnull=True
    ).first()
    return held or RoleHolding.objects.create(
        person=person, role=role, organisation_id=organisation, granted_at=at, granted_by=granted_by
    )


def _once(verb: str, by: Actor, once: str) -> str:
    return f"role.{verb}/{by.person}/{once}"[:200]
