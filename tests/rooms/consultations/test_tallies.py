"""Tallies of a consultation: worked examples, and laws on answers drawn at random."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from remit.consultations import actions, queries
from remit.consultations.rules import silence_reasons
from tests.consultation_factories import NO, YES, answer, answer_as_gp, make_consultation, manager_of
from tests.factories import NOW, make_organisation
from tests.meeting_factories import make_members

pytestmark = pytest.mark.django_db
AFTER = NOW + timedelta(days=28)
PRACTICES = [f"A0000{number}" for number in range(1, 9)]


@pytest.fixture(autouse=True)
def body() -> None:
    make_members("00A", *PRACTICES)


def first_of(made: Any) -> queries.OptionTally:
    found = queries.tallies(made.pk, AFTER)
    assert found is not None
    return found.options[0]


def test_a_practice_that_says_yes_with_a_split_of_three_to_two() -> None:
    """Among practices it is one yes; among doctors it is three yes and two no."""
    made = make_consultation()
    answer(made, "A00001", YES, splits={1: (3, 2, 0)})
    tally = first_of(made)
    assert tally.practices == queries.Tally(1, 0, 0)
    assert tally.gps == queries.Tally(3, 2, 0)
    assert (tally.compared, tally.discordant) == (1, 0)


def test_a_practice_against_most_of_its_doctors_is_discordant() -> None:
    """Six practices say yes; in five of them two of five doctors agree."""
    made = make_consultation()
    for code in PRACTICES[:5]:
        answer(made, code, YES, splits={1: (2, 3, 0)})
    answer(made, PRACTICES[5], YES, splits={1: (3, 2, 0)})
    tally = first_of(made)
    assert (tally.compared, tally.discordant) == (6, 5)
    assert (tally.gps.supports, tally.gps.opposes) == (13, 17)


def test_few_are_not_told_apart() -> None:
    made = make_consultation()
    for code in PRACTICES[:4]:
        answer(made, code, YES, splits={2: (0, 1, 0)})
    second = queries.tallies(made.pk, AFTER).options[1]  # type: ignore[union-attr]
    assert second.gps == queries.Tally(0, 0, 0, is_hidden=True)
    answer(made, PRACTICES[4], NO, splits={1: (3, 1, 1)})
    assert first_of(made).discordant is None, "one practice is too few to be named by a number"


def test_a_doctor_is_counted_once() -> None:
    """In their own right, but not again where the practice says how its partners stand."""
    made = make_consultation()
    for number in range(5):
        answer_as_gp(made, "A00001", NO, number=number)
    answer_as_gp(made, "A00002", NO)
    answer(made, "A00002", YES, splits={1: (4, 1, 0)})
    tally = first_of(made)
    assert tally.gps == queries.Tally(4, 6, 0)
    assert tally.practices == queries.Tally(1, 0, 0)
    answer(made, "A00001", YES)
    tally = first_of(made)
    assert (tally.compared, tally.discordant) == (2, None), "its doctors answered only for themselves"


def test_where_nobody_says_who_the_members_are() -> None:
    make_organisation("LMCA", "lmc")
    made = make_consultation("LMCA")
    answer(made, "A00001", YES)
    found = queries.tallies(made.pk, AFTER)
    assert found is not None
    assert (found.members, found.responded, found.silent) == (None, 1, None)
    assert queries.tallies("none", AFTER) is None


SPLITS = st.none() | st.tuples(*[st.integers(0, 6)] * 3).filter(lambda split: sum(split) > 0)
STANCE = st.sampled_from(["supports", "opposes", "neither"])
SAID = st.one_of(
    st.none(),
    st.sampled_from(list(silence_reasons())),
    st.tuples(STANCE, SPLITS, st.lists(STANCE, max_size=3)),
)


@hypothesis_settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(SAID, min_size=len(PRACTICES), max_size=len(PRACTICES)))
def test_members_are_shared_out_and_every_voice_is_counted_once(said: list[Any]) -> None:
    """Members are those that responded, gave a reason, or did neither; every doctor is in one tally once."""
    with transaction.atomic():
        made = make_consultation()
        doctors = 0
        for code, each in zip(PRACTICES, said, strict=True):
            if isinstance(each, str):
                actions.explain_silence(
                    consultation=made.pk, practice=code, reason=each, by=manager_of(code), at=NOW
                )
            elif each is not None:
                stance, split, own = each
                answer(made, code, stance, splits={1: split} if split else None)
                for number, voice in enumerate(own):
                    answer_as_gp(made, code, voice, number=number)
                doctors += sum(split) if split else len(own)
        found = queries.tallies(made.pk, AFTER)
        assert found is not None
        assert found.members == found.responded + sum(found.reasons.values()) + (found.silent or 0) == 8
        tally = found.options[0]
        assert tally.practices.answered == found.responded
        assert tally.gps.is_hidden == (0 < doctors < 5)
        assert tally.gps.answered == (0 if tally.gps.is_hidden else doctors)
        assert tally.compared <= found.responded
        assert tally.discordant is None or tally.discordant <= tally.compared
        transaction.set_rollback(True)
