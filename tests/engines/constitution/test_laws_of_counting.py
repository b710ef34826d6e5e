"""What holds of every rule and every vote: monotone, anonymous, indifferent to the scale of weights."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from remit.engines.constitution import (
    Basis,
    Choice,
    Majority,
    Quorum,
    Result,
    Roll,
    Tie,
    Unit,
    Voter,
    VotingRules,
    Weights,
    count,
    tally_of,
    under_common_rules,
)

CODES = [f"P{each}" for each in range(9)]
shares = st.fractions(min_value=Fraction(1, 10), max_value=Fraction(9, 10), max_denominator=12)
majorities = st.builds(
    Majority,
    st.just("8"),
    shares,
    st.booleans(),
    st.sampled_from(Basis),
    st.sampled_from(Unit),
    in_each_locality=st.booleans(),
)
quorums = st.builds(
    Quorum, st.just("7"), shares, unit=st.sampled_from(Unit), in_each_locality=st.booleans()
) | st.builds(Quorum, st.just("7"), count=st.integers(0, 9))
rules = st.builds(
    VotingRules,
    st.just(Weights("4")),
    st.lists(quorums, max_size=2).map(tuple),
    st.lists(majorities, min_size=1, max_size=2).map(tuple),
    st.booleans(),
    st.sampled_from(Tie),
)
weights = st.fractions(min_value=0, max_value=20, max_denominator=4)
rolls = st.lists(st.tuples(weights, st.sampled_from("NS")), min_size=1, max_size=9).map(
    lambda rows: Roll(tuple(Voter(code, w, place) for code, (w, place) in zip(CODES, rows, strict=False)))
)
choices = st.sampled_from([*Choice, None])


def cast(draw: Any, roll: Roll) -> dict[str, Choice]:
    drawn = {voter.code: draw(choices) for voter in roll.voters}
    return {code: choice for code, choice in drawn.items() if choice is not None}


@given(rules, rolls, st.sampled_from(Choice), st.data())
def test_a_further_yes_never_defeats(
    made: VotingRules, roll: Roll, chair: Choice, data: st.DataObject
) -> None:
    votes = cast(data.draw, roll)
    assume(count(made, roll, votes, casting_vote=chair).is_carried)
    who = data.draw(st.sampled_from(roll.voters)).code
    assert count(made, roll, {**votes, who: Choice.FOR}, casting_vote=chair).is_carried


@given(rules, rolls, st.randoms(use_true_random=False), st.data())
def test_who_voted_how_does_not_matter(
    made: VotingRules, roll: Roll, chance: Any, data: st.DataObject
) -> None:
    """Names, and the order on the roll, are exchanged; weights and localities stay with the votes."""
    votes = cast(data.draw, roll)
    names = [voter.code for voter in roll.voters]
    others = dict(zip(names, chance.sample(names, len(names)), strict=True))
    renamed = [replace(voter, code=others[voter.code]) for voter in roll.voters]
    chance.shuffle(renamed)
    after = count(made, Roll(tuple(renamed)), {others[code]: choice for code, choice in votes.items()})
    assert after == count(made, roll, votes)


@given(rules, rolls, st.fractions(min_value=Fraction(1, 9), max_value=9), st.data())
def test_the_scale_of_weights_does_not_matter(
    made: VotingRules, roll: Roll, scale: Fraction, data: st.DataObject
) -> None:
    votes = cast(data.draw, roll)
    scaled = Roll(tuple(replace(voter, weight=voter.weight * scale) for voter in roll.voters))
    assert count(made, scaled, votes).result is count(made, roll, votes).result


@given(rules, quorums, rolls, st.data())
def test_quorum_and_majority_are_independent(
    made: VotingRules, other: Quorum, roll: Roll, data: st.DataObject
) -> None:
    """Another quorum leaves what each majority says as it was; and the other way round."""
    votes = cast(data.draw, roll)
    before, after = count(made, roll, votes), count(replace(made, quorums=(other,)), roll, votes)
    assert after.majorities == before.majorities
    kept = count(replace(made, majorities=(Majority("9"),)), roll, votes)
    assert kept.quorums == before.quorums
    assert (kept.result is Result.INQUORATE) == (before.result is Result.INQUORATE)


@given(rolls, st.data())
def test_the_five_parts_are_the_roll(roll: Roll, data: st.DataObject) -> None:
    votes = cast(data.draw, roll)
    for each in under_common_rules(tally_of(roll, votes)):
        for sums in (each.outcome.heads, each.outcome.weights):
            assert sums.took_part + sums.not_voted == sums.everybody
        assert each.outcome.heads.everybody == len(roll.voters)
