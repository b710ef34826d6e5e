"""Pages of the national nation as the server makes them, in process: no network, no browser."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from bench.apart import answer, say
from bench.rows import Row, late, middle

DAY = "2018-04-01"


def measure(options: dict[str, Any]) -> list[Row]:
    """Every page so many times, in turn."""
    from django.conf import settings
    from django.core.cache import cache
    from django.test import Client

    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    clock = DatabaseClock()
    client = Client(SERVER_NAME="localhost")
    paths = addresses()
    taken: dict[str, list[float]] = {name: [] for name in paths}
    cold: list[float] = []
    in_database: dict[str, list[float]] = {name: [] for name in paths}
    asked: dict[str, int] = {}
    for number in range(options["times"] + 1):
        for name, path in paths.items():
            clock.start()
            milliseconds = get(client, path)
            if number:  # the first time warms up templates and memory
                taken[name].append(milliseconds)
                in_database[name].append(clock.milliseconds)
            asked[name] = clock.questions
        if number < 4:
            cache.clear()
            cold.append(get(client, paths[SEARCH]))
    say("  pages are made")
    return [
        Row(
            name,
            middle(taken[name]),
            "ms",
            p95=late(taken[name]),
            beside="the same without what is remembered" if name == SEARCH else "",
            theirs=middle(cold) if name == SEARCH else None,
            note=f"{share(in_database[name], taken[name])} of it in {asked[name]} questions to the database",
        )
        for name in paths
    ]


SEARCH = "page: search for “health centre”"


def addresses() -> dict[str, str]:
    """What is asked for: the same on every run, because the nation is."""
    from datetime import date

    from remit.register import queries

    day = date.fromisoformat(DAY)
    commissioner = one_of(queries.commissioners_on(day))
    practice = one_of(queries.practices_of(commissioner, day))
    board = one_of(queries.commissioners_on(date(2026, 4, 1)))
    return {
        "page: home, today": "/",
        "page: home, as at a day": f"/?on={DAY}",
        "page: every commissioner of a day": f"/commissioners/?on={DAY}",
        "page: a commissioner": f"/commissioners/{commissioner}/?on={DAY}",
        "page: a board": f"/commissioners/{board}/",
        "page: every practice of a day, one page": f"/practices/?on={DAY}",
        "page: a practice": f"/practices/{practice}/?on={DAY}",
        SEARCH: "/search/?q=health+centre",
    }


def one_of(rows: list[Any]) -> str:
    """The code of one in the middle."""
    code: str = rows[len(rows) // 2].code
    return code


def get(client: Any, path: str) -> float:
    """Milliseconds for a page, which must be there."""
    start = time.perf_counter()
    response = client.get(path)
    taken = (time.perf_counter() - start) * 1000
    if response.status_code != 200:
        raise SystemExit(f"{path} answered {response.status_code}")
    return taken


def share(part: list[float], whole: list[float]) -> str:
    """As a percentage."""
    return f"{100 * sum(part) / sum(whole):.0f} %"


class DatabaseClock:
    """The time spent in the database, reading rows included: SQLite does most of its work while rows are read."""

    def __init__(self) -> None:
        from django.db import connection
        from django.db.backends.utils import CursorWrapper

        clock = self
        self.milliseconds = 0.0
        self.questions = 0

        def timed(name: str) -> Callable[..., Any]:
            def call(cursor: Any, *arguments: Any, **named: Any) -> Any:
                clock.questions += name.startswith("execute")
                start = time.perf_counter()
                try:
                    if name.startswith("execute"):
                        return getattr(super(Timed, cursor), name)(*arguments, **named)
                    return getattr(cursor.cursor, name)(*arguments, **named)
                finally:
                    clock.milliseconds += (time.perf_counter() - start) * 1000

            return call

        class Timed(CursorWrapper):
            """A cursor that keeps the clock."""

            execute = timed("execute")
            executemany = timed("executemany")
            fetchone = timed("fetchone")
            fetchmany = timed("fetchmany")
            fetchall = timed("fetchall")

        connection.make_cursor = lambda cursor: Timed(cursor, connection)

    def start(self) -> None:
        """From nothing."""
        self.milliseconds, self.questions = 0.0, 0


if __name__ == "__main__":
    answer(measure)
