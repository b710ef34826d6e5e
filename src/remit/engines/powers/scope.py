"""What an arrangement covers on a day: its contractor groups, and the powers kept back or made joint.

Pharmacy added later, or performance management kept by NHS England, are changes of one arrangement's scope.
Source: delegation agreements are changed by consensual variation, from a day that the variation says.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from remit.engines.powers.catalogue import GENERAL_PRACTICE, Held, Power
from remit.kernel.period import Period

Over = frozenset[tuple[str, str]]
"""Powers by contractor group: (power, group)."""


@dataclass(frozen=True)
class Variation:
    """A change of scope from a day on. Each power is named with the groups over which it changes: `reserved` goes
    back to NHS England, `made_joint` is held only together with it, `restored` is as the level gives it."""

    on: date
    groups_added: frozenset[str] = frozenset()
    groups_removed: frozenset[str] = frozenset()
    reserved: Over = frozenset()
    made_joint: Over = frozenset()
    restored: Over = frozenset()
    ref: str = ""


@dataclass(frozen=True)
class Grant:
    """An arrangement in force over a period of London days; `ref` says which. `level` is 1, 2 or 3.

    `groups` are those it covers from its first day; `variations` change that, in the order in which they were made.
    `is_whole`: it covers nothing else. Else it may, and nobody says.
    """

    level: int
    period: Period
    ref: str = ""
    groups: frozenset[str] = frozenset({GENERAL_PRACTICE})
    variations: tuple[Variation, ...] = field(default=(), repr=False)
    is_whole: bool = True


@dataclass(frozen=True)
class Scope:
    """What a grant covers on a day."""

    groups: frozenset[str]
    reserved: Over
    joint: Over

    def over(self, power: Power, level: int, group: str, on: date) -> Held:
        """How a level gives a power over a group within this scope."""
        if group not in self.groups or (power.code, group) in self.reserved:
            return Held.NONE
        how = power.how(level, group, on)
        return Held.JOINT if how is Held.HELD and (power.code, group) in self.joint else how


def in_order(variations: Iterable[Variation]) -> list[Variation]:
    """By their days; those of one day as they were made."""
    return sorted(variations, key=lambda each: each.on)


def scope_on(grant: Grant, on: date) -> Scope:
    """What a grant covers on a day: its groups, changed by every variation up to that day."""
    scope = Scope(grant.groups, frozenset(), frozenset())
    for each in in_order(grant.variations):
        if each.on <= on:
            scope = varied(scope, each)
    return scope


def varied(scope: Scope, by: Variation) -> Scope:
    """A scope after one variation."""
    changed = by.reserved | by.made_joint | by.restored
    return Scope(
        (scope.groups | by.groups_added) - by.groups_removed,
        (scope.reserved - changed) | by.reserved,
        (scope.joint - changed) | by.made_joint,
    )


def over(powers: Iterable[str], groups: Collection[str]) -> Over:
    """Each of some powers over each of some groups."""
    return frozenset((power, group) for power in powers for group in groups)


def kept_back(grant: Grant, power: str, group: str, on: date) -> Variation | None:
    """The variation by which NHS England has a power back on a day; None where it has not."""
    last = None
    for each in in_order(grant.variations):
        if each.on > on:
            break
        if (power, group) in each.reserved:
            last = each
        elif (power, group) in each.made_joint | each.restored:
            last = None
    return last
