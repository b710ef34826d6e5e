"""The mandate ladder: ways of asking members, from the firmest to none; and votes that were lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from remit.engines.mandates.counts import Result


@dataclass(frozen=True)
class Rung:
    """A rung of the ladder; a higher `grade` is firmer, 0 is “not specified”. `family` is how a plain yes or no tells
    it: balloted, not_balloted or not_specified."""

    code: str
    name: str
    grade: int
    family: str


@dataclass(frozen=True)
class Vote:
    """A vote of members: when, how firm a way of asking it was, and what it came to."""

    id: str
    held_on: date
    grade: int
    result: Result


def firmest(rungs: Iterable[tuple[Rung, date]]) -> tuple[Rung, date] | None:
    """The firmest of several, the latest of equals; None of none."""
    return max(rungs, key=lambda each: (each[0].grade, each[1]), default=None)


def unanswered_losses(votes: Iterable[Vote]) -> list[Vote]:
    """The votes that members did not carry and that no later vote, at least as firm, has carried; in order.

    A vote on the same day does not answer another: nobody could tell which came last.
    """
    found = sorted(votes, key=lambda vote: (vote.held_on, vote.id))
    won = [vote for vote in found if vote.result is Result.CARRIED]
    return [
        lost
        for lost in found
        if lost.result.is_against
        and not any(vote.held_on > lost.held_on and vote.grade >= lost.grade for vote in won)
    ]
