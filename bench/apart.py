"""Measurements in processes of their own: each with its own folder, settings and database."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.rows import Row

ROOT = Path(__file__).resolve().parent.parent
WITH_POSTGRES = ROOT / "scripts" / "with_postgres.py"

type_of_measure = Callable[[dict[str, Any]], list[Row]]


class Failed(Exception):
    """A measurement ended badly; what it said went to standard error."""


def say(text: str) -> None:
    """Progress, on standard error."""
    print(text, file=sys.stderr, flush=True)


def postgres_is_here() -> bool:
    """Whether a PostgreSQL server is installed that `scripts/with_postgres.py` can start."""
    return any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or shutil.which("initdb") is not None


def run_apart(module: str, options: dict[str, Any], home: Path, *, postgres: bool = False) -> list[Row]:
    """What `module` measures, in a process whose state is in `home`. Raises `Failed`."""
    command = [sys.executable, "-m", module, json.dumps(options)]
    if postgres:
        command = [sys.executable, str(WITH_POSTGRES), *command]
    environment = {
        **os.environ,
        "REMIT_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "remit.config.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    environment.pop("DATABASE_URL", None)
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise Failed(f"{module} ended with exit code {done.returncode}")
    return [Row(**row) for row in json.loads(done.stdout)]


def answer(measure: type_of_measure) -> None:
    """Inside that process: set Django up, measure, and hand the rows over."""
    import django

    import remit.config  # noqa: F401 - puts SQLite in place before Django loads

    django.setup()
    rows = measure(json.loads(sys.argv[1]))
    print(json.dumps([asdict(row) for row in rows]))
