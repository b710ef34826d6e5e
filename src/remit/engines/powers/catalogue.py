"""The catalogue: levels of co-commissioning, contractor groups, and the powers over each that come with a level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from remit.kernel.period import Period

GENERAL_PRACTICE = "general_practice"
"""The contractor group that every arrangement covers unless it says otherwise."""


class Held(StrEnum):
    """How a power is held: not at all, together with NHS England, or alone."""

    NONE = "none"
    JOINT = "joint"
    HELD = "held"


@dataclass(frozen=True)
class Level:
    """A level of co-commissioning. `needs` are codes of what must be there before its powers can come on."""

    level: int
    name: str
    meaning: str
    since: date
    needs: tuple[str, ...]
    needs_in_words: tuple[str, ...]
    reference: str

    @property
    def title(self) -> str:
        """ "Level 3, delegated commissioning"."""
        return f"Level {self.level}, {self.name[0].lower()}{self.name[1:]}"


@dataclass(frozen=True)
class Group:
    """A contractor group: `since` when a commissioner could have powers over it at all, and from when everywhere."""

    code: str
    name: str
    since: date
    everywhere_from: date
    note: str
    guidance: str


@dataclass(frozen=True)
class Provision:
    """A line of the matrix: over these groups and on these days, how the power is held at each level, and which
    clause says so. A level left out gives none. `reference` is the document with its date and the clause."""

    groups: tuple[str, ...]
    period: Period
    held: Mapping[int, Held]
    guidance: str
    clause: str
    reference: str

    def at_level(self, level: int) -> Held:
        """How it is held at a level."""
        return self.held.get(level, Held.NONE)

    @property
    def is_reserved(self) -> bool:
        """Whether no level gives it."""
        return all(how is Held.NONE for how in self.held.values())


@dataclass(frozen=True)
class Power:
    """Something a commissioner may be empowered to do. `formerly` are codes that it had before; `names_over`: what it
    is called over other groups, where that differs."""

    code: str
    name: str
    about: str
    provisions: tuple[Provision, ...]
    formerly: tuple[str, ...] = ()
    names_over: Mapping[str, str] = field(default_factory=dict)

    def name_over(self, group: str) -> str:
        """What it is called over a group."""
        return self.names_over.get(group, self.name)

    def provision(self, group: str, on: date) -> Provision | None:
        """The line of the matrix for a group on a day; where two cover it, the later one."""
        found = [each for each in self.provisions if group in each.groups and on in each.period]
        return max(found, key=lambda each: each.period.first, default=None)

    def latest(self, group: str = GENERAL_PRACTICE) -> Provision | None:
        """The last line of the matrix for a group."""
        found = [each for each in self.provisions if group in each.groups]
        return max(found, key=lambda each: each.period.first, default=None)

    def how(self, level: int, group: str, on: date) -> Held:
        """How a level gives it over a group on a day."""
        found = self.provision(group, on)
        return found.at_level(level) if found else Held.NONE

    def at_level(self, level: int, group: str = GENERAL_PRACTICE) -> Held:
        """How it is held at a level by the last line for a group."""
        found = self.latest(group)
        return found.at_level(level) if found else Held.NONE

    @property
    def groups(self) -> tuple[str, ...]:
        """The contractor groups it is about, in the order of the catalogue."""
        return tuple(dict.fromkeys(group for each in self.provisions for group in each.groups))

    @property
    def since(self) -> date:
        """The first day for which the catalogue knows it."""
        return min(each.period.first for each in self.provisions)

    @property
    def reference(self) -> str:
        """Where it is laid down, by the first line."""
        return self.provisions[0].reference

    @property
    def is_reserved(self) -> bool:
        """Whether no level ever gives it over any group: NHS England keeps it."""
        return all(each.is_reserved for each in self.provisions)

    def least_level(self, group: str = GENERAL_PRACTICE) -> int | None:
        """The lowest level that ever gives it over a group; None if it is reserved."""
        levels = [
            level
            for each in self.provisions
            if group in each.groups
            for level, how in each.held.items()
            if how is not Held.NONE
        ]
        return min(levels, default=None)
