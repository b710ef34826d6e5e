#!/usr/bin/env python3
"""Run a command against a temporary PostgreSQL cluster: made, started, and thrown away here.

    python scripts/with_postgres.py COMMAND [ARGUMENT …]

Uses Debian's own binaries over a Unix socket; nothing listens on the network. initdb refuses root, so as root
the cluster belongs to the unprivileged user `postgres` (or `nobody`).
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote


def binaries() -> Path:
    """The folder of the newest PostgreSQL server that is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    sys.exit("error: no PostgreSQL server. Install it as root with: apt-get install -y postgresql")


def owner() -> str | None:
    """Who the cluster belongs to: None for ourselves, if we are not root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return name
    sys.exit("error: no unprivileged user to run PostgreSQL as")


def main() -> int:
    command = sys.argv[1:]
    if not command:
        sys.exit(__doc__)
    bin_folder, user = binaries(), owner()
    folder = Path(tempfile.mkdtemp(prefix="remit-pg-"))
    as_owner = ["runuser", "-u", user, "--"] if user else []
    if user:
        shutil.chown(folder, user)
    data, log = folder / "data", folder / "log"

    def quietly(*arguments: str) -> None:
        done = subprocess.run([*as_owner, *arguments], capture_output=True, text=True, cwd="/")
        if done.returncode:
            tail = log.read_text()[-2000:] if log.exists() else ""
            sys.exit(f"error: {' '.join(arguments)}\n{done.stdout}{done.stderr}{tail}")

    control = str(bin_folder / "pg_ctl")
    try:
        quietly(
            str(bin_folder / "initdb"),
            "-D",
            str(data),
            "-U",
            "remit",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        )
        options = (
            f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off -c full_page_writes=off "
            "-c synchronous_commit=off -c max_connections=200 -c shared_buffers=256MB"
        )
        quietly(control, "-D", str(data), "-w", "-l", str(log), "-o", options, "start")
        quietly(str(bin_folder / "createdb"), "-h", str(folder), "-U", "remit", "remit")
        url = f"postgresql://remit@{quote(str(folder), safe='')}/remit"
        print(f"PostgreSQL started for: {' '.join(command)}", file=sys.stderr, flush=True)
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}).returncode
    finally:
        subprocess.run(
            [*as_owner, control, "-D", str(data), "-m", "immediate", "stop"], capture_output=True, cwd="/"
        )
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
