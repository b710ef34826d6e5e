"""Organisations, facts, people and roles for tests: plain functions, straight through the models.

Names are invented. What is not said is filled in, so that a test says only what it is about.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count

from remit.accounts.models import Person, RoleHolding
from remit.accounts.queries import actor_for
from remit.engines.permissions import ROLES
from remit.kernel.actor import Actor, RoleAt
from remit.kernel.moments import london_day
from remit.register.models import STILL, Fact, Organisation

OPENED = date(2013, 4, 1)
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
PASSWORD = "three quiet green otters"
NATIONAL_BODY = "X24"
SYSTEM = Actor(
    person="system", acting_for="SYSTEM", roles=frozenset(RoleAt(role, "SYSTEM") for role in ROLES)
)

_numbers = count(1)


def make_fact(code: str, about: str, value: str, first: date = OPENED, last: date = STILL) -> Fact:
    """A stated fact about an organisation, which is made if it is not there."""
    organisation, _ = Organisation.objects.get_or_create(code=code)
    return Fact.objects.create(
        organisation=organisation,
        about=about,
        value=value,
        from_on=first,
        until_on=last,
        basis="stated",
    )


def make_organisation(
    code: str, kind: str, name: str = "", *, first: date = OPENED, last: date = STILL, **facts: str
) -> str:
    """An organisation open from `first` to `last`, with `facts` for the same days. Answers its code."""
    said = {"kind": kind, "name": name or f"The {kind.replace('_', ' ')} {code}", **facts}
    for about, value in said.items():
        make_fact(code, about, value, first, last)
    return code


def make_person(
    *roles: tuple[str, str],
    name: str = "",
    email: str = "",
    password: str = PASSWORD,
    at: datetime = NOW,
) -> Person:
    """Somebody holding (role, organisation) pairs since `at`; organisations that are missing are made fitting."""
    number = next(_numbers)
    person = Person.objects.create_user(
        email or f"person{number}@example.org", password, name=name or f"Person {number}", joined_at=at
    )
    for role, organisation in roles:
        give_role(person, role, organisation, at=at)
    return person


def give_role(person: Person, role: str, organisation: str, *, at: datetime = NOW) -> RoleHolding:
    """A role held from `at`, at an organisation that is made fitting if it is missing."""
    if not Organisation.objects.filter(pk=organisation).exists():
        make_organisation(organisation, fitting_kind(role))
    return RoleHolding.objects.create(
        person=person, role=role, organisation_id=organisation, granted_at=at, granted_by="system"
    )


def fitting_kind(role: str) -> str:
    """A kind of organisation where a role can be held."""
    return min(ROLES[role].kinds, default="icb")


def acting(person: Person, organisation: str = "", at: datetime = NOW) -> Actor:
    """The person as an actor, for an organisation or the first where they hold a role."""
    return actor_for(person.pk, organisation, london_day(at))
