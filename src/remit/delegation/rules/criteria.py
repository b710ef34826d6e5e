"""How applications are assessed: criteria and their scale, views, reasons, the days for a challenge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from remit.delegation.rules.reading import read
from remit.engines.scoring import Criterion as Scored

FILE = "criteria.yaml"


@dataclass(frozen=True)
class Criterion:
    """One criterion: what it asks to be shown, how much it counts, and the sections to read first."""

    code: str
    name: str
    meaning: str
    weight: int
    group: str
    sections: tuple[str, ...]
    source: str

    @property
    def scored(self) -> Scored:
        """As the engine knows it."""
        return Scored(self.code, self.weight, max(scale()))


@dataclass(frozen=True)
class CriterionGroup:
    """Criteria that are scored on one page."""

    code: str
    name: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class ScalePoint:
    """One score, in words."""

    score: int
    name: str
    meaning: str


@dataclass(frozen=True)
class DecisionReason:
    """A reason that can be given with some outcomes."""

    code: str
    name: str
    outcomes: tuple[str, ...]


@dataclass(frozen=True)
class ChallengeRule:
    """How many calendar days there are to challenge a decision, counted from the letter that told it."""

    days: int
    source: str
    since: date


@cache
def criterion_groups() -> Mapping[str, CriterionGroup]:
    """The groups, by code, in the order in which they are scored."""
    return {
        row["code"]: CriterionGroup(
            row["code"],
            row["name"],
            tuple(
                Criterion(
                    each["code"],
                    each["name"],
                    each["meaning"].strip(),
                    each["weight"],
                    row["code"],
                    tuple(each["sections"]),
                    each["source"],
                )
                for each in row["criteria"]
            ),
        )
        for row in read(FILE)["groups"]
    }


@cache
def criteria() -> Mapping[str, Criterion]:
    """Every criterion, by code, in order."""
    return {each.code: each for group in criterion_groups().values() for each in group.criteria}


@cache
def scale() -> Mapping[int, ScalePoint]:
    """The scores that can be given, lowest first."""
    return {
        row["score"]: ScalePoint(row["score"], row["name"], row["meaning"]) for row in read(FILE)["scale"]
    }


@cache
def stage_views() -> Mapping[str, str]:
    """What somebody along the chain can think of an application: names by code."""
    return {row["code"]: row["name"] for row in read(FILE)["views"]}


@cache
def decision_reasons() -> Mapping[str, DecisionReason]:
    """The reasons that can be given, by code."""
    return {
        row["code"]: DecisionReason(row["code"], row["name"], tuple(row["outcomes"]))
        for row in read(FILE)["decision_reasons"]
    }


@cache
def interest_kinds() -> Mapping[str, str]:
    """The categories of interests: names by code."""
    return {row["code"]: row["name"] for row in read(FILE)["interest_kinds"]}


@cache
def challenge_rule() -> ChallengeRule:
    """The days for a challenge."""
    row = read(FILE)["challenge"]
    return ChallengeRule(row["days"], row["source"], row["since"])
