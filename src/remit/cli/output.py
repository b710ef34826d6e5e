"""How commands speak: words and progress on stderr, results on stdout, and exit codes that mean something.

With `--json` a command writes one JSON value to stdout and nothing else there, done or refused.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from remit.kernel.decision import Refused
from remit.kernel.moments import rfc3339

if TYPE_CHECKING:
    from rich.console import Console

Json = Annotated[
    bool,
    typer.Option("--json", help="Write one JSON value to standard output, and nothing else there."),
]
WIDTH_OF_A_FILE = 160
"""Columns of a table that does not go to a terminal."""


class Exit(IntEnum):
    """What a command's exit code means."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    REFUSED = 3
    NOT_FOUND = 4


EXIT_WORDS: dict[Exit, str] = {
    Exit.DONE: "Done. Also when there was nothing to change.",
    Exit.FAILED: "Something is wrong: a check did not hold, the database cannot be reached or is not set up.",
    Exit.USAGE: "The command was not typed as it should be.",
    Exit.REFUSED: "Refused, and nothing was changed: the file cannot be used, or the act is not allowed.",
    Exit.NOT_FOUND: "There is no such file, organisation or entry.",
}


class Stopped(Exception):
    """A command cannot go on. `code` is stable, for machines; the message says what to do."""

    def __init__(self, exit_code: Exit, code: str, message: str) -> None:
        super().__init__(message)
        self.exit_code = exit_code
        self.code = code


def console(stream: TextIO) -> Console:
    """A rich console: colour only on a terminal, and never where NO_COLOR is set."""
    from rich.console import Console

    width = None if stream.isatty() else WIDTH_OF_A_FILE
    return Console(file=stream, width=width, highlight=False, soft_wrap=False)


def say(text: str = "") -> None:
    """A line of words on stderr."""
    print(text, file=sys.stderr, flush=True)


def show(thing: object) -> None:
    """A result for people on stdout: plain text, or a rich table."""
    if isinstance(thing, str):
        print(thing)
    else:
        console(sys.stdout).print(thing)


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: Sequence[int] = ()) -> object:
    """A table of plain text. `numbers` are the positions, from 0, of the columns to align to the right."""
    from rich.table import Table
    from rich.text import Text

    made = Table(box=None, pad_edge=False, header_style="bold")
    for position, name in enumerate(columns):
        made.add_column(name, justify="right" if position in numbers else "left", overflow="fold")
    for row in rows:
        made.add_row(*(Text(cell) for cell in row))
    return made


def show_json(value: object) -> None:
    """A value on stdout as JSON: days and instants as ISO 8601, decimals as numbers."""
    print(json.dumps(value, indent=2, ensure_ascii=False, default=_as_json))


def _as_json(value: object) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime):
        return rfc3339(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset | set):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")


@contextmanager
def answering(as_json: bool, always: Mapping[str, object] | None = None) -> Iterator[None]:
    """Turn a refusal, or a `Stopped`, into words on stderr, JSON on stdout and an exit code.

    `always` are the keys that the JSON of this command has, and their values where nothing was done.
    """
    always = always or {}
    try:
        yield
    except Refused as refusal:
        for reason in refusal.reasons:
            say(f"Refused: {reason.message}" + (f" ({reason.clause})" if reason.clause else ""))
        for note in getattr(refusal, "__notes__", ()):
            say(note)
        details = getattr(refusal, "as_json", None)
        if as_json:
            show_json({**always, **(details() if callable(details) else refused_json(refusal))})
        raise typer.Exit(Exit.REFUSED) from refusal
    except Stopped as stop:
        say(f"Error: {stop}")
        if as_json:
            show_json({**always, "error": stop.code, "message": str(stop)})
        raise typer.Exit(stop.exit_code) from stop
    except Exception as error:
        message = _database_trouble(error)
        if not message:
            raise
        say(f"Error: {message}")
        if as_json:
            show_json({**always, "error": "database", "message": message})
        raise typer.Exit(Exit.FAILED) from error


def _database_trouble(error: Exception) -> str:
    """Words for a database that cannot be reached, is full or is locked; none for any other error."""
    from django.db import InterfaceError, OperationalError

    is_its = isinstance(error, InterfaceError | OperationalError)
    return f"The database cannot be used: {error}".strip() if is_its else ""


def refused_json(refusal: Refused) -> dict[str, Any]:
    """A refusal for machines: the first reason's code, the whole message, and each reason with its rule."""
    return {
        "error": refusal.code,
        "message": str(refusal),
        "reasons": [
            {"code": reason.code, "message": reason.message, "clause": reason.clause}
            for reason in refusal.reasons
        ],
    }


def read_bytes(file: Path) -> bytes:
    """The bytes of a file. Raises `Stopped` where it cannot be opened, and says why."""
    try:
        return file.read_bytes()
    except FileNotFoundError as error:
        raise Stopped(Exit.NOT_FOUND, "file_not_found", f"There is no file {file}.") from error
    except OSError as error:
        message = f"{file} cannot be read: {error.strerror or error}."
        raise Stopped(Exit.NOT_FOUND, "file_unreadable", message) from error


def read_text(file: Path) -> str:
    """The text of a file in UTF-8, “-” for standard input. Raises `Stopped`."""
    if str(file) == "-":
        return sys.stdin.read()
    try:
        return read_bytes(file).decode()
    except UnicodeDecodeError as error:
        raise Stopped(Exit.REFUSED, "not_text", f"{file} is not text in UTF-8.") from error


@contextmanager
def step_bars() -> Iterator[Callable[[str, int, int], None]]:
    """Progress on stderr: a bar for each step on a terminal, else one line for each step."""
    if not sys.stderr.isatty():
        yield _step_lines()
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console(sys.stderr)) as bars:
        tasks: dict[str, Any] = {}

        def progress(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(step, total=total)
            bars.update(tasks[step], completed=done, total=total)

        yield progress


def _step_lines() -> Callable[[str, int, int], None]:
    begun: set[str] = set()

    def progress(step: str, done: int, total: int) -> None:
        if step not in begun:
            begun.add(step)
            say(f"{step} …")

    return progress
