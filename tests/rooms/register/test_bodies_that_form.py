"""A body that the directory opens before the merger that makes it is not counted beside its predecessors."""

from __future__ import annotations

from datetime import date

import pytest

from remit.register.models import Succession
from remit.register.queries import commissioners_by_year, commissioners_on, nation_on
from tests.factories import STILL, make_fact

MERGER = date(2015, 4, 1)


def commissioner(code: str, first: date, last: date = STILL) -> None:
    make_fact(code, "kind", "ccg", first, last)
    make_fact(code, "name", f"NHS {code} CCG", first, last)


def follows(successor: str, *predecessors: str, on: date = MERGER) -> None:
    for code in predecessors:
        Succession.objects.create(
            predecessor_id=code, successor_id=successor, on=on, basis="derived", practices=5, of=5
        )


@pytest.fixture
def newcastle() -> None:
    """Three that commission until the day before the merger, and the one that is opened for it in November."""
    for code in ("00F", "00G", "00H"):
        commissioner(code, date(2013, 4, 1), date(2015, 3, 31))
    commissioner("13T", date(2014, 11, 26))
    follows("13T", "00F", "00G", "00H")


@pytest.mark.django_db
@pytest.mark.usefixtures("newcastle")
@pytest.mark.parametrize(
    ("on", "counted"),
    [
        (date(2014, 11, 25), {"00F", "00G", "00H"}),
        (date(2014, 11, 26), {"00F", "00G", "00H"}),
        (date(2015, 3, 31), {"00F", "00G", "00H"}),
        (date(2015, 4, 1), {"13T"}),
        (date(2016, 4, 1), {"13T"}),
    ],
)
def test_it_counts_from_the_day_of_the_merger(on: date, counted: set[str]) -> None:
    assert {row.code for row in commissioners_on(on)} == counted
    assert nation_on(on).commissioners == len(counted)


@pytest.mark.django_db
@pytest.mark.usefixtures("newcastle")
def test_years_count_the_same() -> None:
    found = dict(commissioners_by_year(date(2016, 4, 1)))
    assert [found[date(year, 4, 1)] for year in (2013, 2014, 2015, 2016)] == [3, 3, 1, 1]


@pytest.mark.django_db
def test_a_neighbour_that_takes_another_in_commissioned_all_along() -> None:
    commissioner("01A", date(2013, 4, 1))
    commissioner("01B", date(2013, 4, 1), date(2015, 3, 31))
    follows("01A", "01B")
    assert nation_on(date(2015, 3, 31)).commissioners == 2


@pytest.mark.django_db
def test_one_that_was_opened_longer_before_than_a_formation_takes_is_no_body_that_forms() -> None:
    commissioner("01A", date(2014, 3, 31))
    commissioner("01B", date(2013, 4, 1), date(2015, 3, 31))
    follows("01A", "01B")
    assert nation_on(date(2015, 3, 31)).commissioners == 2
    assert nation_on(date(2014, 4, 1)).commissioners == 2
