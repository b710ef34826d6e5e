"""The rulebook's figures: what words mean, and what the five articles print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import yaml
from django.conf import settings

from remit.engines.figures import Amount, Comparison, Vocabulary


@cache
def _read(name: str) -> Any:
    text = (settings.RULEBOOK / name).read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.CSafeLoader)


@cache
def vocabulary() -> Vocabulary:
    """The table of words that claims are made of."""
    table = _read("words.yaml")
    return Vocabulary(
        comparisons=tuple(_comparison(row) for row in table["comparisons"]),
        amounts=tuple(Amount(tuple(row["words"]), 100 * Fraction(row["share"])) for row in table["amounts"]),
        whole=tuple((word, comparison, amount) for word, (comparison, amount) in table["whole"].items()),
    )


def _comparison(row: dict[str, Any]) -> Comparison:
    lowest, highest = row.get("from", row.get("above")), row.get("to", row.get("below"))
    return Comparison(
        name=row["name"],
        words=tuple(row["words"]),
        lowest=None if lowest is None else Fraction(lowest),
        highest=None if highest is None else Fraction(highest),
        with_lowest="above" not in row,
        with_highest="below" not in row,
    )


@dataclass(frozen=True)
class PrintedFigure:
    """A figure as an article printed it, with its set's base filled in.

    `is_trial`: nobody printed it so; a printed percentage is held against another base, to see if that was meant.
    """

    id: str
    label: str
    definition: str
    count: int | None
    count_what: str
    base: int | None
    base_what: str
    day: date | None
    source: str
    published: str
    percent: Decimal | None
    claim: str
    note: str
    part_of: str
    figure_set: str
    is_trial: bool
    computed_as: str

    @property
    def ledger_number(self) -> str:
        """Its entry in the number ledger: N14 for N14-Q1-yes; empty for one that is not in it."""
        first = self.id.split("-")[0]
        return first if first.startswith("N") else ""


@dataclass(frozen=True)
class Article:
    """A published article and its figures, in the order of reading. `public_by` is a day on which it was out: the last
    of the month or season where the day itself is not known."""

    id: str
    publisher: str
    published: str
    public_by: date
    subject: str
    figures: tuple[PrintedFigure, ...]


@dataclass(frozen=True)
class Trap:
    """Figures that look alike and are not."""

    says: str
    figures: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class PrintedClaim:
    """Something that can be checked: (kind, arguments) pairs, where N1 stands for a figure's count."""

    key: str
    article: str
    says: str
    checks: tuple[tuple[str, Mapping[str, Any]], ...]


@cache
def articles() -> tuple[Article, ...]:
    """The five articles in their order, then what other publishers said of the same events."""
    return tuple(
        Article(
            row["id"],
            row["publisher"],
            row["published"],
            row["public_by"],
            row["subject"],
            tuple(_figures_of(row)),
        )
        for row in _read("articles.yaml")["articles"]
    )


def _figures_of(article: dict[str, Any]) -> Iterator[PrintedFigure]:
    sets = {row["set"]: row for row in article.get("sets", ())}
    for row in article["figures"]:
        whole = sets[row["set"]] if "set" in row else {}
        yield PrintedFigure(
            id=row["id"],
            label=row["label"],
            definition=row["definition"],
            count=row.get("count"),
            count_what=row.get("count_what", ""),
            base=row.get("base", whole.get("base")),
            base_what=row.get("base_what", whole.get("base_what", "")),
            day=row.get("day"),
            source=row.get("source") or whole.get("source") or article["source"],
            published=row.get("published", ""),
            percent=Decimal(row["percent"]) if "percent" in row else None,
            claim=row.get("claim", ""),
            note=row.get("note", ""),
            part_of=row.get("part_of", ""),
            figure_set=row.get("set", ""),
            is_trial=row.get("trial", False),
            computed_as=row.get("computed_as", ""),
        )


@cache
def computed_as() -> Mapping[str, str]:
    """The figure that this service itself counts of the same as an article's, by the id of that."""
    return {
        each.id: each.computed_as for article in articles() for each in article.figures if each.computed_as
    }


@cache
def set_titles() -> Mapping[str, str]:
    """What each set of the articles is about."""
    rows = _read("articles.yaml")["articles"]
    return {each["set"]: each["title"] for row in rows for each in row.get("sets", ())}


@cache
def traps() -> tuple[Trap, ...]:
    """Figures of the articles that look alike and are not."""
    return tuple(
        Trap(row["says"], tuple(row["figures"]), row["why"]) for row in _read("articles.yaml")["traps"]
    )


@cache
def claims() -> tuple[PrintedClaim, ...]:
    """Everything that can be checked in the articles' figures."""
    return tuple(
        PrintedClaim(
            row["key"],
            row["article"],
            row["says"],
            tuple(pair for check in row["checks"] for pair in check.items()),
        )
        for row in _read("claims.yaml")["claims"]
    )
