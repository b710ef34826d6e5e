"""The nations that stories begin with: each is built once in a run, by the worker that needs it first, then copied.

A story changes its own copy only, so that it finds what it would find in a nation built for it alone.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

EMPTY = "empty"


@dataclass
class Site:
    """A home of Remit with its database: what a story's commands work on, and where its server answers."""

    url: str
    home: Path
    environment: dict[str, str]

    def remit(self, *arguments: str) -> str:
        """Run the command line against the same state."""
        done = subprocess.run(
            [sys.executable, "-m", "remit.cli", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=900,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


Build = Callable[[Site], object]


@dataclass(frozen=True)
class Nations:
    """Where the nations of a run are, which its workers share."""

    folder: Path
    worker: str

    def copied(self, nation: str, name: str, build: Build) -> Site:
        """A nation for a story alone. `build` makes it, of an empty database, if there is none yet."""
        site = _site(self.folder / f"{self.worker}-{name}", f"{self.worker}_{name}")
        _begin_with(site, self._built(nation, build))
        return site

    def _built(self, nation: str, build: Build) -> Site:
        site, is_there = _site(self.folder / nation, nation), self.folder / f"{nation}.built"
        with _alone(self.folder / f"{nation}.lock"):
            if not is_there.exists():
                _begin_with(site, None if nation == EMPTY else self._built(EMPTY, _migrate))
                build(site)
                is_there.touch()
        return site


def nations_of(places: pytest.TempPathFactory, worker: str) -> Nations:
    """The nations of this run."""
    own = places.getbasetemp()
    folder = (own if worker == "master" else own.parent) / "nations"
    folder.mkdir(exist_ok=True)
    return Nations(folder, worker)


def _migrate(site: Site) -> None:
    site.remit("migrate")


def _site(home: Path, name: str) -> Site:
    """A database of its own: a file by default, else one on the PostgreSQL that the tests run on."""
    environment = {**os.environ, "REMIT_HOME": str(home), "REMIT_DEMO": "1"}
    server = environment.pop("DATABASE_URL", "")
    if server.startswith("postgres"):
        environment["DATABASE_URL"] = f"{server.rsplit('/', 1)[0]}/journeys_{name}"
    return Site("", home, environment)


def _begin_with(site: Site, model: Site | None) -> None:
    """Make the site's home and database, with what is in the model's."""
    shutil.rmtree(site.home, ignore_errors=True)
    if model is None:
        site.home.mkdir()
    else:
        shutil.copytree(model.home, site.home)
    if "DATABASE_URL" not in site.environment:
        return
    import psycopg

    template = f' TEMPLATE "{_database(model)}"' if model else ""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{_database(site)}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{_database(site)}"{template}')


def _database(site: Site) -> str:
    return site.environment["DATABASE_URL"].rsplit("/", 1)[1]


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """While no other worker is here."""
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
