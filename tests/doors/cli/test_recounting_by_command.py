"""`remit motion recount`: from the file alone, by whoever has it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.engines.constitution.test_recounting import a_file


def written(to: Path, **more: Any) -> Path:
    path = to / "recount.json"
    path.write_text(json.dumps(a_file({"kind": "majority", "share": "1/2"}, **more)))
    return path


def test_a_vote_is_counted_again_with_its_arithmetic(remit: Any, tmp_path: Path) -> None:
    ran = remit("motion", "recount", written(tmp_path))
    assert ran.code == 0
    assert "26 votes for, of 35 cast, is 74%; the clause asks for more than 50%: met" in ran.stdout
    assert "Counted again: carried. Declared: carried." in ran.stdout


def test_what_does_not_follow_is_said_and_the_code_is_1(remit: Any, tmp_path: Path) -> None:
    path = written(tmp_path, declared={"result": "not_carried", "option": ""})
    ran = remit("motion", "recount", path)
    assert (ran.code, "Declared: not carried." in ran.stdout) == (1, True)
    as_json = remit("motion", "recount", path, "--json")
    assert (as_json.code, as_json.json["agrees"], as_json.json["result"]) == (1, False, "carried")
    assert as_json.json["parts"][0]["clauses"][0]["clause"] == "8.2"


def test_what_is_no_recount_file_is_refused(remit: Any, tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    for content in ("{}", "not json", "[]", '{"format": "remit-recount-1"}'):
        path.write_text(content)
        ran = remit("motion", "recount", path, "--json")
        assert (ran.code, ran.json["error"]) == (1, "not_a_recount_file"), content
    assert remit("motion", "recount", tmp_path / "none.json").code == 4
