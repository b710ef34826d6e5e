"""Remit as it ran on a day in the past: the demo replayed up to then, served under a clock that the story moves.

Stories that bring their own rounds start from a nation in which there are none yet; it is built once, then copied.
"""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from remit.engines.deadlines import london_instant
from tests.journeys.conftest import ROOT, Site, database_for_journeys, free_port, while_it_serves

PRACTICES = "250"


def london(year: int, month: int, day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """An instant by London's clocks."""
    return london_instant(date(year, month, day), time(hour, minute, second))


BEFORE_ANY_ROUND = london(2014, 11, 4, 9)
"""The nation is there, and the first round of the replay opens six days later."""


@dataclass
class PastSite(Site):
    """The running demo of a day in the past. Its clock stands still until the story moves it."""

    now: datetime
    server: subprocess.Popen[str] | None = field(default=None, repr=False)

    def moves_to(self, instant: datetime) -> None:
        """Move the server's clock, and that of every command after it."""
        assert self.server is not None
        assert self.server.stdin is not None
        assert self.server.stdout is not None
        self.server.stdin.write(f"{instant.isoformat()}\n")
        self.server.stdin.flush()
        assert self.server.stdout.readline().strip() == instant.isoformat()
        self.now = instant

    def command(self, module: str, *arguments: str) -> list[str]:
        """The words that run a module now, by the story's clock."""
        wrapper = "tests.journeys.at_another_time"
        return [sys.executable, "-m", wrapper, self.now.isoformat(), module, *arguments]

    def runs(self, module: str, *arguments: str, expect: int = 0) -> str:
        """Run a module now, and expect an exit code. Answers what it wrote to standard output."""
        done = subprocess.run(
            self.command(module, *arguments),
            env=self.environment,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == expect, f"{done.returncode}: {done.stdout}{done.stderr}"
        return done.stdout

    def remit(self, *arguments: str) -> str:
        """Run the command line now."""
        return self.runs("remit.cli", *arguments)

    def says(self, *arguments: str, expect: int = 0) -> Any:
        """What the command line says now, as JSON."""
        return json.loads(self.runs("remit.cli", *arguments, "--json", expect=expect))

    def other_people(self, act: str, **said: str) -> dict[str, str]:
        """Let other people do something now; see `other_people`."""
        told: dict[str, str] = json.loads(self.runs("tests.journeys.other_people", act, json.dumps(said)))
        return told

    def somebody(self, mailbox: str, name: str, role: str, organisation: str) -> tuple[str, str]:
        """Register somebody with a role at an organisation: the e-mail address and the first password."""
        added = self.says(
            *("people", "add", "--email", f"{mailbox}@example.org", "--name", name),
            *("--role", role, "--organisation", organisation),
        )
        return added["email"], added["password"]

    def rows(self, path: str) -> list[dict[str, str]]:
        """The rows of a CSV that anybody can download."""
        with urllib.request.urlopen(f"{self.url}{path}", timeout=30) as answer:
            return list(csv.DictReader(io.StringIO(answer.read().decode())))

    def officer_at(self, commissioner: str) -> tuple[str, str]:
        """Register an officer of a commissioner: the e-mail address and the first password."""
        return self.somebody(commissioner.lower(), "Ottoline Frayne", "commissioner_officer", commissioner)

    def could_apply(self, round_code: str, level: int) -> list[str]:
        """Codes of commissioners that hold less than a level today and have not applied in a round."""
        applied = {row["commissioner"] for row in self.rows(f"/api/v1/rounds/{round_code}/applications.csv")}
        today = self.rows(f"/api/v1/positions.csv?on={self.now:%Y-%m-%d}")
        return [row["code"] for row in today if int(row["level"]) < level and row["code"] not in applied]


@contextmanager
def site_at(instant: datetime, home: Path, name: str) -> Iterator[PastSite]:
    """The demo as it was at an instant, served. `name` tells its database from those of other stories."""
    here = _built(instant, home, name)
    with _served(here):
        yield here


@contextmanager
def site_before_any_round(
    places: pytest.TempPathFactory, worker: str, name: str, instant: datetime = BEFORE_ANY_ROUND
) -> Iterator[PastSite]:
    """A copy of the nation before its first round, served at an instant."""
    nation = _nation_before_any_round(places.getbasetemp() / "nation", worker)
    home = places.mktemp(name)
    shutil.copytree(nation.home, home, dirs_exist_ok=True)
    environment = {**nation.environment, "REMIT_HOME": str(home)}
    database_for_journeys(environment, f"{worker}_{name}", copy_of=nation.environment.get("DATABASE_URL", ""))
    here = PastSite(f"http://127.0.0.1:{free_port()}", home, environment, instant)
    with _served(here):
        yield here


@cache
def _nation_before_any_round(home: Path, worker: str) -> PastSite:
    home.mkdir()
    return _built(BEFORE_ANY_ROUND, home, f"{worker}_nation")


def _built(instant: datetime, home: Path, name: str) -> PastSite:
    environment = {**os.environ, "REMIT_HOME": str(home), "REMIT_DEMO": "1"}
    database_for_journeys(environment, name)
    here = PastSite(f"http://127.0.0.1:{free_port()}", home, environment, instant)
    here.remit("migrate")
    here.remit("demo", "--practices", PRACTICES)
    return here


@contextmanager
def _served(here: PastSite) -> Iterator[None]:
    with (here.home / "server.log").open("w") as log:
        here.server = subprocess.Popen(
            here.command("remit.cli", "serve", "--port", here.url.rsplit(":", 1)[1]),
            env=here.environment,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        with here.server, while_it_serves(here.server, here):
            yield
