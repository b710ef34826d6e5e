"""What lists and counts ask of the database does not grow with the rounds, nor with the applications in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from remit.delegation import queries
from remit.engines.deadlines import by_time
from tests.delegation_factories import (
    PROGRAMME,
    WEEK,
    announce,
    approve,
    london,
    make_commissioners,
    make_round,
    officer_of,
    sign,
    submit,
)

pytestmark = pytest.mark.django_db

LATER = london(2016, 3, 1)
ASKED: dict[str, Callable[[str], object]] = {
    "rounds": lambda _: queries.rounds(LATER),
    "overview": lambda _: queries.overview(LATER.date(), LATER.date(), LATER),
    "uptake by year": lambda _: queries.uptake_by_year(LATER.date(), LATER),
    "a count": lambda _: queries.count_on("approved-3", LATER.date(), at=LATER),
    "announcements": lambda _: queries.announcements(LATER),
    "rounds to announce": lambda _: queries.rounds_to_announce(PROGRAMME),
    "applications in a round": lambda code: queries.applications_in(code, LATER),
    "the applications of a commissioner": lambda code: queries.applications_of(
        officer_of(f"{int(code.rpartition('-')[2]):02}A"), LATER
    ),
    "an announcement": lambda code: queries.announcement(f"{code}-told", LATER),
}


def make_year(week: int, letters: str) -> None:
    """Three rounds that close in a week of the year, each with an application of every commissioner: one announced
    and signed, one approved and not announced, one overdue."""
    deadline = by_time(date(2015, 1, 9) + week * timedelta(weeks=4), time(12))
    codes = make_commissioners(*(f"{week:02}{letter}" for letter in letters))
    rounds = [f"{kind}-{week}" for kind in ("told", "approved", "overdue")]
    for code in rounds:
        make_round(
            code,
            deadline=deadline,
            decisions_due_on=(deadline.at + WEEK).date(),
            effective_on=date(2016, 4, 1),
            at=deadline.at - timedelta(days=60),
        )
    sent = {code: [submit(code, each) for each in codes] for code in rounds}
    for each in (*sent[rounds[0]], *sent[rounds[1]]):
        approve(each)
    announce(rounds[0])
    for each in sent[rounds[0]]:
        sign(each)


def asked(code: str) -> dict[str, int]:
    found = {}
    for name, ask in ASKED.items():
        with CaptureQueriesContext(connection) as taken:
            assert ask(code)
        found[name] = len(taken)
    return found


def test_as_many_queries_for_many_rounds_and_applications_as_for_few() -> None:
    make_year(1, "A")
    few = asked("told-1")
    make_year(4, "ABC")
    make_year(7, "ABCD")
    assert Counter((row.state, row.is_overdue, row.applied) for row in queries.rounds(LATER)) == {
        (state, is_overdue, applied): count
        for applied in (1, 3, 4)
        for state, is_overdue, count in (("decided", False, 1), ("closed", True, 2))
    }
    assert asked("told-7") == few


def test_the_applications_of_a_commissioner_are_read_at_once_however_many_there_are() -> None:
    make_year(1, "A")
    by = officer_of("01A")
    with CaptureQueriesContext(connection) as few:
        assert [row.state for row in queries.applications_of(by, LATER)].count("approved") == 1
    for week in (4, 7):
        for number in range(2):
            made = make_round(
                f"more-{week}-{number}",
                deadline=by_time(date(2015, 1, 9) + week * timedelta(weeks=4), time(12)),
                effective_on=date(2016, 4, 1),
            )
            submit(made.pk, "01A")
    with CaptureQueriesContext(connection) as many:
        assert len(queries.applications_of(by, LATER)) == 7
    assert len(many) == len(few)
