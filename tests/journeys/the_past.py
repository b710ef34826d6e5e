"""Remit as it ran on a day in the past: the demo replayed up to then, served under a clock that the story moves.

Stories that bring their own rounds start from a nation in which there are none yet.
"""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import IO, Any

from remit.engines.deadlines import london_instant
from tests.journeys.conftest import ROOT, free_port, while_it_serves
from tests.journeys.nations import Nations, Site

PRACTICES = "250"


def london(year: int, month: int, day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """An instant by London's clocks."""
    return london_instant(date(year, month, day), time(hour, minute, second))


BEFORE_ANY_ROUND = london(2014, 11, 6, 9)
"""The nation is there, the programme of 2015-16 is published, and its rounds open four days later."""
FIVE_TO_NOON = london(2015, 1, 9, 11, 55)
"""Of the day on which the round for Level 3 closes at noon. 77 have applied."""
ONCE_64_ARE_ANNOUNCED = london(2015, 3, 1, 12)
"""And nothing is signed, nor anything for Level 2 decided."""


@dataclass
class PastSite(Site):
    """The running demo of a day in the past. Its clock stands still until the story moves it."""

    now: datetime
    server: subprocess.Popen[str] | None = field(default=None, repr=False)
    ready: subprocess.Popen[str] | None = field(default=None, repr=False)

    def builds(self) -> None:
        """Replay the demo up to now."""
        command = self.command("remit.cli", "demo", "--practices", PRACTICES)
        done = subprocess.run(
            command,
            env=self.environment,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=900,
        )
        assert done.returncode == 0, f"{done.stdout}{done.stderr}"

    def moves_to(self, instant: datetime) -> None:
        """Move the server's clock, and that of every command after it."""
        assert _tell(self.server, instant.isoformat()) == instant.isoformat()
        self.now = instant

    def command(self, module: str, *arguments: str) -> list[str]:
        """The words that run a module now, by the story's clock."""
        wrapper = "tests.journeys.at_another_time"
        return [sys.executable, "-m", wrapper, self.now.isoformat(), module, *arguments]

    def runs(self, module: str, *arguments: str, expect: int = 0) -> str:
        """Run a module now, and expect an exit code. Answers what it wrote to standard output."""
        out, err = self.home / "command.out", self.home / "command.err"
        told = {"instant": self.now.isoformat(), "module": module, "arguments": arguments}
        code = _tell(self.ready, json.dumps({**told, "out": str(out), "err": str(err)}))
        assert code, (self.home / "server.log").read_text()[-3000:]
        assert code == str(expect), f"{code}: {out.read_text()}{err.read_text()}"
        return out.read_text()

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
        """Codes of commissioners that hold less than a level today, or nobody knows which, and have not applied."""
        applied = {row["commissioner"] for row in self.rows(f"/api/v1/rounds/{round_code}/applications.csv")}
        today = self.rows(f"/api/v1/positions.csv?on={self.now:%Y-%m-%d}")
        return [row["code"] for row in today if int(row["level"] or 0) < level and row["code"] not in applied]


@contextmanager
def site_at(
    instant: datetime, nations: Nations, name: str, built_at: datetime | None = None
) -> Iterator[PastSite]:
    """The demo as it was at an instant, served. `name` tells its database from those of other stories.

    `built_at`: an instant before it, up to which the demo is replayed; the rest is for the story to tell.
    """
    until = built_at or instant
    copy = nations.copied(f"{until:%Y%m%dT%H%M%SZ}", name, lambda site: _past(site, until).builds())
    here = _past(copy, instant)
    here.url = f"http://127.0.0.1:{free_port()}"
    with _served(here):
        yield here


@contextmanager
def site_before_any_round(
    nations: Nations, name: str, instant: datetime = BEFORE_ANY_ROUND
) -> Iterator[PastSite]:
    """The nation before its first round, served at an instant."""
    with site_at(instant, nations, name, BEFORE_ANY_ROUND) as here:
        yield here


def _past(site: Site, now: datetime) -> PastSite:
    return PastSite(site.url, site.home, site.environment, now)


@contextmanager
def _served(here: PastSite) -> Iterator[None]:
    serve = here.command("remit.cli", "serve", "--port", here.url.rsplit(":", 1)[1])
    ready = [sys.executable, "-m", "tests.journeys.ready_at_another_time"]
    with (
        (here.home / "server.log").open("w") as log,
        _listening(serve, here, log) as here.server,
        _listening(ready, here, log) as here.ready,
        while_it_serves(here.server, here),
    ):
        yield


def _listening(command: list[str], here: PastSite, log: IO[str]) -> subprocess.Popen[str]:
    """A process that answers each line that it is told with a line. It ends when nobody can tell it more."""
    return subprocess.Popen(
        command,
        env=here.environment,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
    )


def _tell(listening: subprocess.Popen[str] | None, line: str) -> str:
    assert listening is not None
    assert listening.stdin is not None
    assert listening.stdout is not None
    listening.stdin.write(f"{line}\n")
    listening.stdin.flush()
    return listening.stdout.readline().strip()
