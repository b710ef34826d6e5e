#!/usr/bin/env python3
"""Install what is missing: the Python environment in .venv, and with --tests the Debian packages tests need.

Runs on a plain Python 3.11 or later, before anything is installed. A second run is quick: a stamp in .venv says
which requirements are in place.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


def say(text: str) -> None:
    print(f"\033[1m→\033[0m {text}" if sys.stdout.isatty() else f"-> {text}", flush=True)


def stop(text: str) -> None:
    print(f"\nerror: {text}", file=sys.stderr)
    raise SystemExit(1)


def check_python() -> None:
    if sys.version_info < (3, 11):
        stop(
            f"Remit needs Python 3.11 or later; this is {sys.version.split()[0]}. On Debian 12: apt-get install python3"
        )


def make_environment() -> None:
    if PYTHON.exists():
        return
    say("making the Python environment in .venv")
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True)
    if made.returncode == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if install_debian(["python3-venv"]):
        made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True)
        if made.returncode == 0:
            return
        shutil.rmtree(VENV, ignore_errors=True)
    stop(
        "Python cannot make an environment: the system package python3-venv is missing. "
        "Install it with: apt-get install python3-venv"
    )


def install_python(requirements: Path, stamp_name: str) -> None:
    wanted = hashlib.sha256(requirements.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    stamp = VENV / stamp_name
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say(f"installing {requirements.relative_to(ROOT)} (hash-checked; a minute or two the first time)")
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install"]
    run([*pip, "--require-hashes", "--no-deps", "-r", str(requirements)])
    run([*pip, "--quiet", "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
    stamp.write_text(wanted)


def run(command: list[str]) -> None:
    done = subprocess.run(command)
    if done.returncode:
        stop(f"this command failed: {' '.join(command)}")


def postgresql_is_there() -> bool:
    return any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or shutil.which("initdb") is not None


def install_debian(packages: list[str]) -> bool:
    """Try to install Debian packages; say whether it worked."""
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return False
    say(f"installing Debian packages: {' '.join(packages)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-q"], env=environment, stdout=subprocess.DEVNULL)
    done = subprocess.run(
        ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages],
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    return done.returncode == 0


def install_for_tests() -> None:
    missing = []
    if shutil.which("chromium") is None:
        missing.append("chromium")
    if not postgresql_is_there():
        missing.append("postgresql")
    if missing and not install_debian(missing):
        names = " ".join(missing)
        stop(
            f"the tests need the system package(s) {names}, which could not be installed from here. "
            f"Install them as root with: apt-get update && apt-get install -y {names}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="also what checks and tests need from Python")
    parser.add_argument("--tests", action="store_true", help="also the Debian packages that tests need")
    asked = parser.parse_args()
    check_python()
    make_environment()
    if asked.dev or asked.tests:
        install_python(ROOT / "requirements" / "dev.txt", ".installed-dev")
    elif not (VENV / ".installed-dev").exists():
        install_python(ROOT / "requirements" / "runtime.txt", ".installed-runtime")
    else:
        install_python(ROOT / "requirements" / "dev.txt", ".installed-dev")
    if asked.tests:
        install_for_tests()


if __name__ == "__main__":
    main()
