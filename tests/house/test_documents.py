"""Documents: those made from code are in step, every link leads somewhere, every page can be found."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from remit.demo.invention.geography import board_code, invent_geography
from remit.demo.invention.plan import AREAS

ROOT = Path(__file__).resolve().parents[2]
GENERATORS = [*sorted(path.name for path in (ROOT / "scripts").glob("docs_*.py")), "seed_tests.py"]
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")


def pages() -> list[Path]:
    return [ROOT / "README.md", ROOT / "ARCHITECTURE.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.slow
@pytest.mark.parametrize("generator", GENERATORS)
def test_documents_made_from_code_are_in_step(generator: str) -> None:
    done = subprocess.run(
        [sys.executable, f"scripts/{generator}", "--check"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"run make docs: {done.stdout}{done.stderr}"


def test_every_generator_can_say_that_its_page_is_out_of_step() -> None:
    for generator in GENERATORS:
        assert "--check" in (ROOT / "scripts" / generator).read_text(), generator


def anchors(path: Path) -> set[str]:
    """The ids that headings get, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_of_documents_lead_somewhere(path: Path) -> None:
    for target in LINK.findall(path.read_text()):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        there = (path.parent / file).resolve() if file else path
        assert there.exists(), f"{target} is not there"
        assert there.is_relative_to(ROOT), f"{target} leads out of the project"
        if anchor:
            assert anchor in anchors(there), f"{target}: no such heading"


def test_every_page_can_be_found_from_the_index() -> None:
    index = ROOT / "docs" / "README.md"
    linked = {
        (index.parent / target.partition("#")[0]).resolve() for target in LINK.findall(index.read_text())
    }
    lost = [
        path.relative_to(ROOT).as_posix()
        for path in pages()
        if path.resolve() not in linked and path != index
    ]
    assert not lost


def test_each_kind_of_document_has_a_page() -> None:
    for folder in ("tutorials", "how-to", "reference", "explanation", "adr"):
        assert list((ROOT / "docs" / folder).glob("*.md")), folder


def test_documents_keep_to_themselves() -> None:
    """No path of somebody's machine, and no host to fetch packages from."""
    for path in pages():
        text = path.read_text()
        for word in ("/ro" + "ot/", "/ho" + "me/", "py" + "pi.", "npm" + "js"):
            assert word not in text, f"{path.name}: {word}"


COMMAND = re.compile(r"remit (?:as-at|power check) .*")
CODE = re.compile(r"(?<=\s)[A-Z0-9]{3}(?=\s|$)")


def test_commands_that_are_printed_name_commissioners_of_the_invented_nation() -> None:
    nation = invent_geography(2015, 300)
    known = {one.code for one in nation.commissioners} | {board_code(number) for number in range(len(AREAS))}
    named = {
        (path.name, code)
        for path in pages()
        for command in COMMAND.findall(path.read_text())
        for code in CODE.findall(command)
    }
    assert {path for path, _ in named} >= {"cli.md", "run-a-round.md"}
    assert {(path, code) for path, code in named if code not in known} == set()
