"""The picture of the house against the house: plan, contracts, folders, decisions, words, README."""

from __future__ import annotations

import re
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from remit.engines.permissions import ROLES
from remit.register.queries import KIND_WORDS

ARROW = re.compile(r"^\s*(\w+) --> (\w+)\s*$")
BOX = re.compile(r'^\s*(\w+)\["([^"]+)"\]\s*$')
FENCE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
NOT_LAYERS = {"rulebook"}  # data, not code


def contracts(root: Path) -> list[dict[str, Any]]:
    settings = tomllib.loads((root / "pyproject.toml").read_text())
    found: list[dict[str, Any]] = settings["tool"]["importlinter"]["contracts"]
    return found


def layers(root: Path) -> list[set[str]]:
    """The floors of the house, top to bottom; a floor of several parts holds all of them."""
    (contract,) = [each for each in contracts(root) if each["type"] == "layers"]
    return [{part.strip() for part in layer.split("|")} for layer in contract["layers"]]


def plan(root: Path) -> list[str]:
    """The lines of the first Mermaid picture."""
    text = (root / "ARCHITECTURE.md").read_text()
    return text.split("```mermaid\n", 1)[1].split("```", 1)[0].splitlines()


def test_the_layers_are_the_folders(root: Path) -> None:
    folders = {
        path.name
        for path in (root / "src" / "remit").iterdir()
        if path.is_dir() and path.name != "__pycache__" and path.name not in NOT_LAYERS
    }
    assert set().union(*layers(root)) == folders


def test_the_layers_contract_is_exhaustive_and_nothing_is_let_off(root: Path) -> None:
    for contract in contracts(root):
        assert not contract.get("ignore_imports"), contract["name"]
        assert not contract.get("exhaustive_ignores"), contract["name"]
    assert next(each for each in contracts(root) if each["type"] == "layers")["exhaustive"] is True


def test_the_picture_names_the_layers_and_the_verifier(root: Path) -> None:
    boxes = {found[1]: found[2] for line in plan(root) if (found := BOX.match(line))}
    assert set(boxes) == set().union(*layers(root)) | {"verifier"}
    for name, label in boxes.items():
        assert label.startswith(f"{name} — "), f"the box of {name} says what it is"


def test_the_arrows_of_the_picture_are_the_floors_of_the_contract(root: Path) -> None:
    arrows = {(found[1], found[2]) for line in plan(root) if (found := ARROW.match(line))}
    floors = layers(root)
    expected = {(above, below) for upper, lower in pairwise(floors) for above in upper for below in lower}
    assert arrows == expected


def test_every_engine_is_named_in_the_picture(root: Path) -> None:
    (label,) = [found[2] for line in plan(root) if (found := BOX.match(line)) and found[1] == "engines"]
    named = {word.strip() for word in label.split("rules:", 1)[1].split(",")}
    engines = root / "src" / "remit" / "engines"
    assert named == {path.parent.name for path in engines.glob("*/__init__.py")}


def test_every_path_that_the_plan_names_is_there(root: Path) -> None:
    text = (root / "ARCHITECTURE.md").read_text()
    for path in re.findall(r"`((?:src|tests|docs|verifier|scripts)/[\w./*-]*)`", text):
        assert list(root.glob(path.rstrip("/"))), path


# -- decisions -----------------------------------------------------------------------------------------------


def decisions(root: Path) -> list[Path]:
    return sorted((root / "docs" / "adr").glob("*.md"))


def test_decisions_are_numbered_once_without_gaps(root: Path) -> None:
    numbers = [int(path.name[:4]) for path in decisions(root) if path.name != "README.md"]
    assert numbers == list(range(1, len(numbers) + 1))


def test_decisions_have_a_heading_a_status_and_the_three_parts(root: Path) -> None:
    for path in decisions(root):
        text = path.read_text()
        lines = text.splitlines()
        assert re.match(rf"# {int(path.name[:4])}\. \S", lines[0]), path.name
        assert re.search(
            r"^Status: (accepted|proposed|superseded by \d+), \d{4}-\d\d-\d\d$", text, re.MULTILINE
        ), path.name
        for part in ("## Context", "## Decision", "## Consequences"):
            assert part in lines, f"{path.name}: {part}"
        assert len(lines) <= 80, path.name


def test_decisions_that_code_names_exist(root: Path, kept_files: tuple[str, ...]) -> None:
    known = {path.name[:4] for path in decisions(root)}
    for file in kept_files:
        if file.endswith((".py", ".md", ".toml", ".jinja")):
            for number in re.findall(r"\bADR (\d{4})\b", (root / file).read_text()):
                assert number in known, f"{file} names ADR {number}"


# -- words ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def glossary() -> list[str]:
    """The rows of the glossary."""
    rows = (Path(__file__).resolve().parents[2] / "docs" / "glossary.md").read_text().splitlines()
    return [row for row in rows if row.startswith("| ")][1:]


@pytest.mark.parametrize("kind", sorted(KIND_WORDS))
def test_every_kind_of_organisation_is_in_the_glossary(glossary: list[str], kind: str) -> None:
    assert any(f"`{kind}`" in row for row in glossary), f"docs/glossary.md has no row with `{kind}`"


@pytest.mark.parametrize("role", sorted(ROLES))
def test_every_role_is_in_the_glossary(glossary: list[str], role: str) -> None:
    assert any(f"`{role}`" in row for row in glossary), f"docs/glossary.md has no row with `{role}`"


def test_the_glossary_is_in_order_and_says_each_word_once(glossary: list[str]) -> None:
    words = [row.split("|")[1].strip().lower() for row in glossary]
    assert words == sorted(words)
    assert len(words) == len(set(words))


# -- README and commands -------------------------------------------------------------------------------------


def targets(root: Path) -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (root / "Makefile").read_text(), re.MULTILINE))


def commands() -> set[str]:
    """Every command of `remit` as typed: “ledger verify”, “serve” …"""
    import typer

    from remit.cli.main import app

    found: set[str] = set()

    def walk(command: Any, path: tuple[str, ...]) -> None:
        found.add(" ".join(path))
        for name, inner in getattr(command, "commands", {}).items():
            walk(inner, (*path, name))

    walk(typer.main.get_command(app), ())
    return found


def documents(root: Path) -> list[Path]:
    return [root / "README.md", root / "ARCHITECTURE.md", *sorted((root / "docs").rglob("*.md"))]


def test_the_readme_is_short_and_gives_two_commands_first(root: Path) -> None:
    text = (root / "README.md").read_text()
    assert len(text.splitlines()) < 100
    first = FENCE.search(text)
    assert first is not None
    assert first[1].split("\n")[:2] == ["$ make run", "$ make test"]


def test_make_targets_that_documents_name_exist(root: Path) -> None:
    known = targets(root)
    for path in documents(root):
        for target in re.findall(r"(?:`|\$ )make ([a-z][a-z-]*)", path.read_text()):
            assert target in known, f"{path.name}: make {target}"


def test_remit_commands_that_documents_name_exist(root: Path) -> None:
    known = commands()
    assert {"demo", "serve", "import", "as-at", "tour", "ledger verify", "ledger export"} <= known
    groups = {command.split()[0] for command in known if " " in command}
    for path in documents(root):
        for line in re.findall(r"(?:`|^\$ .*?|bin/)remit ([a-z][^\n`|]*)", path.read_text(), re.MULTILINE):
            words = line.split()
            typed = " ".join(words[:2]) if words[0] in groups and len(words) > 1 else words[0]
            assert typed in known or words[0] in known, f"{path.relative_to(root)}: remit {typed}"
            assert words[0] not in groups or len(words) == 1 or typed in known, f"{path.name}: remit {typed}"


def test_import_kinds_that_documents_name_exist(root: Path) -> None:
    from remit.engines.layouts import Kind

    kinds = {kind.value for kind in Kind}
    for path in documents(root):
        for kind in re.findall(r"remit import ([a-z]+)", path.read_text()):
            assert kind in kinds, f"{path.name}: remit import {kind}"


def test_the_commands_of_the_makefile_are_explained(root: Path) -> None:
    makefile = (root / "Makefile").read_text()
    wanted = {"run", "test", "setup", "check", "demo", "bench", "docs", "agreement", "test-next"}
    explained = set(re.findall(r"^([a-z-]+):.*## \S", makefile, re.MULTILINE))
    assert wanted <= explained
    phony = set(re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split())  # type: ignore[index]
    assert phony == targets(root) - {"PHONY"}


def test_ci_runs_check_then_test(root: Path) -> None:
    lines = [line for line in (root / ".ci" / "run").read_text().splitlines() if line.startswith("make ")]
    assert lines == ["make check", "make test"]


def test_programs_that_the_makefile_runs_are_there(root: Path) -> None:
    for path in re.findall(
        r"(?:python3|\$\(PY\)) ((?:scripts|verifier)/\S+\.py)", (root / "Makefile").read_text()
    ):
        assert (root / path).is_file(), path
