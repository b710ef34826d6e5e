"""The catalogue: levels of co-commissioning, and the powers that come with each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


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
class Power:
    """Something a commissioner may be empowered to do; `held` is how, by level. A level left out gives none."""

    code: str
    name: str
    held: Mapping[int, Held]
    since: date
    reference: str

    def at_level(self, level: int) -> Held:
        """How it is held at a level."""
        return self.held.get(level, Held.NONE)

    @property
    def is_reserved(self) -> bool:
        """Whether no level gives it: NHS England keeps it."""
        return all(how is Held.NONE for how in self.held.values())

    @property
    def least_level(self) -> int | None:
        """The lowest level that gives it at all; None if it is reserved."""
        return min((level for level, how in self.held.items() if how is not Held.NONE), default=None)
