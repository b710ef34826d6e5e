"""The shape of the building: sizes, names, what a room may hold, and what no part of it does."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest

AIM, MOST = 300, 420
MOST_IN_A_TEST = 500
MOST_IN_A_TEMPLATE = 150
MOST_IN_A_FUNCTION = 60  # of its body; the aim is 40
MOST_IN_A_VIEW = 30  # of its body: a page object takes a line for each of its fields

# path: why it is longer than MOST. Empty is best; a line here is a promise to look again.
LONG_ON_PURPOSE = {
    "verifier/remit_verifier.py": "one file that an outsider can read and run with nothing else (ADR 0001)",
    "src/remit/delegation/queries/__init__.py": "a list of what can be read, one name a line, and nothing else",
}
# "path function": why it is longer than MOST_IN_A_FUNCTION
LONG_FUNCTIONS: dict[str, str] = {}

BANNED_NAMES = {"utils", "helpers", "common", "misc", "base", "services", "manager"}
ROOM_PARTS = {"models", "states", "actions", "queries", "apps", "migrations", "__init__"}
# What a room has besides, each with its reason.
ROOM_EXTRAS = {
    "accounts": {"rules": "the permission table for Django's has_perm, where the rules app looks for it"},
    "ledger": {"keys": "signing keys live in files, not in the database"},
    "register": {"rules": "its dated parameters, read from the rulebook"},
    "demo": {
        "cast": "the invented people",
        "files": "which files a demo loads",
        "invention": "the invented nation",
        "timeline": "what happened to it, done again",
    },
    "tour": {},
    "delegation": {"rules": "its dated parameters, read from the rulebook"},
    "documents": {},
    "motions": {},
    "constitutions": {"rules": "kinds of motion, model amendments and layers, read from the rulebook"},
    "meetings": {},
    "consultations": {"rules": "reasons for silence and other coded lists, read from the rulebook"},
    "figures": {"rules": "the figures of the five articles, read from the rulebook"},
}


def room_of(module: Any) -> str | None:
    return module.parts[0] if module.parts[0] in ROOM_EXTRAS else None


def test_modules_are_short(everything: Any) -> None:
    long = {}
    for module in everything:
        most = MOST_IN_A_TEST if module.path.startswith("tests/") else MOST
        if module.lines > most and module.path not in LONG_ON_PURPOSE:
            long[module.path] = module.lines
    assert not long, f"split these, or say why not in LONG_ON_PURPOSE: {long}"


def test_exceptions_are_still_needed(everything: Any) -> None:
    lines = {module.path: module.lines for module in everything}
    stale = [path for path in LONG_ON_PURPOSE if lines.get(path, 0) <= MOST]
    assert not stale, f"no longer long, take them off the list: {stale}"


def test_most_modules_keep_to_the_aim(package: Any) -> None:
    """The aim is for nearly all: at most one module in twenty may be over it."""
    over = sorted(module.path for module in package if module.lines > AIM)
    assert len(over) <= len(package) / 20, over


def test_functions_are_short(everything: Any) -> None:
    long = {
        f"{module.path} {function.name}": length
        for module in everything
        for function in module.functions()
        if (length := body_lines(function)) > MOST_IN_A_FUNCTION
    }
    assert set(long) == set(LONG_FUNCTIONS), f"split these, or say why not: {long}"


def test_templates_are_short(root: Path) -> None:
    templates = sorted((root / "src/remit/web/templates").rglob("*.jinja"))
    assert len(templates) > 20
    long = {
        path.relative_to(root).as_posix(): lines
        for path in templates
        if (lines := len(path.read_text().splitlines())) > MOST_IN_A_TEMPLATE
    }
    assert not long


def test_views_are_short(package: Any) -> None:
    """Load, ask, form, one action, answer: what takes longer belongs to a room or a page object."""
    long = {}
    for module in package:
        if not is_view_module(module):
            continue
        for function in module.functions():
            if takes_request(function) and (lines := body_lines(function)) > MOST_IN_A_VIEW:
                long[f"{module.path} {function.name}"] = lines
    assert not long


def is_view_module(module: Any) -> bool:
    if module.parts[0] == "api":
        return True
    return module.parts[0] == "web" and (
        "views" in module.path or module.parts[-1] in {"people.py", "about.py"}
    )


def takes_request(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return bool(function.args.args) and function.args.args[0].arg == "request"


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the body without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_nothing_has_a_name_that_says_nothing(kept_files: tuple[str, ...]) -> None:
    wrong = [
        path for path in kept_files if any(part.split(".")[0] in BANNED_NAMES for part in path.split("/"))
    ]
    # A page's frame may be called anything; these are names of modules, folders and templates alike.
    assert not wrong


def test_rooms_hold_only_what_every_room_holds(root: Path) -> None:
    for room, extras in ROOM_EXTRAS.items():
        folder = root / "src" / "remit" / room
        allowed = ROOM_PARTS | set(extras)
        found = {
            path.stem for path in folder.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
        }
        assert found <= allowed, f"{room}: {sorted(found - allowed)}"
        assert set(extras) <= found, f"{room}: no longer there: {sorted(set(extras) - found)}"


def test_every_room_is_in_the_table(root: Path) -> None:
    config = root / "src" / "remit"
    others = {"config", "web", "api", "cli", "engines", "kernel", "rulebook"}
    rooms = {path.name for path in config.iterdir() if path.is_dir() and path.name != "__pycache__"} - others
    assert rooms == set(ROOM_EXTRAS)


def test_there_are_no_signals(package: Any) -> None:
    users = [
        module.path
        for module in package
        for node in ast.walk(module.tree)
        if (isinstance(node, ast.ImportFrom) and "signals" in (node.module or ""))
        or (isinstance(node, ast.Name) and node.id == "receiver")
    ]
    assert not users, f"an action calls what it needs; nothing happens by signal: {users}"


def test_no_model_overrides_save_or_delete(package: Any) -> None:
    overriding = [
        f"{module.path} {node.name}.{part.name}"
        for module in package
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef)
        for part in node.body
        if isinstance(part, ast.FunctionDef) and part.name in {"save", "delete", "clean", "full_clean"}
        if is_model(node)
    ]
    assert not overriding


def is_model(node: ast.ClassDef) -> bool:
    return any("Model" in ast.unparse(part) or "AbstractBaseUser" in ast.unparse(part) for part in node.bases)


def test_there_are_no_generic_foreign_keys(package: Any) -> None:
    users = [module.path for module in package if re.search(r"\bGeneric(ForeignKey|Relation)\b", module.text)]
    assert not users


def test_doors_never_query_models(package: Any) -> None:
    """Reads go through a room's queries: no manager, no QuerySet is built in a door."""
    doors = [module for module in package if module.parts[0] in {"web", "api", "cli"}]
    assert len(doors) > 20
    users = [
        f"{module.path}:{node.lineno}"
        for module in doors
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager", "_base_manager"}
    ]
    assert not users


def test_queries_never_write(package: Any) -> None:
    writing = {"save", "delete", "update", "create", "bulk_create", "bulk_update", "get_or_create", "record"}
    users = [
        f"{module.path}:{node.lineno} {ast.unparse(node.func)}"
        for module in package
        if room_of(module) and module.parts[1].removesuffix(".py") == "queries"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in writing
        if not is_plain_container(node.func.value)
    ]
    assert not users


def is_plain_container(value: ast.expr) -> bool:
    """``names.update(…)`` on a local dictionary or set writes nothing to the database."""
    return isinstance(value, ast.Name) or (
        isinstance(value, ast.Subscript) and isinstance(value.value, ast.Name)
    )


@pytest.mark.parametrize("folder", ["engines", "kernel"])
def test_public_functions_of_engines_and_kernel_say_what_they_are(package: Any, folder: str) -> None:
    silent = [
        f"{module.path} {node.name}"
        for module in package
        if module.parts[0] == folder
        for node in public_definitions(module.tree)
        if not ast.get_docstring(node)
    ]
    assert not silent


def test_public_functions_of_rooms_say_what_they_are(package: Any) -> None:
    silent = [
        f"{module.path} {node.name}"
        for module in package
        if room_of(module)
        for node in public_definitions(module.tree)
        if not ast.get_docstring(node)
    ]
    assert not silent


def public_definitions(tree: ast.Module) -> list[Any]:
    return [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
    ]


def test_every_module_says_what_it_is(package: Any) -> None:
    silent = [module.path for module in package if module.tree.body and not ast.get_docstring(module.tree)]
    assert not silent


def test_nothing_is_left_for_later(kept_files: tuple[str, ...], root: Path) -> None:
    """No note to oneself, no path of one machine, no package registry's host."""
    words = [
        "TO" + "DO",
        "FIX" + "ME",
        "XX" + "X:",
        "/wo" + "rk/",
        "/tmp" + "/w/",
        "py" + "pi.org",
        "npm" + "js.com",
    ]
    ours = [path for path in kept_files if "/vendor/" not in path and not path.endswith((".png", ".ico"))]
    wrong = [
        f"{path}: {word}"
        for path in ours
        for word in words
        if word in (root / path).read_text(encoding="utf-8", errors="ignore")
    ]
    assert not wrong
