"""The vendored NHS frontend: as published, but for our three edits; and nothing in it calls another host."""

from __future__ import annotations

import hashlib
import json
import re
import runpy
from importlib.metadata import metadata, version
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "src/remit/web/static/vendor/nhsuk-frontend-10.6.1"
RECORD = json.loads((FOLDER / "VENDORED.json").read_text())
STYLES = [FOLDER / "nhsuk.min.css", ROOT / "src/remit/web/static/remit/remit.css"]


def test_every_vendored_file_is_the_one_that_was_recorded() -> None:
    found = {
        str(path.relative_to(FOLDER)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in FOLDER.rglob("*")
        if path.is_file() and path.name != "VENDORED.json"
    }
    assert found == RECORD["sha256"]


def test_the_macros_and_the_styles_are_a_pair() -> None:
    """The macros' own README lists which version of theirs goes with which of the frontend."""
    readme = metadata("nhsuk-frontend-jinja").get_payload()
    pairs = dict(re.findall(r"^\| ([\d.]+) \| ([\d.]+) \|$", str(readme), flags=re.M))
    assert pairs[RECORD["version"]] == version("nhsuk-frontend-jinja")


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_styles_ask_nothing_of_other_hosts_and_only_for_files_that_are_there(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"https?:|//[a-z]+\.|@import|@font-face", re.sub(r"/\*.*?\*/", "", text, flags=re.S))
    for target in re.findall(r"url\(([^)]*)\)", text):
        assert (path.parent / target).is_file(), target


def test_no_source_maps_are_promised() -> None:
    for path in FOLDER.glob("nhsuk.min.*"):
        assert "sourceMappingURL" not in path.read_text()


def test_the_three_edits_and_nothing_else() -> None:
    script = runpy.run_path(str(ROOT / "scripts/vendor_nhsuk.py"))
    font = b"@font-face{font-family:F;src:url(https://h/f)}"
    css = b"a{b:url(/assets/x.svg)}" + font + b"c{d:e}\n/*# sourceMappingURL=m */\n"
    assert script["edited"]("s.css", css) == b"a{b:url(assets/x.svg)}c{d:e}\n"
    assert script["edited"]("s.js", b"export{a};\n//# sourceMappingURL=m\n") == b"export{a};\n"
    assert script["edited"]("s.svg", b"//# sourceMappingURL=m") == b"//# sourceMappingURL=m"


def test_a_changed_package_is_turned_away(tmp_path: Path) -> None:
    script = runpy.run_path(str(ROOT / "scripts/vendor_nhsuk.py"))
    other = tmp_path / "nhsuk-frontend-10.6.1.tgz"
    other.write_bytes(b"something else")
    with pytest.raises(SystemExit, match="is not nhsuk-frontend"):
        script["main"](other)
