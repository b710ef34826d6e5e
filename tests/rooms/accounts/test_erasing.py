"""Erasing somebody: their name is nowhere, what they did still is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.sessions.models import Session
from django.test import Client

from remit.accounts.actions import (
    accept_invitation,
    erase_person,
    grant_role,
    invite_person,
    withdraw_invitation,
)
from remit.accounts.models import Invitation, Person, RoleHolding
from remit.accounts.queries import ERASED_NAME, former_people_of, invitations_of
from remit.kernel.actor import ANYONE
from remit.ledger.models import Entry, Opening
from remit.ledger.queries import verify
from tests.factories import NOW, PASSWORD, give_role

BOARD, PRACTICE = "QXX", "A89999"
BACKEND = "django.contrib.auth.backends.ModelBackend"
LATER = NOW + timedelta(hours=1)
Refusal = Callable[..., str]


def everything_kept() -> str:
    """Every value of every row of every table, as one text."""
    rows = [row for model in apps.get_models() for row in model._default_manager.values_list()]
    return repr(rows).lower()


@pytest.fixture
def dora(place: Any) -> Person:
    """Somebody who joined by invitation and has used everything that can be used."""
    invited = invite_person(
        email="dora.finch@vale.example.org",
        name="Dora Finch",
        role="commissioner_officer",
        organisation=BOARD,
        by=place.by,
        at=NOW,
        once="1",
    )
    person = accept_invitation(token=invited.token, password=PASSWORD, at=NOW)
    grant_role(person=person.pk, role="witness", organisation=BOARD, by=place.by, at=NOW, once="2")
    EmailAddress.objects.create(user=person, email=person.email, primary=True)
    Authenticator.objects.create(user=person, type="totp", data={"secret": "x"})
    invite_person(
        email="dora.finch@vale.example.org",
        name="Dora Finch",
        role="practice_manager",
        organisation=PRACTICE,
        by=place.by_outsider,
        at=NOW,
        once="3",
    )
    return person


def test_nothing_about_an_erased_person_is_kept_anywhere(place: Any, dora: Person) -> None:
    assert "dora" in everything_kept()
    erase_person(person=dora.pk, by=place.by, at=LATER)
    kept = everything_kept()
    assert "dora" not in kept
    assert "finch" not in kept
    assert not EmailAddress.objects.exists()
    assert not Authenticator.objects.exists()
    assert not Opening.objects.exists()


def test_erasing_is_one_entry_that_says_what_it_did(place: Any, dora: Person) -> None:
    held = sorted(RoleHolding.objects.filter(person=dora).values_list("pk", flat=True))
    before = Entry.objects.count()
    erase_person(person=dora.pk, by=place.by, at=LATER)
    assert Entry.objects.count() == before + 1
    entry = Entry.objects.order_by("index").last()
    assert entry is not None
    assert (entry.act, entry.subject, entry.by) == (
        "ledger.openings_erased",
        f"person/{dora.pk}",
        place.admin.pk,
    )
    invited = sorted(Invitation.objects.values_list("pk", flat=True))
    assert entry.details == {"erased": 6, "ended": held, "invitations": invited}


def test_what_they_did_stays_and_the_ledger_still_verifies(place: Any, dora: Person) -> None:
    bodies = list(Entry.objects.order_by("index").values_list("body", flat=True))
    erase_person(person=dora.pk, by=place.by, at=LATER)
    assert list(Entry.objects.order_by("index").values_list("body", flat=True))[:-1] == bodies
    assert verify().ok


def test_an_erased_person_cannot_sign_in_and_holds_no_role(place: Any, dora: Person) -> None:
    erase_person(person=dora.pk, by=place.by, at=LATER)
    dora.refresh_from_db()
    assert (dora.name, dora.is_active, dora.erased_at, dora.erased_by) == (
        ERASED_NAME,
        False,
        LATER,
        place.admin.pk,
    )
    assert not dora.has_usable_password()
    assert not RoleHolding.objects.filter(person=dora, ended_at__isnull=True).exists()


def test_an_erased_person_is_signed_out_everywhere_and_nobody_else_is(place: Any, dora: Person) -> None:
    clients = {person.pk: (Client(), Client()) for person in (dora, place.admin)}
    for person, browsers in clients.items():
        for browser in browsers:
            browser.force_login(Person.objects.get(pk=person), backend=BACKEND)
    erase_person(person=dora.pk, by=place.by, at=LATER)
    left = [session.get_decoded().get("_auth_user_id") for session in Session.objects.all()]
    assert left == [place.admin.pk] * 2


def test_who_has_left_is_known_until_they_are_erased(place: Any, dora: Person, refused: Refusal) -> None:
    assert former_people_of(BOARD, place.by, LATER.date()) == []
    RoleHolding.objects.filter(person=dora).update(ended_at=NOW, ended_by=place.admin.pk)
    (left,) = former_people_of(BOARD, place.by, LATER.date())
    assert (left.id, left.name, left.roles) == (dora.pk, "Dora Finch", ())
    for other in (place.by_colleague, place.by_outsider, ANYONE):
        refused(former_people_of, BOARD, other, LATER.date())
    erase_person(person=dora.pk, by=place.by, at=LATER)
    assert former_people_of(BOARD, place.by, LATER.date()) == []


def test_the_links_of_an_erased_person_no_longer_work(place: Any, refused: Refusal) -> None:
    give_role(place.colleague, "witness", BOARD)
    invited = invite_person(
        email=place.colleague.email,
        name="Benedict Okoro",
        role="practice_manager",
        organisation=PRACTICE,
        by=place.by_outsider,
        at=NOW,
        once="1",
    )
    erase_person(person=place.colleague.pk, by=place.by, at=LATER)
    assert refused(accept_invitation, token=invited.token, password=PASSWORD, at=LATER) == "expired"


def test_erasing_twice_is_the_same_as_once(place: Any) -> None:
    erase_person(person=place.colleague.pk, by=place.by, at=LATER)
    erase_person(person=place.colleague.pk, by=place.by, at=LATER + timedelta(days=1))
    assert Entry.objects.count() == 1
    assert Person.objects.get(pk=place.colleague.pk).erased_at == LATER


def test_somebody_who_has_left_can_be_erased(place: Any) -> None:
    RoleHolding.objects.filter(person=place.colleague).update(ended_at=NOW, ended_by=place.admin.pk)
    erase_person(person=place.colleague.pk, by=place.by, at=LATER)
    assert RoleHolding.objects.get(person=place.colleague).ended_at == NOW


def test_erasing_is_refused(place: Any, refused: Refusal) -> None:
    def erase(person: str, by: Any) -> str:
        return refused(erase_person, person=person, by=by, at=LATER)

    assert erase(place.admin.pk, place.by) == "own_role"
    assert erase(place.outsider.pk, place.by) == "not_found"
    assert erase("nobody", place.by) == "not_found"
    assert erase(place.admin.pk, place.by_colleague) == "not_permitted"
    assert erase(place.admin.pk, ANYONE) == "not_found"
    give_role(place.colleague, "practice_manager", PRACTICE)
    assert erase(place.colleague.pk, place.by) == "roles_elsewhere"
    assert Person.objects.get(pk=place.colleague.pk).is_active


# -- withdrawing an invitation -------------------------------------------------------------------------------


@pytest.fixture
def waiting(place: Any) -> tuple[Invitation, str]:
    """An invitation that nobody has taken up, and its secret."""
    invited = invite_person(
        email="finn.tarrant@vale.example.org",
        name="Finn Tarrant",
        role="commissioner_officer",
        organisation=BOARD,
        by=place.by,
        at=NOW,
        once="1",
    )
    return invited.invitation, invited.token


def test_a_withdrawn_invitation_does_not_work_and_says_nothing_about_whom_it_was_for(
    place: Any, refused: Refusal, waiting: tuple[Invitation, str]
) -> None:
    made, token = waiting
    before = Entry.objects.count()
    withdraw_invitation(invitation=made.pk, by=place.by, at=LATER)
    assert Entry.objects.count() == before + 1
    assert "tarrant" not in everything_kept()
    assert refused(accept_invitation, token=token, password=PASSWORD, at=LATER) == "expired"
    assert list(invitations_of(BOARD, place.by)) == []


def test_an_invitation_that_ran_out_keeps_the_day_it_ran_out(
    place: Any, waiting: tuple[Invitation, str]
) -> None:
    made, _ = waiting
    withdraw_invitation(invitation=made.pk, by=place.by, at=NOW + timedelta(days=60))
    assert Invitation.objects.get(pk=made.pk).expires_at == made.expires_at


def test_withdrawing_twice_is_the_same_as_once(place: Any, waiting: tuple[Invitation, str]) -> None:
    for _ in range(2):
        withdraw_invitation(invitation=waiting[0].pk, by=place.by, at=LATER)
    assert Entry.objects.filter(act="ledger.openings_erased").count() == 1


def test_withdrawing_is_refused(place: Any, refused: Refusal, waiting: tuple[Invitation, str]) -> None:
    made, token = waiting

    def withdraw(invitation: str, by: Any) -> str:
        return refused(withdraw_invitation, invitation=invitation, by=by, at=LATER)

    assert withdraw(made.pk, place.by_outsider) == "not_found"
    assert withdraw("nothing", place.by) == "not_found"
    assert withdraw(made.pk, place.by_colleague) == "not_permitted"
    accept_invitation(token=token, password=PASSWORD, at=LATER)
    assert withdraw(made.pk, place.by) == "already_done"
