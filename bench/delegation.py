"""Public pages of the delegation programme as the server makes them, on the replayed nation: no network, no browser."""

from __future__ import annotations

import time
from typing import Any

from bench.apart import answer, say
from bench.pages import DatabaseClock, get, share
from bench.rows import Row, late, middle

TARGET_MS = 150.0
DAY = "2015-04-01"


def measure(options: dict[str, Any]) -> list[Row]:
    """Every page so many times, in turn; the target is held at the 95th percentile."""
    from django.conf import settings
    from django.test import Client

    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    clock, client, paths = DatabaseClock(), Client(SERVER_NAME="localhost"), addresses()
    taken: dict[str, list[float]] = {name: [] for name in paths}
    in_database: dict[str, list[float]] = {name: [] for name in paths}
    worked: dict[str, list[float]] = {name: [] for name in paths}
    asked: dict[str, int] = {}
    for number in range(options["times"] + 1):
        for name, path in paths.items():
            clock.start()
            before = time.process_time()
            milliseconds = get(client, path)
            processor = (time.process_time() - before) * 1000
            asked[name] = clock.questions
            if number:  # the first time warms up templates and memory
                taken[name].append(milliseconds)
                in_database[name].append(clock.milliseconds)
                worked[name].append(processor)
    say("  pages are made")
    return [
        Row(
            name,
            middle(taken[name]),
            "ms",
            p95=late(taken[name]),
            target=TARGET_MS,
            note=f"{late(worked[name]):.0f} ms of processor at p95; "
            f"{share(in_database[name], taken[name])} of it in {asked[name]} questions to the database",
        )
        for name in paths
    ]


def addresses() -> dict[str, str]:
    """What is asked for: the largest of each kind, so the same on every run, because the nation is.

    Raises `SystemExit` where the programme was not replayed.
    """
    from remit.delegation import queries
    from remit.kernel.actor import ANYONE
    from remit.kernel.moments import at_the_edge

    at = at_the_edge()
    rounds = {level: largest([row for row in queries.rounds(at) if row.level == level]) for level in (2, 3)}
    told = sorted(queries.announcements(at, ANYONE), key=lambda row: row.approved)
    if not told:
        raise SystemExit("nothing was announced on this nation: the programme was not replayed")
    biggest = told[-1]
    applied = queries.applications_in(rounds[3].code, at)
    one = applied[len(applied) // 2]
    every = sum(row.applied for row in queries.rounds(at))
    return {
        f"page: the programme today, of {every:,} applications": "/delegation/",
        "page: the programme on a day": f"/delegation/?on={DAY}",
        "page: levels and powers": "/delegation/levels/",
        "page: whether a power was held": f"/delegation/powers/check/?on={DAY}",
        "page: every round": "/rounds/",
        **{
            f"page: a round with {row.applied} applications": f"/rounds/{row.code}/"
            for row in rounds.values()
        },
        "page: every announcement": "/announcements/",
        f"page: an announcement of {biggest.approved} approved": f"/announcements/{biggest.code}/",
        "page: an application": f"/applications/{one.id}/",
        "page: the commissioner who made it": f"/commissioners/{one.commissioner}/?on={DAY}",
        "page: every figure": "/figures/",
    }


def largest(rounds: list[Any]) -> Any:
    """The round with the most applications."""
    return max(rounds, key=lambda row: row.applied)


if __name__ == "__main__":
    answer(measure)
