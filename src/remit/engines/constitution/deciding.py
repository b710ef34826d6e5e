"""What a motion came to: one electorate or two, a plain question or several options, put before the clauses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from remit.engines.constitution.choosing import choose
from remit.engines.constitution.counting import Choice, Outcome, Result, Sums, Tally, count_tally
from remit.engines.constitution.others import Binding, Elsewhere, side_by_side, under_common_rules
from remit.engines.constitution.rulebooks import RulesFor
from remit.engines.constitution.written import Electorate

PRACTICES, GPS = "practices", "gps"


@dataclass(frozen=True)
class Part:
    """One electorate's vote: its outcome, and of each option where there are some. `chosen` is the option carried."""

    electorate: str
    outcome: Outcome
    options: tuple[tuple[str, Outcome], ...] = ()
    chosen: str = ""


@dataclass(frozen=True)
class MotionOutcome:
    """What a vote comes to: each electorate's part, which of them binds, and the same votes under other rules."""

    result: Result
    option: str
    parts: tuple[Part, ...]
    binding: Binding
    binding_clause: str
    clauses: tuple[str, ...]
    elsewhere: tuple[Elsewhere, ...]
    has_votes: bool

    @property
    def binding_heads(self) -> Sums:
        """Heads of the electorate whose vote binds; of practices where both do."""
        name = GPS if self.binding is Binding.GPS else PRACTICES
        return next(part for part in self.parts if part.electorate == name).outcome.heads


def electorates_of(rules: RulesFor) -> tuple[str, ...]:
    """Who votes, by the clause that says so."""
    who = rules.electorate.who
    return {Electorate.PRACTICES: (PRACTICES,), Electorate.GPS: (GPS,)}.get(who, (PRACTICES, GPS))


def decide(
    rules: RulesFor,
    tallies: Mapping[str, Tally],
    options: Sequence[str] = (),
    casting_vote: Choice | None = None,
) -> MotionOutcome:
    """Hold the votes of each electorate, added up, against the clauses. Raises `ValueError` for a vote that is none."""
    names = [name for name in (PRACTICES, GPS) if name in tallies]
    parts = [_part(name, rules, tallies[name], options, casting_vote) for name in names]
    elsewhere = under_common_rules(tallies[PRACTICES]) if PRACTICES in tallies and not options else ()
    result, option = _together(rules, parts, options)
    asked = [clause for part in parts for clause in part.outcome.clauses]
    asked += [rules.electorate.clause] if len(parts) > 1 else []
    return MotionOutcome(
        result,
        option,
        tuple(parts),
        rules.electorate.binding,
        rules.electorate.clause,
        tuple(dict.fromkeys(asked)),
        elsewhere,
        any(part.outcome.heads.took_part for part in parts),
    )


def _part(
    electorate: str, rules: RulesFor, tally: Tally, options: Sequence[str], chair: Choice | None
) -> Part:
    if options:
        chosen = choose(rules.voting, tally, options)
        first = replace(chosen.outcomes[0][1], result=chosen.result)
        best = next((each for code, each in chosen.outcomes if code == chosen.option), first)
        return Part(electorate, best, chosen.outcomes, chosen.option)
    return Part(electorate, count_tally(rules.voting, tally, casting_vote=chair))


def _together(rules: RulesFor, parts: Sequence[Part], options: Sequence[str]) -> tuple[Result, str]:
    if len(parts) == 1:
        return parts[0].outcome.result, parts[0].chosen
    result = side_by_side(rules.electorate.binding, parts[0].outcome, parts[1].outcome)
    if not options:
        return result, ""
    if rules.electorate.binding is Binding.BOTH:
        agreed = parts[0].chosen if parts[0].chosen == parts[1].chosen else ""
        return (result if agreed or result is not Result.CARRIED else Result.NOT_CARRIED), agreed
    binding = parts[0] if rules.electorate.binding is Binding.PRACTICES else parts[1]
    return result, binding.chosen
