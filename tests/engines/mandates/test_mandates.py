"""Counting votes, climbing the ladder, meeting a standard; and reading what evidence states."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.engines.mandates import (
    Count,
    FactKind,
    Requirement,
    Result,
    Rung,
    Shown,
    Standard,
    Threshold,
    Vote,
    WrongFact,
    compare,
    count_of,
    firmest,
    fit_facts,
    reconcile,
    result_of,
    unanswered_losses,
)

DAY = date(2015, 1, 9)
OF_VOTES = Threshold("votes", "", Fraction(1, 2), of_members=False, is_strict=True)
OF_MEMBERS = Threshold("members", "", Fraction(1, 2), of_members=True, is_strict=True)
TWO_THIRDS = Threshold("two_thirds", "", Fraction(2, 3), of_members=False, is_strict=False)
BALLOT, HANDS, NONE = (
    Rung("ballot", "A ballot", 5, "balloted"),
    Rung("show_of_hands", "Hands", 3, "not_balloted"),
    Rung("none", "None", 1, "not_balloted"),
)


@pytest.mark.parametrize(
    ("count", "rule", "result"),
    [
        (Count(31, 30), OF_VOTES, Result.CARRIED),
        (Count(30, 30), OF_VOTES, Result.TIED),
        (Count(30, 31), OF_VOTES, Result.LOST),
        (Count(0, 0), OF_VOTES, Result.UNKNOWN),
        (Count(30), OF_VOTES, Result.UNKNOWN),
        (Count(21, 10, electorate=60), OF_MEMBERS, Result.NOT_CARRIED),
        (Count(30, 10, electorate=60), OF_MEMBERS, Result.NOT_CARRIED),
        (Count(31, 10, electorate=60), OF_MEMBERS, Result.CARRIED),
        (Count(31, 10), OF_MEMBERS, Result.UNKNOWN),
        (Count(20, 10), TWO_THIRDS, Result.CARRIED),
        (Count(19, 10), TWO_THIRDS, Result.NOT_CARRIED),
        (Count(20, 5, quorum=26), OF_VOTES, Result.NOT_CARRIED),
        (Count(20, 5, abstained=1, quorum=26), OF_VOTES, Result.CARRIED),
    ],
)
def test_what_a_vote_comes_to(count: Count, rule: Threshold, result: Result) -> None:
    assert result_of(count, rule) is result


def test_a_loss_a_tie_and_a_rule_not_met_are_against() -> None:
    assert [each.value for each in Result if each.is_against] == ["lost", "tied", "not_carried"]


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (Count(-1, 3), "less than nothing"),
        (Count(30, 31, electorate=60), "add up to 61, more than the 60"),
        (Count(10, 10, 10, 10, 10, electorate=60), "add up to 50, but 60 could vote"),
        (Count(10, 10, electorate=60, quorum=61), "quorum is more than all"),
    ],
)
def test_counts_that_cannot_be(count: Count, words: str) -> None:
    found = reconcile(count)
    assert not found.allowed
    assert words in found.reasons[0].message


@pytest.mark.parametrize(
    "count", [Count(), Count(30, 31), Count(10, 10, electorate=60), Count(20, 10, 10, 10, 10, electorate=60)]
)
def test_counts_that_can_be(count: Count) -> None:
    assert reconcile(count).allowed


@given(st.integers(0, 200), st.integers(0, 200), st.integers(0, 200))
def test_a_vote_more_never_loses_what_was_carried(yes: int, no: int, more: int) -> None:
    for rule in (OF_VOTES, TWO_THIRDS):
        if result_of(Count(yes, no), rule) is Result.CARRIED:
            assert result_of(Count(yes + more, no), rule) is Result.CARRIED


def test_the_firmest_counts_and_of_equals_the_latest() -> None:
    later = DAY + timedelta(days=1)
    assert firmest([]) is None
    assert firmest([(HANDS, later), (BALLOT, DAY)]) == (BALLOT, DAY)
    assert firmest([(HANDS, DAY), (HANDS, later), (NONE, later)]) == (HANDS, later)


def test_a_lost_vote_stands_until_one_as_firm_is_won_later() -> None:
    lost = Vote("1", DAY, 4, Result.LOST)
    before, same, later = (DAY + timedelta(days=days) for days in (-1, 0, 1))
    assert unanswered_losses([lost]) == [lost]
    assert unanswered_losses([lost, Vote("2", before, 5, Result.CARRIED)]) == [lost]
    assert unanswered_losses([lost, Vote("2", same, 5, Result.CARRIED)]) == [lost]
    assert unanswered_losses([lost, Vote("2", later, 3, Result.CARRIED)]) == [lost], "weaker"
    assert unanswered_losses([lost, Vote("2", later, 4, Result.CARRIED)]) == []
    again = Vote("3", later, 4, Result.TIED)
    assert unanswered_losses([again, lost]) == [lost, again]


STANDARD = Standard(
    "s",
    "GPC",
    "The committee",
    "A ballot",
    DAY,
    "a report",
    is_weak=True,
    requirements=(
        Requirement("ballot", "…", "no full ballot", rungs=("ballot",)),
        Requirement("counted", "…", "the count is not stated", after=("ballot",), shows_count=True),
        Requirement("carried", "…", "it was not carried", after=("ballot",), is_carried=True),
        Requirement("route", "…", "no route", follows_constitution=True),
    ),
)


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (Shown("show_of_hands", has_route=True), "Does not meet GPC standard: no full ballot"),
        (Shown("none"), "Does not meet GPC standard: no full ballot, no route"),
        (
            Shown("ballot", has_route=True),
            "Does not meet GPC standard: the count is not stated, it was not carried",
        ),
        (Shown("ballot", True, Result.CARRIED, True), "Meets GPC standard"),
    ],
)
def test_beside_a_standard(shown: Shown, words: str) -> None:
    found = compare(STANDARD, shown)
    assert found.words == words
    assert found.is_met is (words == "Meets GPC standard")


KINDS = (
    FactKind("yes", "Yes?", "", "whole"),
    FactKind("what", "What?", "", "words"),
    FactKind("long", "Long?", "", "long_words"),
    FactKind("how", "How?", "", "choice", (("a", "A"),)),
    FactKind("day", "When?", "", "day"),
    FactKind("there", "Who came?", "", "practices"),
    FactKind("people", "Who?", "", "people"),
)


def test_facts_are_kept_as_what_they_are() -> None:
    stated = {
        "people": "X24, director, D. Finch\n00a, lay member",
        "there": "a2, A1 a2",
        "day": DAY,
        "how": "a",
        "long": "one\ntwo",
        "what": " one \n two ",
        "yes": "1,234",
    }
    kept = fit_facts(KINDS, ("yes",), stated)
    assert kept == {
        "yes": 1234,
        "what": "one two",
        "long": "one\ntwo",
        "how": "a",
        "day": "2015-01-09",
        "there": ["A1", "A2"],
        "people": [
            {"organisation": "X24", "role": "director", "name": "D. Finch"},
            {"organisation": "00A", "role": "lay member", "name": ""},
        ],
    }
    assert fit_facts(KINDS, ("yes",), kept) == kept, "what is kept fits"
    assert count_of({"in_favour": 3}) == Count(3)


@pytest.mark.parametrize(
    ("stated", "fact", "code"),
    [
        ({"yes": "many"}, "yes", "wrong_fact"),
        ({"yes": "-1"}, "yes", "wrong_fact"),
        ({"yes": True}, "yes", "wrong_fact"),
        ({"yes": "9" * 30}, "yes", "wrong_fact"),
        ({"what": "x" * 301}, "what", "wrong_fact"),
        ({"long": "x" * 4001}, "long", "wrong_fact"),
        ({"how": "b"}, "how", "wrong_fact"),
        ({"day": "30 February"}, "day", "wrong_fact"),
        ({"there": [f"A{number}" for number in range(501)]}, "there", "wrong_fact"),
        ({"people": "X24"}, "people", "wrong_fact"),
        ({"people": f"X24, {'x' * 201}"}, "people", "wrong_fact"),
        ({"people": "X24, director\n" * 501}, "people", "wrong_fact"),
        ({"what": " "}, "what", "missing_fact"),
        ({"who": "x"}, "who", "no_such_fact"),
    ],
)
def test_facts_that_cannot_be(stated: dict[str, object], fact: str, code: str) -> None:
    with pytest.raises(WrongFact) as refused:
        fit_facts(KINDS, ("what",) if code == "missing_fact" else (), stated)
    assert (refused.value.fact, refused.value.code) == (fact, code)
