"""Two electorates, options, hands and paper, and what a declared result does elsewhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from remit.constitutions import actions as texts
from remit.delegation.queries import evidence_of
from remit.delegation.rules import powers
from remit.engines.constitution import recount
from remit.kernel.actor import ANYONE, Actor, RoleAt
from remit.kernel.canonical import sha256_hex
from remit.kernel.decision import Refused
from remit.motions import actions, queries
from remit.motions.actions.declaring import Scrutiny
from remit.motions.actions.enrolling import Seat
from remit.motions.actions.noticing import Notice, Wording
from remit.motions.models import Motion, RollEntry, Vote
from tests.constitution_factories import (
    CLAUSES,
    THREE_QUARTERS,
    make_draft,
    secretary_of,
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
    make_gps,
    make_members,
    make_motion,
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


class TestTwoElectorates:
    BOTH = {**CLAUSES, "5": ("Both vote.", [{"kind": "electorate", "who": "both", "binding": "practices"}])}

    def test_two_results_and_the_rule_that_says_which_binds(self) -> None:
        codes = make_members(number=3)
        doctors = {code: make_gps(code, 3) for code in codes}
        made = make_motion(clauses=self.BOTH)
        vote(made, {codes[0]: "for", codes[1]: "for", codes[2]: "against"})
        for code in codes:
            for number, by in enumerate(doctors[code]):
                choice = "against" if code != codes[0] or number < 2 else "for"
                actions.cast_vote(motion=made.pk, choice=choice, as_gp=True, by=by, at=DURING)
        declare(made)
        page = queries.motion_page(made.pk, ANYONE, AFTER)
        assert page is not None
        assert page.outcome is not None
        assert [(part.electorate, part.outcome.result.value) for part in page.outcome.parts] == [
            ("practices", "carried"),
            ("gps", "not_carried"),
        ]
        assert (page.row.result, page.outcome.binding.value, page.outcome.binding_clause) == (
            "carried",
            "practices",
            "5",
        )
        assert page.concordance is not None
        assert (page.concordance.practices, page.concordance.discordant, page.concordance.codes) == (3, 2, ())
        roll = queries.roll_of(made.pk, ANYONE, AFTER)
        assert {row.vote for row in roll if row.electorate == "gps"} == {""}
        assert all(by.person not in str(roll) for each in doctors.values() for by in each)

    def test_a_doctor_votes_once_and_only_where_doctors_vote(self) -> None:
        codes = make_members(number=2)
        [doctor] = make_gps(codes[0], 1)
        plain = make_motion()
        refused(
            "not_on_the_roll",
            lambda: actions.cast_vote(motion=plain.pk, choice="for", as_gp=True, by=doctor, at=DURING),
        )
        refused(
            "not_permitted",
            lambda: actions.cast_vote(motion=plain.pk, choice="for", by=doctor, at=DURING),
        )


class TestOptions:
    OPTIONS = (("delegated", "Delegated"), ("joint", "Joint"), ("neither", "Neither"))

    def test_one_of_more_than_two_is_chosen(self) -> None:
        codes = make_members()
        made = make_motion(options=self.OPTIONS)
        vote(
            made,
            {codes[0]: "joint", codes[1]: "joint", codes[2]: "joint", codes[3]: "neither", codes[4]: "blank"},
        )
        said = declare(made)
        assert (said.result, said.option) == ("carried", "joint")
        page = queries.motion_page(made.pk, ANYONE, AFTER)
        assert page is not None
        assert page.outcome is not None
        assert [(code, each.is_carried) for code, each in page.outcome.parts[0].options] == [
            ("delegated", False),
            ("joint", True),
            ("neither", False),
        ]

    @pytest.mark.parametrize(
        "wording",
        [
            {"options": (("joint", "Joint"),)},
            {"options": (("joint", "Joint"), ("joint", "Again"))},
            {"options": (("joint", "Joint"), ("blank", "Nothing"))},
            {"options": OPTIONS, "way": "hands"},
        ],
    )
    def test_options_are_two_or_more_and_not_for_hands(self, wording: dict[str, Any]) -> None:
        make_members()
        with pytest.raises(Refused) as caught:
            make_motion(**wording)
        assert caught.value.code == "wrong_options"


class TestHandsAndPaper:
    def test_a_show_of_hands_is_counted_by_a_teller_at_its_rung(self) -> None:
        make_members(number=10)
        made = make_motion(way="hands", kind="delegation")
        count = {
            "motion": made.pk,
            "counts": {"for": 6, "against": 2},
            "teller": "Two tellers",
            "by": SECRETARY,
        }
        refused("wrong_state", lambda: actions.count_hands(**count, at=NOW))
        refused("wrong_count", lambda: actions.count_hands(**{**count, "counts": {"for": 11}}, at=DURING))
        refused("wrong_count", lambda: actions.count_hands(**{**count, "counts": {"joint": 1}}, at=DURING))
        refused(
            "wrong_count",
            lambda: actions.count_hands(**{**count, "counts": {"for": -1, "against": 2}}, at=DURING),
        )
        first = actions.count_hands(**count, at=DURING)
        assert actions.count_hands(**count, at=DURING) == first
        refused("counted", lambda: actions.count_hands(**{**count, "counts": {"for": 7}}, at=DURING))
        assert declare(made).result == "carried"
        [row] = evidence_of("00A", AFTER)
        assert (row.rung, row.result) == ("show_of_hands", "carried")

    def test_hands_that_nobody_counted_declare_nothing(self) -> None:
        make_members()
        made = make_motion(way="hands")
        refused("not_counted", lambda: declare(made))

    def test_hands_have_no_weight_and_no_locality(self) -> None:
        codes = make_members(number=2)
        for code, patients in zip(codes, (9000, 2000), strict=True):
            list_of(code, patients)
        rule = {"kind": "weights", "weighing": "by_list", "of": "registered"}
        made = make_motion(way="hands", clauses={**CLAUSES, "4.1": ("By list.", [rule])})
        found = refused(
            "weighted",
            lambda: actions.count_hands(
                motion=made.pk, counts={"for": 1}, teller="A", by=SECRETARY, at=DURING
            ),
        )
        assert found.reasons[0].clause == "4.1"

    def test_paper_votes_are_entered_by_name_with_their_teller(self) -> None:
        codes = make_members()
        made = make_motion(way="paper", kind="delegation")
        enter = {
            "motion": made.pk,
            "voter": codes[0],
            "choice": "for",
            "teller": "The LMC",
            "by": SECRETARY,
            "at": AFTER,
        }
        first = actions.enter_vote(**enter)
        assert (actions.enter_vote(**enter), first.origin, first.teller) == (first, "paper", "The LMC")
        refused("voted", lambda: actions.enter_vote(**{**enter, "choice": "against"}))
        refused("not_on_the_roll", lambda: actions.enter_vote(**{**enter, "voter": "B80001"}))
        refused("no_words", lambda: actions.enter_vote(**{**enter, "voter": codes[1], "teller": " "}))
        refused("wrong_way", lambda: vote(made, {codes[1]: "for"}))
        refused(
            "wrong_way",
            lambda: actions.count_hands(
                motion=made.pk, counts={"for": 1}, teller="A", by=SECRETARY, at=DURING
            ),
        )
        for code in codes[1:3]:
            actions.enter_vote(**{**enter, "voter": code})
        assert declare(made).result == "carried"


class TestDeclaring:
    def test_the_recount_file_is_all_that_the_result_follows_from(self) -> None:
        codes = make_members()
        made = make_motion()
        vote(made, {codes[0]: "for"})
        said = declare(made)
        assert declare(made) == said
        assert said.result == "inquorate"
        assert queries.recount_of(made.pk, DURING) is None
        kept = queries.recount_of(made.pk, AFTER)
        assert kept is not None
        assert sha256_hex(kept) == said.sha256
        file = json.loads(kept)
        assert [row["vote"] for row in file["electorates"][0]["roll"]] == ["for", *["not_voted"] * 4]
        assert {clause["clause"] for clause in file["clauses"]} == set(CLAUSES)
        again = recount(file)
        assert (again.outcome.result.value, again.agrees) == ("inquorate", True)

    def test_a_tie_falls_unless_a_clause_gives_the_chair_a_vote(self) -> None:
        codes = make_members(number=4)
        clauses = {**CLAUSES, "8.3": ("Casting vote.", [{"kind": "tie", "tie": "casting_vote"}])}
        made = make_motion(clauses=clauses)
        vote(made, {codes[0]: "for", codes[1]: "for", codes[2]: "against", codes[3]: "against"})
        refused("no_such_choice", lambda: declare(made, casting_vote="abstain"))
        assert declare(made, casting_vote="for").result == "carried"
        page = queries.motion_page(made.pk, ANYONE, AFTER)
        assert page is not None
        assert page.outcome is not None
        assert page.outcome.clauses[-1] == "8.3"
        file = json.loads(queries.recount_of(made.pk, AFTER) or b"")
        assert recount(file).agrees
        assert not recount(file | {"casting_vote": "against"}).agrees

    def test_what_is_refused(self) -> None:
        make_members()
        made = make_motion()
        refused("wrong_state", lambda: declare(made, DURING))
        refused("no_words", lambda: declare(made, scrutineer=""))
        refused(
            "not_permitted",
            lambda: actions.declare_result(
                motion=made.pk, scrutiny=Scrutiny(scrutineer="A"), by=secretary_of("00B"), at=AFTER
            ),
        )

    def test_an_amendment_goes_on_as_members_decided(self) -> None:
        codes = make_members()
        first = make_motion()
        draft = make_draft(clauses={"8.2": ("Three quarters.", [THREE_QUARTERS])}, title="Amendment")
        with pytest.raises(Refused) as caught:
            make_motion(kind="amendment", amends=draft.pk)
        assert caught.value.code == "wrong_text"

        texts.propose_amendment(text=draft.pk, by=SECRETARY, at=NOW)
        made = make_motion(kind="amendment", amends=draft.pk)
        vote(made, dict.fromkeys(codes, "for"))
        declare(made)
        draft.refresh_from_db()
        assert (draft.state, draft.steps.last().origin, draft.steps.last().origin_ref) == (
            "agreed",
            "motions",
            made.pk,
        )
        assert first.text_id != draft.pk


def test_one_resolution_of_an_lmc_objects_to_eight_commissioners() -> None:
    kent = [f"09{letter}" for letter in "ABCDEFGH"]
    for code in kent:
        make_organisation(code, "ccg")
    make_organisation("LMC01", "lmc")
    lmc = Actor("officer", "LMC01", frozenset({RoleAt("lmc_officer", "LMC01")}))
    made = actions.draft_motion(
        body="LMC01",
        wording=Wording(
            kind="objection",
            title="To block co-commissioning",
            words="That we object to joint and delegated powers.",
            way="hands",
            concerns=kent,
            powers=known_powers(3),
        ),
        by=lmc,
        at=NOW,
    )
    seats = [Seat(f"Seat {each}") for each in range(1, 21)]
    notice = Notice(opens_at=OPENS, closes_at=CLOSES, seats=seats)
    actions.give_notice(motion=made.pk, notice=notice, by=lmc, at=NOW)
    actions.count_hands(motion=made.pk, counts={"for": 18, "against": 1}, teller="A", by=lmc, at=DURING)
    actions.declare_result(motion=made.pk, scrutiny=Scrutiny(scrutineer="The chair"), by=lmc, at=AFTER)
    page = queries.motion_page(made.pk, ANYONE, AFTER)
    assert page is not None
    assert ([code for code, _ in page.row.concerns], len(page.row.powers)) == (kent, 3)
    for code in kent:
        assert [row.id for row in queries.motions(AFTER, ANYONE, about=code)] == [made.pk]
        [row] = evidence_of(code, AFTER)
        assert (row.id, row.kind) == (page.evidence, "lmc_statement")


def known_powers(number: int) -> tuple[str, ...]:

    return tuple(sorted(power.code for power in powers().values()))[:number]
