"""Rules as clauses carry them: read whole or refused with words, put together, and held against each other."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.engines.constitution import (
    READERS,
    SILENT,
    AmendmentRule,
    Band,
    Basis,
    Binding,
    ConsultationRule,
    Electorate,
    Majority,
    NotARule,
    NoticeRule,
    ProxyRule,
    Quorum,
    ReelectionRule,
    RemovalRule,
    RequisitionRule,
    SoleRule,
    Tie,
    Unit,
    Weighing,
    Weights,
    contradictions,
    read_rule,
    read_rules,
    rule_words,
    rules_for,
    sole_rules,
)

HALF = Fraction(1, 2)


class TestReading:
    @pytest.mark.parametrize(
        ("raw", "rule"),
        [
            ({"kind": "weights"}, Weights("3")),
            (
                {"kind": "weights", "weighing": "by_list", "of": "registered", "counted_on": "2014-10-01"},
                Weights("3", Weighing.BY_LIST, "registered", date(2014, 10, 1)),
            ),
            (
                {
                    "kind": "weights",
                    "weighing": "banded",
                    "of": "weighted",
                    "bands": [{"least": 0, "votes": 1}, {"least": 5000, "votes": 2}],
                },
                Weights("3", Weighing.BANDED, "weighted", None, (Band(0, 1), Band(5000, 2))),
            ),
            ({"kind": "quorum", "share": "50%"}, Quorum("3", HALF)),
            (
                {"kind": "quorum", "count": 12, "in_each_locality": True},
                Quorum("3", None, 12, Unit.VOTERS, True),
            ),
            ({"kind": "majority", "share": "1/2"}, Majority("3")),
            (
                {"kind": "majority", "share": "66.7%", "is_strict": False, "basis": "all", "unit": "voters"},
                Majority("3", Fraction(667, 1000), False, Basis.ALL, Unit.VOTERS),
            ),
            ({"kind": "notice", "days": 14, "urgent_days": 3}, NoticeRule("3", 14, 3)),
            ({"kind": "notice", "days": 14, "urgent_days": None}, NoticeRule("3", 14)),
            ({"kind": "consultation", "days": 28}, ConsultationRule("3", 28)),
            ({"kind": "proxy", "most": 1}, ProxyRule("3", 1)),
            ({"kind": "requisition", "share": "10 %", "days": 28}, RequisitionRule("3", Fraction(1, 10), 28)),
            ({"kind": "amendment"}, AmendmentRule("3", True)),
            ({"kind": "removal", "days": 42}, RemovalRule("3", 42)),
            ({"kind": "reelection", "days": 90}, ReelectionRule("3", 90)),
            (
                {"kind": "sole", "who": "The chair", "what": "the agenda"},
                SoleRule("3", "The chair", "the agenda"),
            ),
        ],
    )
    def test_a_rule_is_read(self, raw: dict[str, Any], rule: object) -> None:
        read = read_rule("3", raw)
        assert (read.rule, read.kind, read.motions) == (rule, raw["kind"], ())

    @pytest.mark.parametrize(
        ("raw", "words"),
        [
            ({"kind": "vote"}, "There is no kind of rule “vote”. There are: electorate"),
            ({}, "There is no kind of rule “”"),
            ({"kind": "majority"}, "Write “share” like 2/3 or 75%"),
            ({"kind": "majority", "share": 0.5}, "Write “share” like 2/3 or 75%"),
            ({"kind": "majority", "share": "1/0"}, "Write “share” like 2/3 or 75%"),
            ({"kind": "majority", "share": "1/1"}, "nobody can reach that share"),
            (
                {"kind": "majority", "share": "1/2", "basis": "patients"},
                "“basis” is one of: cast, present, all",
            ),
            ({"kind": "majority", "share": "1/2", "is_strict": "yes"}, "“is_strict” is yes or no"),
            ({"kind": "majority", "share": "1/2", "quorum": 4}, "has no “quorum”"),
            ({"kind": "majority", "share": "1/2", "motions": "amendment"}, "“motions” lists kinds of motion"),
            ({"kind": "quorum", "share": "150%"}, "between nought and all of it"),
            ({"kind": "quorum", "count": -1}, "“count” is a whole number"),
            ({"kind": "quorum", "count": True}, "“count” is a whole number"),
            ({"kind": "quorum", "count": 3, "share": "1/2"}, "has no “share”"),
            ({"kind": "quorum", "count": 3, "unit": "weight"}, "a count is one of voters"),
            ({"kind": "notice"}, "“days” is a whole number"),
            ({"kind": "notice", "days": 3, "urgent_days": 5}, "Urgent notice is no longer"),
            ({"kind": "requisition", "share": "0%", "days": 28}, "up to all of them"),
            ({"kind": "weights", "of": "registered"}, "nothing to weigh by"),
            ({"kind": "weights", "weighing": "by_list"}, "registered or weighted"),
            (
                {"kind": "weights", "weighing": "by_list", "of": "weighted", "counted_on": "1 April"},
                "2015-04-01",
            ),
            ({"kind": "weights", "weighing": "banded", "of": "weighted"}, "Bands go with “banded”"),
            (
                {
                    "kind": "weights",
                    "weighing": "banded",
                    "of": "weighted",
                    "bands": [{"least": 5, "votes": 1}],
                },
                "Bands begin with 0 patients",
            ),
            (
                {"kind": "weights", "weighing": "banded", "of": "weighted", "bands": [{"votes": 1}]},
                "Each band has “least”",
            ),
            ({"kind": "electorate", "who": "gps", "binding": "practices"}, "Only gps vote"),
            ({"kind": "sole", "who": "", "what": "the agenda"}, "Say “who” in words"),
        ],
    )
    def test_what_is_no_rule_is_refused_with_words(self, raw: dict[str, Any], words: str) -> None:
        with pytest.raises(NotARule, match=words):
            read_rule("3", raw)

    @given(
        st.dictionaries(
            st.sampled_from(["kind", "share", "days", "count", "who", "bands", "of", "motions", "unit"]),
            st.one_of(
                st.none(), st.integers(), st.text(max_size=8), st.booleans(), st.sampled_from(list(READERS))
            ),
        )
    )
    def test_whatever_is_written_is_read_or_refused(self, raw: dict[str, Any]) -> None:
        with suppress(NotARule):
            assert read_rule("1", raw).clause == "1"


def written(*rules: tuple[str, dict[str, Any]]) -> tuple[Any, ...]:
    return tuple(each for clause, raw in rules for each in read_rules(clause, [raw]))


class TestTogether:
    def test_a_silent_constitution_has_the_usual_rule_of_meetings(self) -> None:
        rules = rules_for("ordinary", ())
        assert rules.electorate.who is Electorate.PRACTICES
        assert (rules.voting.majorities, rules.voting.quorums) == ((Majority(SILENT),), ())
        assert (rules.voting.weights, rules.proxy.most, rules.notice) == (Weights(SILENT), 0, None)
        assert rules.clauses == ()

    def test_a_rule_that_names_the_motion_goes_before_one_that_names_none(self) -> None:
        rules = written(
            ("8.1", {"kind": "majority", "share": "1/2"}),
            ("8.2", {"kind": "majority", "share": "75%", "is_strict": False, "motions": ["amendment"]}),
            ("7.1", {"kind": "quorum", "share": "50%"}),
            ("9", {"kind": "tie", "tie": "casting_vote"}),
            ("10", {"kind": "abstentions", "are_cast": True}),
        )
        assert [each.clause for each in rules_for("ordinary", rules).voting.majorities] == ["8.1"]
        amendment = rules_for("amendment", rules)
        assert [each.clause for each in amendment.voting.majorities] == ["8.2"]
        assert amendment.voting.abstentions_are_cast
        assert (amendment.voting.tie, amendment.voting.tie_clause) == (Tie.CASTING_VOTE, "9")
        assert amendment.clauses == ("7.1", "8.2", "9")

    def test_both_electorates_say_whose_vote_binds(self) -> None:
        [rule] = written(("5", {"kind": "electorate", "who": "both", "binding": "gps"}))
        assert rules_for("referendum", [rule]).electorate.binding is Binding.GPS

    def test_who_decides_alone(self) -> None:
        rules = written(
            ("6", {"kind": "sole", "who": "The chair", "what": "the agenda"}), ("7", {"kind": "weights"})
        )
        assert [(each.clause, each.who) for each in sole_rules(rules)] == [("6", "The chair")]


class TestContradictions:
    def test_two_quorums_of_one_thing_contradict_each_other(self) -> None:
        found = contradictions(
            written(
                ("7.1", {"kind": "quorum", "share": "50%"}),
                ("12.4", {"kind": "quorum", "share": "2/3"}),
                ("13", {"kind": "quorum", "share": "50%"}),
            )
        )
        assert [(each.one, each.other, each.kind) for each in found] == [
            ("7.1", "12.4", "quorum"),
            ("12.4", "13", "quorum"),
        ]
        assert found[0].words == (
            "Clauses 7.1 and 12.4 say different things of quorum. Keep one of them, or say for which motions each is."
        )

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ({"kind": "majority", "share": "1/2"}, {"kind": "majority", "share": "1/2", "unit": "voters"}),
            ({"kind": "quorum", "share": "1/2"}, {"kind": "quorum", "count": 20}),
            ({"kind": "quorum", "share": "1/2"}, {"kind": "majority", "share": "1/2"}),
            ({"kind": "notice", "days": 14}, {"kind": "notice", "days": 28, "motions": ["amendment"]}),
            (
                {"kind": "notice", "days": 14, "motions": ["election"]},
                {"kind": "notice", "days": 28, "motions": ["amendment"]},
            ),
            ({"kind": "sole", "who": "A", "what": "B"}, {"kind": "sole", "who": "C", "what": "D"}),
        ],
    )
    def test_a_double_lock_and_different_motions_do_not(
        self, one: dict[str, Any], other: dict[str, Any]
    ) -> None:
        assert contradictions(written(("1", one), ("2", other))) == ()

    def test_it_says_of_which_motions(self) -> None:
        [found] = contradictions(
            written(
                ("1", {"kind": "electorate", "who": "gps", "motions": ["amendment", "merger"]}),
                ("2", {"kind": "electorate", "motions": ["merger"]}),
            )
        )
        assert "who may vote (amendment, merger)" in found.words


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ({"kind": "majority", "share": "1/2"}, "More than 50% of votes cast carries"),
        (
            {"kind": "majority", "share": "2/3", "is_strict": False, "basis": "all", "unit": "voters"},
            "At least 66.7% of all on the roll carries, by heads",
        ),
        (
            {"kind": "majority", "share": "1/2", "basis": "present", "in_each_locality": True},
            "More than 50% of those who take part carries, in each locality",
        ),
        ({"kind": "quorum", "share": "1/2"}, "At least 50% of the roll has to take part"),
        (
            {"kind": "quorum", "share": "1/2", "unit": "weight"},
            "At least 50% of the weight has to take part",
        ),
        ({"kind": "quorum", "count": 12}, "At least 12 have to take part"),
        ({"kind": "weights"}, "One vote each"),
        (
            {"kind": "weights", "weighing": "by_list", "of": "weighted", "counted_on": "2014-10-01"},
            "As many votes as weighted patients on 1 October 2014",
        ),
        (
            {
                "kind": "weights",
                "weighing": "banded",
                "of": "registered",
                "bands": [{"least": 0, "votes": 1}, {"least": 5000, "votes": 2}],
            },
            "Votes by bands of registered patients: 1 from 0, 2 from 5,000",
        ),
        ({"kind": "electorate"}, "Practices vote"),
        (
            {"kind": "electorate", "who": "both"},
            "Practices and their general practitioners vote side by side; the vote of both binds",
        ),
        (
            {"kind": "electorate", "who": "both", "binding": "gps"},
            "Practices and their general practitioners vote side by side; the vote of general practitioners binds",
        ),
        (
            {"kind": "electorate", "who": "both", "binding": "practices"},
            "Practices and their general practitioners vote side by side; the vote of practices binds",
        ),
        ({"kind": "abstentions", "are_cast": True}, "An abstention counts as a vote cast"),
        ({"kind": "abstentions"}, "An abstention is no vote cast"),
        ({"kind": "tie", "tie": "casting_vote"}, "The chair has a casting vote in a tie"),
        ({"kind": "tie"}, "A tie is not carried"),
        ({"kind": "notice", "days": 14}, "14 clear days of notice"),
        (
            {"kind": "notice", "days": 14, "urgent_days": 2},
            "14 clear days of notice; 2 where it is urgent and says why",
        ),
        ({"kind": "consultation", "days": 28}, "Members are consulted for at least 28 days"),
        (
            {"kind": "requisition", "share": "10%", "days": 28},
            "10% of members may require a meeting, held within 28 days",
        ),
        ({"kind": "proxy", "most": 2}, "Somebody may vote for 2 others"),
        ({"kind": "proxy", "most": 0}, "Nobody votes for another"),
        ({"kind": "amendment"}, "NHS England has to approve it"),
        ({"kind": "amendment", "needs_approval": False}, "Nobody else has to approve it"),
        ({"kind": "removal", "days": 42}, "If it is carried, there is an election within 42 days"),
        ({"kind": "reelection", "days": 90}, "Once in effect, the board is elected anew within 90 days"),
        (
            {"kind": "sole", "who": "The chair", "what": "the agenda"},
            "The chair may decide alone: the agenda",
        ),
    ],
)
def test_every_rule_is_said_in_words(raw: dict[str, Any], words: str) -> None:
    assert rule_words(read_rule("1", raw).rule) == words


def test_every_kind_of_rule_has_words() -> None:
    plain = {"share": "1/2", "days": 1, "most": 1, "who": "a", "what": "b"}
    for kind in READERS:
        for names in ((), ("share",), ("days",), ("most",), ("who", "what"), ("share", "days")):
            with suppress(NotARule):
                assert rule_words(
                    read_rule("1", {"kind": kind, **{name: plain[name] for name in names}}).rule
                )
                break
        else:
            pytest.fail(f"no words for {kind}")
