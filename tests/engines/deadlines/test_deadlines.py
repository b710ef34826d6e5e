"""Deadlines are instants with a stated edge, by the clocks of London."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.engines.deadlines import (
    Deadline,
    NotALocalTime,
    before_day,
    by_end_of_day,
    by_time,
    london_instant,
    remaining,
)
from remit.kernel.moments import LONDON, london_day

NOON = by_time(date(2015, 1, 9), time(12))
SECOND, TICK = timedelta(seconds=1), timedelta(microseconds=1)
days = st.dates(date(2013, 4, 1), date(2040, 12, 31))


def test_noon_on_friday() -> None:
    """The seeds' first deadline: one second before is in, noon itself is late."""
    assert NOON.at == datetime(2015, 1, 9, 12, tzinfo=UTC)
    assert not NOON.has_passed(NOON.at - TICK)
    assert NOON.has_passed(NOON.at)
    assert NOON.admits(NOON.at - SECOND).allowed
    refused = NOON.admits(NOON.at)
    assert not refused.allowed
    assert refused.reasons[0].code == "late"


def test_before_1_november() -> None:
    deadline = before_day(date(2017, 11, 1))
    assert not deadline.has_passed(datetime(2017, 10, 31, 23, 59, 59, tzinfo=LONDON))
    assert deadline.has_passed(datetime(2017, 11, 1, tzinfo=LONDON))
    assert "before 1 November 2017 (the last day is Tuesday 31 October 2017)" in deadline.words


def test_by_the_end_of_a_day_takes_the_whole_of_it() -> None:
    assert by_end_of_day(date(2015, 1, 30)) == before_day(date(2015, 1, 31))


def test_an_inclusive_deadline_takes_its_own_moment() -> None:
    deadline = by_time(date(2015, 1, 9), time(12), is_inclusive=True)
    assert not deadline.has_passed(deadline.at)
    assert deadline.has_passed(deadline.at + TICK)


@pytest.mark.parametrize(
    ("deadline", "words"),
    [
        (NOON, "midday on Friday 9 January 2015 (and that moment itself is late)"),
        (
            by_time(date(2015, 7, 3), time(17, 30), is_inclusive=True),
            "5:30pm on Friday 3 July 2015 (and that moment itself is in time)",
        ),
        (
            by_time(date(2015, 7, 3), time(9, 0, 5)),
            "9:00:05am on Friday 3 July 2015 (and that moment itself is late)",
        ),
        (
            by_time(date(2015, 7, 3), time(0), is_inclusive=True),
            "midnight on Friday 3 July 2015 (and that moment itself is in time)",
        ),
        (by_time(date(2015, 7, 3), time(17)), "5pm on Friday 3 July 2015 (and that moment itself is late)"),
    ],
)
def test_deadlines_say_which_side_of_the_moment_counts(deadline: Deadline, words: str) -> None:
    assert deadline.words == words


@pytest.mark.parametrize(
    ("late_by", "words"),
    [
        (timedelta(0), "less than a thousandth of a second late"),
        (timedelta(milliseconds=20), "20 thousandths of a second late"),
        (timedelta(seconds=1), "1 second late"),
        (timedelta(seconds=59), "59 seconds late"),
        (timedelta(minutes=1, seconds=3), "1 minute late"),
        (timedelta(hours=2, minutes=5), "2 hours 5 minutes late"),
        (timedelta(days=1, hours=3, minutes=4), "1 day 3 hours late"),
    ],
)
def test_a_refusal_says_by_how_much_it_was_late(late_by: timedelta, words: str) -> None:
    message = NOON.admits(NOON.at + late_by).reasons[0].message
    assert message.endswith(f"so it is {words}.")


def test_a_refusal_names_the_received_time_to_the_microsecond() -> None:
    message = NOON.admits(NOON.at + TICK).reasons[0].message
    assert "received at 12:00:00.000001pm on Friday 9 January 2015" in message


def test_what_is_much_too_late_is_said_as_people_say_it() -> None:
    message = NOON.admits(NOON.at + timedelta(days=3)).reasons[0].message
    assert "received at midday on Monday 12 January 2015." in message


def test_a_deadline_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="needs a zone"):
        Deadline(datetime(2015, 1, 9, 12))


def test_a_time_that_the_clocks_skip_is_no_deadline() -> None:
    with pytest.raises(NotALocalTime, match="clocks skip that hour"):
        by_time(date(2015, 3, 29), time(1, 30))


def test_a_time_that_comes_twice_is_no_deadline() -> None:
    with pytest.raises(NotALocalTime, match="clocks show that hour twice"):
        by_time(date(2015, 10, 25), time(1, 30))


@given(days)
def test_noon_is_noon_in_london_on_every_day(day: date) -> None:
    local = london_instant(day, time(12)).astimezone(LONDON)
    assert (local.date(), local.time()) == (day, time(12))


@given(days)
def test_the_last_moment_before_a_day_is_of_the_day_before(day: date) -> None:
    """Over both changes of the clocks: midnight is never one that is skipped or shown twice."""
    deadline = before_day(day)
    last = deadline.at - TICK
    assert not deadline.has_passed(last)
    assert london_day(last) == day - timedelta(days=1)
    assert london_day(deadline.at) == day


@given(days, st.times(), st.booleans(), st.timedeltas(timedelta(days=-400), timedelta(days=400)))
def test_exactly_one_side_is_late(day: date, at: time, is_inclusive: bool, off: timedelta) -> None:
    try:
        deadline = by_time(day, at, is_inclusive=is_inclusive)
    except NotALocalTime:
        return
    received = deadline.at + off
    in_time = off < timedelta(0) or (is_inclusive and not off)
    assert deadline.admits(received).allowed is in_time
    assert remaining(deadline, received).is_over is not in_time


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (timedelta(days=3, hours=4, minutes=5), "3 days 4 hours"),
        (timedelta(days=1), "1 day"),
        (timedelta(hours=1, minutes=1), "1 hour 1 minute"),
        (timedelta(minutes=12, seconds=59), "12 minutes"),
        (timedelta(seconds=59), "less than a minute"),
        (timedelta(0), "The deadline has passed"),
    ],
)
def test_what_is_left_in_words(before: timedelta, words: str) -> None:
    assert remaining(NOON, NOON.at - before).words == words


def test_what_is_left_is_elapsed_time_when_the_clocks_change() -> None:
    """From noon on the Saturday to noon on the Sunday when clocks go forward is 23 hours."""
    deadline = by_time(date(2015, 3, 29), time(12))
    assert remaining(deadline, london_instant(date(2015, 3, 28), time(12))).words == "23 hours"


def test_the_last_day_of_a_deadline() -> None:
    """Midnight that is late belongs to the day before; noon, and midnight that is in time, to their own."""
    assert before_day(date(2017, 11, 1)).last_day == date(2017, 10, 31)
    assert by_time(date(2015, 1, 9), time(12)).last_day == date(2015, 1, 9)
    assert by_time(date(2015, 1, 9), time(0), is_inclusive=True).last_day == date(2015, 1, 9)
