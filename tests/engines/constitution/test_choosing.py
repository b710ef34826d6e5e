"""More than two options: each held against the same clauses."""

from __future__ import annotations

from fractions import Fraction

import pytest

from remit.engines.constitution import (
    Majority,
    Quorum,
    Result,
    Roll,
    Voter,
    VotingRules,
    Weights,
    choose,
    tally_of,
)

OPTIONS = ("delegated", "joint", "neither")
RULES = VotingRules(Weights("4"), majorities=(Majority("8"),))


def roll(number: int) -> Roll:
    return Roll(tuple(Voter(f"P{each}") for each in range(number)))


def votes(**counts: int) -> dict[str, str]:
    chosen = [option for option, times in counts.items() for _ in range(times)]
    return {f"P{each}": option for each, option in enumerate(chosen)}


def test_the_option_that_the_clauses_carry_is_chosen() -> None:
    found = choose(
        RULES, tally_of(roll(12), votes(delegated=2, joint=6, neither=2, abstain=1, blank=1)), OPTIONS
    )
    assert (found.result, found.option) == (Result.CARRIED, "joint")
    words = {option: outcome.majorities[0].words for option, outcome in found.outcomes}
    assert words["joint"] == "6 votes for, of 10 cast, is 60%; the clause asks for more than 50%"
    assert words["delegated"].startswith("2 votes for, of 10 cast, is 20%")


def test_without_a_majority_none_is() -> None:
    found = choose(RULES, tally_of(roll(12), votes(delegated=4, joint=5, neither=1)), OPTIONS)
    assert (found.result, found.option) == (Result.NOT_CARRIED, "")


def test_where_a_smaller_share_is_enough_two_may_reach_it_and_then_none_is_chosen() -> None:
    rules = VotingRules(Weights("4"), majorities=(Majority("8", Fraction(2, 5), is_strict=False),))
    found = choose(rules, tally_of(roll(10), votes(delegated=5, joint=5)), OPTIONS)
    assert (found.result, found.option) == (Result.NOT_CARRIED, "")


def test_too_few_took_part() -> None:
    rules = VotingRules(Weights("4"), (Quorum("7", Fraction(1, 2)),), (Majority("8"),))
    assert choose(rules, tally_of(roll(12), votes(joint=5)), OPTIONS).result is Result.INQUORATE


@pytest.mark.parametrize("options", [("joint",), ("joint", "joint"), ("joint", "abstain"), ()])
def test_there_have_to_be_two_different_options(options: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="two different options"):
        choose(RULES, tally_of(roll(3), {}), options)


def test_a_vote_is_for_one_of_them() -> None:
    with pytest.raises(ValueError, match="no such option: level 4"):
        choose(RULES, tally_of(roll(3), {"P1": "level 4"}), OPTIONS)
