"""The permission table, asked."""

from __future__ import annotations

import itertools

import pytest

from remit.engines.permissions import ROLES, Permission, Scope, may, may_hold
from remit.engines.permissions.roles import WHAT_IT_MEANS
from remit.kernel.actor import ANYONE, Actor, RoleAt


def holder(role: str, organisation: str = "00C", acting_for: str | None = None) -> Actor:
    place = organisation if acting_for is None else acting_for
    return Actor("01J", place, frozenset({RoleAt(role, organisation)}))


@pytest.mark.parametrize(("role", "permission"), list(itertools.product(sorted(ROLES), list(Permission))))
def test_every_cell_at_home_and_elsewhere(role: str, permission: Permission) -> None:
    """At their own organisation people may do what their role lists; elsewhere only a national role may."""
    listed = permission in ROLES[role].permissions
    assert may(holder(role), permission, "00C").allowed is listed
    assert may(holder(role), permission).allowed is listed
    national = ROLES[role].scope is Scope.NATION
    assert may(holder(role), permission, "99Z").allowed is (listed and national)


def test_nobody_signed_in_may_do_nothing_and_is_told_to_sign_in() -> None:
    for permission in Permission:
        decision = may(ANYONE, permission)
        assert not decision.allowed
        assert decision.reasons[0].code == "sign_in"


def test_a_role_counts_only_while_acting_for_its_organisation() -> None:
    elsewhere = holder("organisation_administrator", "00C", acting_for="A81001")
    decision = may(elsewhere, Permission.INVITE_PEOPLE, "00C")
    assert not decision.allowed
    assert "change the organisation you act for" in decision.reasons[0].message


def test_an_unknown_role_gives_nothing() -> None:
    assert not may(holder("king"), Permission.IMPORT_FILES).allowed


def test_a_refusal_names_the_roles_that_can() -> None:
    reason = may(holder("lmc_officer"), Permission.IMPORT_FILES).reasons[0]
    assert "Data steward" in reason.message
    assert reason.code == "not_permitted"


@pytest.mark.parametrize(
    ("role", "kind", "allowed"),
    [
        ("practice_manager", "practice", True),
        ("practice_manager", "icb", False),
        ("commissioner_officer", "icb", True),
        ("commissioner_officer", "ccg", True),
        ("commissioner_officer", "lmc", False),
        ("data_steward", "national_body", True),
        ("data_steward", "practice", False),
        ("organisation_administrator", "publisher", True),
        ("king", "icb", False),
    ],
)
def test_where_a_role_can_be_held(role: str, kind: str, allowed: bool) -> None:
    assert may_hold(role, kind).allowed is allowed


def test_every_permission_is_in_words_and_given_by_some_role() -> None:
    given = set().union(*(role.permissions for role in ROLES.values()))
    assert given == set(Permission) == set(WHAT_IT_MEANS)


def test_every_role_is_described() -> None:
    for code, role in ROLES.items():
        assert role.code == code
        assert role.name
        assert role.what.endswith(".")
