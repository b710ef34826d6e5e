"""Members are consulted before what a clause names; what they said has its answers before it is voted on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from remit.consultations import actions as consultations
from remit.consultations.models import Consultation
from remit.kernel.actor import ANYONE
from remit.kernel.decision import Refused
from remit.motions import actions, queries
from remit.motions.actions.noticing import Notice, Wording
from remit.motions.models import Motion
from tests.constitution_factories import CLAUSES, make_constitution, secretary_of
from tests.consultation_factories import YES, make_consultation
from tests.factories import NOW, make_organisation
from tests.motion_factories import SECRETARY, make_members, manager_of

pytestmark = pytest.mark.django_db
ASKED = {"kind": "consultation", "days": 28, "motions": ["delegation"]}
RULES = {**CLAUSES, "20.2": ("Members are consulted for 28 days before such a vote.", [ASKED])}
AT = NOW + timedelta(days=40)


def drafted(kind: str = "delegation", at: Any = AT) -> Motion:
    wording = Wording(kind=kind, title="Apply for Level 3", words="That we apply.")
    return actions.draft_motion(body="00A", wording=wording, by=SECRETARY, at=at)


def notice(motion: Motion, consultation: str = "", at: Any = AT) -> Motion:
    times = Notice(
        opens_at=at + timedelta(days=20), closes_at=at + timedelta(days=30), consultation=consultation
    )
    return actions.give_notice(motion=motion.pk, notice=times, by=SECRETARY, at=at)


def refused(code: str, motion: Motion, consultation: str = "", at: Any = AT) -> Refused:
    with pytest.raises(Refused) as caught:
        notice(motion, consultation, at)
    assert (caught.value.code, Motion.objects.get(pk=motion.pk).state) == (code, "draft")
    return caught.value


def answered(made: Consultation) -> None:
    """The one thing that a member said, with its theme and its answer."""
    theme = consultations.name_theme(
        consultation=made.pk, said="Who pays for it?", by=secretary_of("00A"), at=AT
    )
    for response in made.responses.exclude(words=""):
        consultations.code_response(
            consultation=made.pk, response=response.pk, themes=[theme.number], by=secretary_of("00A"), at=AT
        )
    refused("not_answered", drafted(), made.pk)
    consultations.answer_theme(
        consultation=made.pk, theme=theme.number, did="The plan says who.", by=secretary_of("00A"), at=AT
    )


@pytest.mark.seed("S2-39")
def test_a_motion_is_tabled_once_every_theme_has_its_answer() -> None:
    codes = make_members()
    make_constitution(clauses=RULES)
    made = make_consultation()
    consultations.respond_for_practice(
        consultation=made.pk,
        practice=codes[0],
        stances={1: YES, 2: YES, 3: YES},
        words="Who pays for it?",
        by=manager_of(codes[0]),
        at=NOW,
    )
    assert refused("not_consulted", drafted(at=NOW), at=NOW).reasons[0].clause == "20.2"
    refused("not_closed", drafted(at=NOW), made.pk, at=NOW)
    refused("not_coded", drafted(), made.pk)
    answered(made)
    motion = notice(drafted(), made.pk)
    page = queries.motion_page(motion.pk, ANYONE, AT)
    assert page is not None
    assert page.row.consultation == made.pk


def test_one_that_was_too_short_or_another_body_s_is_refused_with_the_clause() -> None:
    make_members()
    make_constitution(clauses=RULES)
    make_organisation("00B", "ccg")
    short, other = make_consultation(days=10), make_consultation("00B")
    found = refused("consultation_too_short", drafted(), short.pk)
    assert (found.reasons[0].clause, "10 days: below minimum (28)" in str(found)) == ("20.2", True)
    refused("wrong_consultation", drafted(), other.pk)


def test_other_motions_need_none() -> None:
    make_members()
    make_constitution(clauses=RULES)
    assert notice(drafted("ordinary")).consultation is None
