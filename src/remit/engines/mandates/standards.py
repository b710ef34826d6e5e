"""Published standards: what a representative body asks of a mandate, and what one falls short of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from remit.engines.mandates.counts import Result


@dataclass(frozen=True)
class Requirement:
    """One thing that a standard asks. Exactly one of its four tests is set.

    `rungs`: members were asked in one of these ways; `shows_count`: the count and who could vote are stated;
    `follows_constitution`: the route by which the constitution is amended is shown; `is_carried`: members said yes.
    `after` are requirements that have to be met before this one is asked; `unmet` says in a few words what is missing.
    """

    code: str
    words: str
    unmet: str
    after: tuple[str, ...] = ()
    rungs: tuple[str, ...] = ()
    shows_count: bool = False
    follows_constitution: bool = False
    is_carried: bool = False


@dataclass(frozen=True)
class Standard:
    """A standard as its body published it. `is_weak`: known from a report of it, not from its own text."""

    code: str
    short: str
    body: str
    name: str
    since: date
    source: str
    is_weak: bool
    requirements: tuple[Requirement, ...]


@dataclass(frozen=True)
class Shown:
    """What an application shows: the rung it stands on, whether its count is stated, what the vote came to, and
    whether the constitution's route is shown."""

    rung: str
    has_count: bool = False
    result: Result = Result.UNKNOWN
    has_route: bool = False


@dataclass(frozen=True)
class Comparison:
    """A mandate beside a standard, with the requirements that it does not meet, in order."""

    standard: Standard
    unmet: tuple[Requirement, ...]

    @property
    def is_met(self) -> bool:
        """Whether it meets every requirement."""
        return not self.unmet

    @property
    def words(self) -> str:
        """ "Meets GPC standard"; "Does not meet GPC standard: no full ballot"."""
        if self.is_met:
            return f"Meets {self.standard.short} standard"
        return f"Does not meet {self.standard.short} standard: {', '.join(each.unmet for each in self.unmet)}"


def compare(standard: Standard, shown: Shown) -> Comparison:
    """Hold what an application shows against a standard. What is asked only after something unmet is not asked."""
    unmet: list[Requirement] = []
    for asked in standard.requirements:
        failed = {each.code for each in unmet}
        if failed.isdisjoint(asked.after) and not _is_met(asked, shown):
            unmet.append(asked)
    return Comparison(standard, tuple(unmet))


def _is_met(asked: Requirement, shown: Shown) -> bool:
    if asked.rungs:
        return shown.rung in asked.rungs
    if asked.shows_count:
        return shown.has_count
    if asked.is_carried:
        return shown.result is Result.CARRIED
    return shown.has_route
