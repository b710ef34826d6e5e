"""Which source is right about which day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.engines.timelines import Basis, Claim, Span, resolve, value_on, who_says

D = date


def year(value: str, start: int, source: str = "year-file") -> Claim:
    return Claim(value, D(start, 4, 1), D(start + 1, 3, 31), True, D(start, 4, 1), source)


def snapshot(value: str, as_of: date, source: str) -> Claim:
    return Claim(value, None, None, False, as_of, source)


def test_nothing_said_is_nothing_known() -> None:
    assert resolve([]) == []
    assert value_on([], D(2015, 4, 1)) is None


def test_a_single_claim_is_a_single_span() -> None:
    assert resolve([year("00F", 2014)]) == [Span("00F", D(2014, 4, 1), D(2015, 3, 31), Basis.STATED)]


def test_the_name_of_a_year_comes_from_that_years_file() -> None:
    """The current organisation file overwrites the names of the past; the year's own file stands."""
    claims = [
        year("NHS EASTERN CHESHIRE CCG", 2014),
        snapshot("NHS CHESHIRE AND MERSEYSIDE ICB - 01C", D(2025, 1, 1), "current-file"),
    ]
    found = value_on(claims, D(2014, 10, 1))
    assert found is not None
    assert found.value == "NHS EASTERN CHESHIRE CCG"
    assert [span.basis for span in resolve(claims)] == [Basis.CARRIED, Basis.STATED, Basis.CARRIED]


def test_a_later_file_that_states_a_date_ends_an_earlier_open_one() -> None:
    earlier = Claim("00K", D(2013, 4, 1), None, True, D(2018, 6, 30), "june-2018")
    later = Claim("16C", D(2020, 4, 1), None, True, D(2021, 11, 30), "november-2021")
    assert resolve([earlier, later]) == [
        Span("00K", D(2013, 4, 1), D(2020, 3, 31), Basis.STATED),
        Span("16C", D(2020, 4, 1), None, Basis.STATED),
    ]


def test_what_an_older_file_said_does_not_come_back_when_a_later_claim_has_ended() -> None:
    earlier = Claim("00K", D(2013, 4, 1), None, True, D(2018, 6, 30), "june-2018")
    later = Claim("16C", D(2020, 4, 1), D(2023, 3, 31), True, D(2024, 1, 1), "january-2024")
    assert [(span.value, span.first, span.last) for span in resolve([later, earlier])] == [
        ("00K", D(2013, 4, 1), D(2020, 3, 31)),
        ("16C", D(2020, 4, 1), D(2023, 3, 31)),
    ]
    assert value_on([earlier, later], D(2023, 4, 1)) is None


def test_what_an_older_file_said_stays_where_a_later_one_agrees_for_a_while() -> None:
    earlier = Claim("00K", D(2013, 4, 1), None, True, D(2018, 6, 30), "june-2018")
    assert resolve([earlier, year("00K", 2021)]) == [Span("00K", D(2013, 4, 1), None, Basis.STATED)]


def test_always_so_ends_where_a_later_file_dates_a_change() -> None:
    always = Claim("open", None, None, True, D(2018, 6, 30), "a")
    closed = Claim("closed", D(2020, 4, 1), None, True, D(2021, 6, 30), "b")
    assert [span.last for span in resolve([always, closed])] == [D(2020, 3, 31), None]


def test_a_snapshot_is_carried_forward_until_the_next_and_the_first_one_backward() -> None:
    claims = [snapshot("old name", D(2018, 6, 30), "a"), snapshot("new name", D(2021, 11, 30), "b")]
    assert resolve(claims) == [
        Span("old name", None, D(2021, 11, 29), Basis.CARRIED),
        Span("new name", D(2021, 11, 30), None, Basis.CARRIED),
    ]


def test_two_sources_of_the_same_day_are_ordered_by_standing() -> None:
    near = Claim("of the board", D(2014, 4, 1), D(2015, 3, 31), True, D(2014, 4, 1), "x", "5")
    far = Claim("of the payments", D(2014, 4, 1), D(2015, 3, 31), True, D(2014, 4, 1), "y", "1")
    assert [span.value for span in resolve([far, near])] == ["of the board"]


def test_everyone_who_says_so_is_named() -> None:
    claims = [year("GMS", 2014, "a"), year("GMS", 2015, "b"), year("PMS", 2015, "c"), year("GMS", 2019, "d")]
    span = Span("GMS", D(2014, 4, 1), D(2016, 3, 31), Basis.STATED)
    assert resolve(claims[:2]) == [span]
    assert who_says(claims, span) == ("a", "b")
    assert who_says(claims, Span("GMS", D(2017, 1, 1), None, Basis.STATED)) == ("d",)
    assert who_says([snapshot("GMS", D(2018, 1, 1), "e")], Span("GMS", None, None, Basis.CARRIED)) == ("e",)


@pytest.mark.parametrize("leap_day", [D(2016, 2, 29), D(2020, 2, 29)])
def test_a_fact_that_ends_on_a_leap_day_ends_on_it(leap_day: date) -> None:
    claim = Claim("x", D(2014, 4, 1), leap_day, True, D(2014, 4, 1), "a")
    after = Claim("y", leap_day + timedelta(days=1), None, True, D(2014, 4, 1), "a")
    assert [(span.value, span.first, span.last) for span in resolve([claim, after])] == [
        ("x", D(2014, 4, 1), leap_day),
        ("y", leap_day + timedelta(days=1), None),
    ]


# -- laws ------------------------------------------------------------------------------------------------------

days = st.dates(D(2012, 12, 1), D(2017, 3, 5))


@st.composite
def claim(draw: st.DrawFn) -> Claim:
    first = draw(st.none() | days)
    last = draw(st.none() | days)
    if first is not None and last is not None and last < first:
        first, last = last, first
    return Claim(
        draw(st.sampled_from("abc")),
        first,
        last,
        draw(st.booleans()),
        draw(days),
        draw(st.sampled_from(["s1", "s2", "s3"])),
        draw(st.sampled_from(["1", "2"])),
    )


claims = st.lists(claim(), max_size=6)


@given(claims, days)
def test_a_fact_is_visible_exactly_on_its_days(said: list[Claim], day: date) -> None:
    spans = [
        span
        for span in resolve(said)
        if (span.first is None or span.first <= day) and (span.last is None or day <= span.last)
    ]
    right = value_on(said, day)
    assert len(spans) == (0 if right is None else 1)
    if right is not None:
        assert spans[0].value == right.value
        assert (spans[0].basis is Basis.STATED) == right.firm


@given(claims, st.randoms())
def test_the_order_of_loading_never_matters(said: list[Claim], chance: object) -> None:
    mixed = list(said)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert resolve(mixed) == resolve(said)


@given(claims)
def test_spans_never_overlap_and_never_repeat_themselves(said: list[Claim]) -> None:
    spans = resolve(said)
    for before, after in pairwise(spans):
        assert before.last is not None
        assert after.first is not None
        assert before.last < after.first
        touching = before.last + timedelta(days=1) == after.first
        assert not (touching and (before.value, before.basis) == (after.value, after.basis))
