"""Whether people, their roles and invitations are what the ledger's entries made them.

Somebody who can write to the database could give themself a role, or somebody else's account their own address. The
ledger has an entry for each role given or ended, each invitation, each person who joined and each who was erased, so
what has none shows. Not in the ledger, so not checked: passwords, second steps, sessions, and the secrets of
invitations' links.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import F

from remit.accounts.models import Invitation, Person, RoleHolding
from remit.accounts.queries.people import ERASED_NAME, erased_email
from remit.ledger.queries import LONGEST_WAIT, Told, told, values_behind
from remit.register.queries import Disagreement

type_of_role = tuple[str, str, str]


@dataclass
class Begun:
    """What an entry says of a role that somebody was given."""

    role: type_of_role
    at: datetime
    by: str


@dataclass
class Known:
    """What an entry says of somebody, or of an invitation: the commitments to their address and name."""

    at: datetime
    by: str
    email: str
    name: str
    role: str = ""
    organisation: str = ""


@dataclass
class Story:
    """What the ledger says, read from the beginning. Roles given at registration are told without their ids."""

    begun: dict[str, Begun] = field(default_factory=dict)
    registered: dict[type_of_role, Begun] = field(default_factory=dict)
    ended: dict[str, tuple[datetime, str]] = field(default_factory=dict)
    people: dict[str, Known] = field(default_factory=dict)
    invitations: dict[str, Known] = field(default_factory=dict)
    accepted: dict[str, tuple[datetime, str]] = field(default_factory=dict)
    erased: dict[str, tuple[datetime, str]] = field(default_factory=dict)

    def read(self, entry: Told) -> None:
        """One more entry."""
        kind, _, key = entry.subject.partition("/")
        self.READERS[entry.act](self, entry, kind, key)

    def _registered(self, entry: Told, _: str, person: str) -> None:
        self._known(entry, person)
        for role, organisation in entry.details["roles"]:
            given = (person, role, organisation)
            self.registered[given] = Begun(given, entry.at, entry.by)

    def _invited(self, entry: Told, _: str, invitation: str) -> None:
        said = entry.details
        self.invitations[invitation] = Known(
            entry.at, entry.by, said["email"], said["name"], said["role"], said["organisation"]
        )

    def _joined(self, entry: Told, _: str, person: str) -> None:
        self._known(entry, person)
        said = entry.details
        self.accepted[said["invitation"]] = (entry.at, person)
        invited = self.invitations.get(said["invitation"])
        given = (person, said["role"], said["organisation"])
        self._begin(said["holding"], Begun(given, entry.at, invited.by if invited else ""))

    def _granted(self, entry: Told, _: str, holding: str) -> None:
        self._begin(holding, Begun(_role_of(entry), entry.at, entry.by))

    def _ended(self, entry: Told, _: str, holding: str) -> None:
        """A role given at registration gets its id here."""
        if holding not in self.begun and _role_of(entry) in self.registered:
            self.begun[holding] = self.registered.pop(_role_of(entry))
        self.ended.setdefault(holding, (entry.at, entry.by))

    def _erased(self, entry: Told, kind: str, key: str) -> None:
        when = (entry.at, entry.by)
        for gone in (key, *entry.details.get("invitations", ())):
            self.erased.setdefault(gone, when)
        for holding in entry.details.get("ended", ()):
            self.ended.setdefault(holding, when)

    def _known(self, entry: Told, person: str) -> None:
        said = entry.details
        first = self.people.get(person)
        at, by = (first.at, first.by) if first else (entry.at, entry.by)
        self.people[person] = Known(at, by, said["email"], said["name"])

    def _begin(self, holding: str, given: Begun) -> None:
        """Whoever holds a role already keeps the holding they have."""
        if holding not in self.begun:
            self.begun[holding] = self.registered.pop(given.role, given)

    READERS = {
        "person.registered": _registered,
        "person.invited": _invited,
        "person.joined": _joined,
        "role.granted": _granted,
        "role.ended": _ended,
        "ledger.openings_erased": _erased,
    }


def disagreements() -> Iterator[Disagreement]:
    """Everything about people, roles and invitations that the ledger does not bear out. Names nobody."""
    story = Story()
    for entry in told(Story.READERS):
        try:
            story.read(entry)
        except (KeyError, TypeError, ValueError, AttributeError):
            yield Disagreement(f"entry/{entry.index}", f"Entry {entry.index} does not say what it should.")
    yield from _people(story)
    yield from _invitations(story)
    yield from _holdings(story)


def _role_of(entry: Told) -> type_of_role:
    said = entry.details
    return said["person"], said["role"], said["organisation"]


def _agrees(stored: datetime | None, said: datetime | None) -> bool:
    """Whether an instant is that of its entry. Who waited for a turn to write is dated a few minutes later."""
    if stored is None or said is None:
        return stored is said
    return timedelta(0) <= said - stored <= LONGEST_WAIT


# -- roles ---------------------------------------------------------------------------------------------------


def _holdings(story: Story) -> Iterator[Disagreement]:
    for row in RoleHolding.objects.order_by("granted_at", "pk"):
        where = f"holding/{row.pk}"
        role = (row.person_id, row.role, row.organisation_id)
        what = f"The role {row.role} of {row.person_id} at {row.organisation_id}"
        given = story.begun.pop(row.pk, None) or story.registered.pop(role, None)
        if given is None:
            yield Disagreement(where, f"{what} is there, but no entry of the ledger gives it.")
            continue
        if given.role != role or given.by != row.granted_by or not _agrees(row.granted_at, given.at):
            person, code, place = given.role
            said = f"the role {code} of {person} at {place}, given by {given.by} at {given.at.isoformat()}"
            yield Disagreement(where, f"{what} was changed. The ledger says: {said}.")
        at, by = story.ended.get(row.pk, (None, ""))
        if by != row.ended_by or not _agrees(row.ended_at, at):
            said = f"ended by {by} at {at.isoformat()}" if at else "not ended"
            yield Disagreement(where, f"{what}: its end was changed. The ledger says: {said}.")
    for given in (*story.begun.values(), *story.registered.values()):
        person, code, place = given.role
        message = f"The role {code} of {person} at {place}, given at {given.at.isoformat()}, is missing."
        yield Disagreement(f"person/{person}", message)


# -- people --------------------------------------------------------------------------------------------------


def _people(story: Story) -> Iterator[Disagreement]:
    values = values_behind("person")
    for person in Person.objects.order_by("pk"):
        known = story.people.pop(person.pk, None)
        if known is None:
            message = f"The person {person.pk} is there, but no entry of the ledger made them."
            yield Disagreement(f"person/{person.pk}", message)
            continue
        for wrong in _wrong_of(person, known, story.erased.get(person.pk), values):
            yield Disagreement(f"person/{person.pk}", f"The person {person.pk}: {wrong}.")
    for missing in story.people:
        yield Disagreement(f"person/{missing}", f"The person {missing} is missing.")
    yield from _powers_and_addresses()


def _wrong_of(
    person: Person, known: Known, erased: tuple[datetime, str] | None, values: dict[str, str]
) -> Iterator[str]:
    if not _agrees(person.joined_at, known.at):
        yield "the day they joined was changed"
    at, by = erased or (None, "")
    if person.erased_by != by or not _agrees(person.erased_at, at):
        yield "whether and when they were erased was changed"
    if person.is_active is (erased is not None):
        yield "whether they may sign in was changed"
    if erased:
        expected = {"e-mail address": erased_email(person.pk), "name": ERASED_NAME}
    else:
        expected = {"e-mail address": values.get(known.email, ""), "name": values.get(known.name, "")}
    for what, there in (("e-mail address", person.email), ("name", person.name)):
        if not expected[what]:
            yield f"what the ledger’s commitment to their {what} stands for is gone, and nobody erased it"
        elif there != expected[what]:
            yield f"their {what} was changed"


def _powers_and_addresses() -> Iterator[Disagreement]:
    """Ways past the permission table and the address, which Django and allauth would have and nothing here uses."""
    able = Person.objects.filter(is_superuser=True) | Person.objects.filter(is_staff=True)
    able |= Person.objects.filter(groups__isnull=False) | Person.objects.filter(
        user_permissions__isnull=False
    )
    for person in sorted(set(able.values_list("pk", flat=True))):
        message = (
            f"The person {person} has powers that no act gives: superuser, staff, a group or a permission."
        )
        yield Disagreement(f"person/{person}", message)
    other = EmailAddress.objects.exclude(email__iexact=F("user__email"))
    for person in sorted(set(other.values_list("user_id", flat=True))):
        message = f"The person {person} has a second e-mail address, which no act gives."
        yield Disagreement(f"person/{person}", message)


# -- invitations ---------------------------------------------------------------------------------------------


def _invitations(story: Story) -> Iterator[Disagreement]:
    values = values_behind("invitation")
    there = {made.pk: made for made in Invitation.objects.order_by("pk")}
    for key in sorted(there.keys() | story.invitations.keys() | story.accepted.keys()):
        made, known = there.get(key), story.invitations.get(key)
        if made is None:
            wrong = "is missing"
        elif known is None:
            wrong = "is there, but no entry of the ledger made it"
        else:
            wrong = _wrong_in(made, known, key in story.erased, story.accepted.get(key, (None, "")), values)
        if wrong:
            yield Disagreement(f"invitation/{key}", f"The invitation {key} {wrong}.")


def _wrong_in(
    made: Invitation,
    known: Known,
    is_erased: bool,
    accepted: tuple[datetime | None, str],
    values: dict[str, Any],
) -> str:
    said = (known.role, known.organisation, known.by)
    if (made.role, made.organisation_id, made.invited_by) != said or not _agrees(made.invited_at, known.at):
        return "was changed: its role, its organisation, who made it or when"
    if (made.accepted_by != accepted[1]) or not _agrees(made.accepted_at, accepted[0]):
        return "was changed: whether and by whom it was taken up"
    if is_erased:
        expected = (erased_email(made.pk), ERASED_NAME)
    else:
        expected = (values.get(known.email, ""), values.get(known.name, ""))
    return "" if (made.email, made.name) == expected else "was changed: whom it is for"
