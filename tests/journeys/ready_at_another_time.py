"""Runs modules when the clock says something else, one after the other, without starting Django anew for each.

    python -m tests.journeys.ready_at_another_time

Each line on standard input is a command as JSON: the instant, the module, its arguments, and the files for what it
says. It runs in a process of its own, forked from this one, which has no database open; its exit code is written
back as a line. See `at_another_time` for the clock.
"""

from __future__ import annotations

import importlib
import json
import os
import runpy
import signal
import sys
import traceback
from collections.abc import Sequence
from datetime import datetime

import django
import time_machine
from django.db import connections

from tests.journeys.at_another_time import passwords_are_hashed_fast

SECONDS = 300
"""How long a command may take before it is ended."""
USED_BY_MOST = ("remit.cli.main", "remit.delegation.actions", "tests.journeys.full_rounds")


def main() -> None:
    """Get ready, then run what comes."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remit.config.settings")
    passwords_are_hashed_fast()
    django.setup()
    for name in USED_BY_MOST:
        importlib.import_module(name)
    for line in sys.stdin:
        child = os.fork()
        if not child:
            os._exit(runs(**json.loads(line)))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def runs(instant: str, module: str, arguments: Sequence[str], out: str, err: str) -> int:
    """Run a module at an instant. Answers its exit code."""
    signal.alarm(SECONDS)
    for number, path, mode in ((0, os.devnull, "rb"), (1, out, "wb"), (2, err, "wb")):
        with open(path, mode) as opened:
            os.dup2(opened.fileno(), number)
    time_machine.travel(datetime.fromisoformat(instant), tick=False).start()
    sys.argv = [module, *arguments]
    code = 0
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except Exception:
        traceback.print_exc()
        code = 1
    connections.close_all()
    sys.stdout.flush()
    sys.stderr.flush()
    return code


if __name__ == "__main__":
    main()
