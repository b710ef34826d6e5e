"""`remit demo`: a nation to look at."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from remit.cli.database import open_database
from remit.cli.output import Exit, Json, Stopped, answering, say, show, show_json, step_bars
from remit.kernel.moments import at_the_edge, london_day

if TYPE_CHECKING:
    from remit.demo.actions import Demo

FEWEST_PRACTICES = 250
"""As remit.demo.invention has it; written again here so that help does not load the demo."""


def demo(
    data: Annotated[
        Path | None, typer.Option(help="A folder of published files, for the real nation.", metavar="DIR")
    ] = None,
    practices: Annotated[
        int, typer.Option(min=FEWEST_PRACTICES, metavar="NUMBER", help="About how many practices to invent.")
    ] = 7900,
    as_json: Json = False,
) -> None:
    """Build the demo: a nation, and an account for each role.

    Without --data the nation is invented, the same on every computer. Building it again changes nothing.
    The accounts can sign in wherever this database is served, so keep a demo apart from real work: give it
    its own REMIT_HOME or DATABASE_URL.

    \b
    Examples:
      remit demo
      remit demo --data published-files
      remit demo --practices 300 --json
    """
    with answering(as_json):
        if data is not None and not data.is_dir():
            raise Stopped(Exit.NOT_FOUND, "folder_not_found", f"There is no folder {data}.")
        open_database(migrate=True)
        from remit.accounts.queries import demo_accounts
        from remit.cli.ledger import ledger_troubles
        from remit.cli.owner import owner
        from remit.cli.serve import accounts_json, say_accounts
        from remit.demo.actions import build_demo

        with ledger_troubles(), step_bars() as progress:
            built = build_demo(
                by=owner(), at=at_the_edge, folder=data, practices=practices, progress=progress
            )
        accounts = demo_accounts(london_day(at_the_edge()))
        if as_json:
            show_json(demo_json(built) | {"accounts": accounts_json(accounts)})
            return
        show(demo_words(built))
        say_accounts(accounts)
        say("Look at it: REMIT_DEMO=1 remit serve")


def demo_json(built: Demo) -> dict[str, Any]:
    """What was built, for machines: each file with its report, or why it was left out."""
    files = [
        {"file": loaded.file.path.name, "kind": loaded.file.kind}
        | (loaded.report.as_json() if loaded.report else {"error": loaded.why_not})
        for loaded in built.loaded
    ]
    return {"unchanged": built.already, "people": built.people, "files": files}


def demo_words(built: Demo) -> str:
    """What was built, a file a line."""
    if built.already:
        return "Nothing changed: the demo was built before."
    lines = []
    for loaded in built.loaded:
        name, report = loaded.file.path.name, loaded.report
        if report is None:
            lines.append(f"{name}: left out. {loaded.why_not}")
        elif report.unchanged:
            lines.append(f"{name}: loaded before")
        else:
            left_out = f", {report.refused:,} left out" if report.refused else ""
            lines.append(f"{name}: {report.rows:,} rows{left_out}")
    return "\n".join(lines)
