"""Help: there at once, with examples that are right, and the same in the reference page."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from remit.cli.demo import FEWEST_PRACTICES
from remit.cli.main import app
from remit.cli.output import EXIT_WORDS, Exit
from remit.cli.register import FileKind
from remit.demo.invention.files import FEWEST_PRACTICES as FEWEST_TO_INVENT
from remit.engines.layouts.readings import Kind
from scripts import docs_cli
from tests.doors.cli.conftest import Ran

Remit = Callable[..., Ran]


def every_command(command: Any, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, below in getattr(command, "commands", {}).items():
        if hasattr(below, "commands"):
            yield from every_command(below, (*words, name))
        else:
            yield (*words, name), below


COMMANDS = dict(every_command(typer.main.get_command(app)))
WITHOUT_JSON = {("manage",)}


def examples_of(command: Any) -> list[list[str]]:
    """The example lines as words, without variables before them and what the shell does after them."""
    _, _, text = command.help.partition("Examples:\n")
    lines = re.sub(r"\\\n\s*", "", text).splitlines()
    lines = [re.split(r" [>|] ", line.strip())[0] for line in lines if line.strip()]
    return [[word for word in shlex.split(line) if not re.match(r"[A-Z_]+=", word)] for line in lines]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_has_examples_that_it_understands(words: tuple[str, ...]) -> None:
    command = COMMANDS[words]
    examples = examples_of(command)
    assert examples
    for example in examples:
        assert tuple(example[: len(words) + 1]) == ("remit", *words)
        command.make_context("remit", example[len(words) + 1 :])


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_can_answer_in_json(words: tuple[str, ...]) -> None:
    options = {option for parameter in COMMANDS[words].params for option in parameter.opts}
    assert ("--json" in options) is (words not in WITHOUT_JSON)


@pytest.mark.parametrize("words", sorted(COMMANDS.keys() - WITHOUT_JSON), ids=" ".join)
def test_help_is_plain_text(remit: Remit, words: tuple[str, ...]) -> None:
    ran = remit(*words, "--help")
    assert ran.code == 0
    assert "Examples:\n" in ran.stdout
    assert "\x1b" not in ran.stdout
    assert max(map(len, ran.stdout.splitlines())) <= 100


def test_the_exit_codes_are_documented(remit: Remit) -> None:
    words = remit("--help").stdout
    assert all(f"\n    {code.value}  " in words for code in Exit)
    assert set(EXIT_WORDS) == set(Exit)


def test_the_reference_page_is_in_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert docs_cli.main(["--check"]) == 0
    elsewhere = tmp_path / "reference" / "cli.md"
    monkeypatch.setattr(docs_cli, "TARGET", elsewhere)
    assert docs_cli.main(["--check"]) == 1
    assert docs_cli.main([]) == 0
    assert docs_cli.main(["--check"]) == 0
    elsewhere.write_text(elsewhere.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert docs_cli.main(["--check"]) == 1


def test_the_page_has_every_command() -> None:
    text = docs_cli.page()
    assert "with `--json` on\nstandard output too, with the `error` `usage`" in text
    assert [words for words in COMMANDS if f"## `remit {' '.join(words)}`" not in text] == []


def test_what_is_written_twice_agrees() -> None:
    assert [kind.value for kind in FileKind] == [kind.value for kind in Kind]
    assert FEWEST_PRACTICES == FEWEST_TO_INVENT


@pytest.mark.slow
def test_help_loads_neither_django_nor_rich() -> None:
    code = (
        "import sys\nfrom remit.cli.main import main\nsys.argv[1:] = ['--help']\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print([name for name in ('django', 'rich', 'uvicorn', 'yaml') if name in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ
    )
    assert ran.stdout.splitlines()[-1] == "[]"


@pytest.mark.slow
def test_the_version() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "remit.cli", "--version"], capture_output=True, text=True, check=True
    )
    assert re.fullmatch(r"remit \d+\.\d+\.\d+\n", ran.stdout)


@pytest.mark.parametrize("words", [("nope",), ("--nope",), ("as-at", "1 May"), ("ledger", "nope")])
def test_a_command_typed_wrongly_says_so_to_machines_too(remit: Remit, words: tuple[str, ...]) -> None:
    ran = remit(*words, "--json")
    assert (ran.code, ran.json["error"]) == (2, "usage")
    assert ran.json["message"] in ran.stderr
    assert remit(*words).stdout == ""
