"""Write docs/reference/cli.md from the commands' own help.

python scripts/docs_cli.py            write the file
python scripts/docs_cli.py --check    write nothing; exit 1 when the file is out of step
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from remit.cli.main import app
from remit.cli.output import EXIT_WORDS

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "reference" / "cli.md"

HEAD = """# The command line

Made by `scripts/docs_cli.py` from the commands' own help: change that, not this page.

`remit` keeps its state in the folder `REMIT_HOME`, or in the database that `DATABASE_URL` names
([settings](settings.md)). Results go to standard output, progress and words to standard error. With `--json`
standard output holds one JSON value and nothing else, also when a command is refused: then it has `error`,
a stable code, and `message`. A command typed wrongly is told so on standard error, and with `--json` on
standard output too, with the `error` `usage`. There is no colour where the output is not a terminal, or
`NO_COLOR` is set.

## Exit codes

| code | meaning |
|---|---|
"""


def page() -> str:
    """The whole page."""
    codes = "".join(f"| {code.value} | {words} |\n" for code, words in EXIT_WORDS.items())
    parts = [HEAD + codes]
    parts += [
        "\n".join(_section(path, command))
        for path, command in _commands(typer.main.get_command(app), "remit")
    ]
    return "\n".join(parts)


def _commands(command: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Every command that does something, with the words that call it, in the order of the help."""
    for name, below in getattr(command, "commands", {}).items():
        if hasattr(below, "commands"):
            yield from _commands(below, f"{path} {name}")
        else:
            yield f"{path} {name}", below


def _section(path: str, command: Any) -> Iterator[str]:
    yield f"## `{path}`\n"
    prose, _, verbatim = command.help.partition("\b\n")
    yield prose.strip() + "\n"
    for block in filter(None, (block.strip("\n") for block in verbatim.split("\b\n"))):
        title, _, lines = block.partition("\n")
        language = "sh" if title.strip() == "Examples:" else "text"
        yield f"{title.strip()}\n\n```{language}\n{_dedented(lines)}\n```\n"
    if command.params:
        yield "| | | |\n|---|---|---|"
    for parameter in command.params:
        yield _row(parameter)
    yield ""


def _dedented(lines: str) -> str:
    kept = [line.rstrip() for line in lines.rstrip().splitlines()]
    margin = min(len(line) - len(line.lstrip()) for line in kept if line)
    return "\n".join(line[margin:] for line in kept)


def _row(parameter: Any) -> str:
    is_argument = parameter.param_type_name == "argument"
    value = parameter.metavar or ""
    if is_argument:
        name = value or parameter.name.upper()
    else:
        shown = "" if getattr(parameter, "is_flag", False) else f" {value or parameter.type.name.upper()}"
        name = ", ".join(parameter.opts) + shown
    choices = getattr(parameter.type, "choices", None)
    words = (parameter.help or "") + (f" One of {', '.join(map(str, choices))}." if choices else "")
    if parameter.required:
        state = "needed"
    elif parameter.default in (None, "", False, ()) or getattr(parameter, "is_flag", False):
        state = ""
    else:
        state = f"default {parameter.default}"
    return f"| `{name}` | {words} | {state} |"


def main(arguments: list[str]) -> int:
    """Write or check; 1 when the check finds the file out of step."""
    text = page()
    if "--check" not in arguments:
        TARGET.parent.mkdir(parents=True, exist_ok=True)
        TARGET.write_text(text, encoding="utf-8")
        return 0
    if TARGET.exists() and TARGET.read_text(encoding="utf-8") == text:
        return 0
    print("docs/reference/cli.md is out of step. Run: python scripts/docs_cli.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
