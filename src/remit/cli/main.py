"""The command `remit`.

Commands import what they need when they run, so that `remit --help` answers at once. Help is plain text,
without boxes: it reads well in a narrow window and in a screen reader. Settings are named here, and Django
imports `remit.config` for them, which puts the bundled SQLite in place before any database is opened.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from remit.cli import figures, ledger, motions, people, power, rounds
from remit.cli.as_at import as_at
from remit.cli.database import open_database
from remit.cli.demo import demo
from remit.cli.output import Json, answering, show, show_json
from remit.cli.register import NOTHING_READ, import_
from remit.cli.serve import serve
from remit.cli.tour import tour
from remit.cli.verify import verify


class Commands(TyperGroup):
    """The commands. With `--json`, a command that was typed wrongly says so on stdout too, as JSON."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: typer.Context | None = None, **extra: Any
    ) -> typer.Context:
        """Read the options before the command."""
        words = list(args)
        with _usage_as_json(words):
            context = super().make_context(info_name, args, parent, **extra)
        context.obj = words
        return context

    def invoke(self, ctx: typer.Context) -> Any:
        """Read the rest, and run it."""
        with _usage_as_json(ctx.obj):
            return super().invoke(ctx)


@contextmanager
def _usage_as_json(words: list[str]) -> Iterator[None]:
    try:
        yield
    except typer.TyperException as trouble:
        if "--json" in words:
            always = NOTHING_READ if words[0] == "import" else {}
            show_json({**always, "error": "usage", "message": trouble.format_message()})
        raise


app = typer.Typer(
    name="remit",
    cls=Commands,
    rich_markup_mode=None,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        show(f"remit {version('remit')}")
        raise typer.Exit


@app.callback()
def remit(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    """Remit: delegated primary-care commissioning, open to all.

    State lives in the folder REMIT_HOME, or in the database named by DATABASE_URL. Every command but
    `manage` takes --json: then standard output holds one JSON value and nothing else. Progress goes to
    standard error. There is no colour where the output is not a terminal, or NO_COLOR is set.

    \b
    Examples:
      remit demo                                        build a nation to look at
      remit serve                                       open http://127.0.0.1:8000
      remit import payments nhs-payments-gp-2014-15.csv load a published file
      remit as-at 2015-04-01                            the nation on a day
      remit verify                                      check the ledger, the register and people's roles

    \b
    Exit codes:
      0  done, also when there was nothing to change
      1  something is wrong: a check did not hold, the database is not set up
      2  the command was not typed as it should be
      3  refused, and nothing was changed
      4  there is no such file, organisation or entry
    """


def migrate(as_json: Json = False) -> None:
    """Bring the database up to date with this version.

    \b
    Examples:
      remit migrate
      DATABASE_URL=postgres:///remit remit migrate
    """
    with answering(as_json):
        applied = open_database(migrate=True, of_any_kind=True)
        if as_json:
            show_json({"applied": applied})
        else:
            show(f"{applied} changes made." if applied else "Nothing to change.")


def manage(ctx: typer.Context) -> None:
    """Pass a command on to Django, for those who know it.

    \b
    Examples:
      remit manage check --deploy
      remit manage dbshell
      remit manage help
    """
    from django.core.management import execute_from_command_line

    execute_from_command_line(["remit manage", *ctx.args])


app.command("demo")(demo)
app.command("serve")(serve)
app.command("import")(import_)
app.command("as-at")(as_at)
app.add_typer(figures.app, name="figures")
app.add_typer(motions.app, name="motion")
app.add_typer(power.app, name="power")
app.add_typer(rounds.app, name="round")
app.add_typer(ledger.app, name="ledger")
app.command("verify")(verify)
app.command("tour")(tour)
app.add_typer(people.app, name="people")
app.command("roles")(people.roles)
app.command("migrate")(migrate)
app.command(
    "manage",
    add_help_option=False,
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)(manage)


def main() -> None:
    """The entry point."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remit.config.settings")
    app(prog_name="remit")
