#!/usr/bin/env python3
"""Everything that can be checked without running the product: each step named, all steps run, faults at the end."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

STEPS: list[tuple[str, list[str]]] = [
    ("style (ruff check)", [str(BIN / "ruff"), "check", "."]),
    ("style (ruff format)", [str(BIN / "ruff"), "format", "--check", "."]),
    ("types (mypy strict)", [str(BIN / "mypy")]),
    ("the house (import-linter)", [str(BIN / "lint-imports")]),
    ("templates (djlint)", [str(BIN / "djlint"), "src/remit/web/templates", "--lint", "--quiet"]),
    ("migrations complete", [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"]),
    ("migrations linear, settings sound", [sys.executable, "manage.py", "check", "--fail-level", "WARNING"]),
    ("documents in step", [sys.executable, "scripts/generate_docs.py", "--check"]),
]


def main() -> int:
    failed = []
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "REMIT_HOME": home, "PYTHONPATH": str(ROOT / "src")}
        environment.pop("DATABASE_URL", None)
        for number, (name, command) in enumerate(STEPS, 1):
            started = time.monotonic()
            print(f"[{number}/{len(STEPS)}] {name} … ", end="", flush=True)
            done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
            took = time.monotonic() - started
            print(f"{'ok' if done.returncode == 0 else 'FAILED'} ({took:.1f} s)", flush=True)
            if done.returncode:
                failed.append(name)
                print(done.stdout[-6000:] + done.stderr[-3000:], flush=True)
    if failed:
        print(f"\nfailed: {', '.join(failed)}")
        return 1
    print("\nall checks passed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
