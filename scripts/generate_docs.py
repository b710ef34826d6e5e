#!/usr/bin/env python3
"""Write the generated documents (`make docs`), or with --check say which are out of step.

Each generator is a program of its own that takes --check.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    check = "--check" in sys.argv[1:]
    generators = [*sorted(ROOT.glob("scripts/docs_*.py")), ROOT / "scripts" / "seed_tests.py"]
    stale = [
        generator.name
        for generator in generators
        if subprocess.run(
            [sys.executable, str(generator), *(["--check"] if check else [])], cwd=ROOT
        ).returncode
    ]
    if stale:
        print(f"out of step: {', '.join(stale)}. Run: make docs")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
