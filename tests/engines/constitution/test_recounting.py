"""A recount file counted again, and files from which nothing can be counted."""

from __future__ import annotations

from typing import Any

import pytest

from remit.engines.constitution import NotARecountFile, recount

FOR, AGAINST, SILENT = 26, 9, 5
VOTES = ["for"] * FOR + ["against"] * AGAINST + ["not_voted"] * SILENT


def a_file(*rules: Any, **more: Any) -> dict[str, Any]:
    """40 practices, of which 26 were for and 9 against."""
    roll = [
        {"voter": f"A{number:05}", "weight": "1", "locality": "", "vote": vote}
        for number, vote in enumerate(VOTES)
    ]
    return {
        "format": "remit-recount-1",
        "motion": "01J",
        "kind": "ordinary",
        "title": "Apply",
        "options": [],
        "clauses": [{"clause": "8.2", "rules": list(rules)}],
        "electorates": [{"electorate": "practices", "hands": {}, "roll": roll}],
        "casting_vote": "",
        "declared": {"result": "carried", "option": ""},
        **more,
    }


@pytest.mark.parametrize(
    ("rule", "agrees", "words"),
    [
        ({"share": "1/2"}, True, "26 votes for, of 35 cast, is 74%; the clause asks for more than 50%"),
        ({"share": "75%", "is_strict": False}, False, "is 74%; the clause asks for at least 75%"),
        (
            {"share": "60%", "is_strict": False, "basis": "all"},
            True,
            "26 votes for, of 40 on the roll, is 65%",
        ),
    ],
)
def test_the_same_votes_under_the_clause_that_the_file_carries(
    rule: dict[str, Any], agrees: bool, words: str
) -> None:
    found = recount(a_file({"kind": "majority", **rule}))
    assert found.agrees is agrees
    [tested] = found.outcome.parts[0].outcome.majorities
    assert tested.clause == "8.2"
    assert words in tested.words


def test_a_result_that_does_not_follow_is_found_out() -> None:
    assert not recount(a_file(declared={"result": "not_carried", "option": ""})).agrees
    changed = a_file()
    for row in changed["electorates"][0]["roll"][:9]:
        row["vote"] = "against"
    assert not recount(changed).agrees


def test_options_are_counted_again() -> None:
    file = a_file(options=["for", "against"], declared={"result": "carried", "option": "for"})
    assert recount(file).agrees
    assert not recount(file | {"declared": {"result": "carried", "option": "against"}}).agrees


def test_hands_are_counted_as_numbers() -> None:
    file = a_file()
    file["electorates"][0]["hands"] = {"for": 3, "against": 4}
    for row in file["electorates"][0]["roll"]:
        row["vote"] = "not_voted"
    found = recount(file)
    assert (found.outcome.result.value, found.outcome.parts[0].outcome.heads.not_voted) == ("not_carried", 33)
    file["electorates"][0]["hands"] = {"for": 41}
    with pytest.raises(NotARecountFile, match="More hands"):
        recount(file)


@pytest.mark.parametrize(
    "broken",
    [
        {"format": "other"},
        {"electorates": []},
        {"electorates": [{"electorate": "gps", "roll": []}]},
        {"electorates": [{"electorate": "practices", "roll": [{"voter": "A"}]}]},
        {"clauses": [{"clause": "1", "rules": [{"kind": "majority"}]}]},
        {"options": ["only"]},
        {"casting_vote": "perhaps"},
        {"declared": None},
    ],
)
def test_a_file_that_is_none_is_refused(broken: dict[str, Any]) -> None:
    with pytest.raises(NotARecountFile):
        recount(a_file() | broken)
    lacking = a_file()
    del lacking[next(iter(broken))]
    with pytest.raises(NotARecountFile, match="It has no"):
        recount(lacking)
