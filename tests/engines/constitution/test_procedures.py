"""Notice, consultation, requisitions, and clauses that clash."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from remit.engines.constitution import (
    ConsultationRule,
    Layer,
    NoticeRule,
    RequisitionRule,
    Roll,
    Stated,
    Voter,
    adequacy,
    clashes,
    enough_notice,
    requisition,
)

TEN_PER_CENT = RequisitionRule("6.3", Fraction(1, 10), 28)


def members(number: int) -> Roll:
    return Roll(tuple(Voter(f"P{each:02}") for each in range(number)))


class TestRequisition:
    @pytest.mark.parametrize(
        ("of", "signed", "is_valid", "share"),
        [(24, 3, True, "12.5%"), (24, 2, False, "8.3%"), (40, 5, True, "12.5%"), (40, 4, True, "10%")],
    )
    def test_signatures_are_counted_against_the_roll(
        self, of: int, signed: int, is_valid: bool, share: str
    ) -> None:
        found = requisition(
            TEN_PER_CENT, members(of), [f"P{each:02}" for each in range(signed)], date(2014, 10, 3)
        )
        assert (found.signed, found.members, found.is_valid) == (signed, of, is_valid)
        assert found.due_on == (date(2014, 10, 31) if is_valid else None)
        assert found.words == (
            f"{signed} of {of} members signed, which is {share}; the clause asks for at least 10%"
        )

    def test_who_is_no_member_is_named_and_not_counted(self) -> None:
        found = requisition(TEN_PER_CENT, members(24), ["P00", "P00", "X99", "P01"], date(2014, 10, 3))
        assert (found.signed, found.not_members, found.is_valid) == (2, ("X99",), False)

    def test_nobody_is_never_enough(self) -> None:
        assert not requisition(TEN_PER_CENT, Roll(()), [], date(2014, 10, 3)).is_valid


class TestNotice:
    RULE = NoticeRule("5.2", days=21, urgent_days=5)

    def test_clear_days_are_those_between(self) -> None:
        assert enough_notice(self.RULE, date(2014, 10, 1), date(2014, 10, 23)).allowed
        assert not enough_notice(self.RULE, date(2014, 10, 1), date(2014, 10, 22)).allowed

    def test_an_urgent_meeting_says_why(self) -> None:
        given = (self.RULE, date(2014, 10, 1), date(2014, 10, 7))
        assert enough_notice(*given).reasons[0].code == "no_reason_for_urgency"
        assert enough_notice(*given, reason="  ").reasons[0].clause == "5.2"
        assert enough_notice(*given, reason="The deadline is on Friday.").allowed

    def test_too_short_even_for_an_urgent_one(self) -> None:
        refused = enough_notice(self.RULE, date(2014, 10, 1), date(2014, 10, 6), reason="Now!")
        assert refused.reasons[0].code == "notice_too_short"
        assert "leaves 4. Choose 7 October 2014 or later" in refused.reasons[0].message
        plain = enough_notice(NoticeRule("5.2", 21), date(2014, 10, 1), date(2014, 10, 1), reason="Now!")
        assert "leaves 0. Choose 23 October 2014 or later" in plain.reasons[0].message


class TestConsultation:
    RULE = ConsultationRule("10.1", days=28)

    @pytest.mark.parametrize(
        ("closes_on", "words"),
        [
            (date(2014, 10, 10), "10 days: below minimum (28)"),
            (date(2014, 10, 28), "28 days: meets minimum (28)"),
            (date(2014, 10, 1), "1 day: below minimum (28)"),
        ],
    )
    def test_the_badge_says_how_long_and_what_is_asked(self, closes_on: date, words: str) -> None:
        found = adequacy(self.RULE, date(2014, 10, 1), closes_on)
        assert (found.words, found.clause) == (words, "10.1")
        assert found.is_adequate == ("meets" in words)


class TestLayers:
    LAW = Stated("days of notice", Fraction(14), Layer.LAW, "s. 3", is_floor=True)

    def test_a_lower_layer_below_a_floor_clashes(self) -> None:
        orders = Stated("days of notice", Fraction(10), Layer.STANDING_ORDERS, "12")
        [clash] = clashes([orders, self.LAW])
        assert clash.prevails == self.LAW
        assert (
            clash.words
            == "Clause 12 of standing orders clashes with s. 3 of the law on days of notice; the law prevails."
        )
        assert len(clashes([self.LAW, orders])) == 1

    def test_more_than_the_floor_is_no_clash(self) -> None:
        assert clashes([self.LAW, Stated("days of notice", Fraction(21), Layer.CONSTITUTION, "5.2")]) == ()
        assert (
            clashes([self.LAW, Stated("days of notice", Fraction(7), Layer.GUIDANCE, "4", is_floor=True)])
            == ()
        )
        assert clashes([self.LAW, Stated("quorum", Fraction(1, 2), Layer.CONSTITUTION, "7.1")]) == ()

    def test_two_clauses_of_one_constitution_contradict_each_other(self) -> None:
        half = Stated("quorum", Fraction(1, 2), Layer.CONSTITUTION, "7.1")
        third = Stated("quorum", Fraction(1, 3), Layer.CONSTITUTION, "11.4")
        [clash] = clashes([half, third])
        assert clash.prevails is None
        assert clash.words.endswith("contradict each other on quorum. Amend one of them.")
        assert clashes([half, half]) == ()
