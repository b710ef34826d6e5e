"""Reading constitutions: versions side by side, rules for a motion, layers that clash, how far amendments are."""

from __future__ import annotations

from datetime import timedelta

import pytest

from remit.constitutions import actions, queries
from remit.engines.constitution import Choice, Result, Roll, Voter, count
from remit.kernel.actor import ANYONE
from tests.constitution_factories import (
    CLAUSES,
    SIMPLE,
    SIXTY_OF_ALL,
    THREE_QUARTERS,
    TODAY,
    amend,
    make_constitution,
    make_draft,
    secretary_of,
)
from tests.factories import NOW, make_organisation

pytestmark = pytest.mark.django_db


def test_the_difference_of_two_versions_is_word_by_word_and_rule_by_rule() -> None:
    before = make_constitution()
    words = "A motion is carried by at least 75% of the votes cast."
    after = amend("00A", {"8.2": (words, [THREE_QUARTERS]), "10": ("New.", [])}, at=NOW)
    one, other = queries.text_page(before.pk, ANYONE), queries.text_page(after.pk, ANYONE)
    assert one is not None
    assert other is not None
    changed, added = queries.difference(one, other, only_changes=True)
    assert (changed.number, changed.how, added.number, added.how) == ("8.2", "changed", "10", "added")
    assert [(each.how, each.words) for each in changed.pieces] == [
        ("same", "A motion is carried by "),
        ("struck", "more than half "),
        ("added", "at least 75% "),
        ("same", "of the votes cast."),
    ]
    assert changed.rules_before == ("More than 50% of votes cast carries",)
    assert changed.rules_after == ("At least 75% of votes cast carries",)
    struck = queries.difference(other, one, only_changes=True)
    assert [(each.number, each.how) for each in struck] == [("8.2", "changed"), ("10", "struck")]
    assert {each.how for each in queries.difference(None, one)} == {"added"}
    assert len(queries.difference(one, one)) == 4
    assert queries.difference(one, one, only_changes=True) == ()


def test_a_rule_alone_can_differ() -> None:
    before = make_constitution()
    words = CLAUSES["8.2"][0]
    after = amend("00A", {"8.2": (words, [{**SIMPLE, "motions": ["delegation"]}])}, at=NOW)
    one, other = queries.text_page(before.pk, ANYONE), queries.text_page(after.pk, ANYONE)
    assert one is not None
    assert other is not None
    [changed] = queries.difference(one, other, only_changes=True)
    assert changed.rules_after == ("More than 50% of votes cast carries (Taking on powers)",)


def test_the_rules_of_a_motion_are_those_in_force_on_the_day() -> None:
    make_constitution()
    amend("00A", {"8.2": ("Sixty of all.", [SIXTY_OF_ALL])}, at=NOW)
    before = queries.rules_of_motion("00A", "delegation", TODAY - timedelta(days=1))
    after = queries.rules_of_motion("00A", "delegation", TODAY)
    assert [str(rules.voting.majorities[0].share) for rules in (before, after)] == ["1/2", "3/5"]
    assert after.clauses == ("4.1", "7.1", "8.2", "9.1")
    make_organisation("00B", "ccg")
    assert queries.rules_of_motion("00B", "delegation", TODAY).clauses == ()


@pytest.mark.seed("S0-24")
def test_a_changed_clause_changes_what_the_same_votes_come_to_and_the_result_quotes_it() -> None:
    """26 for, 9 against and 5 who did not vote, under the quorum and the majority in force on each of two days."""
    make_constitution()
    stricter = {
        "7.1": ("Nine in ten are a quorum.", [{"kind": "quorum", "share": "90%"}]),
        "8.2": ("Three quarters carry.", [THREE_QUARTERS]),
    }
    amend("00A", stricter, at=NOW)
    roll = Roll(tuple(Voter(f"P{each:02}") for each in range(40)))
    votes = {f"P{each:02}": Choice.FOR if each < 26 else Choice.AGAINST for each in range(35)}
    outcomes = [
        count(queries.rules_of_motion("00A", "delegation", on).voting, roll, votes)
        for on in (TODAY - timedelta(days=1), TODAY)
    ]
    assert [each.result for each in outcomes] == [Result.CARRIED, Result.INQUORATE]
    for outcome, majority in zip(outcomes, ("more than 50%", "at least 75%"), strict=True):
        assert set(outcome.clauses) == {"7.1", "8.2"}
        assert majority in outcome.majorities[0].words


def test_layers_that_clash_are_reported_and_which_prevails() -> None:
    rules = {
        "7.1": ("A third is a quorum.", [{"kind": "quorum", "share": "1/3"}]),
        "9.1": ("Ten days to answer.", [{"kind": "consultation", "days": 10}]),
        "9.2": ("Notice of 14 days.", [{"kind": "notice", "days": 14}]),
    }
    make_constitution(clauses=rules)
    orders = make_draft(
        clauses={"3": ("Notice of 7 days.", [{"kind": "notice", "days": 7}])},
        title="Standing orders",
        document="standing_orders",
    )
    actions.record_adoption(
        text=orders.pk, agreed_on=TODAY, in_force_on=TODAY, source="Minutes", by=secretary_of("00A"), at=NOW
    )
    found = queries.clashes_of("00A", TODAY)
    assert [each.words for each in found] == [
        "Clause 9.1 of the constitution clashes with Adequacy of consultation, 28 days of guidance on consultation; "
        "guidance prevails.",
        "Clause 7.1 of the constitution clashes with Quorums found in constitutions, from half of the practices of "
        "guidance on quorum; guidance prevails.",
        "Clause 3 of standing orders clashes with 9.2 of the constitution on notice; the constitution prevails.",
    ]
    assert queries.clashes_of("00A", TODAY - timedelta(days=500)) == ()


def test_how_many_of_eight_are_amending_theirs() -> None:
    codes = [f"00{letter}" for letter in "ABCDEFGH"]
    for code in codes:
        make_constitution(code)
    assert sum(each.is_active for each in queries.amendment_status(codes, TODAY)) == 0
    draft = make_draft("00C", {"1": ("New.", [])}, title="Amendment")
    assert {each.state for each in queries.amendment_status(codes, TODAY)} == {"Not being amended"}
    actions.propose_amendment(text=draft.pk, by=secretary_of("00C"), at=NOW)
    amend("00D", {"1": ("New.", [])}, at=NOW)
    found = {each.body: each for each in queries.amendment_status(codes, TODAY)}
    assert [code for code, each in found.items() if each.is_active] == ["00C"]
    assert (found["00C"].state, found["00C"].on) == ("Put to the members", TODAY)
    assert (found["00D"].is_amended, found["00D"].is_active, found["00D"].state) == (True, False, "Adopted")
    yesterday = {each.body: each for each in queries.amendment_status(codes, TODAY - timedelta(days=1))}
    assert not any(each.is_active or each.is_amended for each in yesterday.values())
