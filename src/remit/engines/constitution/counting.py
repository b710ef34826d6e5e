"""Counting a vote by its rules: who did what, the arithmetic of every clause, and what it comes to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
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
class Cell:
    """So many voters of one locality who did the same, and what they count for together."""

    locality: str
    vote: str
    heads: int
    weight: Fraction


@dataclass(frozen=True)
class Tally:
    """Votes added up by locality and by what was done: all that any rule asks for, however many voters there are.

    `vote` is a choice or an option's code; `NOT_VOTED` for those who did nothing. `weights_differ`: not everybody on
    the roll counts for the same.
    """

    cells: tuple[Cell, ...]
    weights_differ: bool = False

    @property
    def localities(self) -> tuple[str, ...]:
        """The localities there are, by name."""
        return tuple(sorted({cell.locality for cell in self.cells}))

    def of(self, locality: str) -> Tally:
        """The part in one locality."""
        return Tally(tuple(cell for cell in self.cells if cell.locality == locality), self.weights_differ)

    def unweighted(self) -> Tally:
        """The same with one vote each."""
        return Tally(tuple(replace(cell, weight=Fraction(cell.heads)) for cell in self.cells))

    def for_option(self, option: str) -> Tally:
        """The same with an option's votes for, and those of the others against."""
        return Tally(
            tuple(replace(cell, vote=_as_choice(cell.vote, option)) for cell in self.cells),
            self.weights_differ,
        )

    def sums(self, unit: Unit) -> Sums:
        """Heads or weights, by what was done."""
        by_vote = dict.fromkeys([*Choice, NOT_VOTED], Fraction(0))
        for cell in self.cells:
            by_vote[cell.vote] += cell.weight if unit is Unit.WEIGHT else cell.heads
        return Sums(
            by_vote[Choice.FOR],
            by_vote[Choice.AGAINST],
            by_vote[Choice.ABSTAIN],
            by_vote[Choice.BLANK],
            by_vote[NOT_VOTED],
        )


NOT_VOTED = "not_voted"


def _as_choice(vote: str, option: str) -> str:
    if vote in {Choice.ABSTAIN, Choice.BLANK, NOT_VOTED}:
        return vote
    return Choice.FOR if vote == option else Choice.AGAINST


def tally_of(roll: Roll, votes: Mapping[str, str]) -> Tally:
    """Add votes up, by code of the voter. Raises `ValueError` where somebody voted who is not on the roll."""
    strangers = set(votes) - set(roll.by_code)
    if strangers:
        raise ValueError(f"not on the roll: {', '.join(sorted(strangers))}")
    found: dict[tuple[str, str], tuple[int, Fraction]] = {}
    for voter in roll.voters:
        place = voter.locality, str(votes.get(voter.code, NOT_VOTED))
        heads, weight = found.get(place, (0, Fraction(0)))
        found[place] = heads + 1, weight + voter.weight
    cells = tuple(Cell(locality, vote, *found[locality, vote]) for locality, vote in sorted(found))
    return Tally(cells, len({voter.weight for voter in roll.voters}) > 1)


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
    return count_tally(rules, tally_of(roll, votes), casting_vote=casting_vote)


def count_tally(rules: VotingRules, tally: Tally, *, casting_vote: Choice | None = None) -> Outcome:
    """Count votes that have been added up."""
    heads, weights = tally.sums(Unit.VOTERS), tally.sums(Unit.WEIGHT)
    quorums = tuple(test for rule in rules.quorums for test in _quorums(rule, tally))
    majorities = tuple(test for rule in rules.majorities for test in _majorities(rule, rules, tally))
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


def _places(tally: Tally, each: bool) -> Iterator[tuple[str, Tally]]:
    if not each or not tally.localities:
        yield "", tally
        return
    for locality in tally.localities:
        yield locality, tally.of(locality)


def _quorums(rule: Quorum, tally: Tally) -> Iterator[Tested]:
    for locality, part in _places(tally, rule.in_each_locality):
        sums = part.sums(rule.unit)
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


def _majorities(rule: Majority, rules: VotingRules, tally: Tally) -> Iterator[Tested]:
    for locality, part in _places(tally, rule.in_each_locality):
        sums = part.sums(rule.unit)
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
