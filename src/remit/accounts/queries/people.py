"""Reads about people. Everything is scoped to the organisation somebody acts for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import QuerySet

from remit.accounts.models import Invitation, Person, RoleHolding
from remit.engines.permissions import ROLES, Permission, Role, may, may_hold
from remit.kernel.actor import ANYONE, Actor, RoleAt
from remit.kernel.canonical import sha256_hex
from remit.kernel.decision import ALLOWED, Decision, Reason, Refused, refuse, require
from remit.register.queries import in_chunks, kind_on, names_on

DEMO_PASSWORD = "remit-demo-2015"  # noqa: S105 - printed on the sign-in page, in demo mode only
DEMO_DOMAIN = "demo.remit.example"
ERASED_DOMAIN = "erased.invalid"
ERASED_NAME = "Erased person"
CLAUSE = "Permission table"


@dataclass(frozen=True)
class Held:
    """A role somebody holds, in words."""

    id: str
    role: str
    role_name: str
    organisation: str
    organisation_name: str


@dataclass(frozen=True)
class Colleague:
    """A person at an organisation and the roles they hold there now."""

    id: str
    name: str
    email: str
    roles: tuple[Held, ...]


@dataclass(frozen=True)
class DemoAccount:
    """A demo account: an invented person, for demo mode only."""

    name: str
    email: str
    roles: tuple[Held, ...]


def erased_email(pseudonym: str) -> str:
    """What stands in place of an address: never deliverable (RFC 2606), and different for each."""
    return f"{pseudonym.lower()}@{ERASED_DOMAIN}"


def actor_for(person: str | None, acting_for: str, on: date) -> Actor:
    """Who somebody is when they act for an organisation: only the roles they hold there.

    An organisation where they hold none gives the first where they do; nobody signed in is `ANYONE`.
    """
    if person is None:
        return ANYONE
    possible = actors_of(person)
    for actor in possible:
        if actor.acting_for == acting_for:
            return actor
    return possible[0] if possible else Actor(person=person)


def actors_of(person: str) -> list[Actor]:
    """Everybody that somebody can be: an actor for each organisation where they hold a role, oldest first."""
    held = RoleHolding.objects.filter(person_id=person, ended_at__isnull=True, person__is_active=True)
    roles: dict[str, set[RoleAt]] = {}
    for role, organisation in held.order_by("granted_at", "pk").values_list("role", "organisation_id"):
        roles.setdefault(organisation, set()).add(RoleAt(role, organisation))
    return [Actor(person=person, acting_for=place, roles=frozenset(here)) for place, here in roles.items()]


def holdings_of(person: str, on: date) -> tuple[Held, ...]:
    """The roles somebody holds now, with names as on a day."""
    rows = list(
        RoleHolding.objects.filter(person_id=person, ended_at__isnull=True).order_by("granted_at", "pk")
    )
    names = names_on({row.organisation_id for row in rows}, on)
    return tuple(_held(row, names) for row in rows)


def holders_of_role(role: str, organisations: Collection[str], at: datetime) -> dict[str, str]:
    """Pseudonyms of those who held a role at some organisations at an instant, each with where; in one place each."""
    found: dict[str, str] = {}
    for chunk in in_chunks(organisations):
        rows = RoleHolding.objects.filter(role=role, organisation_id__in=chunk)
        rows = rows.filter(granted_at__lte=at).exclude(ended_at__lte=at)
        for person, organisation in rows.order_by("organisation_id").values_list(
            "person_id", "organisation_id"
        ):
            found.setdefault(person, organisation)
    return found


def people_of(organisation: str, by: Actor, on: date) -> list[Colleague]:
    """The people who hold a role at an organisation now. Refused to anybody from elsewhere, whatever they may
    do in the nation: names and addresses are for colleagues."""
    _require_colleague(by, organisation)
    require(may(by, Permission.SEE_PEOPLE, organisation))
    rows = RoleHolding.objects.filter(organisation_id=organisation, ended_at__isnull=True)
    names = names_on({organisation}, on)
    people: dict[str, Colleague] = {}
    for row in rows.select_related("person").order_by("person__name", "role"):
        known = people.get(row.person_id)
        roles = (*known.roles, _held(row, names)) if known else (_held(row, names),)
        people[row.person_id] = Colleague(row.person_id, row.person.name, row.person.email, roles)
    return list(people.values())


def former_people_of(organisation: str, by: Actor, on: date) -> list[Colleague]:
    """The people who held a role at an organisation, hold none there now, and have not been erased."""
    _require_colleague(by, organisation)
    require(may(by, Permission.ERASE_PEOPLE, organisation))
    here = RoleHolding.objects.filter(organisation_id=organisation)
    left = Person.objects.filter(pk__in=here.values("person_id"), erased_at__isnull=True)
    left = left.exclude(pk__in=here.filter(ended_at__isnull=True).values("person_id"))
    return [Colleague(person.pk, person.name, person.email, ()) for person in left.order_by("name", "pk")]


def may_erase(person: str, by: Actor) -> Decision:
    """Whether somebody's details may be erased by an administrator of an organisation where they ever worked.

    Refuses with ``not_found`` for anybody else, ``not_permitted``, ``own_role`` and ``roles_elsewhere``.
    """
    held = RoleHolding.objects.filter(person_id=person)
    if not held.filter(organisation_id=by.acting_for).exists():
        return refuse("not_found", "There is no such person at your organisation.", CLAUSE)
    allowed = may(by, Permission.ERASE_PEOPLE, by.acting_for)
    if not allowed.allowed:
        return allowed
    if person == by.person:
        return refuse("own_role", "You cannot erase yourself. Ask another administrator.", CLAUSE)
    if held.filter(ended_at__isnull=True).exclude(organisation_id=by.acting_for).exists():
        message = "They also hold a role elsewhere. End that role first."
        return refuse("roles_elsewhere", message, CLAUSE)
    return ALLOWED


def invitations_of(organisation: str, by: Actor) -> QuerySet[Invitation]:
    """Invitations of an organisation that have not been taken up. Refused to anybody from elsewhere."""
    require(may(by, Permission.INVITE_PEOPLE, organisation))
    waiting = Invitation.objects.filter(organisation_id=organisation, accepted_at__isnull=True)
    return waiting.exclude(email__endswith=f"@{ERASED_DOMAIN}")


def invitation(token: str) -> Invitation | None:
    """The invitation that a link's secret belongs to."""
    return Invitation.objects.filter(secret_sha256=sha256_hex(token.encode())).first()


def roles_grantable(organisation: str, on: date) -> list[Role]:
    """The roles that can be held at an organisation, by its kind on a day."""
    kind = kind_on(organisation, on)
    if kind is None:
        return []
    return [role for role in ROLES.values() if may_hold(role.code, kind).allowed]


def person_name(person: str) -> str:
    """A person's name for their colleagues; the pseudonym where there is none."""
    return Person.objects.filter(pk=person).values_list("name", flat=True).first() or person


def may_sign_in(email: str) -> Decision:
    """Whether the account with an address may be used. The demo's accounts, whose password everybody knows, may
    be used only where the service says that it is a demonstration."""
    if settings.REMIT_DEMO or not email.lower().endswith(f"@{DEMO_DOMAIN}"):
        return ALLOWED
    message = (
        "This account is one of the demonstration’s, and this service is not running as a demonstration. "
        "Whoever runs it can start it with REMIT_DEMO=1, or make an account for you with: remit people add."
    )
    return refuse("demo_only", message, "Demonstration accounts")


def demo_accounts(on: date) -> list[DemoAccount]:
    """The demo's invented people with the roles they hold. Doors show them in demo mode only."""
    people = Person.objects.filter(email__endswith=f"@{DEMO_DOMAIN}", is_active=True).order_by(
        "joined_at", "name"
    )
    return [DemoAccount(person.name, person.email, holdings_of(person.pk, on)) for person in people]


def _require_colleague(by: Actor, organisation: str) -> None:
    if by.roles and by.acting_for != organisation:
        message = "You can see the people of the organisation you act for, and no others."
        raise Refused(Reason("not_permitted", message, CLAUSE))


def _held(row: RoleHolding, names: dict[str, str]) -> Held:
    role = ROLES.get(row.role)
    return Held(
        row.pk,
        row.role,
        role.name if role else row.role,
        row.organisation_id,
        names.get(row.organisation_id, row.organisation_id),
    )
