"""Rules in words, as a page prints them beside the clause."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from remit.engines.constitution.counting import per_cent
from remit.engines.constitution.procedures import ConsultationRule, NoticeRule, RequisitionRule
from remit.engines.constitution.rules import Basis, Majority, Quorum, Tie, Unit, Weighing, Weights
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
)

BASES = {Basis.CAST: "votes cast", Basis.PRESENT: "those who take part", Basis.ALL: "all on the roll"}
VOTERS = {
    Electorate.PRACTICES: "Practices vote",
    Electorate.GPS: "General practitioners vote",
    Electorate.BOTH: "Practices and their general practitioners vote side by side",
}


def rule_words(rule: Rule) -> str:
    """One rule as a sentence without its full stop."""
    if isinstance(rule, Majority):
        return _majority(rule)
    if isinstance(rule, Quorum):
        return _quorum(rule)
    if isinstance(rule, Weights):
        return _weights(rule)
    if isinstance(rule, ElectorateRule):
        both = f"; the vote of {'both' if rule.binding == 'both' else _binding(rule)} binds"
        return VOTERS[rule.who] + (both if rule.who is Electorate.BOTH else "")
    return PROCEDURES[type(rule)](rule)


def _binding(rule: ElectorateRule) -> str:
    return "practices" if rule.binding == "practices" else "general practitioners"


def _majority(rule: Majority) -> str:
    how = "More than" if rule.is_strict else "At least"
    unit = ", by heads" if rule.unit is Unit.VOTERS else ""
    return f"{how} {per_cent(rule.share)} of {BASES[rule.basis]} carries{unit}{_each(rule.in_each_locality)}"


def _quorum(rule: Quorum) -> str:
    if rule.share is None:
        return f"At least {rule.count} have to take part{_each(rule.in_each_locality)}"
    whose = "weight" if rule.unit is Unit.WEIGHT else "roll"
    return f"At least {per_cent(rule.share)} of the {whose} has to take part{_each(rule.in_each_locality)}"


def _each(in_each_locality: bool) -> str:
    return ", in each locality" if in_each_locality else ""


def _weights(rule: Weights) -> str:
    if rule.weighing is Weighing.ONE_EACH:
        return "One vote each"
    day = f" on {rule.counted_on.day} {rule.counted_on:%B} {rule.counted_on.year}" if rule.counted_on else ""
    if rule.weighing is Weighing.BY_LIST:
        return f"As many votes as {rule.of} patients{day}"
    bands = ", ".join(f"{band.votes} from {band.least:,}" for band in rule.bands)
    return f"Votes by bands of {rule.of} patients{day}: {bands}"


def _notice(rule: NoticeRule) -> str:
    urgent = f"; {rule.urgent_days} where it is urgent and says why" if rule.urgent_days is not None else ""
    return f"{rule.days} clear days of notice{urgent}"


PROCEDURES: dict[type, Callable[[Any], str]] = {
    AbstentionRule: lambda rule: (
        "An abstention counts as a vote cast" if rule.are_cast else "An abstention is no vote cast"
    ),
    TieRule: lambda rule: (
        "The chair has a casting vote in a tie" if rule.tie is Tie.CASTING_VOTE else "A tie is not carried"
    ),
    NoticeRule: _notice,
    ConsultationRule: lambda rule: f"Members are consulted for at least {rule.days} days",
    RequisitionRule: lambda rule: (
        f"{per_cent(rule.share)} of members may require a meeting, held within {rule.days} days"
    ),
    ProxyRule: lambda rule: (
        f"Somebody may vote for {rule.most} others" if rule.most else "Nobody votes for another"
    ),
    AmendmentRule: lambda rule: (
        "NHS England has to approve it" if rule.needs_approval else "Nobody else has to approve it"
    ),
    RemovalRule: lambda rule: f"If it is carried, there is an election within {rule.days} days",
    ReelectionRule: lambda rule: f"Once in effect, the board is elected anew within {rule.days} days",
    SoleRule: lambda rule: f"{rule.who} may decide alone: {rule.what}",
}
