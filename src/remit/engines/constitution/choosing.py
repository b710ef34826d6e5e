"""More than two options: which of them is chosen, each held against the same clauses as a motion would be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from remit.engines.constitution.counting import NOT_VOTED, Choice, Outcome, Result, Tally, count_tally
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


def choose(rules: VotingRules, tally: Tally, options: Sequence[str]) -> Chosen:
    """Count votes among options that have been added up. A vote is an option's code, ``abstain`` or ``blank``.

    One option has to be carried, and only one: with a share of less than half two could be, and then none is.
    Raises `ValueError` for fewer than two options, for one twice, and for a vote for what is none.
    """
    if len(options) < 2 or len(set(options)) != len(options) or SPOKEN & set(options):
        raise ValueError("there have to be two different options or more")
    strange = {cell.vote for cell in tally.cells} - set(options) - SPOKEN - {NOT_VOTED}
    if strange:
        raise ValueError(f"no such option: {', '.join(sorted(strange))}")
    outcomes = tuple((option, count_tally(rules, tally.for_option(option))) for option in options)
    carried = [option for option, outcome in outcomes if outcome.is_carried]
    if len(carried) == 1:
        return Chosen(Result.CARRIED, carried[0], outcomes)
    inquorate = any(outcome.result is Result.INQUORATE for _, outcome in outcomes)
    return Chosen(Result.INQUORATE if inquorate else Result.NOT_CARRIED, "", outcomes)
