"""The dated parameters of delegation, read once from the rulebook: levels, evidence of support."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from remit.delegation.rules.reading import read
from remit.engines.powers import Level


@dataclass(frozen=True)
class Evidence:
    """A way in which a commissioner asked its members; a higher `grade` is firmer, 0 is “not specified”."""

    code: str
    name: str
    grade: int


@dataclass(frozen=True)
class PublishedPosition:
    """What a source states about commissioners: those of `names`, or every one of `kind`, at which level and from
    when until when (None: still)."""

    names: tuple[str, ...]
    kind: str
    level: int
    first: date
    last: date | None
    source: str
    href: str


@dataclass(frozen=True)
class PublishedBatch:
    """A count that was published: so many approved at a level, or with its powers `in_effect`, by a day. `figure` is
    the same number as a figure that opens, `change` the figure of its difference from the one before; else empty."""

    level: int
    what: str
    announced_on: date
    effective_on: date
    count: int
    figure: str
    change: str
    source: str
    href: str


@cache
def levels() -> Mapping[int, Level]:
    """The levels, by number."""
    return {
        row["level"]: Level(
            row["level"],
            row["name"],
            row["meaning"].strip(),
            row["since"],
            tuple(row["needs"]),
            tuple(row["needs_in_words"]),
            row["reference"],
        )
        for row in read("delegation.yaml")["levels"]
    }


@cache
def evidence_of_support() -> Mapping[str, Evidence]:
    """The kinds of evidence that members support an application, by code, firmest first."""
    rows = [row for row in read("standards.yaml")["ladder"] if row.get("is_answer", True)]
    return {row["code"]: Evidence(row["code"], row["name"], row["grade"]) for row in rows}


@cache
def published_positions() -> tuple[PublishedPosition, ...]:
    """Positions of real commissioners that a source at hand states. Nobody else's is guessed."""
    data = read("published_positions.yaml")
    return tuple(
        PublishedPosition(
            tuple(row.get("names", ())),
            row.get("kind", ""),
            row["level"],
            row["from"],
            row["until"],
            *_source(data["sources"][row["source"]]),
        )
        for row in (*data["positions"], *data["everyone"])
    )


@cache
def published_batches() -> tuple[PublishedBatch, ...]:
    """Batches whose count was published, the first one first."""
    data = read("published_positions.yaml")
    return tuple(
        PublishedBatch(
            row["level"],
            row["what"],
            row["announced_on"],
            row["effective_on"],
            row["count"],
            row["figure"],
            row.get("change", ""),
            *_source(data["sources"][row["source"]]),
        )
        for row in data["batches"]
    )


def _source(row: Mapping[str, str]) -> tuple[str, str]:
    return row["title"], row["href"]


@dataclass(frozen=True)
class Question:
    """One question of the form. `kind` is choice, day or words; `choices` are (code, words)."""

    code: str
    question: str
    hint: str
    kind: str
    choices: tuple[tuple[str, str], ...]
    levels: tuple[int, ...]
    unless: Mapping[str, tuple[str, ...]]
    most: int

    def is_asked(self, level: int, answers: Mapping[str, Any]) -> bool:
        """Whether it is asked at a level, given the answers so far."""
        spared = any(answers.get(other) in values for other, values in self.unless.items())
        return level in self.levels and not spared


@cache
def questions() -> Mapping[str, Question]:
    """Every question, by code, in the order in which they are asked."""
    return {row["code"]: _question(row) for row in read("delegation.yaml")["questions"]}


def _question(row: Any) -> Question:
    choices = tuple(row.get("choices", {}).items())
    if row.get("of") == "evidence_of_support":
        choices = tuple((each.code, each.name) for each in evidence_of_support().values())
    unless = {other: tuple(values) for other, values in row.get("unless", {}).items()}
    return Question(
        row["code"],
        row["question"],
        row["hint"],
        row["kind"],
        choices,
        tuple(row["levels"]),
        unless,
        row.get("most", 0),
    )
