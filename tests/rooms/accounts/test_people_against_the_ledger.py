"""Whatever is changed by SQL about people, roles and invitations does not agree with the ledger any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import connection, transaction

from remit.accounts.actions import (
    accept_invitation,
    end_role,
    erase_person,
    grant_role,
    invite_person,
    register_person,
    withdraw_invitation,
)
from remit.accounts.models import Invitation, Person, RoleHolding
from remit.accounts.queries import disagreements, erased_email
from remit.ledger.actions import record
from remit.ledger.models import Opening
from tests.factories import NOW, PASSWORD, SYSTEM, acting, make_organisation

BOARD, PRACTICE = "QXX", "A89999"


@dataclass
class Story:
    """Everything that can happen to people, done by the actions."""

    admin: Person
    dora: Person
    left: Person
    erased: Person
    waiting: Invitation
    withdrawn: Invitation


def at(minutes: int) -> Any:
    return NOW + timedelta(minutes=minutes)


def register(email: str, name: str, *roles: tuple[str, str]) -> Person:
    return register_person(email=email, name=name, password=PASSWORD, roles=list(roles), by=SYSTEM, at=NOW)


@pytest.fixture
def story(db: None) -> Story:
    """People registered, invited, joined, given and losing roles, erased; an invitation waiting, one withdrawn."""
    make_organisation(BOARD, "icb", "NHS Vale Integrated Care Board")
    make_organisation(PRACTICE, "practice", "Mill Lane Surgery")
    admin = register("ada@vale.example.org", "Ada Marsh", ("organisation_administrator", BOARD))
    left = register("ben@vale.example.org", "Ben Okoro", ("commissioner_officer", BOARD), ("witness", BOARD))
    gone = register("cy@vale.example.org", "Cy Dale", ("commissioner_officer", BOARD))
    by = acting(admin, BOARD)

    def invite(name: str, minute: int, role: str = "commissioner_officer", email: str = "") -> Any:
        return invite_person(
            email=email or f"{name}@vale.example.org",
            name=name.title(),
            role=role,
            organisation=BOARD,
            by=by,
            at=at(minute),
            once=f"{name} {role}",
        )

    joining = invite("dora", 1)
    again = invite("ben", 2, "organisation_administrator", left.email)
    dora = accept_invitation(token=joining.token, password=PASSWORD, at=at(3))
    grant_role(
        person=left.pk,
        role="organisation_administrator",
        organisation=BOARD,
        by=by,
        at=at(4),
        once="g",
    )
    accept_invitation(token=again.token, password=PASSWORD, at=at(5))
    officer = RoleHolding.objects.get(person=left, role="commissioner_officer")
    end_role(holding=officer.pk, by=by, at=at(6), once="e1")
    grant_role(person=left.pk, role="commissioner_officer", organisation=BOARD, by=by, at=at(7), once="g2")
    erase_person(person=gone.pk, by=by, at=at(8))
    withdrawn = invite("finn", 9).invitation
    withdraw_invitation(invitation=withdrawn.pk, by=by, at=at(10))
    waiting = invite("gwen", 11).invitation
    return Story(admin, dora, left, gone, waiting, withdrawn)


def said() -> str:
    return "\n".join(f"{one.where}: {one.message}" for one in disagreements())


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_all_that_the_actions_did_agrees(story: Story) -> None:
    assert said() == ""


def test_an_act_that_waited_for_its_turn_agrees(story: Story) -> None:
    """Its entry has the instant of the one before; the row has its own."""
    grant_role(
        person=story.dora.pk,
        role="witness",
        organisation=BOARD,
        by=acting(story.admin, BOARD),
        at=at(11) - timedelta(seconds=20),
        once="late",
    )
    assert said() == ""


def test_a_role_that_was_registered_and_then_invited_to_is_one_role(story: Story) -> None:
    invited = invite_person(
        email="hal@mill.example.org",
        name="Hal Ives",
        role="witness",
        organisation=BOARD,
        by=acting(story.admin, BOARD),
        at=at(12),
        once="hal",
    )
    register_person(
        email="hal@mill.example.org",
        name="Hal Ives",
        password=PASSWORD,
        roles=[("witness", BOARD)],
        by=SYSTEM,
        at=at(13),
    )
    accept_invitation(token=invited.token, password=PASSWORD, at=at(14))
    assert said() == ""


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ("role = 'data_steward'", "was changed"),
        (f"organisation_id = '{PRACTICE}'", "was changed"),
        ("granted_by = 'somebody'", "was changed"),
        ("granted_at = '2020-01-01 00:00:00+00:00'", "was changed"),
        ("ended_at = '2027-01-01 00:00:00+00:00', ended_by = 'x'", "its end was changed"),
    ],
)
def test_a_role_that_was_changed(story: Story, change: str, wanted: str) -> None:
    held = RoleHolding.objects.get(person=story.dora)
    sql(f"UPDATE accounts_roleholding SET {change} WHERE id = %s", held.pk)
    assert f"holding/{held.pk}" in said()
    assert wanted in said()


def test_a_role_moved_to_somebody_else(story: Story) -> None:
    held = RoleHolding.objects.get(person=story.admin)
    sql("UPDATE accounts_roleholding SET person_id = %s WHERE id = %s", story.dora.pk, held.pk)
    assert "no entry of the ledger gives it" in said()
    assert f"The role organisation_administrator of {story.admin.pk} at {BOARD}" in said()
    assert "is missing" in said()


def test_a_role_that_came_alive_again(story: Story) -> None:
    sql(
        "UPDATE accounts_roleholding SET ended_at = NULL, ended_by = '' WHERE person_id = %s", story.erased.pk
    )
    assert "its end was changed. The ledger says: ended by" in said()


def test_a_role_put_in_and_a_role_taken_out(story: Story) -> None:
    RoleHolding.objects.create(
        person=story.dora, role="ledger_keeper", organisation_id=BOARD, granted_at=at(1), granted_by="system"
    )
    RoleHolding.objects.filter(person=story.admin).delete()
    assert f"The role ledger_keeper of {story.dora.pk} at {BOARD} is there, but no entry" in said()
    assert f"The role organisation_administrator of {story.admin.pk}" in said()


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ("email = 'thief@elsewhere.example'", "their e-mail address was changed"),
        ("name = 'Somebody Else'", "their name was changed"),
        ("is_superuser = true", "powers that no act gives"),
        ("is_staff = true", "powers that no act gives"),
        ("is_active = false", "whether they may sign in was changed"),
        ("joined_at = '2020-01-01 00:00:00+00:00'", "the day they joined was changed"),
        (
            "erased_at = '2027-01-01 00:00:00+00:00', erased_by = 'x'",
            "whether and when they were erased was changed",
        ),
    ],
)
def test_a_person_who_was_changed(story: Story, change: str, wanted: str) -> None:
    sql(f"UPDATE accounts_person SET {change} WHERE id = %s", story.dora.pk)
    assert f"person/{story.dora.pk}" in said()
    assert wanted in said()
    assert "thief" not in said(), "the report names nobody"


def test_an_erased_person_who_was_given_an_address_again(story: Story) -> None:
    sql(
        "UPDATE accounts_person SET email = 'cy@vale.example.org', is_active = true WHERE id = %s",
        story.erased.pk,
    )
    assert "their e-mail address was changed" in said()
    assert "whether they may sign in was changed" in said()


def test_somebody_put_in_and_somebody_taken_out(story: Story) -> None:
    made = Person.objects.create_user("thief@elsewhere.example", PASSWORD, name="Thief", joined_at=NOW)
    assert f"The person {made.pk} is there, but no entry of the ledger made them." in said()
    made.delete()
    RoleHolding.objects.filter(person=story.dora).delete()
    gone = story.dora.pk
    story.dora.delete()
    assert f"The person {gone} is missing." in said()


def test_what_a_commitment_stands_for_was_taken_away(story: Story) -> None:
    Opening.objects.filter(concerning=f"person/{story.dora.pk}").delete()
    assert "stands for is gone, and nobody erased it" in said()


def test_powers_and_addresses_that_nothing_here_gives(story: Story) -> None:
    story.dora.groups.add(Group.objects.create(name="everything"))
    assert "powers that no act gives" in said()
    story.dora.groups.clear()
    EmailAddress.objects.create(user=story.dora, email=story.dora.email.upper())
    assert said() == ""
    EmailAddress.objects.create(user=story.dora, email="thief@elsewhere.example")
    assert "a second e-mail address" in said()


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ("role = 'organisation_administrator'", "was changed: its role"),
        ("invited_by = 'somebody'", "was changed: its role"),
        ("invited_at = '2020-01-01 00:00:00+00:00'", "was changed: its role"),
        ("email = 'thief@elsewhere.example'", "was changed: whom it is for"),
        (
            "accepted_at = '2026-11-21 13:00:00+00:00', accepted_by = 'x'",
            "whether and by whom it was taken up",
        ),
    ],
)
def test_an_invitation_that_was_changed(story: Story, change: str, wanted: str) -> None:
    sql(f"UPDATE accounts_invitation SET {change} WHERE id = %s", story.waiting.pk)
    assert f"invitation/{story.waiting.pk}" in said()
    assert wanted in said()


def test_an_invitation_put_in_taken_out_or_made_readable_again(story: Story) -> None:
    sql("UPDATE accounts_invitation SET email = 'finn@vale.example.org' WHERE id = %s", story.withdrawn.pk)
    assert "whom it is for" in said()
    sql(
        "UPDATE accounts_invitation SET email = %s WHERE id = %s",
        erased_email(story.withdrawn.pk),
        story.withdrawn.pk,
    )
    key = story.waiting.pk
    story.waiting.delete()
    assert f"The invitation {key} is missing." in said()
    story.waiting.pk, story.waiting.secret_sha256 = "01PUTIN", "f" * 64
    story.waiting.save(force_insert=True)
    assert "The invitation 01PUTIN is there, but no entry of the ledger made it." in said()


@pytest.mark.parametrize(
    "details", [{}, {"roles": "none", "email": "", "name": ""}, {"roles": [1], "email": "", "name": ""}]
)
def test_an_entry_that_says_nothing_usable(story: Story, details: dict[str, Any]) -> None:
    with transaction.atomic():
        entry = record(
            act="person.registered",
            by=SYSTEM,
            at=at(20),
            subject="person/x",
            under="",
            details=details,
        )
    assert f"Entry {entry.index} does not say what it should." in said()


def test_a_role_that_was_put_in_is_found_even_after_it_was_ended(story: Story) -> None:
    held = RoleHolding.objects.create(
        person=story.dora, role="witness", organisation_id=BOARD, granted_at=at(1), granted_by="system"
    )
    end_role(holding=held.pk, by=acting(story.admin, BOARD), at=at(20), once="end")
    assert f"The role witness of {story.dora.pk} at {BOARD} is there, but no entry" in said()


def test_an_entry_that_cannot_be_read_is_left_to_the_ledgers_own_check(story: Story) -> None:
    sql("UPDATE ledger_entry SET body = 'torn' WHERE act = 'role.ended'")
    assert "holding/" in said()


def test_each_wrong_is_one_line(story: Story) -> None:
    sql("UPDATE accounts_person SET name = 'X' WHERE id = %s", story.dora.pk)
    assert len(list(disagreements())) == 1
