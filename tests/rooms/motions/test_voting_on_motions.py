"""Members vote by the clauses in force at notice: whole stories of a vote, and what each step refuses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from remit.delegation.models import Evidence
from remit.delegation.queries import evidence_of
from remit.kernel.actor import ANYONE
from remit.kernel.decision import Refused
from remit.ledger.models import Entry
from remit.motions import actions, queries
from remit.motions.actions.enrolling import Seat
from remit.motions.actions.noticing import Notice, Wording
from remit.motions.models import Motion, RollEntry, Vote
from tests.constitution_factories import (
    CLAUSES,
    SIXTY_OF_ALL,
    THREE_QUARTERS,
    amend,
)
from tests.factories import NOW, make_organisation
from tests.motion_factories import (
    AFTER,
    CLOSES,
    DURING,
    OPENS,
    SECRETARY,
    declare,
    list_of,
    make_members,
    make_motion,
    manager_of,
    vote,
)

pytestmark = pytest.mark.django_db


def refused(code: str, act: Callable[[], Any]) -> Refused:
    """The refusal, having changed neither motions nor votes."""
    before = (list(Motion.objects.order_by("pk").values()), Vote.objects.count(), RollEntry.objects.count())
    with pytest.raises(Refused) as caught:
        act()
    assert caught.value.code == code
    assert (
        list(Motion.objects.order_by("pk").values()),
        Vote.objects.count(),
        RollEntry.objects.count(),
    ) == before
    return caught.value


class TestFortyPractices:
    """26 for, 9 against, 5 did not vote; the clause decides."""

    def run(self, rule: dict[str, Any]) -> queries.MotionPage:
        codes = make_members(number=40)
        made = make_motion(clauses={**CLAUSES, "8.2": ("What carries.", [rule])}, kind="delegation", level=3)
        vote(made, {code: "for" if each < 26 else "against" for each, code in enumerate(codes[:35])})
        declare(made)
        page = queries.motion_page(made.pk, ANYONE, AFTER)
        assert page is not None
        return page

    @pytest.mark.parametrize(
        ("rule", "result", "words"),
        [
            (
                {"kind": "majority", "share": "1/2"},
                "carried",
                "26 votes for, of 35 cast, is 74%; the clause asks for more than 50%",
            ),
            (
                THREE_QUARTERS,
                "not_carried",
                "26 votes for, of 35 cast, is 74%; the clause asks for at least 75%",
            ),
            (
                SIXTY_OF_ALL,
                "carried",
                "26 votes for, of 40 on the roll, is 65%; the clause asks for at least 60%",
            ),
        ],
    )
    def test_the_page_quotes_the_clause_with_its_arithmetic(
        self, rule: dict[str, Any], result: str, words: str
    ) -> None:
        page = self.run(rule)
        assert page.row.result == result
        assert page.outcome is not None
        [tested] = page.outcome.parts[0].outcome.majorities
        assert (tested.clause, tested.words) == ("8.2", words)
        assert page.outcome.clauses == ("7.1", "8.2")
        assert {each.rule.code: each.outcome.is_carried for each in page.outcome.elsewhere} == {
            "simple": True,
            "two-thirds": True,
            "three-quarters": False,
            "half-of-all": True,
            "sixty-of-all": True,
            "two-thirds-of-all": False,
        }

    def test_its_result_becomes_the_mandate_of_its_commissioner(self) -> None:
        page = self.run(THREE_QUARTERS)
        [row] = evidence_of("00A", AFTER)
        assert (row.id, row.kind, row.rung, row.result) == (
            page.evidence,
            "recorded_vote",
            "recorded_vote",
            "not_carried",
        )
        made = Evidence.objects.get()
        assert (made.origin, made.origin_ref) == ("motions", page.row.id)
        assert made.facts == {
            "level": "3",
            "question": "Apply for delegated powers",
            "in_favour": 26,
            "against": 9,
            "abstained": 0,
            "not_voted": 5,
            "electorate": 40,
            "outcome": "not_carried",
        }


def test_a_later_amendment_never_changes_an_old_result() -> None:
    codes = make_members()
    first = make_motion()
    vote(first, dict.fromkeys(codes[:3], "for") | dict.fromkeys(codes[3:], "against"))
    declare(first)
    amend("00A", {"8.2": ("Three quarters.", [THREE_QUARTERS])}, at=AFTER)
    later = AFTER + timedelta(days=1)
    times = {"opens_at": later + timedelta(days=20), "closes_at": later + timedelta(days=30)}
    second = make_motion(notice=times, at=later)
    at = later + timedelta(days=25)
    vote(second, dict.fromkeys(codes[:3], "for") | dict.fromkeys(codes[3:], "against"), at)
    declare(second, later + timedelta(days=31))
    pages = [queries.motion_page(each.pk, ANYONE, later + timedelta(days=40)) for each in (first, second)]
    assert [page.row.result for page in pages if page] == ["carried", "not_carried"]
    assert [page.rules.voting.majorities[0].share for page in pages if page] == [
        Decimal("0.5"),
        Decimal("0.75"),
    ]


def test_ten_abstentions_are_no_majority_and_make_the_quorum() -> None:
    codes = make_members(number=10)
    made = make_motion()
    vote(made, dict.fromkeys(codes, "abstain"))
    declare(made)
    page = queries.motion_page(made.pk, ANYONE, AFTER)
    assert page is not None
    assert page.row.result == "not_carried"
    assert page.outcome is not None
    part = page.outcome.parts[0].outcome
    assert (part.heads.abstained, part.heads.not_voted, part.quorums[0].holds) == (10, 0, True)


class TestNothingIsToldBeforeTheResult:
    def test_neither_pages_nor_ledger_tell_how_anybody_voted(self) -> None:
        codes = make_members()
        made = make_motion()
        vote(made, {codes[0]: "against"})
        page = queries.motion_page(made.pk, SECRETARY, DURING)
        assert page is not None
        assert (page.outcome, page.row.result, page.turnout) == (None, "", (("practices", 1, 5),))
        assert {row.vote for row in queries.roll_of(made.pk, SECRETARY, AFTER)} == {""}
        cast = Entry.objects.get(act="vote.cast")
        assert "against" not in str(cast.body)
        assert queries.own_vote(made.pk, manager_of(codes[0])) == "against"
        assert queries.own_vote(made.pk, manager_of(codes[1])) == ""

    def test_afterwards_the_roll_says_how_each_practice_voted(self) -> None:
        codes = make_members()
        made = make_motion()
        vote(made, {codes[0]: "against", codes[1]: "for"})
        declare(made)
        assert [row.vote for row in queries.roll_of(made.pk, ANYONE, AFTER)] == [
            "against",
            "for",
            "not_voted",
            "not_voted",
            "not_voted",
        ]
        before = queries.motion_page(made.pk, ANYONE, DURING)
        assert before is not None
        assert (before.row.state, before.outcome) == ("open", None)

    def test_only_who_runs_the_vote_sees_who_has_not_voted(self) -> None:
        codes = make_members()
        made = make_motion()
        vote(made, {codes[0]: "against"})
        assert [code for code, _ in queries.not_voted(made.pk, SECRETARY, DURING)] == list(codes[1:])
        assert queries.not_voted(made.pk, manager_of(codes[1]), DURING) == ()


class TestVotesAreRefused:
    def test_when_and_by_whom(self) -> None:
        codes = make_members()
        made = make_motion()
        make_organisation("B80001", "practice")

        def cast(whose: str = codes[0], choice: str = "for", at: Any = DURING, **more: Any) -> Vote:
            by = more.pop("by", manager_of(whose))
            return actions.cast_vote(motion=made.pk, choice=choice, by=by, at=at, **more)

        refused("wrong_state", lambda: cast(at=OPENS - timedelta(seconds=1)))
        first = cast(at=OPENS)
        refused("not_on_the_roll", lambda: cast("B80001"))
        refused("not_permitted", lambda: cast(by=SECRETARY))
        refused("sign_in", lambda: cast(by=ANYONE))
        refused("no_such_choice", lambda: cast(choice="maybe"))
        assert cast() == first
        refused("no_proxy", lambda: cast(practice=codes[0], by=manager_of(codes[1])))
        refused("voted", lambda: cast(choice="against"))
        refused(
            "not_found",
            lambda: actions.cast_vote(motion="none", choice="for", by=manager_of(codes[0]), at=DURING),
        )
        cast(codes[1], at=CLOSES - timedelta(seconds=1))
        refused("wrong_state", lambda: cast(codes[2], at=CLOSES))

    def test_on_an_amended_motion(self) -> None:
        codes = make_members()
        made = make_motion()
        newer = actions.replace_motion(
            motion=made.pk,
            wording=Wording(title="Apply for joint powers", words="Level 2."),
            reasons="An amendment was moved.",
            by=SECRETARY,
            at=NOW + timedelta(days=1),
        )
        found = refused(
            "replaced",
            lambda: actions.cast_vote(motion=made.pk, choice="for", by=manager_of(codes[0]), at=DURING),
        )
        assert newer.pk in str(found)
        assert newer.state == "draft"


class TestProxies:
    PROXY = {**CLAUSES, "10": ("A practice may hold one proxy.", [{"kind": "proxy", "most": 1}])}

    def test_the_holder_votes_for_both(self) -> None:
        codes = make_members()
        made = make_motion(clauses=self.PROXY)
        give = {"motion": made.pk, "holder": codes[1], "by": manager_of(codes[0]), "at": NOW}
        proxy = actions.give_proxy(**give)
        assert actions.give_proxy(**give) == proxy
        found = refused(
            "too_many_proxies", lambda: actions.give_proxy(**{**give, "by": manager_of(codes[2])})
        )
        assert found.reasons[0].clause == "10"
        refused("own_proxy", lambda: actions.give_proxy(**{**give, "by": manager_of(codes[1])}))
        refused("proxy_given", lambda: vote(made, {codes[0]: "for"}))
        holder = manager_of(codes[1])
        cast = actions.cast_vote(motion=made.pk, choice="for", practice=codes[0], by=holder, at=DURING)
        assert cast.origin == "proxy"
        vote(made, {codes[1]: "against"})
        refused("voted", lambda: actions.give_proxy(**{**give, "holder": codes[3], "at": DURING}))

    def test_another_holder_takes_the_place_of_the_first(self) -> None:
        codes = make_members()
        made = make_motion(clauses=self.PROXY)
        for holder in codes[1:3]:
            actions.give_proxy(motion=made.pk, holder=holder, by=manager_of(codes[0]), at=NOW)
        refused(
            "no_proxy",
            lambda: actions.cast_vote(
                motion=made.pk, choice="for", practice=codes[0], by=manager_of(codes[1]), at=DURING
            ),
        )

    def test_where_no_clause_gives_them_there_are_none(self) -> None:
        codes = make_members()
        made = make_motion()
        refused(
            "no_proxies",
            lambda: actions.give_proxy(motion=made.pk, holder=codes[1], by=manager_of(codes[0]), at=NOW),
        )


class TestNotice:
    def give(self, clauses: Any = CLAUSES, **notice: Any) -> Motion:
        return make_motion(clauses=clauses, notice=notice)

    def test_too_short_a_notice_is_refused_with_the_clause(self) -> None:
        make_members()
        short = {"opens_at": NOW + timedelta(days=10)}
        made = make_motion()
        other = actions.draft_motion(body="00A", wording=Wording(title="x", words="y"), by=SECRETARY, at=NOW)
        soon = Notice(opens_at=NOW + timedelta(days=1), closes_at=CLOSES)
        found = refused(
            "notice_too_short",
            lambda: actions.give_notice(motion=other.pk, notice=soon, by=SECRETARY, at=NOW),
        )
        assert found.reasons[0].clause == "9.1"
        urgent = Notice(**short, closes_at=CLOSES)
        refused(
            "no_reason_for_urgency",
            lambda: actions.give_notice(motion=other.pk, notice=urgent, by=SECRETARY, at=NOW),
        )
        reason = Notice(**short, closes_at=CLOSES, urgency="The round closes first.")
        assert actions.give_notice(motion=other.pk, notice=reason, by=SECRETARY, at=NOW).urgency
        assert made.state == "noticed"

    def test_times_are_in_order_and_the_same_notice_again_is_the_same(self) -> None:
        made = make_motion()
        again = Notice(opens_at=OPENS, closes_at=CLOSES)
        assert actions.give_notice(motion=made.pk, notice=again, by=SECRETARY, at=NOW) == made
        other = actions.draft_motion(body="00A", wording=Wording(title="x", words="y"), by=SECRETARY, at=NOW)
        back = Notice(opens_at=CLOSES, closes_at=OPENS)
        refused(
            "wrong_times", lambda: actions.give_notice(motion=other.pk, notice=back, by=SECRETARY, at=NOW)
        )

    def test_weights_are_those_of_the_list_on_the_day_that_the_clause_names(self) -> None:
        codes = make_members(number=2)
        rule = {"kind": "weights", "weighing": "by_list", "of": "registered", "counted_on": "2026-10-01"}
        clauses = {**CLAUSES, "4.1": ("By list.", [rule])}
        found = refused_after_draft("no_list", lambda: make_motion(clauses=clauses))
        assert found.reasons[0].clause == "4.1"
        for code, patients in zip(codes, (9000, 2000), strict=True):
            list_of(code, patients)
        made = make_motion()
        assert [(row.voter, row.weight) for row in queries.roll_of(made.pk, ANYONE, NOW)] == [
            (codes[0], "9000"),
            (codes[1], "2000"),
        ]

    def test_a_body_whose_members_are_no_practices_names_its_seats(self) -> None:
        make_organisation("LMC01", "lmc")
        seats = [Seat(f"Seat {each}") for each in range(1, 8)]
        made = make_motion("LMC01", clauses=None, notice={"seats": seats}, way="hands")
        assert RollEntry.objects.filter(motion=made).count() == 7
        make_members()
        refused_after_draft("wrong_seats", lambda: make_motion(notice={"seats": seats}))
        same = [Seat("Chair"), Seat(" Chair ")]
        refused_after_draft("wrong_seats", lambda: make_motion("LMC01", clauses=None, notice={"seats": same}))

    def test_localities_are_named_where_a_clause_counts_by_them(self) -> None:
        codes = make_members(number=3)
        rule = {"kind": "majority", "share": "1/2", "in_each_locality": True}
        clauses = {**CLAUSES, "8.2": ("In each locality.", [rule])}
        found = refused_after_draft("no_locality", lambda: make_motion(clauses=clauses))
        assert found.reasons[0].clause == "8.2"
        made = make_motion(notice={"localities": dict(zip(codes, ("North", "North", "South"), strict=True))})
        vote(made, {codes[0]: "for", codes[1]: "for", codes[2]: "against"})
        assert declare(made).result == "not_carried"


def refused_after_draft(code: str, act: Callable[[], Any]) -> Refused:
    """A refusal of the notice: the draft before it stands, and no roll."""
    rolls = RollEntry.objects.count()
    with pytest.raises(Refused) as caught:
        act()
    assert (caught.value.code, RollEntry.objects.count()) == (code, rolls)
    return caught.value
