"""The typed rules that clauses of a constitution carry: who counts for how much, and what a vote needs.

Every rule names its clause, so that a result can quote it. Source of the kinds: the rules that commissioners,
federations and local medical committees used (docs/explanation/constitution.md); none of them is code, all are data.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

HALF = Fraction(1, 2)


class Unit(StrEnum):
    """What is counted: those who vote, or their weights."""

    VOTERS = "voters"
    WEIGHT = "weight"


class Basis(StrEnum):
    """What a majority is a share of."""

    CAST = "cast"
    """Votes for and against; with the abstentions where the rule counts them as cast."""
    PRESENT = "present"
    """Everybody who took part: for, against, abstained, blank."""
    ALL = "all"
    """The whole roll, those who did not vote included."""


class Tie(StrEnum):
    """What becomes of as many votes against as for."""

    FALLS = "falls"
    CASTING_VOTE = "casting_vote"
    """The chair has a second vote."""


class Weighing(StrEnum):
    """How much each on the roll counts for."""

    ONE_EACH = "one_each"
    BY_LIST = "by_list"
    """As many votes as patients on the list of the day named."""
    BANDED = "banded"
    """Votes by bands of list size."""


@dataclass(frozen=True)
class Band:
    """Lists of `least` patients and more count for `votes`, up to the next band."""

    least: int
    votes: int


@dataclass(frozen=True)
class Weights:
    """The rule that weighs. `of`: registered or weighted patients; `counted_on`: the day of the list."""

    clause: str
    weighing: Weighing = Weighing.ONE_EACH
    of: str = ""
    counted_on: date | None = None
    bands: tuple[Band, ...] = ()

    def of_list(self, patients: Fraction) -> Fraction:
        """What somebody with that many patients counts for. Raises `ValueError` for fewer than nought, and where
        the bands do not reach down to the list."""
        if self.weighing is Weighing.ONE_EACH:
            return Fraction(1)
        if patients < 0:
            raise ValueError("a list cannot be less than nothing")
        if self.weighing is Weighing.BY_LIST:
            return patients
        fitting = [band for band in self.bands if band.least <= patients]
        if not fitting:
            raise ValueError(f"no band is for a list of {patients}")
        return Fraction(max(fitting, key=lambda band: band.least).votes)


@dataclass(frozen=True)
class Quorum:
    """How many have to take part: a share of the roll, or a count of voters. Abstentions and blanks take part.

    `in_each_locality`: the share has to take part in every one of them.
    """

    clause: str
    share: Fraction | None = None
    count: int | None = None
    unit: Unit = Unit.VOTERS
    in_each_locality: bool = False

    def __post_init__(self) -> None:
        if (self.share is None) == (self.count is None):
            raise ValueError("a quorum is either a share or a count")
        if self.share is not None and not 0 <= self.share <= 1:
            raise ValueError("a share of the roll is between nought and all of it")
        if self.count is not None and (self.count < 0 or self.unit is not Unit.VOTERS):
            raise ValueError("a count is one of voters, and not less than nothing")


@dataclass(frozen=True)
class Majority:
    """What a vote needs to be carried. `is_strict`: more than the share; otherwise at least that.

    `in_each_locality`: in every one of them.
    """

    clause: str
    share: Fraction = HALF
    is_strict: bool = True
    basis: Basis = Basis.CAST
    unit: Unit = Unit.WEIGHT
    in_each_locality: bool = False

    def __post_init__(self) -> None:
        if not 0 < self.share <= 1 or (self.share == 1 and self.is_strict):
            raise ValueError("nobody can reach that share")


@dataclass(frozen=True)
class VotingRules:
    """The rules of one kind of motion. All quorums and all majorities have to be met: two are a double lock."""

    weights: Weights
    quorums: tuple[Quorum, ...] = ()
    majorities: tuple[Majority, ...] = ()
    abstentions_are_cast: bool = False
    tie: Tie = Tie.FALLS
    tie_clause: str = ""
    abstentions_clause: str = ""

    def __post_init__(self) -> None:
        if not self.majorities:
            raise ValueError("a vote without a majority decides nothing")

    @property
    def clauses_by_locality(self) -> tuple[str, ...]:
        """The clauses that count in each locality."""
        quorums = [each.clause for each in self.quorums if each.in_each_locality]
        return (*quorums, *(each.clause for each in self.majorities if each.in_each_locality))
