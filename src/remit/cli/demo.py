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
    no_accounts: Annotated[
        bool, typer.Option("--no-accounts", help="Do not list the accounts: remit serve will.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Build the demo: a nation, and an account for each role.

    Without --data the nation is invented, the same on every computer. Building it again changes nothing.
    The accounts are invented people with a password that everybody knows. They can sign in only while the
    service runs with REMIT_DEMO=1; without it they are locked out, and real people are made with
    `remit people add`.

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
        show(demo_words(built, is_invented=data is None))
        if no_accounts:
            return
        say_accounts(accounts)
        say("They can sign in only where Remit runs with REMIT_DEMO=1. Look at it: REMIT_DEMO=1 remit serve")
        say("For real work, make the first real person with: remit people add --help")


def demo_json(built: Demo) -> dict[str, Any]:
    """What was built, for machines: each file with its report, or why it was left out."""
    files = [
        {"file": loaded.file.path.name, "kind": loaded.file.kind}
        | (loaded.report.as_json() if loaded.report else {"error": loaded.why_not})
        for loaded in built.loaded
    ]
    return {
        "unchanged": built.already,
        "people": built.people,
        "rounds": built.rounds,
        "replayed": built.is_replayed,
        "positions": built.positions,
        "facts_added": built.facts_added,
        "facts_ended": built.facts_ended,
        "files": files,
    }


def demo_words(built: Demo, *, is_invented: bool) -> str:
    """What was built, a file a line. Of an invented nation the delegation programme is replayed as well."""
    if built.already and (built.is_replayed or not is_invented):
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
    if built.positions:
        lines.append(f"{built.positions:,} positions of commissioners recorded, each from a source")
    if is_invented:
        lines.append(_programme_words(built))
    return "\n".join(lines)


def _programme_words(built: Demo) -> str:
    if built.is_replayed and built.rounds:
        return f"The delegation programme replayed: {built.rounds} rounds"
    if built.is_replayed:
        return "The delegation programme was replayed up to now, which is before its first round."
    return (
        "The delegation programme was not replayed: this ledger was begun before, and nothing can be dated "
        "earlier. For all of the demo, give it a new REMIT_HOME."
    )
