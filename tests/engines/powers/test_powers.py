"""Who holds which power on a day, and what a refusal says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.engines.powers import (
    Grant,
    Group,
    Held,
    Level,
    Power,
    Provision,
    Wording,
    grant_on,
    holding_of,
    holds,
)
from remit.kernel.decision import Decision
from remit.kernel.period import Period

APRIL = date(2015, 4, 1)
LEVELS = {
    number: Level(number, name, "…", APRIL, (), (), "guidance")
    for number, name in (
        (1, "Greater involvement"),
        (2, "Joint commissioning"),
        (3, "Delegated commissioning"),
    )
}
GROUPS = {
    code: Group(code, name, since, since, "", "")
    for code, name, since in (
        ("general_practice", "general practice", APRIL),
        ("pharmacy", "community pharmacy", date(2022, 7, 1)),
    )
}


def line(
    held: dict[int, Held], first: date = APRIL, last: date | None = None, *, group: str = "general_practice"
) -> Provision:
    return Provision((group,), Period(first, last), held, "guidance", "4", f"guidance 4 on {group}")


ALONE_AT_3 = {1: Held.NONE, 2: Held.JOINT, 3: Held.HELD}
MERGERS = Power("approve_mergers", "Approve mergers", "", (line(ALONE_AT_3),))
REVIEW = Power(
    "performance_manage",
    "Review performance",
    "",
    (line(ALONE_AT_3), line({3: Held.HELD}, date(2022, 7, 1), group="pharmacy")),
)
PERFORMERS = Power("manage_performers", "Manage performers", "", (line({}),))
NEW = Power("new", "Do something new", "", (line({3: Held.HELD}, date(2023, 4, 1)),))


def granted(level: int, first: date = APRIL, last: date | None = None) -> Grant:
    return Grant(level, Period(first, last), f"{level} from {first}")


def asked(power: Power, on: date, *grants: Grant) -> Decision:
    return holds(power, grants, on, who="NHS Dale CCG", wording=Wording(LEVELS, GROUPS))


def said(power: Power, on: date, *grants: Grant) -> str:
    decision = asked(power, on, *grants)
    assert not decision.allowed
    assert decision.reasons[0].code == "power_not_held"
    return decision.reasons[0].message


def test_a_power_comes_on_on_its_day() -> None:
    assert "comes with Level 3, delegated commissioning, on 1 April 2015" in said(
        MERGERS, date(2015, 3, 31), granted(3)
    )
    assert asked(MERGERS, APRIL, granted(3)).allowed


def test_a_joint_power_is_held_together_with_nhs_england() -> None:
    decision = asked(MERGERS, APRIL, granted(2))
    assert decision.allowed
    assert decision.reasons[0].code == "jointly"
    assert "only together with NHS England" in decision.reasons[0].message


def test_a_level_without_the_power_says_so() -> None:
    told = said(MERGERS, APRIL, granted(1))
    assert "It is at Level 1, greater involvement, which does not give “Approve mergers”" in told
    assert told.endswith("It comes with Level 2 (jointly with NHS England) or Level 3.")


def test_who_holds_nothing_is_told_where_to_apply() -> None:
    assert "apply in a round for Level 2 or higher" in said(MERGERS, APRIL)


def test_what_has_ended_says_when() -> None:
    ended = granted(3, APRIL, date(2016, 3, 31))
    assert "ended on 31 March 2016" in said(MERGERS, date(2016, 4, 1), ended)


def test_a_reserved_power_is_said_to_be_reserved() -> None:
    assert "reserved to NHS England at every level" in said(PERFORMERS, APRIL, granted(3))
    assert PERFORMERS.is_reserved
    assert PERFORMERS.least_level() is None


def test_a_power_that_does_not_exist_yet_comes_on_its_own_day() -> None:
    assert "on 1 April 2023" in said(NEW, APRIL, granted(3))
    assert asked(NEW, date(2023, 4, 1), granted(3)).allowed
    assert holding_of(NEW, [granted(3)], APRIL).how is Held.NONE


def test_a_power_knows_its_least_level_and_an_unknown_level_gives_none() -> None:
    assert (MERGERS.least_level(), NEW.least_level()) == (2, 3)
    assert NEW.at_level(1) is Held.NONE
    assert LEVELS[3].title == "Level 3, delegated commissioning"


def test_of_two_grants_the_higher_counts() -> None:
    now = grant_on([granted(3), granted(2)], APRIL)
    assert now is not None
    assert now.level == 3


spans = st.builds(
    lambda level, start, length: granted(
        level,
        APRIL + timedelta(days=start),
        None if length is None else APRIL + timedelta(days=start + length),
    ),
    st.integers(1, 3),
    st.integers(0, 40),
    st.none() | st.integers(0, 40),
)


@given(st.lists(spans, max_size=5), st.integers(-2, 90))
def test_a_power_is_held_exactly_on_the_days_of_a_grant_that_gives_it(grants: list[Grant], day: int) -> None:
    on = APRIL + timedelta(days=day)
    levels = [grant.level for grant in grants if on in grant.period]
    expected = MERGERS.at_level(max(levels, default=0))
    assert holding_of(MERGERS, grants, on).how is expected
    assert asked(MERGERS, on, *grants).allowed is (expected is not Held.NONE)


@pytest.mark.parametrize("first", [date(2016, 2, 29), date(2016, 3, 27), date(2015, 10, 25)])
def test_leap_days_and_changes_of_the_clocks_are_days_like_others(first: date) -> None:
    grant = granted(3, first, first)
    held = [day for day in range(-1, 2) if asked(MERGERS, first + timedelta(days=day), grant).allowed]
    assert held == [0]
