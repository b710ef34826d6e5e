"""The dated parameters of delegation, read once from the rulebook: levels, evidence of support."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

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
