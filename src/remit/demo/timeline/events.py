"""What a replay is made of: events at their instants, and the people whose acts they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from remit.kernel.actor import Actor, RoleAt

NATIONAL = "X24"


@dataclass(frozen=True)
class Event:
    """Something that happens at an instant; it may answer the events that follow from it. Done in order of instants."""

    at: datetime
    do: Callable[[datetime], Iterable[Event] | object]


def somebody(pseudonym: str, role: str, organisation: str) -> Actor:
    """Somebody in the replay: a pseudonym that leads to nobody."""
    return Actor(pseudonym, organisation, frozenset({RoleAt(role, organisation)}))


def officer_of(commissioner: str) -> Actor:
    """Whoever applies for a commissioner."""
    return somebody("replay-officer", "commissioner_officer", commissioner)


def local_officer_at(office: str) -> Actor:
    """Whoever works for an office of NHS England."""
    return somebody("replay-local", "local_office_officer", office)


def regional_moderator_at(region: str) -> Actor:
    """Whoever moderates for a region."""
    return somebody("replay-regional", "regional_moderator", region)


ASSESSOR = somebody("replay-assessor", "national_assessor", NATIONAL)
"""Decides. In a process with a pair of assessors the pair are others."""
FIRST = somebody("replay-first-assessor", "national_assessor", NATIONAL)
SECOND = somebody("replay-second-assessor", "national_assessor", NATIONAL)
MODERATOR = somebody("replay-moderator", "national_moderator", NATIONAL)
PROGRAMME = somebody("replay-programme", "programme_officer", NATIONAL)
