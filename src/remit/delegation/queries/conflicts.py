"""Who has an interest in what an application is about: by stable codes, through successions and member practices."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from remit.accounts.queries import holdings_of
from remit.delegation.models import DeclaredInterest
from remit.delegation.rules import interest_kinds
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.decision import ALLOWED, Decision, refuse
from remit.kernel.moments import london_day
from remit.register.queries import commissioners_ever_of, lineage_of, names_on

INTERESTS = "Managing conflicts of interest: nobody assesses or decides where they have an interest"


LEFT_BY_INTEREST = "An assessor declared an interest and was released; assign another"
"""Why an assessor left who declared an interest, as the programme and the moderator read it."""


@dataclass(frozen=True)
class DeclaredInterestRow:
    """An interest that somebody declared. `ended_on` is its last day, None while it lasts."""

    id: str
    person: str
    organisation: str
    name: str
    kind: str
    kind_name: str
    what: str
    began_on: date
    ended_on: date | None


def conflicts_of(people: Collection[str], commissioner: str, on: date) -> dict[str, str]:
    """Who of some people must keep out of a commissioner's application, and why, in words; the others are not in it.

    An interest counts on its days. It concerns the body itself, all before and after it, and where it is a practice
    or a network every commissioner that it ever belonged to. A role held there counts like a declared interest.
    """
    barred = {person: _barred(person, on) for person in people}
    return {person: why[commissioner] for person, why in barred.items() if commissioner in why}


def kept_out_of(person: str, on: date) -> frozenset[str]:
    """The commissioners whose applications somebody must keep out of on a day."""
    return frozenset(_barred(person, on))


def free_of_interest(by: Actor, commissioner: str, at: datetime) -> Decision:
    """Whether somebody has no interest in a commissioner: the refusal ``conflicted`` says which one they have."""
    why = conflicts_of([by.person], commissioner, london_day(at)).get(by.person)
    if why is None:
        return ALLOWED
    return refuse("conflicted", f"You have {why}. Somebody without an interest has to do this.", INTERESTS)


def _barred(person: str, on: date) -> dict[str, str]:
    """Why somebody must keep out, by the commissioner."""
    declared = DeclaredInterest.objects.filter(person=person, began_on__lte=on).filter(
        Q(ended_on__isnull=True) | Q(ended_on__gte=on)
    )
    held = {row.organisation: "a declared interest" for row in declared}
    held.update({each.organisation: "a role" for each in holdings_of(person, on)})
    if not held:
        return {}
    ever = commissioners_ever_of(held)
    lineages = lineage_of({*held, *(each for places in ever.values() for each in places)})
    found: dict[str, str] = {}
    for place, what in held.items():
        for code in lineages[place]:
            found.setdefault(code, f"{what} in {place}, which is the commissioner or came before or after it")
        for each in ever[place]:
            for code in lineages[each]:
                found.setdefault(code, f"{what} in {place}, which belonged to the commissioner")
    return found


def declared_interests_of(by: Actor) -> list[DeclaredInterestRow]:
    """What somebody declared, the newest first. Only for themselves."""
    if not may(by, Permission.DECLARE_INTERESTS).allowed:
        return []
    rows = list(DeclaredInterest.objects.filter(person=by.person).order_by("-declared_at", "-id"))
    names = _names(rows)
    return [
        DeclaredInterestRow(
            row.pk,
            row.person,
            row.organisation,
            names.get(row.organisation, row.organisation),
            row.kind,
            interest_kinds()[row.kind],
            row.what,
            row.began_on,
            row.ended_on,
        )
        for row in rows
    ]


def _names(rows: Collection[DeclaredInterest]) -> dict[str, str]:
    on = max((london_day(row.declared_at) for row in rows), default=date.max)
    return names_on({row.organisation for row in rows}, on)
