"""`remit motion …`: a declared vote counted again from its file, without a database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from remit.cli.output import Exit, Json, Stopped, answering, say, show_json

if TYPE_CHECKING:
    from remit.engines.constitution import Outcome, Recount

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True, pretty_exceptions_enable=False)


@app.callback()
def motion() -> None:
    """Motions that members voted on."""


@app.command()
def recount(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The recount file, as the motion's page has it.")
    ],
    as_json: Json = False,
) -> None:
    """Count a declared vote again, from its recount file alone.

    Nothing else is read: no database, no network. The exit code is 0 when the votes come to what was declared, and 1
    when they do not, or when the file is none.

    \b
    Examples:
      remit motion recount recount.json
      remit motion recount recount.json --json
    """
    with answering(as_json):
        found = _counted(file)
        if as_json:
            show_json(_as_json(found))
        else:
            _say(found)
        if not found.agrees:
            raise typer.Exit(Exit.FAILED)


def _counted(file: Path) -> Recount:
    from remit.engines.constitution import NotARecountFile
    from remit.engines.constitution import recount as count_again

    try:
        return count_again(json.loads(file.read_bytes()))
    except FileNotFoundError:
        raise Stopped(Exit.NOT_FOUND, "not_found", f"There is no file {file}.") from None
    except (OSError, ValueError, RecursionError, NotARecountFile) as wrong:
        message = f"This is no recount file: {wrong}. Take it from the page of a declared motion."
        raise Stopped(Exit.FAILED, "not_a_recount_file", message) from None


def _tests(outcome: Outcome) -> list[dict[str, Any]]:
    kinds = [("quorum", each) for each in outcome.quorums] + [
        ("majority", each) for each in outcome.majorities
    ]
    return [
        {"of": kind, "clause": each.clause, "arithmetic": each.words, "holds": each.holds}
        for kind, each in kinds
    ]


def _parts(found: Recount) -> list[dict[str, Any]]:
    rows = []
    for part in found.outcome.parts:
        several = list(part.options) or [("", part.outcome)]
        rows += [
            {
                "electorate": part.electorate,
                "option": option,
                "result": outcome.result.value,
                "clauses": _tests(outcome),
            }
            for option, outcome in several
        ]
    return rows


def _as_json(found: Recount) -> dict[str, Any]:
    return {
        "motion": found.motion,
        "title": found.title,
        "result": found.outcome.result.value,
        "option": found.outcome.option,
        "declared": {"result": found.declared[0], "option": found.declared[1]},
        "agrees": found.agrees,
        "parts": _parts(found),
    }


def _say(found: Recount) -> None:
    typer.echo(found.title)
    for part in _parts(found):
        option = f", {part['option']}" if part["option"] else ""
        typer.echo(f"\n{part['electorate']}{option}: {part['result'].replace('_', ' ')}")
        for test in part["clauses"]:
            met = "met" if test["holds"] else "not met"
            typer.echo(f"  {test['clause']} ({test['of']}): {test['arithmetic']}: {met}")
    declared, came_to = found.declared, (found.outcome.result.value, found.outcome.option)
    typer.echo(f"\nCounted again: {_words(came_to)}. Declared: {_words(declared)}.")
    say("It agrees." if found.agrees else "It does not agree with what was declared.")


def _words(result: tuple[str, str]) -> str:
    name = result[0].replace("_", " ")
    return f"{name} ({result[1]})" if result[1] else name
