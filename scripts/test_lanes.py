#!/usr/bin/env python3
"""The whole suite on SQLite with coverage, then the whole suite on PostgreSQL; then the coverage gates."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTEST = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", "tests"]
# (what, least share of branches, paths)
GATES = [
    ("engines, kernel and ledger", 100, "src/remit/engines/*,src/remit/kernel/*,src/remit/ledger/*"),
    ("rooms", 95, "src/remit/accounts/*,src/remit/register/*,src/remit/demo/*,src/remit/tour/*"),
]


def lane(name: str, command: list[str], **environment: str) -> bool:
    print(f"\n=== {name} ===", flush=True)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="remit-test-") as home:
        done = subprocess.run(command, cwd=ROOT, env={**os.environ, "REMIT_HOME": home, **environment})
    print(
        f"=== {name}: {'passed' if done.returncode == 0 else 'FAILED'} in {time.monotonic() - started:.0f} s ==="
    )
    return done.returncode == 0


def coverage_gates() -> bool:
    print("\n=== coverage (branches) ===", flush=True)
    subprocess.run([sys.executable, "-m", "coverage", "combine", "-q"], cwd=ROOT, capture_output=True)
    fine = True
    for what, least, paths in GATES:
        report = [sys.executable, "-m", "coverage", "report", "--skip-covered", "--show-missing"]
        done = subprocess.run([*report, f"--include={paths}", f"--fail-under={least}"], cwd=ROOT)
        print(f"{what}: at least {least} %: {'yes' if done.returncode == 0 else 'NO'}", flush=True)
        fine = fine and done.returncode == 0
    return fine


def main() -> int:
    os.environ.pop("DATABASE_URL", None)
    for old in ROOT.glob(".coverage*"):
        old.unlink()
    on_sqlite = lane("SQLite", [*PYTEST, "--cov", "--cov-report="])
    covered = coverage_gates()
    on_postgresql = lane("PostgreSQL", [sys.executable, "scripts/with_postgres.py", *PYTEST])
    print(f"\nSQLite {on_sqlite}, coverage {covered}, PostgreSQL {on_postgresql}")
    return 0 if on_sqlite and covered and on_postgresql else 1


if __name__ == "__main__":
    sys.exit(main())
