"""The roll: who may vote, for how much, and for whom; frozen when notice is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Voter:
    """Somebody on the roll: a practice by its code, or a person by a pseudonym. `weight`: what they count for."""

    code: str
    weight: Fraction = Fraction(1)
    locality: str = ""


@dataclass(frozen=True)
class Roll:
    """Everybody who may vote, each once. Raises `ValueError` for somebody twice and for a weight below nought."""

    voters: tuple[Voter, ...]

    def __post_init__(self) -> None:
        if len({each.code for each in self.voters}) != len(self.voters):
            raise ValueError("somebody is on the roll twice")
        if any(each.weight < 0 for each in self.voters):
            raise ValueError("a weight cannot be less than nothing")

    @property
    def by_code(self) -> Mapping[str, Voter]:
        """The voters by code."""
        return {each.code: each for each in self.voters}

    @property
    def weight(self) -> Fraction:
        """All weights together."""
        return sum((each.weight for each in self.voters), Fraction(0))
