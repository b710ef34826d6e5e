"""Write src/remit/tour/tests.json: for every seed id, the tests that are marked with it.

    python scripts/seed_tests.py            write the file
    python scripts/seed_tests.py --check    write nothing; exit 1 when the file is out of step

The tests are read, not run or imported, so that an installed Remit can show its proof without pytest. A mark
counts on a test, on a test class, in a module's or a class's `pytestmark`, and on a `pytest.param`. A mark
anywhere else, or one whose id is not a plain string, is an error: it would look like proof and be none.
"""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src" / "remit" / "tour" / "tests.json"

Marked = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


class MarkError(ValueError):
    """A seed mark that proves nothing, with its file and line."""


def evidence_in(tests: Path, root: Path) -> dict[str, list[str]]:
    """Seed id to sorted pytest node ids relative to `root`. Raises `MarkError`."""
    found: dict[str, set[str]] = {}
    for path in sorted(tests.rglob("test_*.py")):
        where = path.relative_to(root).as_posix()
        for seed, node in _marks_in(ast.parse(path.read_text(encoding="utf-8")), where):
            found.setdefault(seed, set()).add(node)
    return {seed: sorted(nodes) for seed, nodes in sorted(found.items())}


def as_text(by_seed: dict[str, list[str]]) -> str:
    """The file's content."""
    return json.dumps(by_seed, indent=2, ensure_ascii=False) + "\n"


def _marks_in(module: ast.Module, where: str) -> Iterator[tuple[str, str]]:
    placed: set[ast.Call] = set()
    for node, calls in _tests_in(module, where, []):
        placed.update(calls)
        for call in calls:
            yield _seed(call, where), node
    for call in _seed_calls(module):
        if call not in placed:
            raise MarkError(f"{where}:{call.lineno}: this seed mark is on no test")


def _tests_in(
    block: ast.Module | ast.ClassDef, name: str, above: list[ast.Call]
) -> Iterator[tuple[str, list[ast.Call]]]:
    """Every test below `block`, as its node id and the seed marks that hold for it."""
    above = above + [
        call for statement in block.body if _is_pytestmark(statement) for call in _seed_calls(statement)
    ]
    for item in block.body:
        if not isinstance(item, Marked):
            continue
        marks = above + [call for decorator in item.decorator_list for call in _seed_calls(decorator)]
        if isinstance(item, ast.ClassDef) and item.name.startswith("Test"):
            yield from _tests_in(item, f"{name}::{item.name}", marks)
        elif not isinstance(item, ast.ClassDef) and item.name.startswith("test"):
            yield f"{name}::{item.name}", marks


def _is_pytestmark(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Assign):
        targets: list[ast.expr] = statement.targets
    elif isinstance(statement, ast.AnnAssign):
        targets = [statement.target]
    else:
        return False
    return any(isinstance(target, ast.Name) and target.id == "pytestmark" for target in targets)


def _seed_calls(node: ast.AST) -> list[ast.Call]:
    return [inner for inner in ast.walk(node) if isinstance(inner, ast.Call) and _is_seed_mark(inner.func)]


def _is_seed_mark(function: ast.expr) -> bool:
    if not isinstance(function, ast.Attribute) or function.attr != "seed":
        return False
    owner = function.value
    return (isinstance(owner, ast.Attribute) and owner.attr == "mark") or (
        isinstance(owner, ast.Name) and owner.id == "mark"
    )


def _seed(call: ast.Call, where: str) -> str:
    match call:
        case ast.Call(args=[ast.Constant(value=str(seed))], keywords=[]):
            return seed
    raise MarkError(f"{where}:{call.lineno}: a seed mark takes one id, written out")


def main(arguments: list[str]) -> int:
    """Write or check; the exit code."""
    text = as_text(evidence_in(ROOT / "tests", ROOT))
    if arguments != ["--check"]:
        TARGET.write_text(text, encoding="utf-8")
        return 0
    if TARGET.exists() and TARGET.read_text(encoding="utf-8") == text:
        return 0
    print(f"{TARGET.relative_to(ROOT)} is out of step: run python scripts/seed_tests.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
