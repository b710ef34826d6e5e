"""What we stand on: versions agree, everything is hashed, and no licence binds those who run Remit."""

from __future__ import annotations

import ast
import json
import os
import re
import tomllib
from importlib.metadata import PackageNotFoundError, metadata, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

PINNED = re.compile(r"^([A-Za-z0-9_.\[\]-]+)==(\S+?)( ; .*)? \\$", re.MULTILINE)
COPYLEFT = re.compile(r"\bA?GPL|(?<!lesser )\bgeneral public licen|affero", re.IGNORECASE)
# package: why its licence is no obstacle although its metadata names one of these
LICENCE_EXCEPTIONS: dict[str, str] = {
    "pyphen": "offered under MPL 1.1 as well, which is the one taken: its files are used as they are"
}
# package: the licence that its metadata does not name, from the file that says so
LOOKED_UP = {"pysqlite3": "zlib/libpng (LICENSE in its source), with SQLite, which is in the public domain"}
REQUIREMENTS = ("runtime", "dev")


def pinned(root: Path, which: str) -> dict[str, str]:
    """Every package of a requirements file with its one version."""
    text = (root / "requirements" / f"{which}.txt").read_text()
    return {name.split("[")[0].lower(): number for name, number, _ in PINNED.findall(text)}


@pytest.mark.parametrize("which", REQUIREMENTS)
def test_every_requirement_has_one_version_and_hashes(root: Path, which: str) -> None:
    text = (root / "requirements" / f"{which}.txt").read_text()
    blocks = [block for block in re.split(r"\n(?=\S)", text) if block and not block.startswith("#")]
    assert len(blocks) > 40
    for block in blocks:
        assert PINNED.match(block), block.splitlines()[0]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), block.splitlines()[0]


@pytest.mark.parametrize("which", REQUIREMENTS)
def test_requirements_name_no_host(root: Path, which: str) -> None:
    for suffix in ("in", "txt"):
        text = (root / "requirements" / f"{which}.{suffix}").read_text()
        assert not re.search(r"https?:|--(extra-)?index-url|--find-links|\.(org|com|io)\b", text)
        assert "git+" not in text


def test_no_lock_file_names_hosts(kept_files: tuple[str, ...]) -> None:
    names = {path.rsplit("/", 1)[-1] for path in kept_files}
    assert not names & {"uv.lock", "pylock.toml", "poetry.lock", "Pipfile.lock", "package-lock.json"}


def test_what_we_ask_for_is_what_is_pinned(root: Path) -> None:
    """Each line of the .in files has a version in the .txt files that satisfies it."""
    for which in REQUIREMENTS:
        have = pinned(root, which)
        for line in (root / "requirements" / f"{which}.in").read_text().splitlines():
            if line and not line.startswith(("#", "-r")):
                asked = Requirement(line)
                assert asked.specifier.contains(have[asked.name.lower()]), line


def test_development_stands_on_the_same_versions_as_running(root: Path) -> None:
    runtime, dev = pinned(root, "runtime"), pinned(root, "dev")
    assert {name: dev.get(name) for name in runtime} == runtime


def test_what_is_installed_is_what_is_pinned(root: Path) -> None:
    """The tests speak for the versions in the file, not for whatever is here."""
    different = {}
    let_off = {"django"} if os.environ.get("REMIT_NEXT") else set()
    for name, wanted in pinned(root, "dev").items():
        if name in let_off:
            continue
        try:
            if version(name) != wanted:
                different[name] = (wanted, version(name))
        except PackageNotFoundError:
            continue  # for other systems or Pythons
    assert not different, "run: make setup-dev"


def test_django_is_the_long_supported_one(root: Path) -> None:
    number = Version(pinned(root, "runtime")["django"])
    assert (number.major, number.minor) == (5, 2)
    assert number >= Version("5.2.9")


def test_the_frontend_and_its_macros_are_a_pair(root: Path) -> None:
    """The macros' own README lists which of their versions goes with which of the frontend's."""
    (record,) = (root / "src/remit/web/static/vendor").glob("nhsuk-frontend-*/VENDORED.json")
    vendored = json.loads(record.read_text())["version"]
    assert record.parent.name == f"nhsuk-frontend-{vendored}"
    readme = str(metadata("nhsuk-frontend-jinja").get_payload())
    pairs = dict(re.findall(r"^\| ([\d.]+) \| ([\d.]+) \|$", readme, flags=re.MULTILINE))
    assert pairs[vendored] == pinned(root, "runtime")["nhsuk-frontend-jinja"]
    names = {
        found
        for path in (root / "src/remit/web").rglob("*")
        if path.suffix in {".py", ".jinja", ".css"} and "vendor" not in path.parts
        for found in re.findall(r"nhsuk-frontend-(\d[\d.]*\d)", path.read_text())
    }
    assert names <= {vendored}


def test_the_least_python_is_the_same_everywhere(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text())
    least = project["project"]["requires-python"].removeprefix(">=")
    short = least.replace(".", "")
    assert project["tool"]["ruff"]["target-version"] == f"py{short}"
    assert project["tool"]["mypy"]["python_version"] == least
    assert f"Python {least}" in (root / "README.md").read_text()
    install = (root / "scripts" / "install.py").read_text()
    assert re.findall(r"version_info < (\([\d, ]+\))", install) == [
        str(ast.literal_eval(f"({least.replace('.', ', ')})"))
    ]
    assert f"Python {least} or later" in install
    assert not (root / ".python-version").exists()


def licences() -> dict[str, str]:
    """What each package that Remit runs on says about its licence."""
    root = Path(__file__).resolve().parents[2]
    found = {}
    for name in pinned(root, "runtime"):
        try:
            about = metadata(name)
        except PackageNotFoundError:
            continue
        classifiers = [line for line in about.get_all("Classifier") or [] if line.startswith("License ::")]
        first_words = (about.get("License") or "").strip().splitlines()[:1]
        found[name] = " | ".join(filter(None, [about.get("License-Expression"), *classifiers, *first_words]))
    return found


def test_nothing_at_run_time_is_under_the_gpl() -> None:
    """Whoever runs Remit may change it and pass it on as they like. The LGPL (psycopg) allows that."""
    found = licences()
    assert len(found) > 40
    bound = {
        name: text for name, text in found.items() if COPYLEFT.search(text) and name not in LICENCE_EXCEPTIONS
    }
    assert not bound
    assert set(LICENCE_EXCEPTIONS) <= set(found), "a stale exception"


def test_every_package_at_run_time_says_its_licence() -> None:
    silent = {name for name, text in licences().items() if not text}
    assert silent == set(LOOKED_UP), "look up those that are new, and take off those that now say it"


@pytest.mark.parametrize(
    ("text", "is_bound"),
    [
        ("GPL-3.0-only", True),
        ("AGPL-3.0", True),
        ("License :: OSI Approved :: GNU General Public License v3 (GPLv3)", True),
        ("GNU Affero General Public License", True),
        ("LGPL-3.0-only", False),
        ("License :: OSI Approved :: GNU Lesser General Public License v3 (LGPLv3)", False),
        ("MIT", False),
    ],
)
def test_the_licence_check_can_tell(text: str, is_bound: bool) -> None:
    assert bool(COPYLEFT.search(text)) is is_bound
