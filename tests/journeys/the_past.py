"""Remit as it ran on a day in the past: the demo replayed up to then, served under a clock that the story moves."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from remit.engines.deadlines import london_instant
from tests.journeys.conftest import ROOT, Site, database_for_journeys, free_port, while_it_serves

PRACTICES = "250"


def london(year: int, month: int, day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """An instant by London's clocks."""
    return london_instant(date(year, month, day), time(hour, minute, second))


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

    def other_people(self, act: str) -> dict[str, str]:
        """Let other people do something now; see `other_people`."""
        told: dict[str, str] = json.loads(self.runs("tests.journeys.other_people", act))
        return told

    def rows(self, path: str) -> list[dict[str, str]]:
        """The rows of a CSV that anybody can download."""
        with urllib.request.urlopen(f"{self.url}{path}", timeout=30) as answer:
            return list(csv.DictReader(io.StringIO(answer.read().decode())))

    def officer_at(self, commissioner: str) -> tuple[str, str]:
        """Register an officer of a commissioner: the e-mail address and the first password."""
        added = self.says(
            *("people", "add", "--email", f"{commissioner.lower()}@example.org", "--name", "Ottoline Frayne"),
            *("--role", "commissioner_officer", "--organisation", commissioner),
        )
        return added["email"], added["password"]

    def could_apply(self, round_code: str, level: int) -> list[str]:
        """Codes of commissioners that hold less than a level today and have not applied in a round."""
        applied = {row["commissioner"] for row in self.rows(f"/api/v1/rounds/{round_code}/applications.csv")}
        today = self.rows(f"/api/v1/positions.csv?on={self.now:%Y-%m-%d}")
        return [row["code"] for row in today if int(row["level"]) < level and row["code"] not in applied]


@contextmanager
def site_at(instant: datetime, home: Path, name: str) -> Iterator[PastSite]:
    """The demo as it was at an instant, served. `name` tells its database from those of other stories."""
    environment = {**os.environ, "REMIT_HOME": str(home), "REMIT_DEMO": "1"}
    database_for_journeys(environment, name)
    port = str(free_port())
    here = PastSite(f"http://127.0.0.1:{port}", home, environment, instant)
    here.remit("migrate")
    here.remit("demo", "--practices", PRACTICES)
    with (home / "server.log").open("w") as log:
        here.server = subprocess.Popen(
            here.command("remit.cli", "serve", "--port", port),
            env=environment,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        with here.server, while_it_serves(here.server, here):
            yield here
