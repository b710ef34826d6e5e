"""How the same votes fare under the other rules that are common, and where two electorates vote side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from remit.engines.constitution.counting import Choice, Outcome, Result, Tally, count_tally
from remit.engines.constitution.roll import Roll, Voter
from remit.engines.constitution.rules import Basis, Majority, VotingRules, Weighing, Weights

COMMON = "Common rule"


@dataclass(frozen=True)
class CommonRule:
    """A rule that other bodies have. `is_weighted`: by the weights of the roll; otherwise one vote each."""

    code: str
    name: str
    majority: Majority
    is_weighted: bool = False


def _common(
    code: str, name: str, share: Fraction, is_strict: bool, basis: Basis, weighted: bool = False
) -> CommonRule:
    return CommonRule(code, name, Majority(COMMON, share, is_strict, basis), weighted)


COMMON_RULES = (
    _common("simple", "Simple majority of votes cast", Fraction(1, 2), True, Basis.CAST),
    _common("two-thirds", "Two thirds of votes cast", Fraction(2, 3), False, Basis.CAST),
    _common("three-quarters", "75% of votes cast", Fraction(3, 4), False, Basis.CAST),
    _common("half-of-all", "More than half of all members", Fraction(1, 2), True, Basis.ALL),
    _common("sixty-of-all", "60% of all members", Fraction(3, 5), False, Basis.ALL),
    _common("two-thirds-of-all", "Two thirds of all members", Fraction(2, 3), False, Basis.ALL),
    _common("by-list", "Simple majority of votes cast, by list size", Fraction(1, 2), True, Basis.CAST, True),
)
"""Without a quorum: what the majority alone would have said."""


@dataclass(frozen=True)
class Elsewhere:
    """The same votes under one common rule."""

    rule: CommonRule
    outcome: Outcome


def under_common_rules(tally: Tally) -> tuple[Elsewhere, ...]:
    """The same votes under each common rule; by list size only where the roll has weights that differ."""
    plain = tally.unweighted()
    found = []
    for rule in COMMON_RULES:
        if rule.is_weighted and not tally.weights_differ:
            continue
        weighing = Weighing.BY_LIST if rule.is_weighted else Weighing.ONE_EACH
        rules = VotingRules(Weights(COMMON, weighing), majorities=(rule.majority,))
        found.append(Elsewhere(rule, count_tally(rules, tally if rule.is_weighted else plain)))
    return tuple(found)


class Binding(StrEnum):
    """Where practices and general practitioners both vote: whose vote decides."""

    PRACTICES = "practices"
    GPS = "gps"
    BOTH = "both"


def side_by_side(binding: Binding, practices: Outcome, gps: Outcome) -> Result:
    """What two votes side by side come to. Both binding: carried only by both, and inquorate where either is."""
    if binding is Binding.PRACTICES:
        return practices.result
    if binding is Binding.GPS:
        return gps.result
    results = (practices.result, gps.result)
    if Result.INQUORATE in results:
        return Result.INQUORATE
    return Result.CARRIED if set(results) == {Result.CARRIED} else Result.NOT_CARRIED


@dataclass(frozen=True)
class Split:
    """A practice's position, and how its partners voted within it."""

    practice: str
    position: Choice
    in_favour: int
    against: int

    @property
    def is_discordant(self) -> bool:
        """Whether most of its partners voted otherwise. As many for as against is not otherwise."""
        if self.position is Choice.FOR:
            return self.against > self.in_favour
        return self.position is Choice.AGAINST and self.in_favour > self.against


def discordant(splits: tuple[Split, ...]) -> tuple[str, ...]:
    """The practices whose position differs from most of their partners, by code."""
    return tuple(sorted(each.practice for each in splits if each.is_discordant))


def roll_of_lists(weights: Weights, lists: Mapping[str, int], localities: Mapping[str, str]) -> Roll:
    """A roll of practices from the lists of the day counted; a practice without a locality is in none."""
    return Roll(
        tuple(
            Voter(code, weights.of_list(Fraction(patients)), localities.get(code, ""))
            for code, patients in sorted(lists.items())
        )
    )
