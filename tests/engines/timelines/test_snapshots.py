"""What a file that only knows its own day says of a place, beside what other files state."""

from __future__ import annotations

from datetime import date

import pytest

from remit.engines.timelines import Claim, counting, within_statements

D = date


def snapshot(value: str, first: date | None, last: date | None, as_of: date) -> Claim:
    return Claim(value, first, last, False, as_of, "ods")


def in_year(value: str, start: int) -> Claim:
    return Claim(value, D(start, 4, 1), D(start + 1, 3, 31), True, D(start, 4, 1), "year-file")


TODAY = snapshot("QUA", D(2016, 4, 1), None, D(2021, 11, 1))


@pytest.mark.parametrize(
    ("others", "days"),
    [
        ([], (D(2016, 4, 1), None)),
        ([in_year("QUA", 2018)], (D(2016, 4, 1), None)),
        ([in_year("OLD", 2017)], (D(2018, 4, 1), None)),
        ([in_year("OLD", 2017), in_year("OLDER", 2016)], (D(2018, 4, 1), None)),
        ([in_year("NEW", 2023), in_year("NEWER", 2024)], (D(2016, 4, 1), D(2023, 3, 31))),
        ([in_year("OLD", 2017), in_year("NEW", 2023)], (D(2018, 4, 1), D(2023, 3, 31))),
    ],
)
def test_a_snapshot_reaches_to_the_nearest_statement_of_something_else(
    others: list[Claim], days: tuple[date, date | None]
) -> None:
    kept = within_statements([TODAY, *others])
    assert [(claim.first, claim.last) for claim in kept if claim.source == "ods"] == [days]
    assert [claim for claim in kept if claim.source != "ods"] == others


def test_one_whose_own_day_another_statement_covers_says_nothing() -> None:
    assert within_statements([TODAY, in_year("OTHER", 2021)]) == [in_year("OTHER", 2021)]


def test_of_something_that_ended_before_the_file_the_last_day_counts() -> None:
    ended = snapshot("Y54", None, D(2019, 3, 31), D(2025, 1, 1))
    [kept, _] = within_statements([ended, in_year("Y55", 2016)])
    assert (kept.first, kept.last) == (D(2017, 4, 1), D(2019, 3, 31))


def test_a_snapshot_without_bounds_keeps_none() -> None:
    assert within_statements([snapshot("A", None, None, D(2018, 6, 1))])[0].first is None
    [kept, _] = within_statements([snapshot("A", None, None, D(2018, 6, 1)), in_year("B", 2014)])
    assert (kept.first, kept.last) == (D(2015, 4, 1), None)


def test_what_is_stated_is_never_cut() -> None:
    since = Claim("00K", D(2013, 4, 1), None, True, D(2018, 6, 1), "ods")
    assert within_statements([since, in_year("00C", 2014)]) == [since, in_year("00C", 2014)]


def test_only_claims_that_are_right_on_some_day_are_worth_carrying() -> None:
    seen = Claim("00A", D(2014, 4, 1), D(2014, 4, 30), False, D(2014, 4, 1), "list")
    assert counting([seen, in_year("00B", 2014)]) == [in_year("00B", 2014)]
    later = Claim("00A", D(2015, 4, 1), D(2015, 4, 30), False, D(2015, 4, 1), "list")
    long = Claim("00C", D(2010, 4, 1), None, False, D(2018, 6, 1), "ods")
    assert counting([long, later, in_year("00B", 2014)]) == [in_year("00B", 2014), later]
