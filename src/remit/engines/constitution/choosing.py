"""More than two options: which of them is chosen, each held against the same clauses as a motion would be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from remit.engines.constitution.counting import Choice, Outcome, Result, count
from remit.engines.constitution.roll import Roll
from remit.engines.constitution.rules import VotingRules

SPOKEN = frozenset({Choice.ABSTAIN.value, Choice.BLANK.value})
"""What somebody can do besides choosing."""


@dataclass(frozen=True)
class Chosen:
    """What a vote among options came to. `option` is the one that the clauses carry; empty where they carry none.

    `outcomes`: each option, with those who chose another counted as against it.
    """

    result: Result
    option: str
    outcomes: tuple[tuple[str, Outcome], ...]


def choose(rules: VotingRules, roll: Roll, votes: Mapping[str, str], options: Sequence[str]) -> Chosen:
    """Count votes among options, by code of the voter. A vote is an option's code, ``abstain`` or ``blank``.

    One option has to be carried, and only one: with a share of less than half two could be, and then none is.
    Raises `ValueError` for fewer than two options, for one twice, and for a vote for what is none.
    """
    if len(options) < 2 or len(set(options)) != len(options) or SPOKEN & set(options):
        raise ValueError("there have to be two different options or more")
    strange = set(votes.values()) - set(options) - SPOKEN
    if strange:
        raise ValueError(f"no such option: {', '.join(sorted(strange))}")
    outcomes = tuple((option, count(rules, roll, _for(option, votes))) for option in options)
    carried = [option for option, outcome in outcomes if outcome.is_carried]
    if len(carried) == 1:
        return Chosen(Result.CARRIED, carried[0], outcomes)
    inquorate = any(outcome.result is Result.INQUORATE for _, outcome in outcomes)
    return Chosen(Result.INQUORATE if inquorate else Result.NOT_CARRIED, "", outcomes)


def _for(option: str, votes: Mapping[str, str]) -> dict[str, Choice]:
    return {
        voter: Choice(vote) if vote in SPOKEN else Choice.FOR if vote == option else Choice.AGAINST
        for voter, vote in votes.items()
    }
