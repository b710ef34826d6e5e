"""`remit demo`: a nation to look at."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from remit.cli.database import open_database
from remit.cli.output import Exit, Json, Stopped, answering, say, show, show_json, step_bars
from remit.kernel.moments import at_the_edge, london_day


def demo(
    data: Annotated[
        Path | None, typer.Option(help="A folder of published files, for the real nation.", metavar="DIR")
    ] = None,
    practices: Annotated[
        int | None, typer.Option(min=1, help="How many practices to invent; else about as many as there are.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Build the demo: a nation, and an account for each role.

    Without --data the nation is invented, the same on every computer. Building it again changes nothing. The
    accounts can sign in anywhere this database is served, so keep a demo apart from real work: give it its own
    REMIT_HOME or DATABASE_URL.

    \b
    Examples:
      remit demo
      remit demo --data ../shared/data
      remit demo --practices 200 --json
    """
    with answering(as_json):
        if data is not None and not data.is_dir():
            raise Stopped(Exit.NOT_FOUND, "folder_not_found", f"There is no folder {data}.")
        open_database(migrate=True)
        from remit.accounts.queries import demo_accounts
        from remit.cli.owner import owner
        from remit.cli.serve import accounts_json, say_accounts
        from remit.demo.actions import build_demo

        at = at_the_edge()
        with step_bars() as progress:
            built = build_demo(folder=data, by=owner(), at=at, progress=progress, practices=practices)
        accounts = demo_accounts(london_day(at))
        if as_json:
            show_json(asdict(built) | {"accounts": accounts_json(accounts)})
            return
        show(f"The demo is built: {built}")
        say_accounts(accounts)
        say("Look at it: REMIT_DEMO=1 remit serve")
