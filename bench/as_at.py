"""Questions about a day, at 1×, 4× and 16× the nation, beside the same facts in one CSV read with pandas."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench.apart import answer, say
from bench.nations import LETTERS, build, multiply, multiply_sheet, write_sheet
from bench.rows import Row, late, middle, sampled, seconds

SEARCH_TARGET_MS = 50.0
BESIDE = "the same facts in one CSV, read and filtered with pandas"
FIRST_DAY, DAYS = date(2013, 4, 1), 4900
COMMISSIONERS = ("pct", "ccg", "icb")
LINES_AT_ONCE = 500_000

type_of_questions = dict[str, Callable[[], Iterator[Callable[[], object]]]]


def measure(options: dict[str, Any]) -> list[Row]:
    """Every question at every size; the database is the nation's (SQLite), or one built here (PostgreSQL)."""
    from django.db import connection

    if connection.vendor == "postgresql":
        build(options)
    folder = Path(options["folder"])
    original = folder / "facts.csv"
    write_sheet(original)
    rows: list[Row] = []
    copies = 0
    for size in options["sizes"]:
        more = LETTERS[copies : size - 1]
        if more:
            multiply(more)
            copies = size - 1
        sheet = folder / f"facts-{size}.csv"
        multiply_sheet(original, sheet, LETTERS[:copies])
        say(f"  asking at {size}×")
        rows += at_size(size, sheet, options["budget"])
        sheet.unlink()
    return rows


def at_size(size: int, sheet: Path, budget: float) -> list[Row]:
    """Ours and theirs in turn, so that both meet the same weather."""
    chance = random.Random(2026)
    questions = questions_with(chance)
    for ask in questions.values():
        next(ask())()
    ours: dict[str, list[float]] = {name: [] for name in questions}
    theirs: dict[str, list[float]] = {name: [] for name in questions}
    for _ in range(3 if size < 4 else 1):
        for name, ask in questions.items():
            ours[name] += sampled(ask(), budget=budget)
        for name, taken in ask_sheet(sheet).items():
            theirs[name].append(taken)
    return [
        Row(
            f"{name} ({size}×)",
            middle(ours[name]),
            "ms",
            p95=late(ours[name]),
            beside=BESIDE if theirs[name] else "",
            theirs=middle(theirs[name]) if theirs[name] else None,
            target=SEARCH_TARGET_MS if name == SEARCH and size == 1 else None,
        )
        for name in questions
    ]


COUNT, NATION = "commissioners on a day, counted", "the nation on a day: bodies, practices, patients, regions"
ONE, THEIRS, SEARCH = (
    "one organisation, with its history",
    "the practices of a commissioner",
    "search, “health centre”",
)


def questions_with(chance: random.Random) -> type_of_questions:
    """Each question as an endless supply of pieces of work, about chance days and organisations."""
    from remit.register import queries
    from remit.register.queries.nation import commissioner_codes_on, practice_codes_on

    days = [FIRST_DAY + timedelta(days=chance.randrange(DAYS)) for _ in range(40)]
    asked = [(chance.choice(sorted(commissioner_codes_on(day)) or [""]), day) for day in days]
    some = chance.choices(sorted(practice_codes_on(days[0])), k=len(days))

    def over(each: list[Callable[[], object]]) -> Callable[[], Iterator[Callable[[], object]]]:
        return lambda: iter(each)

    return {
        COUNT: over([lambda day=day: len(commissioner_codes_on(day)) for day in days]),
        NATION: over([lambda day=day: queries.nation_on(day) for day in days]),
        ONE: over([lambda c=c, d=d: queries.organisation_at(c, d) for c, d in zip(some, days, strict=True)]),
        THEIRS: over([lambda c=c, d=d: queries.practices_of(c, d) for c, d in asked]),
        SEARCH: over([lambda day=day: queries.search("health centre", day) for day in days]),
    }


def ask_sheet(sheet: Path) -> dict[str, float]:
    """Milliseconds for each question by pandas: all of the reading, and what the question takes besides."""
    import pandas

    day = "2018-04-01"

    def on_day(part: Any) -> Any:
        return part[(part.from_on <= day) & (part.until_on >= day)]

    asks: dict[str, Callable[[Any], object]] = {
        COUNT: lambda part: on_day(
            part[(part.about == "kind") & part.value.isin(COMMISSIONERS)]
        ).code.nunique(),
        ONE: lambda part: part[part.code == "A81001"],
        THEIRS: lambda part: on_day(part[(part.about == "commissioner") & (part.value == "00C")]),
        SEARCH: lambda part: part[
            part.about.isin(["name", "postcode"])
            & part.value.str.contains("health", case=False)
            & part.value.str.contains("centre", case=False)
        ],
    }
    reading, filtering = 0.0, dict.fromkeys(asks, 0.0)
    start = time.perf_counter()
    for part in pandas.read_csv(sheet, dtype=str, keep_default_na=False, chunksize=LINES_AT_ONCE):
        reading += time.perf_counter() - start
        for name, ask in asks.items():
            filtering[name] += seconds(lambda ask=ask, part=part: ask(part))
        start = time.perf_counter()
    return {name: (reading + taken) * 1000 for name, taken in filtering.items()}


if __name__ == "__main__":
    answer(measure)
