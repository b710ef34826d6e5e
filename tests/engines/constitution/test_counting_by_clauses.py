"""Votes counted by the clauses of a constitution: worked examples."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from remit.engines.constitution import (
    Band,
    Basis,
    Binding,
    Choice,
    Majority,
    Quorum,
    Result,
    Roll,
    Split,
    Tie,
    Unit,
    Voter,
    VotingRules,
    Weighing,
    Weights,
    count,
    discordant,
    roll_of_lists,
    side_by_side,
    tally_of,
    under_common_rules,
)

ONE_EACH = Weights("4.1")
FOR, AGAINST, ABSTAIN, BLANK = Choice
SIMPLE = Majority("8.2")


def roll(number: int, *, localities: int = 1) -> Roll:
    return Roll(tuple(Voter(f"P{each:02}", locality=f"L{each % localities}") for each in range(number)))


def votes(*counts: int) -> dict[str, Choice]:
    """So many for, against, abstaining, blank; the rest did not vote."""
    choices = [choice for choice, times in zip(Choice, counts, strict=False) for _ in range(times)]
    return {f"P{each:02}": choice for each, choice in enumerate(choices)}


def rules(*majorities: Majority, **more: object) -> VotingRules:
    return VotingRules(ONE_EACH, majorities=majorities or (SIMPLE,), **more)  # type: ignore[arg-type]


class TestFortyPractices:
    """26 for, 9 against, 5 did not vote."""

    ROLL, VOTES = roll(40), votes(26, 9)

    @pytest.mark.parametrize(
        ("majority", "result", "words"),
        [
            (SIMPLE, "carried", "26 votes for, of 35 cast, is 74%; the clause asks for more than 50%"),
            (
                Majority("8.3", Fraction(3, 4), is_strict=False),
                "not_carried",
                "26 votes for, of 35 cast, is 74%; the clause asks for at least 75%",
            ),
            (
                Majority("8.4", Fraction(3, 5), is_strict=False, basis=Basis.ALL),
                "carried",
                "26 votes for, of 40 on the roll, is 65%; the clause asks for at least 60%",
            ),
        ],
    )
    def test_the_clause_decides(self, majority: Majority, result: str, words: str) -> None:
        outcome = count(rules(majority), self.ROLL, self.VOTES)
        assert (outcome.result, outcome.is_carried) == (result, result == "carried")
        assert [(each.clause, each.words) for each in outcome.majorities] == [(majority.clause, words)]
        assert outcome.clauses == (majority.clause,)

    def test_the_same_votes_under_the_common_rules(self) -> None:
        found = {
            each.rule.code: each.outcome.is_carried
            for each in under_common_rules(tally_of(self.ROLL, self.VOTES))
        }
        assert found == {
            "simple": True,
            "two-thirds": True,
            "three-quarters": False,
            "half-of-all": True,
            "sixty-of-all": True,
            "two-thirds-of-all": False,
        }

    def test_by_list_is_among_them_where_weights_differ(self) -> None:
        big = Roll((Voter("P00", Fraction(9000)), Voter("P01", Fraction(2000)), Voter("P02", Fraction(3000))))
        found = {
            each.rule.code: each.outcome.is_carried
            for each in under_common_rules(tally_of(big, {"P00": FOR, "P01": AGAINST, "P02": AGAINST}))
        }
        assert (found["simple"], found["by-list"]) == (False, True)


class TestWhoDidWhat:
    def test_not_voted_abstained_and_blank_are_three_answers(self) -> None:
        outcome = count(rules(), roll(10), votes(3, 2, 1, 1))
        heads = outcome.heads
        assert (heads.in_favour, heads.against, heads.abstained, heads.blank, heads.not_voted) == (
            3,
            2,
            1,
            1,
            3,
        )
        assert (heads.took_part, heads.everybody) == (7, 10)
        assert outcome.weights == heads

    def test_ten_abstentions_of_ten_are_no_majority(self) -> None:
        outcome = count(rules(), roll(10), votes(0, 0, 10))
        assert outcome.result is Result.NOT_CARRIED
        assert outcome.majorities[0].words == (
            "0 votes for, of 0 cast, is no share of nothing; the clause asks for more than 50%"
        )
        at_least = Majority("8.2", Fraction(1, 2), is_strict=False)
        assert count(rules(at_least), roll(10), votes(0, 0, 10)).result is Result.NOT_CARRIED

    def test_abstentions_count_where_the_clause_says_so(self) -> None:
        given = votes(4, 3, 2)
        assert count(rules(), roll(9), given).is_carried
        assert not count(rules(abstentions_are_cast=True), roll(9), given).is_carried
        present = Majority("8.2", basis=Basis.PRESENT)
        assert not count(rules(present), roll(9), votes(4, 3, 0, 1)).is_carried
        assert count(rules(present), roll(9), votes(4, 3)).is_carried

    def test_who_is_not_on_the_roll_is_not_counted(self) -> None:
        with pytest.raises(ValueError, match="not on the roll: P09"):
            count(rules(), roll(9), {"P09": FOR})


class TestQuorum:
    @pytest.mark.parametrize(("present", "result"), [(4, "inquorate"), (5, "carried")])
    def test_a_share_of_the_roll(self, present: int, result: str) -> None:
        half = Quorum("7.1", share=Fraction(1, 2))
        outcome = count(rules(quorums=(half,)), roll(10), votes(present))
        assert outcome.result == result
        [test] = outcome.quorums
        assert test.words == (
            f"{present} voters of 10 took part ({present * 10}%); the clause asks for at least 50%"
        )
        assert outcome.clauses == ("7.1", "8.2")

    def test_abstentions_and_blanks_take_part(self) -> None:
        half = Quorum("7.1", share=Fraction(1, 2))
        assert count(rules(quorums=(half,)), roll(10), votes(2, 1, 1, 1)).is_carried

    def test_a_count(self) -> None:
        outcome = count(rules(quorums=(Quorum("7.1", count=3),)), roll(10), votes(2))
        assert outcome.result is Result.INQUORATE
        assert outcome.quorums[0].words == "2 voters of 10 took part (20%); the clause asks for at least 3"

    def test_by_weight_and_in_every_locality(self) -> None:
        unequal = Roll((Voter("P00", Fraction(90)), Voter("P01", Fraction(10))))
        by_weight = Quorum("7.2", share=Fraction(1, 2), unit=Unit.WEIGHT)
        assert count(rules(quorums=(by_weight,)), unequal, {"P01": FOR}).result is Result.INQUORATE
        assert count(rules(quorums=(by_weight,)), unequal, {"P00": FOR}).is_carried
        everywhere = Quorum("7.3", share=Fraction(1, 4), in_each_locality=True)
        here = roll(8, localities=2)
        only_one = {"P00": FOR, "P02": FOR, "P04": FOR}
        outcome = count(rules(quorums=(everywhere,)), here, only_one)
        assert outcome.result is Result.INQUORATE
        assert [(each.locality, each.holds) for each in outcome.quorums] == [("L0", True), ("L1", False)]
        assert "in L1 (0%)" in outcome.quorums[1].words
        assert count(rules(quorums=(everywhere,)), here, {**only_one, "P01": AGAINST}).is_carried

    @pytest.mark.parametrize(
        "wrong",
        [
            {},
            {"share": Fraction(1, 2), "count": 3},
            {"share": Fraction(3, 2)},
            {"count": -1},
            {"count": 3, "unit": Unit.WEIGHT},
        ],
    )
    def test_one_that_makes_no_sense_is_refused(self, wrong: dict[str, object]) -> None:
        with pytest.raises(ValueError, match=r"quorum|share|count"):
            Quorum("7.1", **wrong)  # type: ignore[arg-type]


class TestMajorities:
    def test_a_double_lock_needs_both(self) -> None:
        by_list = Majority("8.5", Fraction(1, 2))
        by_head = Majority("8.6", Fraction(1, 2), unit=Unit.VOTERS)
        members = Roll(
            (Voter("P00", Fraction(9000)), Voter("P01", Fraction(2000)), Voter("P02", Fraction(3000)))
        )
        lock = VotingRules(Weights("4.2", Weighing.BY_LIST), majorities=(by_list, by_head))
        assert not count(lock, members, {"P00": FOR, "P01": AGAINST, "P02": AGAINST}).is_carried
        assert not count(lock, members, {"P00": AGAINST, "P01": FOR, "P02": FOR}).is_carried
        outcome = count(lock, members, {"P00": FOR, "P01": AGAINST, "P02": FOR})
        assert outcome.is_carried
        assert [each.words.split(" for,")[0] for each in outcome.majorities] == ["12,000 votes", "2 voters"]

    def test_each_locality_must_carry(self) -> None:
        everywhere = Majority("8.7", in_each_locality=True)
        here = roll(6, localities=2)
        mostly = dict.fromkeys(("P00", "P02", "P04", "P01"), FOR) | dict.fromkeys(("P03", "P05"), AGAINST)
        assert count(rules(), here, mostly).is_carried
        assert not count(rules(everywhere), here, mostly).is_carried

    @pytest.mark.parametrize(("share", "is_strict"), [(Fraction(0), False), (Fraction(1), True)])
    def test_a_share_that_nobody_needs_or_can_reach_is_refused(
        self, share: Fraction, is_strict: bool
    ) -> None:
        with pytest.raises(ValueError, match="nobody can reach"):
            Majority("8.2", share, is_strict)

    def test_a_vote_without_one_is_refused(self) -> None:
        with pytest.raises(ValueError, match="decides nothing"):
            VotingRules(ONE_EACH)

    def test_sixteen_of_twenty_four_is_two_thirds(self) -> None:
        no_confidence = Majority("9.4", Fraction(2, 3), is_strict=False, basis=Basis.ALL)
        outcome = count(rules(no_confidence), roll(24), votes(16, 3))
        assert outcome.is_carried
        assert "is 67%; the clause asks for at least 66.7%" in outcome.majorities[0].words
        assert not count(rules(no_confidence), roll(24), votes(15, 3)).is_carried


class TestTies:
    def test_a_tie_falls(self) -> None:
        assert count(rules(), roll(8), votes(3, 3)).result is Result.TIED

    def test_the_chair_breaks_it_where_the_clause_says_so(self) -> None:
        chair = rules(tie=Tie.CASTING_VOTE, tie_clause="8.9")
        assert count(chair, roll(8), votes(3, 3)).result is Result.TIED, "the chair has not voted"
        outcome = count(chair, roll(8), votes(3, 3), casting_vote=FOR)
        assert (outcome.result, outcome.clauses) == (Result.CARRIED, ("8.2", "8.9"))
        assert count(chair, roll(8), votes(3, 3), casting_vote=AGAINST).result is Result.NOT_CARRIED
        assert count(rules(), roll(8), votes(3, 3), casting_vote=FOR).result is Result.TIED

    def test_one_vote_more_does_not_make_three_quarters(self) -> None:
        chair = rules(Majority("8.3", Fraction(3, 4)), tie=Tie.CASTING_VOTE)
        assert count(chair, roll(8), votes(3, 3), casting_vote=FOR).result is Result.NOT_CARRIED
        of_all = rules(Majority("8.3", basis=Basis.ALL), tie=Tie.CASTING_VOTE)
        assert count(of_all, roll(8), votes(3, 3), casting_vote=FOR).result is Result.NOT_CARRIED


class TestWeights:
    def test_by_list_and_by_bands(self) -> None:
        on = date(2014, 10, 1)
        by_list = Weights("4.2", Weighing.BY_LIST, "registered", on)
        bands = (Band(0, 1), Band(5000, 2), Band(10000, 3))
        banded = Weights("4.3", Weighing.BANDED, "registered", on, bands)
        lists = {"P01": 4999, "P00": 10000, "P02": 5000}
        assert [each.weight for each in roll_of_lists(by_list, lists, {}).voters] == [10000, 4999, 5000]
        made = roll_of_lists(banded, lists, {"P00": "East"})
        assert [(each.code, each.weight, each.locality) for each in made.voters] == [
            ("P00", 3, "East"),
            ("P01", 1, ""),
            ("P02", 2, ""),
        ]
        assert made.weight == 6
        assert roll_of_lists(ONE_EACH, lists, {}).weight == 3

    def test_what_makes_no_sense_is_refused(self) -> None:
        with pytest.raises(ValueError, match="less than nothing"):
            Weights("4.2", Weighing.BY_LIST).of_list(Fraction(-1))
        with pytest.raises(ValueError, match="no band is for"):
            Weights("4.3", Weighing.BANDED, bands=(Band(100, 1),)).of_list(Fraction(99))
        with pytest.raises(ValueError, match="twice"):
            Roll((Voter("P00"), Voter("P00")))
        with pytest.raises(ValueError, match="less than nothing"):
            Roll((Voter("P00", Fraction(-1)),))

    def test_parts_of_votes_are_printed_to_two_places(self) -> None:
        members = Roll((Voter("P00", Fraction(1, 3)), Voter("P01", Fraction(2, 3))))
        outcome = count(rules(), members, {"P00": FOR, "P01": AGAINST})
        assert outcome.majorities[0].words.startswith("0.33 votes for, of 1 cast, is 33%")
        assert count(rules(), roll(3), votes(1)).majorities[0].words.startswith("1 vote for, of 1 cast")


class TestTwoElectorates:
    """Practices carry it, general practitioners do not."""

    YES = count(rules(), roll(5), votes(3, 2))
    NO = count(rules(), roll(9), votes(4, 5))
    NOBODY = count(rules(quorums=(Quorum("7.1", count=1),)), roll(9), {})

    @pytest.mark.parametrize(
        ("binding", "practices", "gps", "result"),
        [
            (Binding.PRACTICES, YES, NO, "carried"),
            (Binding.GPS, YES, NO, "not_carried"),
            (Binding.BOTH, YES, NO, "not_carried"),
            (Binding.BOTH, YES, YES, "carried"),
            (Binding.BOTH, YES, NOBODY, "inquorate"),
        ],
    )
    def test_the_rule_says_which_binds(
        self, binding: Binding, practices: object, gps: object, result: str
    ) -> None:
        assert side_by_side(binding, practices, gps) == result  # type: ignore[arg-type]

    def test_a_partnership_split_three_to_two_agrees_with_itself(self) -> None:
        splits = (
            Split("P00", FOR, 3, 2),
            Split("P01", FOR, 2, 3),
            Split("P02", AGAINST, 3, 1),
            Split("P03", AGAINST, 2, 2),
            Split("P04", ABSTAIN, 5, 0),
            Split("P05", FOR, 2, 2),
        )
        assert discordant(splits) == ("P01", "P02")


def test_nobody_carries_nothing_where_localities_count() -> None:
    each = Majority("8.2", Fraction(1, 2), is_strict=False, in_each_locality=True)
    assert count(rules(each), Roll(()), {}).result is Result.NOT_CARRIED
