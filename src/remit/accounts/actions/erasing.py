"""Erasing what is known about somebody. What they did stays in the ledger, under a pseudonym."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction

from remit.accounts.actions.holding import refusal
from remit.accounts.models import Invitation, Person, RoleHolding
from remit.accounts.queries import ERASED_NAME, erased_email, may_erase
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.decision import require
from remit.ledger.actions import erase_openings


@transaction.atomic
def erase_person(*, person: str, by: Actor, at: datetime) -> None:
    """Erase somebody's name and e-mail address for good, with what stands behind the ledger's commitments.

    Their roles at the organisation end, and wherever they are signed in they are signed out. What they did stays
    in the ledger under a pseudonym that no longer leads to anybody. Erasing again changes nothing.

    Raises `Refused` as `may_erase` says.
    """
    somebody = Person.objects.select_for_update().filter(pk=person).first()
    require(may_erase(person, by))
    if somebody is None or somebody.erased_at is not None:
        return
    current = RoleHolding.objects.filter(person_id=person, ended_at__isnull=True)
    ended = list(current.order_by("pk").values_list("pk", flat=True))
    current.update(ended_at=at, ended_by=by.person)
    invitations = list(Invitation.objects.filter(email=somebody.email).order_by("pk"))
    for made in invitations:
        _blank(made, at)
    EmailAddress.objects.filter(user=somebody).delete()
    Authenticator.objects.filter(user=somebody).delete()
    somebody.set_unusable_password()
    somebody.email, somebody.name, somebody.is_active = erased_email(somebody.pk), ERASED_NAME, False
    somebody.erased_at, somebody.erased_by = at, by.person
    somebody.save()
    _sign_out(person)
    erase_openings(
        concerning=f"person/{person}",
        also=[f"invitation/{made.pk}" for made in invitations],
        details={"ended": ended, "invitations": [made.pk for made in invitations]},
        by=by,
        at=at,
    )


@transaction.atomic
def withdraw_invitation(*, invitation: str, by: Actor, at: datetime) -> None:
    """Take back an invitation that nobody has taken up, and erase whom it was for. Twice is the same as once.

    Raises `Refused`: ``not_found`` for an invitation of another organisation, ``not_permitted``,
    ``already_done`` where the person has joined (`erase_person` is for them).
    """
    made = Invitation.objects.select_for_update().filter(pk=invitation, organisation_id=by.acting_for).first()
    if made is None:
        raise refusal("not_found", "There is no such invitation at your organisation.")
    require(may(by, Permission.INVITE_PEOPLE, by.acting_for))
    if made.accepted_at is not None:
        raise refusal("already_done", "They have joined already. End their role instead.")
    if made.email == erased_email(made.pk):
        return
    _blank(made, at)
    erase_openings(concerning=f"invitation/{made.pk}", by=by, at=at)


def _sign_out(person: str) -> None:
    """Delete every session of somebody. What is in a session can only be told by reading it."""
    for session in Session.objects.iterator():
        if session.get_decoded().get(SESSION_KEY) == person:
            session.delete()


def _blank(made: Invitation, at: datetime) -> None:
    """Nobody's name, and a link that no longer works."""
    made.email, made.name = erased_email(made.pk), ERASED_NAME
    made.expires_at = min(made.expires_at, at)
    made.save(update_fields=["email", "name", "expires_at"])
