"""What the seeds demand and how far Remit meets it: claims judged by their evidence.

Reads two packaged files and nothing else; needs no Django.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

NO_PAGE = "no page shows it yet"
NO_TEST = "no test proves it yet"
NO_NOTE = "the registry does not say what is missing"


class State(StrEnum):
    """How far a demand is met."""

    WORKS = "works"
    PARTLY = "partly"
    NOT_YET = "not yet"


@dataclass(frozen=True)
class Article:
    """One of the five published articles. `published` is text, as two of them are dated to the month only."""

    id: str
    publisher: str
    published: str
    subject: str


@dataclass(frozen=True)
class SeedRow:
    """One demand. `url` is the path of a live page or empty; `missing` says what is missing, or is empty.

    `is_invented`: that page is about the invented nation, and is there only where the demonstration was built.
    """

    id: str
    article: str
    says: str
    must: str
    area: str
    state: State
    url: str
    missing: str
    tests: tuple[str, ...]
    is_invented: bool = False


@dataclass(frozen=True)
class Tour:
    """The articles and their demands, both in the order of their ids."""

    articles: tuple[Article, ...]
    rows: tuple[SeedRow, ...]

    def counts(self) -> dict[State, int]:
        """How many demands are in each state; every state is there, with 0 if need be."""
        return _counted(self.rows)

    def counts_by_article(self) -> dict[str, dict[State, int]]:
        """The same for each article id."""
        return {a.id: _counted([row for row in self.rows if row.article == a.id]) for a in self.articles}

    def only(self, *, article: str | None = None, state: State | None = None) -> tuple[SeedRow, ...]:
        """The demands of one article, in one state, or both; None means any."""
        return tuple(
            row
            for row in self.rows
            if (article is None or row.article == article) and (state is None or row.state == state)
        )


def tour() -> Tour:
    """The whole tour. A claim without its evidence is shown as what the evidence supports, and why."""
    claimed = claims()
    return Tour(claimed.articles, tuple(judged(row) for row in claimed.rows))


def as_json(rows: Sequence[SeedRow]) -> list[dict[str, str | list[str]]]:
    """The rows as a list of id, state, url (empty while there is no page) and tests (pytest node ids)."""
    return [
        {"id": row.id, "state": row.state.value, "url": row.url, "tests": list(row.tests)} for row in rows
    ]


def judged(row: SeedRow) -> SeedRow:
    """The row as far as its evidence goes.

    "works" needs a page and a test, "partly" a page or a test and a note of what is missing. A row that
    claims more comes back one or two states lower, and `missing` says what it lacks.
    """
    lacks = [note for note, given in ((NO_PAGE, row.url), (NO_TEST, row.tests)) if not given]
    if row.state is State.NOT_YET or (row.state is State.WORKS and not lacks):
        return row
    if len(lacks) == 2:
        return replace(row, state=State.NOT_YET, missing="; ".join(filter(None, [row.missing, *lacks])))
    if row.state is State.WORKS:
        return replace(row, state=State.PARTLY, missing="; ".join(lacks))
    return row if row.missing else replace(row, state=State.NOT_YET, missing=NO_NOTE)


@cache
def claims() -> Tour:
    """The registry as it stands, not yet judged. Raises `ValueError` for an unknown state, area or seed."""
    registry = _packaged("seeds.yaml")
    tests: Mapping[str, list[str]] = json.loads(_text("tests.json"))
    rows = tuple(
        _claim(demand, article["id"], tuple(tests.get(demand["id"], ())))
        for article in registry["articles"]
        for demand in article["demands"]
    )
    strange = {row.area for row in rows} - set(registry["areas"]) | set(tests) - {row.id for row in rows}
    if strange:
        raise ValueError(f"the tour knows no area or seed called {', '.join(sorted(strange))}")
    return Tour(tuple(_article(entry) for entry in registry["articles"]), rows)


def _claim(demand: Mapping[str, Any], article: str, tests: tuple[str, ...]) -> SeedRow:
    return SeedRow(
        id=demand["id"],
        article=article,
        says=demand["says"],
        must=demand["must"],
        area=demand["area"],
        state=State(demand["state"]),
        url=demand.get("page", ""),
        missing=demand.get("missing", ""),
        tests=tests,
        is_invented=demand.get("invented", False),
    )


def _article(entry: Mapping[str, Any]) -> Article:
    return Article(entry["id"], entry["publisher"], entry["published"], entry["subject"])


def _counted(rows: Sequence[SeedRow]) -> dict[State, int]:
    found = Counter(row.state for row in rows)
    return {state: found[state] for state in State}


def _packaged(name: str) -> Any:
    return yaml.safe_load(_text(name))


def _text(name: str) -> str:
    return files("remit.tour").joinpath(name).read_text(encoding="utf-8")
