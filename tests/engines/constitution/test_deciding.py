"""Two electorates and several options, put before the clauses: whose choice binds, and what they agree on."""

from __future__ import annotations

import pytest

from remit.engines.constitution import Roll, Voter, decide, electorates_of, read_rules, rules_for, tally_of

OPTIONS = ("joint", "delegated", "neither")


def decided(binding: str, practices: str, gps: str) -> tuple[str, str]:
    """A letter for each vote: j, d, n for the options, b for a blank."""
    rules = rules_for(
        "ordinary",
        [
            *read_rules("5", [{"kind": "electorate", "who": "both", "binding": binding}]),
            *read_rules("8", [{"kind": "majority", "share": "1/2"}]),
        ],
    )
    said = {"j": "joint", "d": "delegated", "n": "neither", "b": "blank"}
    tallies = {}
    for name, votes in (("practices", practices), ("gps", gps)):
        roll = Roll(tuple(Voter(f"{name}{number}") for number in range(len(votes))))
        tallies[name] = tally_of(roll, {f"{name}{number}": said[each] for number, each in enumerate(votes)})
    found = decide(rules, tallies, OPTIONS)
    return found.result.value, found.option


@pytest.mark.parametrize(
    ("binding", "practices", "gps", "result"),
    [
        ("practices", "jjd", "ddd", ("carried", "joint")),
        ("gps", "jjd", "ddd", ("carried", "delegated")),
        ("both", "jjd", "jjj", ("carried", "joint")),
        ("both", "jjd", "ddd", ("not_carried", "")),
        ("both", "jjd", "jd", ("not_carried", "")),
        ("practices", "jd", "jjj", ("not_carried", "")),
        ("practices", "jdn", "jjj", ("not_carried", "")),
        ("gps", "jjj", "bb", ("not_carried", "")),
    ],
)
def test_whose_choice_it_is(binding: str, practices: str, gps: str, result: tuple[str, str]) -> None:
    assert decided(binding, practices, gps) == result


def test_doctors_alone_may_be_asked() -> None:
    rules = rules_for("ordinary", read_rules("5", [{"kind": "electorate", "who": "gps"}]))
    assert electorates_of(rules) == ("gps",)
    locality = [
        {"kind": "majority", "share": "1/2", "in_each_locality": True},
        {"kind": "quorum", "count": 1},
    ]
    together = rules_for("ordinary", read_rules("8", locality))
    assert together.voting.clauses_by_locality == ("8",)


def test_in_whichever_order_the_tallies_come() -> None:
    rules = rules_for(
        "ordinary", read_rules("5", [{"kind": "electorate", "who": "both", "binding": "practices"}])
    )
    tallies = {
        name: tally_of(Roll((Voter("one"),)), {"one": vote})
        for name, vote in (("gps", "against"), ("practices", "for"))
    }
    found = decide(rules, tallies)
    assert [part.electorate for part in found.parts] == ["practices", "gps"]
    assert found.result == "carried"
