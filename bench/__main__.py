"""Measure, beside what one would use instead, and print the ratios.

    python -m bench [--only NAME] [--quick] [--json] [--postgres]

Takes about twenty minutes on two cores; `--quick` a few, with figures that only show that it works.
docs/reference/benchmarks.md says what is measured and how to read it.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bench import ledger
from bench.apart import Failed, postgres_is_here, run_apart, say
from bench.imports import payments_file
from bench.rows import WRONG, Row, middle, seconds
from bench.rush_servers import nginx_is_here

NATIONAL, SMALL = 7900, 300


@dataclass
class Run:
    """What was asked for, and a folder to work in."""

    folder: Path
    quick: bool
    postgres: bool
    nation: Path | None = None

    @property
    def practices(self) -> int:
        """How large a nation to measure on."""
        return SMALL if self.quick else NATIONAL

    def place(self, name: str) -> Path:
        """A folder of its own for a measurement."""
        path = self.folder / name
        path.mkdir()
        return path


def imports(run: Run) -> list[Row]:
    """Loading a payments file on both databases, three times each, ours first and theirs first in turn."""
    path = payments_file(run.place("files"), run.practices)
    rows: list[Row] = []
    for postgres in (False, True):
        if postgres and not postgres_is_here():
            say("  no PostgreSQL server is installed (apt-get install postgresql): measured on SQLite only")
            continue
        repeats = []
        for number in range(1 if run.quick else 3):
            say(f"  {'PostgreSQL' if postgres else 'SQLite'}, {number + 1}")
            home = run.place(f"import-{'postgres' if postgres else 'sqlite'}-{number}")
            options = {"file": str(path), "ours_first": number % 2 == 0}
            repeats.append(run_apart("bench.imports", options, home, postgres=postgres))
        rows += [median_of(list(same)) for same in zip(*repeats, strict=True)]
    return rows


def median_of(same: list[Row]) -> Row:
    """One row of several that measured the same."""
    theirs = [row.theirs for row in same if row.theirs is not None]
    return Row(
        **{
            **asdict(same[0]),
            "ours": middle(row.ours for row in same),
            "theirs": middle(theirs) if theirs else None,
        }
    )


def build_nation(run: Run) -> tuple[Path, list[Row]]:
    """The home of the invented nation, built once for all that need it."""
    if run.nation is not None:
        return run.nation, []
    say(f"  inventing and loading a nation of {run.practices:,} practices")
    run.nation = run.place("nation")
    return run.nation, run_apart("bench.nations", {"practices": run.practices}, run.nation)


def as_at(run: Run) -> list[Row]:
    """Questions about a day at three sizes."""
    home, rows = run.place("as-at"), []
    if not run.postgres:
        nation, rows = build_nation(run)
        shutil.copy(nation / "remit.sqlite3", home / "remit.sqlite3")
    options = {
        "folder": str(home),
        "sizes": [1, 4] if run.quick else [1, 4, 16],
        "budget": 0.3 if run.quick else 3.0,
        "practices": run.practices,
    }
    rows += run_apart("bench.as_at", options, home, postgres=run.postgres)
    shutil.rmtree(home)
    return rows


def pages(run: Run) -> list[Row]:
    """Pages as the server makes them."""
    nation, rows = build_nation(run)
    return rows + run_apart("bench.pages", {"times": 5 if run.quick else 40}, nation)


def delegation(run: Run) -> list[Row]:
    """Public pages of the delegation programme, replayed on the same nation."""
    nation, rows = build_nation(run)
    return rows + run_apart("bench.delegation", {"times": 5 if run.quick else 40}, nation)


def national_round(run: Run) -> list[Row]:
    """A round in the full process, assessed and announced, at three sizes on both databases."""
    rows: list[Row] = []
    for postgres in (False, True):
        if postgres and not postgres_is_here():
            say("  no PostgreSQL server is installed (apt-get install postgresql): measured on SQLite only")
            continue
        name = "PostgreSQL" if postgres else "SQLite"
        home = run.place(f"round-{name.lower()}")
        options = {
            "database": name,
            "folder": str(home),
            "applications": 6 if run.quick else 211,
            "sizes": [1, 2] if run.quick else [1, 4, 16],
            "times": 3 if run.quick else 40,
        }
        rows += run_apart("bench.national_round", options, home, postgres=postgres)
    return rows


def votes(run: Run) -> list[Row]:
    """A vote of a large membership, and of the nation, counted and read on both databases."""
    rows: list[Row] = []
    for postgres in (False, True):
        if postgres and not postgres_is_here():
            say("  no PostgreSQL server is installed (apt-get install postgresql): measured on SQLite only")
            continue
        name = "PostgreSQL" if postgres else "SQLite"
        home = run.place(f"votes-{name.lower()}")
        options = {
            "database": name,
            "folder": str(home),
            "sizes": [[20, 60]] if run.quick else [[500, 3_000], [8_000, 40_000]],
            "times": 3 if run.quick else 20,
        }
        rows += run_apart("bench.votes", options, home, postgres=postgres)
    return rows


def rush(run: Run) -> list[Row]:
    """A thousand submissions in the second before a deadline and a thousand in the one after, on both servers."""
    count = 50 if run.quick else 1000
    rows = run_apart("bench.rush", {"count": count, "postgres": False}, run.place("rush-sqlite"))
    if not nginx_is_here() or not postgres_is_here():
        say("  not measured behind nginx. As root: apt-get install -y nginx postgresql")
        return rows
    options = {"count": count, "postgres": True}
    return rows + run_apart("bench.rush", options, run.place("rush-nginx"), postgres=True)


def of_the_ledger(run: Run) -> list[Row]:
    """The ledger's own measurements, as rows like the others."""
    entries = 20_000 if run.quick else ledger.ENTRIES
    say(f"  a ledger of {entries:,} entries")
    return ledger_rows(ledger.run(entries))


def ledger_rows(found: list[ledger.Row]) -> list[Row]:
    """Percentiles beside their medians, and rates beside the alternatives'."""
    values = {row.what: row.value for row in found}
    proof, append = "one inclusion proof", "one act appended and on disk"
    verify = "full verification"
    apart = "verification of the export by the stand-alone program"
    chain, hashed = "a home-made hash chain in a CSV, checked", "sha256sum over the export"
    entries = values["entries, put there in bulk"]
    return [
        Row(
            f"{proof}, of {entries:,.0f} entries",
            values[f"{proof}, p50"],
            "ms",
            p95=values[f"{proof}, p95"],
            beside="checking all of a home-made hash chain",
            theirs=1000 * entries / values[chain],
            target=ledger.TARGET_MS,
        ),
        Row(append, values[f"{append}, p50"], "ms", p95=values[f"{append}, p95"]),
        Row(verify, values[verify], "entries/s", beside=chain, theirs=values[chain]),
        Row(apart, values[apart], "entries/s", beside=hashed, theirs=values[hashed]),
        Row("export into one file", values["export"], "entries/s"),
    ]


BENCHMARKS: dict[str, Callable[[Run], list[Row]]] = {
    "import": imports,
    "as-at": as_at,
    "pages": pages,
    "delegation": delegation,
    "round": national_round,
    "votes": votes,
    "rush": rush,
    "ledger": of_the_ledger,
}


def machine() -> dict[str, Any]:
    """What it was measured on."""
    return {
        "cores": len(os.sched_getaffinity(0)),
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 1),
    }


def table_of(name: str, rows: list[Row]) -> Table:
    """For people."""
    table = Table(title=name, title_justify="left", title_style="bold")
    for head in ("", "ours", "p95", "the alternative", "times as fast"):
        table.add_column(
            head, justify="left" if head in ("", "the alternative") else "right", overflow="fold"
        )
    for row in rows:
        what = row.name + (f"\n[dim]{row.note}[/dim]" if row.note else "")
        theirs = f"{figure(row.theirs)} {row.unit}: {row.beside}" if row.theirs is not None else ""
        table.add_row(what, f"{figure(row.ours)} {row.unit}", late_words(row), theirs, ratio_words(row))
    return table


def late_words(row: Row) -> str:
    """The 95th percentile, and whether a target is met."""
    words = figure(row.p95) if row.p95 is not None else ""
    if row.target is None:
        return words
    return f"{words} {'✓' if row.is_met else 'NOT MET:'} {figure(row.target)}".strip()


def ratio_words(row: Row) -> str:
    """ "12" for twelve times as fast, "1/8" for an eighth as fast."""
    if row.ratio is None:
        return ""
    return f"{figure(row.ratio)}" if row.ratio >= 1 else f"1/{figure(1 / row.ratio)}"


def figure(number: float | None) -> str:
    """Three figures, and no more than one needs."""
    if number is None:
        return ""
    if number >= 100:
        return f"{number:,.0f}"
    return f"{number:.1f}" if number >= 10 else f"{number:.2g}"


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__.split("\n")[0])
    parser.add_argument("--only", choices=list(BENCHMARKS), help="one benchmark")
    parser.add_argument("--quick", action="store_true", help="small sizes: only shows that it works")
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
    parser.add_argument("--postgres", action="store_true", help="ask the as-at questions of PostgreSQL")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    """Run what was asked for; 1 if a measurement ended badly, or what must never happen did."""
    asked = parse(arguments)
    console = Console(width=None if sys.stdout.isatty() else 140)
    found: dict[str, list[Row]] = {}
    with tempfile.TemporaryDirectory(prefix="remit-bench-") as folder:
        run = Run(Path(folder), asked.quick, asked.postgres)
        for name in [asked.only] if asked.only else BENCHMARKS:
            say(name)
            try:
                took = seconds(lambda name=name: found.__setitem__(name, BENCHMARKS[name](run)))
            except Failed as failure:
                say(f"error: {failure}")
                return 1
            say(f"  {took:.0f} s")
            if not asked.json:
                console.print(table_of(name, found[name]))
    if asked.json:
        print(json.dumps({"machine": machine(), "benchmarks": as_json(found)}, ensure_ascii=False, indent=1))
    wrong = [row for rows in found.values() for row in rows if row.unit == WRONG and row.is_met is False]
    for row in wrong:
        say(f"NOT MET: {row.name}: {figure(row.ours)}")
    return 1 if wrong else 0


def as_json(found: dict[str, list[Row]]) -> dict[str, list[dict[str, Any]]]:
    """For machines: every row with its ratio."""
    return {
        name: [{**asdict(row), "ratio": row.ratio, "is_met": row.is_met} for row in rows]
        for name, rows in found.items()
    }


if __name__ == "__main__":
    sys.exit(main())
