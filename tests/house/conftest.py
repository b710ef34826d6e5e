"""The building, read as files and syntax trees: what the checks of the house look at."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REMIT = ROOT / "src" / "remit"


@dataclass(frozen=True)
class Module:
    """A Python file of the project: where it is from the project's root, its text and its tree."""

    path: str
    text: str
    tree: ast.Module

    @property
    def lines(self) -> int:
        """How long it is."""
        return len(self.text.splitlines())

    @property
    def parts(self) -> tuple[str, ...]:
        """Its path below ``src/remit``, or below the root for anything else."""
        return tuple(self.path.removeprefix("src/remit/").split("/"))

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Every function and method, however deep."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node


def read_module(path: Path) -> Module:
    """A file as a module."""
    text = path.read_text(encoding="utf-8")
    return Module(path.relative_to(ROOT).as_posix(), text, ast.parse(text))


@cache
def modules_of(*folders: str) -> tuple[Module, ...]:
    """Every module below some folders of the project, migrations left out."""
    paths = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return tuple(
        read_module(path)
        for path in paths
        if "migrations" not in path.parts and "__pycache__" not in path.parts
    )


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def package() -> tuple[Module, ...]:
    """Every module of the package."""
    return modules_of("src/remit")


@pytest.fixture(scope="session")
def everything() -> tuple[Module, ...]:
    """Every module that we wrote: the package, the verifier, scripts and tests."""
    return modules_of("src/remit", "verifier", "scripts", "tests", "bench")


@pytest.fixture(scope="session")
def kept_files() -> tuple[str, ...]:
    """Every file that is kept, or would be: what git knows or does not ignore."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return tuple(sorted(path for path in listed.stdout.splitlines() if (ROOT / path).is_file()))
