"""Counting a vote by its rules: who did what, the arithmetic of every clause, and what it comes to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

from remit.engines.constitution.roll import Roll
from remit.engines.constitution.rules import Basis, Majority, Quorum, Tie, Unit, VotingRules


class Choice(StrEnum):
    """What somebody did with their vote. Who did nothing did not vote, which is not a choice."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"
    BLANK = "blank"


class Result(StrEnum):
    """What a vote came to."""

    CARRIED = "carried"
    NOT_CARRIED = "not_carried"
    TIED = "tied"
    """As many for as against, and nobody to break the tie: not carried either."""
    INQUORATE = "inquorate"
    """Too few took part: nothing was decided."""


@dataclass(frozen=True)
class Sums:
    """Votes of one unit (heads or weights), by what was done. The five together are the roll."""

    in_favour: Fraction
    against: Fraction
    abstained: Fraction
    blank: Fraction
    not_voted: Fraction

    @property
    def took_part(self) -> Fraction:
        """Everybody who voted, abstained, or handed in a blank."""
        return self.in_favour + self.against + self.abstained + self.blank

    @property
    def everybody(self) -> Fraction:
        """The roll."""
        return self.took_part + self.not_voted

    def base(self, basis: Basis, *, abstentions_are_cast: bool) -> Fraction:
        """What a majority is a share of."""
        if basis is Basis.ALL:
            return self.everybody
        if basis is Basis.PRESENT:
            return self.took_part
        return self.in_favour + self.against + (self.abstained if abstentions_are_cast else Fraction(0))


@dataclass(frozen=True)
class Tested:
    """One clause held against the votes: `part` of `base` is to be `is_strict` ? more than : at least `share` of it.

    `locality` is where, empty for the whole. `words` is the arithmetic as it is printed.
    """

    clause: str
    locality: str
    part: Fraction
    base: Fraction
    share: Fraction
    is_strict: bool
    holds: bool
    words: str


@dataclass(frozen=True)
class Outcome:
    """What a vote came to, with every clause that was asked and its arithmetic."""

    result: Result
    heads: Sums
    weights: Sums
    quorums: tuple[Tested, ...]
    majorities: tuple[Tested, ...]
    tie_clause: str = ""

    @property
    def is_carried(self) -> bool:
        """Whether it was carried."""
        return self.result is Result.CARRIED

    @property
    def clauses(self) -> tuple[str, ...]:
        """Every clause that was asked, in order."""
        asked = [each.clause for each in (*self.quorums, *self.majorities)]
        return tuple(dict.fromkeys([*asked, *([self.tie_clause] if self.tie_clause else [])]))


def count(
    rules: VotingRules, roll: Roll, votes: Mapping[str, Choice], *, casting_vote: Choice | None = None
) -> Outcome:
    """Count votes, by code of the voter. `casting_vote` is the chair's, asked for only in a tie.

    Raises `ValueError` where somebody voted who is not on the roll.
    """
    strangers = set(votes) - set(roll.by_code)
    if strangers:
        raise ValueError(f"not on the roll: {', '.join(sorted(strangers))}")
    heads, weights = sums_of(roll, votes, Unit.VOTERS), sums_of(roll, votes, Unit.WEIGHT)
    quorums = tuple(test for rule in rules.quorums for test in _quorums(rule, roll, votes))
    majorities = tuple(test for rule in rules.majorities for test in _majorities(rule, rules, roll, votes))
    tie_clause = ""
    if not all(each.holds for each in quorums):
        result = Result.INQUORATE
    elif all(each.holds for each in majorities):
        result = Result.CARRIED
    elif weights.in_favour == weights.against and weights.in_favour:
        result, tie_clause = _tied(rules, majorities, casting_vote), rules.tie_clause
    else:
        result = Result.NOT_CARRIED
    return Outcome(result, heads, weights, quorums, majorities, tie_clause)


def sums_of(roll: Roll, votes: Mapping[str, Choice], unit: Unit) -> Sums:
    """Heads or weights, by what was done."""
    by_choice = dict.fromkeys([*Choice, None], Fraction(0))
    for voter in roll.voters:
        by_choice[votes.get(voter.code)] += voter.weight if unit is Unit.WEIGHT else 1
    return Sums(
        by_choice[Choice.FOR],
        by_choice[Choice.AGAINST],
        by_choice[Choice.ABSTAIN],
        by_choice[Choice.BLANK],
        by_choice[None],
    )


def _places(roll: Roll, each: bool) -> Iterator[tuple[str, Roll]]:
    if not each:
        yield "", roll
        return
    for locality in roll.localities:
        yield locality, roll.of(locality)


def _quorums(rule: Quorum, roll: Roll, votes: Mapping[str, Choice]) -> Iterator[Tested]:
    for locality, part in _places(roll, rule.in_each_locality):
        sums = sums_of(part, votes, rule.unit)
        base = sums.everybody
        if rule.count is not None:
            holds, share = sums.took_part >= rule.count, Fraction(0)
            needed = f"at least {rule.count}"
        else:
            share = rule.share or Fraction(0)
            holds = sums.took_part >= share * base
            needed = f"at least {per_cent(share)}"
        words = f"{said(sums.took_part, rule.unit)} of {plain(base)} took part{_where(locality)}"
        words += f" ({per_cent_of(sums.took_part, base)}); the clause asks for {needed}"
        yield Tested(rule.clause, locality, sums.took_part, base, share, False, holds, words)


def _majorities(
    rule: Majority, rules: VotingRules, roll: Roll, votes: Mapping[str, Choice]
) -> Iterator[Tested]:
    for locality, part in _places(roll, rule.in_each_locality):
        sums = sums_of(part, votes, rule.unit)
        base = sums.base(rule.basis, abstentions_are_cast=rules.abstentions_are_cast)
        needed = rule.share * base
        holds = sums.in_favour > needed if rule.is_strict else sums.in_favour >= needed and base > 0
        words = (
            f"{said(sums.in_favour, rule.unit)} for, of {plain(base)} {BASIS_WORDS[rule.basis]}{_where(locality)}, "
            f"is {per_cent_of(sums.in_favour, base)}; the clause asks for "
            f"{'more than' if rule.is_strict else 'at least'} {per_cent(rule.share)}"
        )
        yield Tested(rule.clause, locality, sums.in_favour, base, rule.share, rule.is_strict, holds, words)


BASIS_WORDS = {Basis.CAST: "cast", Basis.PRESENT: "of those who took part", Basis.ALL: "on the roll"}


def _tied(rules: VotingRules, majorities: tuple[Tested, ...], casting_vote: Choice | None) -> Result:
    """A casting vote carries only what a further vote for it would have carried: a simple majority of votes cast."""
    if rules.tie is not Tie.CASTING_VOTE or casting_vote is None:
        return Result.TIED
    is_simple = all(each.share == Fraction(1, 2) for each in majorities if not each.holds)
    is_cast = all(rule.basis is Basis.CAST and not rule.in_each_locality for rule in rules.majorities)
    return Result.CARRIED if casting_vote is Choice.FOR and is_simple and is_cast else Result.NOT_CARRIED


def _where(locality: str) -> str:
    return f" in {locality}" if locality else ""


def said(number: Fraction, unit: Unit) -> str:
    """A number of voters, or of votes by weight, in words."""
    what = "vote" if unit is Unit.WEIGHT else "voter"
    return f"{plain(number)} {what}{'' if number == 1 else 's'}"


def plain(number: Fraction) -> str:
    """A whole number as it is; otherwise two places, halves up."""
    if number.denominator == 1:
        return f"{number.numerator:,}"
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return f"{exact.quantize(Decimal('0.01'), ROUND_HALF_UP):,}"


def per_cent(share: Fraction) -> str:
    """A share as a percentage: whole where it is whole, otherwise one place, halves up."""
    exact = share * 100
    if exact.denominator == 1:
        return f"{exact.numerator}%"
    places = Decimal(exact.numerator) / Decimal(exact.denominator)
    return f"{places.quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


def per_cent_of(part: Fraction, base: Fraction) -> str:
    """A part as a whole percentage, halves up; in words where there is nothing that it could be a share of."""
    if not base:
        return "no share of nothing"
    exact = part * 100 / base
    places = Decimal(exact.numerator) / Decimal(exact.denominator)
    return f"{places.quantize(Decimal(1), ROUND_HALF_UP)}%"
