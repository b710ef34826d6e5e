"""Inviting, joining, and the first people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from remit.accounts.actions import (
    INVITATION_LASTS,
    Invited,
    accept_invitation,
    invite_person,
    register_person,
)
from remit.accounts.models import Invitation, Person, RoleHolding
from remit.accounts.queries import actor_for, invitation
from remit.kernel.actor import ANYONE
from remit.kernel.canonical import sha256_hex
from remit.ledger.models import Entry
from tests.factories import (
    NATIONAL_BODY,
    NOW,
    PASSWORD,
    SYSTEM,
    acting,
    make_organisation,
    make_person,
)

BOARD, PRACTICE = "QXX", "A89999"
LATER = NOW + timedelta(hours=1)
Refusal = Callable[..., str]


def an_invitation(place: Any, **changes: Any) -> Invited:
    asked = {
        "email": "Dora.Finch@Vale.example.org ",
        "name": " Dora  Finch ",
        "role": "commissioner_officer",
        "organisation": BOARD,
        "by": place.by,
        "at": NOW,
        "once": "form-1",
    }
    return invite_person(**(asked | changes))


# -- inviting ------------------------------------------------------------------------------------------------


def test_an_invitation_keeps_only_the_hash_of_its_secret(place: Any) -> None:
    invited = an_invitation(place)
    made = Invitation.objects.get()
    assert made == invited.invitation
    assert made.secret_sha256 == sha256_hex(invited.token.encode())
    assert invited.token not in str(made.__dict__)
    assert (made.email, made.name) == ("dora.finch@vale.example.org", "Dora Finch")
    assert made.expires_at - made.invited_at == INVITATION_LASTS
    assert invitation(invited.token) == made
    assert invitation("something else") is None


def test_inviting_is_one_entry_without_personal_data(place: Any) -> None:
    invited = an_invitation(place)
    entry = Entry.objects.get()
    assert entry.act == "person.invited"
    assert entry.subject == f"invitation/{invited.invitation.pk}"
    assert (entry.by, entry.acting_for) == (place.admin.pk, BOARD)
    assert "dora" not in entry.body.lower()
    assert "finch" not in entry.body.lower()
    assert entry.details["email"].startswith("sha256:")


def test_the_same_form_sent_twice_invites_once_and_shows_no_second_secret(place: Any) -> None:
    first, second = an_invitation(place), an_invitation(place)
    assert second == Invited(first.invitation, "")
    assert Entry.objects.count() == Invitation.objects.count() == 1
    third = an_invitation(place, once="form-2")
    assert third.invitation != first.invitation
    assert third.token


def test_an_idempotency_key_can_be_long_and_hold_anything(place: Any) -> None:
    first = an_invitation(place, once="x" * 4000 + "dora@vale.example.org1")
    second = an_invitation(place, once="x" * 4000 + "dora@vale.example.org2")
    assert first.invitation != second.invitation
    assert not Entry.objects.filter(body__contains="@").exists()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"email": "no address"}, "name_and_email"),
        ({"email": "a@b"}, "name_and_email"),
        ({"email": ""}, "name_and_email"),
        ({"email": f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.org"}, "name_and_email"),
        ({"name": "  "}, "name_and_email"),
        ({"name": "x" * 151}, "name_and_email"),
        ({"role": "practice_manager"}, "wrong_kind"),
        ({"role": "emperor"}, "no_such_role"),
        ({"email": "ada@vale.example.org"}, "own_role"),
        ({"email": "ben@vale.example.org"}, "already_done"),
        ({"organisation": PRACTICE, "role": "practice_manager"}, "not_permitted"),
        ({"organisation": "NOWHERE"}, "not_permitted"),
        ({"by": ANYONE}, "sign_in"),
    ],
)
def test_an_invitation_is_refused(place: Any, refused: Refusal, changes: dict[str, Any], code: str) -> None:
    assert refused(an_invitation, place, **changes) == code
    assert not Invitation.objects.exists()


def test_only_an_administrator_invites(place: Any, refused: Refusal) -> None:
    assert refused(an_invitation, place, by=place.by_colleague) == "not_permitted"


def test_somebody_who_works_elsewhere_can_be_invited_and_so_can_a_colleague_to_another_role(
    place: Any,
) -> None:
    assert an_invitation(place, email="cat@mill.example.org").token
    assert an_invitation(place, email="ben@vale.example.org", role="witness", once="form-2").token


def test_nobody_is_invited_to_an_organisation_that_has_closed(refused: Refusal, db: None) -> None:
    make_organisation("00Z", "ccg", last=date(2022, 6, 30))
    admin = make_person(("organisation_administrator", "00Z"))
    code = refused(
        invite_person,
        email="dora@vale.example.org",
        name="Dora Finch",
        role="commissioner_officer",
        organisation="00Z",
        by=acting(admin),
        at=NOW,
        once="form-1",
    )
    assert code == "not_found"


# -- joining -------------------------------------------------------------------------------------------------


def test_joining_makes_the_person_gives_the_role_and_is_one_entry(place: Any) -> None:
    invited = an_invitation(place)
    person = accept_invitation(token=invited.token, password=PASSWORD, at=LATER)
    assert (person.name, person.email, person.joined_at) == (
        "Dora Finch",
        "dora.finch@vale.example.org",
        LATER,
    )
    assert person.check_password(PASSWORD)
    held = RoleHolding.objects.get(person=person)
    assert (held.role, held.organisation_id, held.granted_at, held.granted_by) == (
        "commissioner_officer",
        BOARD,
        LATER,
        place.admin.pk,
    )
    made = Invitation.objects.get()
    assert (made.accepted_at, made.accepted_by) == (LATER, person.pk)
    entry = Entry.objects.order_by("index").last()
    assert entry is not None
    assert (entry.act, entry.by, entry.acting_for) == ("person.joined", person.pk, BOARD)
    assert entry.details["holding"] == held.pk
    assert Entry.objects.count() == 2


def test_a_link_works_once(place: Any, refused: Refusal) -> None:
    invited = an_invitation(place)
    accept_invitation(token=invited.token, password=PASSWORD, at=LATER)
    assert refused(accept_invitation, token=invited.token, password=PASSWORD, at=LATER) == "already_done"


def test_an_unknown_link_is_refused(place: Any, refused: Refusal) -> None:
    an_invitation(place)
    assert refused(accept_invitation, token="guess", password=PASSWORD, at=LATER) == "not_found"


@pytest.mark.parametrize(
    ("after", "works"),
    [(INVITATION_LASTS - timedelta(microseconds=1), True), (INVITATION_LASTS, False)],
)
def test_an_invitation_lasts_fourteen_days(
    place: Any, refused: Refusal, after: timedelta, works: bool
) -> None:
    invited = an_invitation(place)
    if works:
        assert accept_invitation(token=invited.token, password=PASSWORD, at=NOW + after).pk
    else:
        assert refused(accept_invitation, token=invited.token, password=PASSWORD, at=NOW + after) == "expired"


@pytest.mark.parametrize("password", ["short", "password1234", ""])
def test_a_weak_password_is_refused_and_the_link_still_works(
    place: Any, refused: Refusal, password: str
) -> None:
    invited = an_invitation(place)
    assert refused(accept_invitation, token=invited.token, password=password, at=LATER) == "weak_password"
    assert not Person.objects.filter(email__startswith="dora").exists()
    assert accept_invitation(token=invited.token, password=PASSWORD, at=LATER).pk


def test_an_invitation_to_an_organisation_that_closed_since_is_refused(place: Any, refused: Refusal) -> None:
    make_organisation("00Z", "ccg", last=date(2026, 11, 30))
    admin = make_person(("organisation_administrator", "00Z"))
    invited = an_invitation(place, organisation="00Z", by=acting(admin))
    after = NOW + timedelta(days=10)
    assert refused(accept_invitation, token=invited.token, password=PASSWORD, at=after) == "not_found"


def test_somebody_with_an_account_joins_with_their_own_password_and_keeps_their_name(
    place: Any, refused: Refusal
) -> None:
    invited = an_invitation(place, email="cat@mill.example.org", name="Somebody Else")
    wrong = "another long password"
    assert refused(accept_invitation, token=invited.token, password=wrong, at=LATER) == "wrong_password"
    person = accept_invitation(token=invited.token, password=PASSWORD, at=LATER)
    assert person == place.outsider
    assert person.name == "Catrin Lowe"
    assert {role.organisation for role in actor_for(person.pk, BOARD, NOW.date()).roles} == {BOARD}


def test_somebody_made_inactive_cannot_join(place: Any, refused: Refusal) -> None:
    invited = an_invitation(place, email="cat@mill.example.org")
    Person.objects.filter(pk=place.outsider.pk).update(is_active=False)
    assert refused(accept_invitation, token=invited.token, password=PASSWORD, at=LATER) == "wrong_password"


def test_two_invitations_to_the_same_role_give_it_once(place: Any) -> None:
    first, second = an_invitation(place), an_invitation(place, once="form-2")
    person = accept_invitation(token=first.token, password=PASSWORD, at=LATER)
    assert accept_invitation(token=second.token, password=PASSWORD, at=LATER) == person
    assert RoleHolding.objects.filter(person=person).count() == 1


# -- the first people ----------------------------------------------------------------------------------------


def register(**changes: Any) -> Person:
    asked: dict[str, Any] = {
        "email": "Elin@Vale.example.org",
        "name": "Elin Marchbanks",
        "password": PASSWORD,
        "roles": [("organisation_administrator", BOARD), ("data_steward", NATIONAL_BODY)],
        "by": SYSTEM,
        "at": NOW,
    }
    return register_person(**(asked | changes))


def test_the_owner_registers_somebody_with_several_roles_in_one_entry(place: Any) -> None:
    make_organisation(NATIONAL_BODY, "national_body")
    person = register()
    assert person.email == "elin@vale.example.org"
    assert set(person.holdings.values_list("role", "organisation_id", "granted_by")) == {
        ("organisation_administrator", BOARD, "system"),
        ("data_steward", NATIONAL_BODY, "system"),
    }
    entry = Entry.objects.get()
    assert entry.act == "person.registered"
    assert "elin" not in entry.body.lower()
    assert "marchbanks" not in entry.body.lower()


def test_registering_again_changes_nothing(place: Any) -> None:
    make_organisation(NATIONAL_BODY, "national_body")
    first = register()
    again = register(email=" ELIN@vale.example.org", name="Other Name", roles=[("witness", BOARD)])
    assert again == first
    assert again.name == "Elin Marchbanks"
    assert Entry.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"roles": [("data_steward", BOARD)]}, "wrong_kind"),
        ({"roles": [("data_steward", "NOWHERE")]}, "not_found"),
        ({"roles": [], "password": "short"}, "weak_password"),
        ({"roles": [], "email": "nobody"}, "name_and_email"),
        ({"by": ANYONE}, "not_permitted"),
    ],
)
def test_registering_is_refused_whole(
    place: Any, refused: Refusal, changes: dict[str, Any], code: str
) -> None:
    assert refused(register, **changes) == code
    assert not Person.objects.filter(email__startswith="elin").exists()


def test_an_administrator_is_not_the_owner(place: Any, refused: Refusal) -> None:
    assert refused(register, by=place.by) == "not_permitted"
