"""What an arrangement covers: groups added and removed, powers kept back, made joint and restored."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from remit.engines.powers import (
    Grant,
    Held,
    Spell,
    Variation,
    Wording,
    first_held,
    holding_of,
    holds,
    over,
    scope_on,
    spells,
)
from remit.kernel.period import Period
from tests.engines.powers.test_powers import APRIL, GROUPS, LEVELS, MERGERS, PERFORMERS, REVIEW

JULY = date(2015, 7, 1)
POD = date(2023, 4, 1)
GP = "general_practice"
BACK = Variation(JULY, reserved=over(["performance_manage"], [GP]), ref="deed 1")
ADDED = Variation(POD, groups_added=frozenset({"pharmacy"}), ref="deed 2")


def granted(*variations: Variation, level: int = 3, last: date | None = None) -> Grant:
    return Grant(level, Period(APRIL, last), "delegation", variations=variations)


def said(grant: Grant, on: date, group: str = GP, power: object = REVIEW) -> str:
    wording = Wording(LEVELS, GROUPS, group)
    decision = holds(power, [grant], on, who="NHS Dale CCG", wording=wording)  # type: ignore[arg-type]
    return "" if decision.allowed and not decision.reasons else decision.reasons[0].message


def test_a_power_kept_back_is_absent_from_its_day_and_the_others_stay() -> None:
    grant = granted(BACK)
    assert said(grant, JULY - timedelta(days=1)) == ""
    assert "NHS England has kept “Review performance” back since 1 July 2015." in said(grant, JULY)
    assert said(grant, JULY, power=MERGERS) == ""


def test_what_is_kept_back_for_a_time_says_when_it_comes() -> None:
    again = Variation(date(2016, 4, 1), restored=over(["performance_manage"], [GP]))
    grant = granted(BACK, again)
    assert "It comes on 1 April 2016." in said(grant, JULY)
    assert said(grant, date(2016, 4, 1)) == ""


def test_a_power_made_joint_is_held_only_together() -> None:
    grant = granted(Variation(JULY, made_joint=over(["performance_manage"], [GP])))
    assert holding_of(REVIEW, [grant], JULY).how is Held.JOINT
    assert "only together with NHS England" in said(grant, JULY)
    kept = granted(Variation(JULY, made_joint=over(["manage_performers"], [GP])))
    assert holding_of(PERFORMERS, [kept], JULY).how is Held.NONE, (
        "joint gives nothing that the level does not"
    )


def test_pharmacy_comes_by_a_change_of_scope_and_not_before() -> None:
    grant = granted(ADDED)
    before = POD - timedelta(days=1)
    assert "“Review performance” for community pharmacy comes with Level 3" in said(grant, before, "pharmacy")
    assert "on 1 April 2023" in said(grant, before, "pharmacy")
    assert said(grant, POD, "pharmacy") == ""
    assert said(grant, POD) == "", "general practice is as it was"


def test_an_arrangement_without_the_group_says_what_it_covers_and_how_to_add_it() -> None:
    answer = said(granted(), POD, "pharmacy")
    assert "covers general practice, not community pharmacy" in answer
    assert "the first day for anybody was 1 July 2022" in answer


def test_a_power_that_is_not_about_a_group_says_so() -> None:
    assert "no power over community pharmacy" in said(granted(ADDED), POD, "pharmacy", MERGERS)


def test_a_group_removed_is_out_and_what_was_there_has_ended() -> None:
    out = Variation(date(2024, 4, 1), groups_removed=frozenset({"pharmacy"}))
    grant = granted(ADDED, out)
    assert scope_on(grant, date(2024, 3, 31)).groups == {GP, "pharmacy"}
    assert scope_on(grant, date(2024, 4, 1)).groups == {GP}
    assert "covers general practice" in said(grant, date(2024, 4, 1), "pharmacy")


def test_of_two_changes_on_a_day_the_later_made_counts() -> None:
    again = Variation(JULY, restored=over(["performance_manage"], [GP]))
    assert said(granted(BACK, again), JULY) == ""
    assert said(granted(again, BACK), JULY) != ""


def test_the_first_spell_is_when_it_was_granted() -> None:
    first = first_held(spells(REVIEW, [granted(BACK)]))
    assert first == Spell(Period(APRIL, JULY - timedelta(days=1)), Held.HELD, granted(BACK))
    assert first_held(spells(PERFORMERS, [granted()])) is None
    assert spells(REVIEW, []) == []


days = st.integers(0, 60).map(lambda number: APRIL + timedelta(days=number))
changes = st.builds(
    lambda on, what: Variation(on, **{what: over(["performance_manage"], [GP])}),  # type: ignore[arg-type]
    days,
    st.sampled_from(["reserved", "made_joint", "restored"]),
) | st.builds(
    lambda on, what: Variation(on, **{what: frozenset({GP})}),  # type: ignore[arg-type]
    days,
    st.sampled_from(["groups_added", "groups_removed"]),
)
grants = st.builds(
    lambda level, first, length, made: Grant(
        level,
        Period(first, None if length is None else first + timedelta(days=length)),
        "",
        variations=tuple(made),
    ),
    st.integers(1, 3),
    days,
    st.none() | st.integers(0, 30),
    st.lists(changes, max_size=3),
)


@given(st.lists(grants, max_size=4), days)
def test_spells_tell_each_day_as_the_scope_does(every: list[Grant], on: date) -> None:
    """However arrangements and changes overlap, the spells hold each day once, as that day's scope gives it."""
    found = spells(REVIEW, every)
    here = [each for each in found if on in each.period]
    assert len(here) == (1 if every and on >= min(each.period.first for each in every) else 0)
    in_force = max(
        (each for each in every if on in each.period),
        key=lambda each: (GP in scope_on(each, on).groups, each.level),
        default=None,
    )
    expected = scope_on(in_force, on).over(REVIEW, in_force.level, GP, on) if in_force else Held.NONE
    assert (here[0].how if here else Held.NONE) is expected
    assert holding_of(REVIEW, every, on).how is expected
    for before, after in itertools.pairwise(found):
        assert before.period.meets(after.period)
