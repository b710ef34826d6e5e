"""Counting a declared vote again from its recount file alone: clauses, roll and votes, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from remit.engines.constitution.counting import NOT_VOTED, Cell, Choice, Tally, tally_of
from remit.engines.constitution.deciding import MotionOutcome, decide, electorates_of
from remit.engines.constitution.roll import Roll, Voter
from remit.engines.constitution.rulebooks import RulesFor, rules_for
from remit.engines.constitution.written import read_rules

FORMAT = "remit-recount-1"


class NotARecountFile(ValueError):
    """A file from which nothing can be counted; the words say what is wrong with it."""


@dataclass(frozen=True)
class Recount:
    """A vote counted again. `declared`: the result and the option that the file says were declared."""

    motion: str
    title: str
    rules: RulesFor
    outcome: MotionOutcome
    declared: tuple[str, str]

    @property
    def agrees(self) -> bool:
        """Whether what was declared is what the votes come to."""
        return self.declared == (self.outcome.result.value, self.outcome.option)


def recount(file: Mapping[str, Any]) -> Recount:
    """Count again. Raises `NotARecountFile`."""
    try:
        if not isinstance(file, Mapping):
            raise NotARecountFile("It holds no object")
        if file["format"] != FORMAT:
            raise NotARecountFile(f"Its format is not {FORMAT}")
        written = [rule for each in file["clauses"] for rule in read_rules(each["clause"], each["rules"])]
        rules = rules_for(file["kind"], written)
        tallies = {each["electorate"]: _tally(each) for each in file["electorates"]}
        if set(tallies) != set(electorates_of(rules)):
            raise NotARecountFile("Its rolls are not those of the clause on who may vote")
        chair = Choice(file["casting_vote"]) if file["casting_vote"] else None
        outcome = decide(rules, tallies, file["options"], chair)
        declared = (file["declared"]["result"], file["declared"]["option"])
        return Recount(file["motion"], file["title"], rules, outcome, declared)
    except NotARecountFile:
        raise
    except KeyError as missing:
        raise NotARecountFile(f"It has no {missing}") from None
    except (ValueError, TypeError, AttributeError, ZeroDivisionError) as wrong:
        raise NotARecountFile(str(wrong)) from None


def _tally(each: Mapping[str, Any]) -> Tally:
    roll = Roll(tuple(Voter(row["voter"], Fraction(row["weight"]), row["locality"]) for row in each["roll"]))
    if each["hands"]:
        shown = each["hands"] | {NOT_VOTED: len(roll.voters) - sum(each["hands"].values())}
        if min(shown.values()) < 0:
            raise NotARecountFile("More hands were counted than there are on the roll")
        return Tally(tuple(Cell("", vote, times, Fraction(times)) for vote, times in shown.items() if times))
    return tally_of(roll, {row["voter"]: row["vote"] for row in each["roll"] if row["vote"] != NOT_VOTED})
