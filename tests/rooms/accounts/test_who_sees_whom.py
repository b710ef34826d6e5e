"""Reads about people: who somebody is, whom they see, and what Django's own question answers."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from remit.accounts.actions import invite_person
from remit.accounts.models import Invitation, Person, RoleHolding
from remit.accounts.queries import (
    DEMO_DOMAIN,
    actor_for,
    actors_of,
    demo_accounts,
    holdings_of,
    invitations_of,
    people_of,
    person_name,
    roles_grantable,
)
from remit.engines.permissions import ROLES, Permission, Scope
from remit.kernel.actor import ANYONE, Actor, RoleAt
from remit.kernel.decision import Refused
from tests.factories import (
    NATIONAL_BODY,
    NOW,
    acting,
    fitting_kind,
    give_role,
    make_organisation,
    make_person,
)

BOARD, PRACTICE, TODAY = "QXX", "A89999", NOW.date()


# -- who somebody is -----------------------------------------------------------------------------------------


def test_nobody_signed_in_is_anyone(db: None) -> None:
    assert actor_for(None, BOARD, TODAY) == ANYONE


def test_somebody_without_a_role_acts_for_nobody(db: None) -> None:
    person = make_person()
    assert actor_for(person.pk, BOARD, TODAY) == Actor(person=person.pk)
    assert actors_of(person.pk) == []


def test_one_person_has_the_roles_of_the_organisation_they_act_for_and_no_others(place: Any) -> None:
    give_role(place.admin, "commissioner_officer", BOARD)
    give_role(place.admin, "practice_manager", PRACTICE)
    at_board = actor_for(place.admin.pk, BOARD, TODAY)
    assert at_board == Actor(
        place.admin.pk,
        BOARD,
        frozenset({RoleAt("organisation_administrator", BOARD), RoleAt("commissioner_officer", BOARD)}),
    )
    at_practice = actor_for(place.admin.pk, PRACTICE, TODAY)
    assert at_practice.roles == frozenset({RoleAt("practice_manager", PRACTICE)})


def test_an_organisation_where_somebody_holds_nothing_gives_their_first(place: Any) -> None:
    assert actor_for(place.admin.pk, PRACTICE, TODAY).acting_for == BOARD
    assert actor_for(place.admin.pk, "", TODAY).acting_for == BOARD


def test_ended_roles_and_inactive_people_do_not_act(place: Any) -> None:
    RoleHolding.objects.filter(person=place.colleague).update(ended_at=NOW, ended_by=place.admin.pk)
    assert actor_for(place.colleague.pk, BOARD, TODAY).roles == frozenset()
    Person.objects.filter(pk=place.admin.pk).update(is_active=False)
    assert actor_for(place.admin.pk, BOARD, TODAY).roles == frozenset()


def test_roles_are_shown_in_words_with_the_names_of_the_day(place: Any) -> None:
    (held,) = holdings_of(place.admin.pk, TODAY)
    assert (held.role_name, held.organisation_name) == (
        "Organisation administrator",
        "NHS Vale Integrated Care Board",
    )


def test_a_role_that_is_no_longer_in_the_table_shows_its_code(place: Any) -> None:
    RoleHolding.objects.filter(person=place.admin).update(role="town_crier")
    assert holdings_of(place.admin.pk, TODAY)[0].role_name == "town_crier"


def test_a_person_has_a_name_and_a_pseudonym_without_one_is_shown_as_it_is(place: Any) -> None:
    assert person_name(place.admin.pk) == place.admin.get_full_name() == str(place.admin) == "Ada Marsh"
    assert person_name("system") == "system"


# -- whom they see -------------------------------------------------------------------------------------------


def test_colleagues_are_seen_with_all_their_roles_and_others_are_not(place: Any) -> None:
    give_role(place.colleague, "witness", BOARD)
    give_role(place.colleague, "practice_manager", PRACTICE)
    found = {one.name: [held.role for held in one.roles] for one in people_of(BOARD, place.by, TODAY)}
    assert found == {
        "Ada Marsh": ["organisation_administrator"],
        "Benedict Okoro": ["commissioner_officer", "witness"],
    }


def test_those_who_left_are_not_seen(place: Any) -> None:
    RoleHolding.objects.filter(person=place.colleague).update(ended_at=NOW, ended_by=place.admin.pk)
    assert [one.name for one in people_of(BOARD, place.by, TODAY)] == ["Ada Marsh"]


@pytest.mark.parametrize("role", sorted(ROLES))
def test_no_role_sees_the_people_of_another_organisation(place: Any, role: str) -> None:
    """National roles reach the nation's registers, not other organisations' staff lists."""
    elsewhere = make_organisation("ZZ9", fitting_kind(role))
    somebody = acting(make_person((role, elsewhere)))
    with pytest.raises(Refused, match="you act for"):
        people_of(BOARD, somebody, TODAY)
    with pytest.raises(Refused):
        invitations_of(BOARD, somebody)


def test_a_visitor_is_asked_to_sign_in_and_somebody_without_a_role_is_not(place: Any) -> None:
    for who, code in ((ANYONE, "sign_in"), (acting(make_person()), "not_permitted")):
        with pytest.raises(Refused) as refusal:
            people_of(BOARD, who, TODAY)
        assert refusal.value.code == code


def test_a_role_that_may_not_see_people_does_not(place: Any) -> None:
    witness = make_person(("witness", BOARD))
    with pytest.raises(Refused, match="in your present role"):
        people_of(BOARD, acting(witness), TODAY)


def test_only_an_organisations_own_open_invitations_are_seen(place: Any) -> None:
    for by, organisation, role in (
        (place.by, BOARD, "commissioner_officer"),
        (place.by_outsider, PRACTICE, "practice_manager"),
    ):
        invite_person(
            email="dora@vale.example.org",
            name="Dora Finch",
            role=role,
            organisation=organisation,
            by=by,
            at=NOW,
            once="1",
        )
    (seen,) = invitations_of(BOARD, place.by)
    assert seen.organisation_id == BOARD
    assert str(seen) == "commissioner_officer at QXX"
    with pytest.raises(Refused):
        invitations_of(BOARD, place.by_colleague)


def test_the_roles_that_can_be_given_depend_on_the_kind_of_organisation(place: Any) -> None:
    assert {role.code for role in roles_grantable(BOARD, TODAY)} == {
        "commissioner_officer",
        "organisation_administrator",
        "witness",
    }
    assert "practice_manager" in {role.code for role in roles_grantable(PRACTICE, TODAY)}
    assert roles_grantable("NOWHERE", TODAY) == []


def test_demo_accounts_are_those_of_the_demo_only(place: Any) -> None:
    make_person(("commissioner_officer", BOARD), email=f"officer@{DEMO_DOMAIN}", name="Edmund Sayle")
    (account,) = demo_accounts(TODAY)
    assert (account.name, [held.role for held in account.roles]) == ("Edmund Sayle", ["commissioner_officer"])


# -- Django's own question -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "permission"), list(itertools.product(sorted(ROLES), [each.value for each in Permission]))
)
def test_has_perm_answers_as_the_table_says(db: None, role: str, permission: str) -> None:
    home = make_organisation("HM1", fitting_kind(role))
    make_organisation("ZZ9", "icb")
    person = make_person((role, home))
    listed = permission in ROLES[role].permissions
    assert person.has_perm(permission, home) is listed
    assert person.has_perm(permission) is listed
    assert person.has_perm(permission, "ZZ9") is (listed and ROLES[role].scope is Scope.NATION)


def test_has_perm_counts_every_organisation_where_roles_are_held_now(place: Any) -> None:
    give_role(place.outsider, "data_steward", NATIONAL_BODY)
    assert place.outsider.has_perm("register.import_files", PRACTICE)
    assert place.outsider.has_perm("accounts.invite_people", PRACTICE)
    assert not place.outsider.has_perm("accounts.invite_people", BOARD)
    RoleHolding.objects.filter(person=place.outsider).update(ended_at=NOW, ended_by="system")
    assert not place.outsider.has_perm("register.import_files", PRACTICE)


def test_has_perm_refuses_strangers_and_things_not_in_the_table(place: Any) -> None:
    assert not AnonymousUser().has_perm("register.import_files", BOARD)
    assert not place.admin.has_perm("register.rule_the_world", BOARD)
    assert not make_person().has_perm("accounts.see_people", BOARD)


# -- when and by whom ----------------------------------------------------------------------------------------


def half_said(what: str, place: Any) -> Any:
    return {
        "ended": RoleHolding.objects.filter(person=place.admin),
        "erased": Person.objects.filter(pk=place.admin.pk),
        "accepted": Invitation.objects.all(),
    }[what]


@pytest.mark.parametrize("what", ["ended", "erased", "accepted"])
def test_the_database_keeps_when_and_by_whom_together(place: Any, what: str) -> None:
    invite_person(
        email="dora@vale.example.org",
        name="Dora Finch",
        role="commissioner_officer",
        organisation=BOARD,
        by=place.by,
        at=NOW,
        once="1",
    )
    for half in ({f"{what}_at": NOW}, {f"{what}_by": "system"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            half_said(what, place).update(**half)
    assert half_said(what, place).update(**{f"{what}_at": NOW, f"{what}_by": "system"}) == 1


def test_the_database_lets_nobody_hold_one_role_twice_at_once(place: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        give_role(place.admin, "organisation_administrator", BOARD)


def test_nobody_can_be_made_a_superuser_by_a_command(db: None) -> None:
    """Every permission comes from the table; there is no account above it."""
    assert not hasattr(Person.objects, "create_superuser")
    assert str(RoleHolding(role="witness", organisation_id=BOARD)) == "witness at QXX"
