"""The rules of a constitution together: which of them are for a kind of motion, and which contradict each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TypeVar

from remit.engines.constitution.others import Binding
from remit.engines.constitution.procedures import ConsultationRule, NoticeRule, RequisitionRule
from remit.engines.constitution.rules import Majority, Quorum, Tie, VotingRules, Weights
from remit.engines.constitution.written import (
    AbstentionRule,
    AmendmentRule,
    Electorate,
    ElectorateRule,
    ProxyRule,
    ReelectionRule,
    RemovalRule,
    Rule,
    SoleRule,
    TieRule,
    Written,
)

T = TypeVar("T", bound=Rule)

SILENT = "silent"
"""The clause of a rule that no constitution states: the usual rule of meetings, where the text says nothing."""


@dataclass(frozen=True)
class RulesFor:
    """Everything that the clauses say of one kind of motion. What is None they do not say."""

    motion: str
    electorate: ElectorateRule
    voting: VotingRules
    notice: NoticeRule | None
    consultation: ConsultationRule | None
    proxy: ProxyRule
    amendment: AmendmentRule | None
    removal: RemovalRule | None
    reelection: ReelectionRule | None
    requisition: RequisitionRule | None

    @property
    def clauses(self) -> tuple[str, ...]:
        """Every clause that is asked, in the order in which it is: who, weight, quorum, majority, the rest."""
        voting = self.voting
        asked: list[str] = [self.electorate.clause, voting.weights.clause]
        asked += [each.clause for each in voting.quorums] + [each.clause for each in voting.majorities]
        rest: list[Rule | None] = [self.notice, self.consultation, self.amendment]
        rest += [self.removal, self.reelection, self.requisition]
        asked += [each.clause for each in rest if each]
        asked += [each for each in (voting.tie_clause, self.proxy.clause) if each]
        return tuple(dict.fromkeys(each for each in asked if each != SILENT))


@dataclass(frozen=True)
class Contradiction:
    """Two clauses of one constitution that cannot both be kept."""

    one: str
    other: str
    kind: str
    words: str


def rules_for(motion: str, written: Sequence[Written]) -> RulesFor:
    """The rules for a kind of motion: those that name it, and for what those do not say, those that name none.

    Where the constitution is silent: practices vote, one vote each, more than half of the votes cast carries, no
    proxies, and a tie falls; the clause of such a rule is `SILENT`.
    """
    abstentions = _one(motion, written, AbstentionRule)
    tie = _one(motion, written, TieRule)
    return RulesFor(
        motion,
        _one(motion, written, ElectorateRule)
        or ElectorateRule(SILENT, Electorate.PRACTICES, Binding.PRACTICES),
        VotingRules(
            weights=_one(motion, written, Weights) or Weights(SILENT),
            quorums=_all(motion, written, Quorum),
            majorities=_all(motion, written, Majority) or (Majority(SILENT),),
            abstentions_are_cast=abstentions.are_cast if abstentions else False,
            tie=tie.tie if tie else Tie.FALLS,
            tie_clause=tie.clause if tie else "",
            abstentions_clause=abstentions.clause if abstentions else "",
        ),
        _one(motion, written, NoticeRule),
        _one(motion, written, ConsultationRule),
        _one(motion, written, ProxyRule) or ProxyRule(SILENT, 0),
        _one(motion, written, AmendmentRule),
        _one(motion, written, RemovalRule),
        _one(motion, written, ReelectionRule),
        _one(motion, written, RequisitionRule),
    )


def sole_rules(written: Sequence[Written]) -> tuple[SoleRule, ...]:
    """Who may decide what alone."""
    return tuple(each.rule for each in written if isinstance(each.rule, SoleRule))


def contradictions(written: Sequence[Written]) -> tuple[Contradiction, ...]:
    """Every two clauses that say different things of the same kind of motion.

    Several quorums or majorities are a double lock where they test different things (heads and weight, cast and
    all, the whole and each locality); two that test the same thing with different shares contradict each other.
    """
    return tuple(
        Contradiction(
            one.clause,
            other.clause,
            one.kind,
            f"Clauses {one.clause} and {other.clause} say different things of {_KIND_WORDS.get(one.kind, one.kind)}"
            f"{_of_motions(one)}. Keep one of them, or say for which motions each is.",
        )
        for one, other in combinations(written, 2)
        if one.kind == other.kind and _same_motions(one, other) and _contradict(one.rule, other.rule)
    )


_KIND_WORDS = {
    "electorate": "who may vote",
    "abstentions": "what abstentions count for",
    "reelection": "when there is a new election",
    "removal": "what follows a vote of no confidence",
    "amendment": "how it is amended",
}


def _of_motions(one: Written) -> str:
    return f" ({', '.join(one.motions)})" if one.motions else ""


def _same_motions(one: Written, other: Written) -> bool:
    if not one.motions or not other.motions:
        return one.motions == other.motions
    return bool(set(one.motions) & set(other.motions))


def _contradict(one: Rule, other: Rule) -> bool:
    if isinstance(one, SoleRule) or _without_clause(one) == _without_clause(other):
        return False
    if isinstance(one, Quorum) and isinstance(other, Quorum):
        is_count = one.count is None, other.count is None
        return (one.unit, one.in_each_locality, is_count[0]) == (
            other.unit,
            other.in_each_locality,
            is_count[1],
        )
    if isinstance(one, Majority) and isinstance(other, Majority):
        return (one.basis, one.unit, one.in_each_locality) == (
            other.basis,
            other.unit,
            other.in_each_locality,
        )
    return True


def _without_clause(rule: Rule) -> Rule:
    return replace(rule, clause="")


def _fitting(motion: str, written: Sequence[Written], of: type[object]) -> list[Written]:
    rules = [each for each in written if isinstance(each.rule, of)]
    return [each for each in rules if motion in each.motions] or [each for each in rules if not each.motions]


def _all(motion: str, written: Sequence[Written], of: type[T]) -> tuple[T, ...]:
    return tuple(each.rule for each in _fitting(motion, written, of) if isinstance(each.rule, of))


def _one(motion: str, written: Sequence[Written], of: type[T]) -> T | None:
    found = _all(motion, written, of)
    return found[0] if found else None
