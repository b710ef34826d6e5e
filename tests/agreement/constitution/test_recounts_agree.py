"""A vote counted by the engine and by the stand-alone verifier, which was written apart: the same result always."""

from __future__ import annotations

import copy
import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.engines.constitution import NotARecountFile, recount

ROOT = Path(__file__).resolve().parents[3]
SHARES = ["1/2", "2/3", "75%", "60 %", "33.3%"]
LOCALITIES = ["", "North"]


@pytest.fixture(scope="module")
def verifier() -> ModuleType:
    spec = importlib.util.spec_from_file_location("remit_verifier", ROOT / "verifier" / "remit_verifier.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules["remit_verifier"] = made
    spec.loader.exec_module(made)
    return made


MOTIONS = st.sampled_from([{}, {"motions": ["delegation"]}, {"motions": ["merger"]}])
UNITS = st.sampled_from(["voters", "weight"])


def majorities() -> st.SearchStrategy[dict[str, Any]]:
    return st.builds(
        lambda share, strict, basis, unit, each, motions: {
            **{"kind": "majority", "share": share, "is_strict": strict, "basis": basis, "unit": unit},
            **{"in_each_locality": each, **motions},
        },
        st.sampled_from(SHARES),
        st.booleans(),
        st.sampled_from(["cast", "present", "all"]),
        UNITS,
        st.booleans(),
        MOTIONS,
    )


def quorums() -> st.SearchStrategy[dict[str, Any]]:
    shares = st.builds(
        lambda share, unit, each: {"kind": "quorum", "share": share, "unit": unit, "in_each_locality": each},
        st.sampled_from(SHARES),
        UNITS,
        st.booleans(),
    )
    counts = st.builds(lambda count: {"kind": "quorum", "count": count}, st.integers(0, 4))
    return st.builds(lambda rule, motions: {**rule, **motions}, st.one_of(shares, counts), MOTIONS)


def others() -> st.SearchStrategy[dict[str, Any]]:
    return st.one_of(
        st.builds(lambda cast: {"kind": "abstentions", "are_cast": cast}, st.booleans()),
        st.just({"kind": "tie", "tie": "casting_vote"}),
        st.just({"kind": "notice", "days": 14}),
    )


@st.composite
def files(draw: st.DrawFn) -> dict[str, Any]:
    """A recount file with the engine's result as the declared one."""
    who = draw(st.sampled_from(["practices", "gps", "both"]))
    binding = draw(st.sampled_from(["practices", "gps", "both"])) if who == "both" else who
    rules = [{"kind": "electorate", "who": who, "binding": binding}]
    rules += draw(st.lists(majorities(), max_size=3)) + draw(st.lists(quorums(), max_size=2))
    rules += draw(st.lists(others(), max_size=2))
    options = draw(st.sampled_from([[], ["joint", "delegated", "neither"]]))
    votes = st.sampled_from([*(options or ["for", "against"]), "abstain", "blank", "not_voted"])
    rows = st.lists(
        st.tuples(st.sampled_from(["1", "2", "7/2"]), st.sampled_from(LOCALITIES), votes), max_size=7
    )
    electorates = [
        {
            "electorate": name,
            "hands": {},
            "roll": [
                {"voter": f"{name}{number}", "weight": weight, "locality": place, "vote": vote}
                for number, (weight, place, vote) in enumerate(draw(rows))
            ],
        }
        for name in (("practices", "gps") if who == "both" else (who,))
    ]
    if not options and draw(st.booleans()):
        size = len(electorates[0]["roll"])
        shown = draw(st.integers(0, size))
        electorates[0]["hands"] = {"for": shown, "against": draw(st.integers(0, size - shown))}
    return {
        "format": "remit-recount-1",
        "motion": "01M",
        "kind": "delegation",
        "title": "Apply",
        "options": options,
        "clauses": [{"clause": str(number), "rules": [rule]} for number, rule in enumerate(rules, 1)],
        "electorates": electorates,
        "casting_vote": draw(st.sampled_from(["", "for", "against"])),
        "declared": {"result": "", "option": ""},
    }


@given(file=files())
@settings(deadline=None)
def test_they_come_to_the_same(verifier: ModuleType, file: dict[str, Any]) -> None:
    ours = recount(file).outcome
    clauses = verifier.ClausesFor(
        file["kind"], [(each["clause"], rule) for each in file["clauses"] for rule in each["rules"]]
    )
    results = {}
    for each in file["electorates"]:
        cells = verifier.cells_of(each)
        if file["options"]:
            results[each["electorate"]] = verifier.chosen(clauses, cells, file["options"])
        else:
            results[each["electorate"]] = verifier.counted(clauses, cells, file["casting_vote"]), ""
    assert verifier.together(clauses, results) == (ours.result.value, ours.option), json.dumps(file)


FILE: dict[str, Any] = {
    "format": "remit-recount-1",
    "motion": "01M",
    "kind": "ordinary",
    "title": "Apply",
    "options": [],
    "clauses": [{"clause": "8.2", "rules": [{"kind": "majority", "share": "1/2"}]}],
    "electorates": [
        {
            "electorate": "practices",
            "hands": {},
            "roll": [
                {"voter": f"A{number}", "weight": "1", "locality": "", "vote": vote}
                for number, vote in enumerate(["for", "for", "against", "not_voted"])
            ],
        }
    ],
    "casting_vote": "",
    "declared": {"result": "carried", "option": ""},
}


def run(verifier: ModuleType, folder: Path, file: Any, *more: str) -> int:
    path = folder / "recount.json"
    path.write_text(json.dumps(file))
    return int(verifier.main(["recount", str(path), *more]))


def test_on_the_command_line(
    verifier: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(verifier, tmp_path, FILE) == 0
    assert "Nothing is wrong" in capsys.readouterr().out
    other = copy.deepcopy(FILE)
    other["electorates"][0]["roll"][0]["vote"] = "against"
    assert run(verifier, tmp_path, other) == 1
    assert "The votes come to “not_carried”, and “carried” was declared" in capsys.readouterr().out
    assert run(verifier, tmp_path, FILE, "--sha256", "0" * 64, "--json") == 1
    assert json.loads(capsys.readouterr().out)["faults"][0]["code"] == "other_file"


@pytest.mark.parametrize(
    "wrong", [{}, [], {"format": "x"}, {**FILE, "electorates": []}, {**FILE, "clauses": 1}]
)
def test_what_is_no_recount_file_is_said(verifier: ModuleType, tmp_path: Path, wrong: Any) -> None:
    assert run(verifier, tmp_path, wrong) == 2
    assert verifier.main(["recount", str(tmp_path / "none.json")]) == 2
    with pytest.raises(NotARecountFile):
        recount(wrong)
