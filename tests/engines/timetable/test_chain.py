"""Planning back from a deadline through what must come before it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.engines.timetable import Meetings, Step, plan_back

OPENS, LAST = date(2014, 11, 24), date(2015, 1, 9)
CONSULT, NOTICE, BALLOT = Step("consultation", "", 28), Step("notice", "", 21), Step("ballot", "", 14)


def test_the_first_round_left_no_time_for_consultation_notice_and_ballot() -> None:
    """Opened on 24 November 2014, closed on 9 January 2015: 46 days for 28 + 21 + 14."""
    plan = plan_back(OPENS, LAST, [CONSULT, NOTICE, BALLOT])
    assert not plan.is_feasible
    assert (plan.latest_start, plan.short_by, plan.days) == (date(2014, 11, 7), 17, 63)
    assert plan.ready_on == date(2015, 1, 26)
    assert [(step.code, step.first, step.last) for step in plan.steps] == [
        ("consultation", date(2014, 11, 7), date(2014, 12, 5)),
        ("notice", date(2014, 12, 5), date(2014, 12, 26)),
        ("ballot", date(2014, 12, 26), date(2015, 1, 9)),
    ]


@pytest.mark.parametrize(("days", "feasible"), [(46, True), (47, False)])
def test_the_edge_is_the_opening_day_itself(days: int, feasible: bool) -> None:
    assert plan_back(OPENS, LAST, [Step("amendment", "", days)]).is_feasible is feasible


def test_the_last_meeting_in_time_counts() -> None:
    met = Meetings((date(2014, 12, 3), date(2015, 1, 7), date(2015, 2, 4)))
    plan = plan_back(OPENS, LAST, [CONSULT], met)
    assert (plan.latest_start, plan.is_feasible) == (date(2014, 12, 10), True)
    assert plan.ready_on == date(2015, 1, 7), "over on 22 December, then the next meeting"
    assert plan.steps[-1].first == date(2015, 1, 7)


def test_where_no_meeting_is_in_time_nothing_helps() -> None:
    plan = plan_back(OPENS, LAST, [NOTICE], Meetings((date(2015, 2, 4),)))
    assert (plan.latest_start, plan.is_feasible, plan.short_by) == (None, False, 0)
    assert plan.ready_on == date(2015, 2, 4)


def test_a_known_meeting_and_an_interval_give_further_ones() -> None:
    """28 days after 12 November is 10 December, then 7 January."""
    plan = plan_back(OPENS, LAST, [CONSULT], Meetings((date(2014, 11, 12),), 28))
    assert plan.latest_start == date(2015, 1, 7) - timedelta(days=28)


def test_where_only_the_interval_is_known_all_of_it_is_allowed_for() -> None:
    plan = plan_back(OPENS, LAST, [NOTICE], Meetings(every=28))
    assert plan.latest_start == LAST - timedelta(days=49)
    assert not plan.is_feasible
    assert plan.ready_on == OPENS + timedelta(days=49)


@given(
    st.lists(st.integers(0, 90), max_size=5),
    st.lists(st.dates(date(2014, 1, 1), date(2016, 1, 1)), max_size=6),
    st.none() | st.integers(1, 90),
    st.dates(date(2014, 6, 1), date(2015, 6, 1)),
)
def test_who_starts_in_time_is_ready_in_time(
    days: list[int], meets: list[date], every: int | None, opens: date
) -> None:
    """Planning back and planning forward agree: feasible, if and only if ready by the last day."""
    steps = [Step(str(number), "", each) for number, each in enumerate(days)]
    plan = plan_back(opens, LAST, steps, Meetings(tuple(meets), every))
    assert plan.is_feasible == (plan.ready_on is not None and plan.ready_on <= LAST)
    for before, after in zip(plan.steps, plan.steps[1:], strict=False):
        assert before.last == after.first
    if plan.latest_start and plan.steps:
        assert plan.steps[0].first == plan.latest_start
