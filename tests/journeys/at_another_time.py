"""Runs a module when the clock says something else: stories of 2015 need a server that believes it is then.

    python -m tests.journeys.at_another_time INSTANT MODULE [its arguments]

The clock stands still at the instant, so that 11:59:59 and 12:00:00 are exact however busy the machine is. Each
line on standard input is an instant to move it to; the line is written back once it has moved. Only tests run
this: the product has one clock, and reads it in one place.
"""

from __future__ import annotations

import runpy
import sys
import threading
from datetime import datetime
from unittest import mock

import time_machine

FAST = "django.contrib.auth.hashers.MD5PasswordHasher"


def moves_when_told(clock: time_machine.Traveller) -> None:
    """Move the clock to each instant that comes in, and say so."""
    with open(0, "rb", buffering=0, closefd=False) as told:  # unbuffered: a buffer's lock would hang the exit
        for line in told:
            clock.move_to(datetime.fromisoformat(line.decode().strip()))
            print(line.decode().strip(), flush=True)


def passwords_are_hashed_fast() -> None:
    """As in every other test: what a good hash costs is not what a story of the past is about."""
    mock.patch("remit.config.settings.PASSWORD_HASHERS", [FAST]).start()


def main() -> None:
    """Stop the clock, listen for where to move it, and run the module."""
    _, instant, module, *arguments = sys.argv
    clock = time_machine.travel(datetime.fromisoformat(instant), tick=False).start()
    threading.Thread(target=moves_when_told, args=[clock], daemon=True).start()
    # the kernel notes by its own clock when bytes arrive, and that one cannot be moved
    mock.patch("remit.cli.connections.noting_arrivals", lambda listener: listener).start()
    passwords_are_hashed_fast()
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
