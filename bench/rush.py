"""A deadline rush through the real servers: every submission within two seconds around the deadline.

Half of them are sent whole in the last second before it, half in the first second after it, by a client in
another process that knows when it gave each last byte to the network. Ours judges by the receipt stamp taken
at the edge; the plain way beside it reads the clock in the view.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import rush_drafts
from bench.apart import ROOT, Failed, answer, say
from bench.rows import Row, late, middle
from bench.rush_client import Sent
from bench.rush_servers import HOST, behind_nginx, embedded, environment_for, status_of

OURS, PLAIN = "remit.config.settings", "bench.rush_plain"
CONNECT = 7.0
"""Seconds for opening the connections. nginx gives up on a body that pauses for ten."""
MARGIN = {False: 0.0, True: 0.05}
"""Seconds before the deadline in which nobody is sent, behind nginx: it notes arrivals by its own clock when it gets to
run. That was up to 29 ms after, at a load of 10 on two cores. `remit serve` takes the kernel's note, and needs none."""


@dataclass(frozen=True)
class Outcome:
    """One rush. Instants are seconds since 1970; `stamped` is what the server wrote down, by application. In the
    last `margin` seconds before the deadline nobody was to be sent; who was, for once, is not counted as in time."""

    deadline: float
    margin: float
    sent: tuple[Sent, ...]
    stamped: dict[str, float]

    @property
    def in_time(self) -> list[Sent]:
        """Whose last byte had left before the deadline, and before the margin."""
        return [each for each in self.sent if each.after < self.deadline - self.margin]

    @property
    def late(self) -> list[Sent]:
        """Whose last byte left after it."""
        return [each for each in self.sent if each.before >= self.deadline]

    @property
    def refused_in_time(self) -> int:
        """Of those in time, who got no receipt, for whatever reason."""
        return sum(not self.accepted(each) for each in self.in_time)

    @property
    def accepted_late(self) -> int:
        """Of those late, who got a receipt, or of whom the database says that they submitted."""
        return sum(each.status == 302 or each.application in self.stamped for each in self.late)

    @property
    def broken(self) -> int:
        """Who got neither a receipt nor the page that says it was late."""
        return sum(each.status not in (302, 409) for each in self.sent)

    def accepted(self, each: Sent) -> bool:
        """The answer leads to the receipt, and the database has it."""
        return each.status == 302 and "/receipt/" in each.location and each.application in self.stamped

    @property
    def waits(self) -> list[float]:
        """Seconds from the last byte to the answer."""
        return [each.answered - each.after for each in self.sent]

    @property
    def drained(self) -> float:
        """Seconds from the deadline until all were answered."""
        return max(each.answered for each in self.sent) - self.deadline

    @property
    def lags(self) -> list[float]:
        """Milliseconds by which stamps came after the last byte left: of those accepted."""
        return [
            1000 * (self.stamped[s.application] - s.after) for s in self.sent if s.application in self.stamped
        ]


# -- one rush ------------------------------------------------------------------------------------------------


def run_rush(postgres: bool, way: str, forms: list[rush_drafts.Ready], count: int, home: Path) -> Outcome:
    """A copy of the database, a server on it, and everybody at once. The last eight forms only warm it up."""
    with copy_of_database(postgres, home, way) as (folder, database, alias):
        environment = environment_for(folder, way, database)
        server = behind_nginx if postgres else embedded
        with server(folder, environment) as port:
            for form in forms[2 * count :]:
                status_of(port, form.path, form.cookies)
            deadline = float(int(time.time() + CONNECT + 1))
            rush_drafts.set_deadline(datetime.fromtimestamp(deadline, UTC), alias)
            plan = {"port": port, "deadline": deadline, "margin": MARGIN[postgres], "count": count}
            sent = run_client(forms[: 2 * count], plan)
        return Outcome(deadline, MARGIN[postgres], tuple(sent), rush_drafts.stamps(alias))


def run_client(forms: list[rush_drafts.Ready], plan: dict[str, Any]) -> list[Sent]:
    """The client, in a process of its own. Raises `Failed`."""
    # In time and late go to commissioners in turn, so that neither has all the low codes.
    mixed = [asdict(form) for form in (*forms[::2], *forms[1::2])]
    done = subprocess.run(
        [sys.executable, "-m", "bench.rush_client"],
        cwd=ROOT,
        input=json.dumps({**plan, "host": HOST, "forms": mixed}),
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Failed(f"the client ended with exit code {done.returncode}")
    return [Sent(**each) for each in json.loads(done.stdout)]


@contextmanager
def copy_of_database(postgres: bool, home: Path, way: str) -> Iterator[tuple[Path, str | None, str]]:
    """A folder of its own for the server's state, the URL of its database, and Django's alias for it."""
    from django.conf import settings
    from django.db import connections

    name = f"rush_{way.rpartition('.')[2]}"
    folder = home / name
    folder.mkdir()
    for part in ("secret-key", "static.collected"):
        shutil.copy(home / part, folder)
    shutil.copytree(home / "static", folder / "static")
    connections.close_all()
    held = {**connections.settings["default"]}
    if postgres:
        connections["default"].close_pool()  # nobody may be connected to what is copied
        with open_apart({**held, "NAME": "template1", "OPTIONS": {}}) as cursor:
            cursor.execute(f"CREATE DATABASE {name} TEMPLATE {held['NAME']}")
        database = f"{settings.DATABASE_URL.rpartition('/')[0]}/{name}"
        connections.settings[name] = {**held, "NAME": name, "OPTIONS": {}}
    else:
        shutil.copy(home / "remit.sqlite3", folder)
        database = None
        connections.settings[name] = {**held, "NAME": str(folder / "remit.sqlite3")}
    try:
        yield folder, database, name
    finally:
        connections[name].close()
        del connections.settings[name]


@contextmanager
def open_apart(held: dict[str, Any]) -> Iterator[Any]:
    """A cursor in a database next to our own, outside any transaction."""
    from django.db import connections

    connections.settings["apart"] = held
    try:
        with connections["apart"].cursor() as cursor:
            yield cursor
    finally:
        connections["apart"].close()
        del connections.settings["apart"]


# -- what came of it -----------------------------------------------------------------------------------------

SERVERS = {False: "remit serve, SQLite", True: "nginx, gunicorn, PostgreSQL"}


def rows_of(server: str, ours: Outcome, plain: Outcome) -> list[Row]:
    """Both ways on one server. Counts of wrongs have the target 0."""
    near = _how_near(ours)
    wrongs: dict[str, Callable[[Outcome], int]] = {
        f"refused though in time, of {len(ours.in_time):,}": lambda each: each.refused_in_time,
        f"accepted though late, of {len(ours.late):,}": lambda each: each.accepted_late,
        f"without an answer, of {len(ours.sent):,}": lambda each: each.broken,
    }
    beside = "the clock read in the view"
    made = [
        Row(f"{server}: {name}", count(ours), "wrong", beside=beside, theirs=count(plain), target=0)
        for name, count in wrongs.items()
    ]
    waits = f"{server}: seconds until one is answered"
    drained = f"{server}: seconds after the deadline until all are answered"
    return [
        *made,
        Row(
            waits,
            middle(ours.waits),
            "s",
            p95=late(ours.waits),
            beside=beside,
            theirs=middle(plain.waits),
            note=near,
        ),
        Row(drained, ours.drained, "s", beside=beside, theirs=plain.drained),
    ]


def _how_near(ours: Outcome) -> str:
    """How far stamps were from the truth, and what was left out near the deadline."""
    if not ours.lags:
        return ""
    words = f"receipt stamps at most {max(0.0, *ours.lags):.1f} ms after the last byte was sent"
    return words + (
        f"; none sent in the last {1000 * ours.margin:.0f} ms before the deadline" if ours.margin else ""
    )


def measure(options: dict[str, Any]) -> list[Row]:
    """One server, both ways, from the same drafts."""
    from django.conf import settings
    from django.core.management import call_command

    from remit.cli.serve import collect_static
    from remit.kernel.moments import at_the_edge

    count, postgres, home = options["count"], options["postgres"], Path(settings.REMIT_HOME)
    call_command("migrate", verbosity=0)
    collect_static()
    forms = rush_drafts.make(2 * count + 8, at_the_edge())
    outcomes = []
    for way in (OURS, PLAIN):
        say(f"  {SERVERS[postgres]}, {'ours' if way == OURS else 'the plain way'}")
        outcomes.append(run_rush(postgres, way, forms, count, home))
    keep(options.get("keep"), outcomes)
    return rows_of(SERVERS[postgres], *outcomes)


def keep(path: str | None, outcomes: list[Outcome]) -> None:
    """Every submission, for whoever wants to look closer."""
    if path:
        Path(path).write_text(json.dumps([asdict(each) for each in outcomes]))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", OURS)
    answer(measure)
