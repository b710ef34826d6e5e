"""Every state of a motion by every action; challenges of the roll; drafting and withdrawing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from remit.kernel.actor import ANYONE
from remit.kernel.decision import Refused
from remit.motions import actions, queries
from remit.motions.actions.noticing import Notice, Wording
from remit.motions.models import Motion, Proxy, RollChallenge, RollEntry
from remit.motions.states import MOTION_STATES, MOTION_STEPS, motion_may, motion_state
from tests.constitution_factories import secretary_of
from tests.factories import NOW, make_organisation
from tests.motion_factories import (
    AFTER,
    CLOSES,
    DURING,
    OPENS,
    SECRETARY,
    declare,
    make_members,
    make_motion,
    manager_of,
)

pytestmark = pytest.mark.django_db
MANAGER = manager_of("A80001")
BEFORE = NOW + timedelta(hours=1)
HOUR = {"draft": BEFORE, "noticed": BEFORE, "open": DURING, "closed": AFTER}
"""At which hour a motion is in a state; what is kept is the same at every hour."""


def in_state(state: str, way: str = "recorded") -> tuple[Motion, datetime]:
    clauses = {"10": ("A practice may hold one proxy.", [{"kind": "proxy", "most": 1}])}
    made = make_motion(clauses=clauses, way=way)
    RollChallenge.objects.create(
        motion=made, voter="A80002", reasons="x", challenged_at=NOW, challenged_by="x", challenged_for="x"
    )
    kept = {"open": "noticed", "closed": "noticed"}.get(state, state)
    ended = {"ended_at": NOW, "ended_by": "x"} if kept not in ("draft", "noticed") else {}
    Motion.objects.filter(pk=made.pk).update(state=kept, **ended)
    if kept == "draft":
        RollEntry.objects.filter(motion=made).delete()
    made.refresh_from_db()
    return made, HOUR.get(state, AFTER)


WORDING = Wording(title="Another", words="Another.")
ACTS: dict[str, Callable[[Motion, datetime], Any]] = {
    "give notice": lambda motion, at: actions.give_notice(
        motion=motion.pk,
        notice=Notice(opens_at=at + timedelta(days=40), closes_at=at + timedelta(days=50)),
        by=SECRETARY,
        at=at,
    ),
    "contest the roll": lambda motion, at: actions.contest_roll(
        motion=motion.pk, voter="A80003", reasons="Closed.", by=MANAGER, at=at
    ),
    "settle a challenge": lambda motion, at: actions.settle_challenge(
        challenge=RollChallenge.objects.get(motion=motion).pk,
        is_upheld=False,
        answer="No.",
        by=SECRETARY,
        at=at,
    ),
    "replace it by another wording": lambda motion, at: actions.replace_motion(
        motion=motion.pk, wording=WORDING, reasons="Moved.", by=SECRETARY, at=at
    ),
    "give a proxy": lambda motion, at: actions.give_proxy(
        motion=motion.pk, holder="A80002", by=MANAGER, at=at
    ),
    "vote": lambda motion, at: actions.cast_vote(motion=motion.pk, choice="for", by=MANAGER, at=at),
    "enter what was counted": lambda motion, at: actions.enter_vote(
        motion=motion.pk, voter="A80001", choice="for", teller="A", by=SECRETARY, at=at
    ),
    "declare the result": declare,
    "withdraw": lambda motion, at: actions.withdraw_motion(
        motion=motion.pk, reasons="Moot.", by=SECRETARY, at=at
    ),
}


@pytest.mark.parametrize("verb", list(ACTS))
@pytest.mark.parametrize("state", MOTION_STATES)
def test_every_state_by_every_action(state: str, verb: str) -> None:
    motion, at = in_state(state, "paper" if verb == "enter what was counted" else "recorded")
    way = next((each for each in MOTION_STEPS if (each.verb, each.before) == (verb, state)), None)
    if way is not None:
        ACTS[verb](motion, at)
        motion.refresh_from_db()
        assert motion_state(motion.state, motion.opens_at, motion.closes_at, at) == way.after
        return
    with pytest.raises(Refused) as caught:
        ACTS[verb](motion, at)
    assert caught.value.code == ("replaced" if state == "replaced" else "wrong_state")
    assert not motion_may(verb, state).allowed


def test_every_way_has_its_act() -> None:
    assert set(ACTS) == {each.verb for each in MOTION_STEPS}


def test_it_opens_and_closes_with_the_hour() -> None:
    second = timedelta(seconds=1)
    states = [
        motion_state("noticed", OPENS, CLOSES, at) for at in (OPENS - second, OPENS, CLOSES - second, CLOSES)
    ]
    assert states == ["noticed", "open", "open", "closed"]
    assert motion_state("withdrawn", OPENS, CLOSES, DURING) == "withdrawn"


class TestTheRollIsContested:
    def test_upheld_takes_off_and_puts_on_and_dismissed_changes_nothing(self) -> None:
        codes = make_members()
        made = make_motion()
        make_organisation("B80001", "practice")
        for voter, is_upheld, size in ((codes[0], True, 4), ("B80001", True, 5), (codes[1], False, 5)):
            said = {
                "motion": made.pk,
                "voter": voter,
                "reasons": "It moved.",
                "by": manager_of(codes[2]),
                "at": NOW,
            }
            found = actions.contest_roll(**said)
            assert actions.contest_roll(**said) == found
            actions.settle_challenge(
                challenge=found.pk, is_upheld=is_upheld, answer="So.", by=SECRETARY, at=NOW
            )
            assert RollEntry.objects.filter(motion=made).count() == size
        page = queries.motion_page(made.pk, ANYONE, NOW)
        assert page is not None
        assert [each.is_upheld for each in page.challenges] == [True, True, False]
        with pytest.raises(Refused) as caught:
            actions.settle_challenge(
                challenge=page.challenges[0].pk, is_upheld=True, answer="x", by=SECRETARY, at=NOW
            )
        assert caught.value.code == "settled"

    def test_who_comes_off_the_roll_takes_proxies_along(self) -> None:
        codes = make_members()
        clauses = {"10": ("A practice may hold two proxies.", [{"kind": "proxy", "most": 2}])}
        made = make_motion(clauses=clauses)
        for giver, holder in ((codes[0], codes[1]), (codes[2], codes[0])):
            actions.give_proxy(motion=made.pk, holder=holder, by=manager_of(giver), at=NOW)
        by = manager_of(codes[3])
        found = actions.contest_roll(motion=made.pk, voter=codes[0], reasons="Closed.", by=by, at=NOW)
        actions.settle_challenge(challenge=found.pk, is_upheld=True, answer="So.", by=SECRETARY, at=NOW)
        assert not RollEntry.objects.filter(motion=made, voter=codes[0]).exists()
        assert not Proxy.objects.filter(entry__motion=made).exists()

    def test_what_is_refused(self) -> None:
        make_members()
        made = make_motion()
        said = {"motion": made.pk, "voter": "A80001", "reasons": "Why.", "by": MANAGER, "at": NOW}
        for code, other in (
            ("no_such_practice", {"voter": "Z9"}),
            ("no_words", {"reasons": " "}),
            ("not_permitted", {"by": SECRETARY}),
        ):
            with pytest.raises(Refused) as caught:
                actions.contest_roll(**{**said, **other})
            assert caught.value.code == code
        with pytest.raises(Refused) as caught:
            actions.settle_challenge(challenge=0, is_upheld=True, answer="x", by=SECRETARY, at=NOW)
        assert caught.value.code == "not_found"


class TestDrafting:
    @pytest.mark.parametrize(
        ("wording", "code"),
        [
            ({"kind": "referendum"}, "no_such_motion"),
            ({"way": "acclamation"}, "no_such_way"),
            ({"title": " "}, "no_words"),
            ({"words": " "}, "no_words"),
            ({"powers": ("everything",)}, "no_such_power"),
            ({"level": 3}, "wrong_level"),
            ({"kind": "delegation", "level": 4}, "wrong_level"),
            ({"concerns": ("A80001",)}, "wrong_commissioners"),
            ({"kind": "amendment"}, "wrong_text"),
            ({"kind": "amendment", "amends": "none"}, "wrong_text"),
        ],
    )
    def test_what_is_refused(self, wording: dict[str, Any], code: str) -> None:
        make_members()
        with pytest.raises(Refused) as caught:
            actions.draft_motion(
                body="00A", wording=Wording(**{"title": "x", "words": "y", **wording}), by=SECRETARY, at=NOW
            )
        assert (caught.value.code, Motion.objects.count()) == (code, 0)

    def test_a_board_has_no_members_and_a_draft_is_its_body_s_own(self) -> None:
        make_organisation("QAA", "icb")
        with pytest.raises(Refused) as caught:
            actions.draft_motion(body="QAA", wording=WORDING, by=secretary_of("QAA"), at=NOW)
        assert caught.value.code == "not_a_body"
        make_members()
        made = actions.draft_motion(body="00A", wording=WORDING, by=SECRETARY, at=NOW)
        assert queries.motion_page(made.pk, ANYONE, NOW) is None
        assert queries.motions(NOW, ANYONE) == ()
        assert queries.roll_of(made.pk, ANYONE, NOW) == ()
        assert [row.id for row in queries.motions(NOW, SECRETARY, body="00A")] == [made.pk]
        assert queries.motion_page("none", ANYONE, NOW) is None

    def test_a_replaced_motion_says_by_which(self) -> None:
        made = make_motion()
        newer = actions.replace_motion(
            motion=made.pk, wording=WORDING, reasons="Moved.", by=SECRETARY, at=NOW
        )
        page = queries.motion_page(made.pk, ANYONE, NOW)
        assert page is not None
        assert (page.row.state, page.row.replaced_by, page.row.reasons) == ("replaced", newer.pk, "Moved.")
