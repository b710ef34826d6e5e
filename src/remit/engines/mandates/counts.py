"""Counting a vote: whether its numbers agree with each other, and whether it was carried."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from remit.kernel.decision import ALLOWED, Decision, refuse

CLAUSE = "The counts of a vote"


class Result(StrEnum):
    """What a vote came to. `NOT_CARRIED`: more for than against, yet the rule was not met."""

    CARRIED = "carried"
    LOST = "lost"
    TIED = "tied"
    NOT_CARRIED = "not_carried"
    UNKNOWN = "unknown"

    @property
    def is_against(self) -> bool:
        """Whether the members did not give what was asked of them."""
        return self in {Result.LOST, Result.TIED, Result.NOT_CARRIED}


@dataclass(frozen=True)
class Threshold:
    """The rule by which a vote is carried: which share of the votes cast, or of all members, has to be for it.

    `is_strict`: more than that share; otherwise at least that share.
    """

    code: str
    name: str
    share: Fraction
    of_members: bool
    is_strict: bool


@dataclass(frozen=True)
class Count:
    """The count of a vote; None is what nobody has stated. `electorate` and `quorum` count who may vote."""

    in_favour: int | None = None
    against: int | None = None
    abstained: int | None = None
    not_voted: int | None = None
    unable: int | None = None
    electorate: int | None = None
    quorum: int | None = None

    @property
    def parts(self) -> tuple[int | None, ...]:
        """Everybody of the electorate, by what they did."""
        return self.in_favour, self.against, self.abstained, self.not_voted, self.unable

    @property
    def took_part(self) -> int | None:
        """Those who voted or abstained; None where the votes are not stated."""
        if self.in_favour is None or self.against is None:
            return None
        return self.in_favour + self.against + (self.abstained or 0)


def reconcile(count: Count) -> Decision:
    """Whether the numbers agree: none is negative, the parts are no more than the electorate, and are the whole of
    it where all five are stated; a quorum is no more than the electorate."""
    stated = [part for part in count.parts if part is not None]
    total, electorate = sum(stated), count.electorate
    if any(part < 0 for part in (*stated, electorate or 0, count.quorum or 0)):
        return refuse("wrong_count", "A count cannot be less than nothing. Check the numbers.", CLAUSE)
    if electorate is None:
        return ALLOWED
    if total > electorate:
        message = (
            f"The counts add up to {total}, more than the {electorate} who could vote. Check the numbers."
        )
        return refuse("wrong_count", message, CLAUSE)
    if len(stated) == len(count.parts) and total != electorate:
        message = f"The counts add up to {total}, but {electorate} could vote. Check the numbers."
        return refuse("wrong_count", message, CLAUSE)
    if (count.quorum or 0) > electorate:
        return refuse("wrong_count", "The quorum is more than all who could vote. Check the numbers.", CLAUSE)
    return ALLOWED


def result_of(count: Count, threshold: Threshold) -> Result:
    """What a vote came to under a rule. Abstentions count towards the quorum, not as votes."""
    yes, no, took_part = count.in_favour, count.against, count.took_part
    if yes is None or no is None or took_part is None or not took_part:
        return Result.UNKNOWN
    if no > yes:
        return Result.LOST
    if no == yes:
        return Result.TIED
    if count.quorum is not None and took_part < count.quorum:
        return Result.NOT_CARRIED
    base = count.electorate if threshold.of_members else yes + no
    if base is None:
        return Result.UNKNOWN
    needed = threshold.share * base
    return Result.CARRIED if (yes > needed if threshold.is_strict else yes >= needed) else Result.NOT_CARRIED
