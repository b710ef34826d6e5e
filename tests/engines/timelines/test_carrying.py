"""What a file says of a month or a year, carried to the days near it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.engines.timelines import Basis, Claim, Span, carried, carried_between, resolve

D = date
type_of_days = tuple[date | None, date | None]


def month(value: str, year: int, number: int = 1, source: str = "list") -> Claim:
    """A list of one month, which says nothing of when anything began."""
    first = D(year, number, 1)
    last = D(year + number // 12, number % 12 + 1, 1) - timedelta(days=1)
    return Claim(value, first, last, False, first, source)


def in_year(value: str, start: int, *, firm: bool = True, source: str = "year-file") -> Claim:
    return Claim(value, D(start, 4, 1), D(start + 1, 3, 31), firm, D(start, 4, 1), source)


def always(_value: str, _first: date, _last: date) -> list[type_of_days]:
    return [(None, None)]


def resolved(
    claims: list[Claim], days_of: object = always
) -> list[tuple[str, date | None, date | None, str]]:
    spans = resolve([*claims, *carried(claims, days_of)])  # type: ignore[arg-type]
    return [(span.value, span.first, span.last, str(span.basis)) for span in spans]


def test_a_name_lasts_until_the_next_statement_and_a_snapshot_counts_from_its_own_day() -> None:
    today = Claim("THE DENE SURGERY", None, None, False, D(2018, 6, 1), "ods")
    said = [in_year("DRS OAK & ASH", 2014), in_year("DR OAK", 2015), in_year("DR OAK & CO", 2017), today]
    assert resolved(said) == [
        ("DRS OAK & ASH", None, D(2014, 3, 31), "carried"),
        ("DRS OAK & ASH", D(2014, 4, 1), D(2015, 3, 31), "stated"),
        ("DR OAK", D(2015, 4, 1), D(2016, 3, 31), "stated"),
        ("DR OAK", D(2016, 4, 1), D(2017, 3, 31), "carried"),
        ("DR OAK & CO", D(2017, 4, 1), D(2018, 3, 31), "stated"),
        ("DR OAK & CO", D(2018, 4, 1), D(2018, 5, 31), "carried"),
        ("THE DENE SURGERY", D(2018, 6, 1), None, "carried"),
    ]


def test_a_month_is_no_beginning_and_no_end() -> None:
    said = [month("Y54", 2014), month("Y63", 2020)]
    assert resolved(said) == [
        ("Y54", None, D(2019, 12, 31), "carried"),
        ("Y63", D(2020, 1, 1), None, "carried"),
    ]


def test_nothing_is_carried_beyond_the_days_that_are_allowed() -> None:
    def from_2013_to_2016(_value: str, _first: date, _last: date) -> Iterable[type_of_days]:
        return [(D(2013, 4, 1), D(2016, 3, 31))]

    assert resolved([month("Y54", 2014)], from_2013_to_2016) == [
        ("Y54", D(2013, 4, 1), D(2016, 3, 31), "carried")
    ]
    assert resolved([month("Y54", 2014)], lambda *_: []) == [
        ("Y54", D(2014, 1, 1), D(2014, 1, 31), "carried")
    ]
    own = resolved([month("Y54", 2014)], lambda _, first, last: [(first, last)])
    assert own == [("Y54", D(2014, 1, 1), D(2014, 1, 31), "carried")]


def test_what_is_carried_is_never_over_what_is_stated_or_said_of_the_very_days() -> None:
    stated = Claim("Y55", D(2014, 2, 1), D(2015, 12, 31), True, D(2013, 1, 1), "dated")
    spans = resolved([month("Y54", 2014), stated, month("Y56", 2016, 3)])
    assert spans == [
        ("Y54", None, D(2014, 1, 31), "carried"),
        ("Y55", D(2014, 2, 1), D(2015, 12, 31), "stated"),
        ("Y54", D(2016, 1, 1), D(2016, 2, 29), "carried"),
        ("Y56", D(2016, 3, 1), None, "carried"),
    ]


def test_a_month_is_heard_above_a_snapshot_of_a_day_in_it_and_is_carried_to_the_next() -> None:
    within = Claim("within", None, None, False, D(2014, 1, 10), "ods")
    after = Claim("after", None, None, False, D(2014, 3, 10), "ods")
    assert resolved([month("then", 2014), within, after, in_year("before", 2012)]) == [
        ("before", None, D(2012, 3, 31), "carried"),
        ("before", D(2012, 4, 1), D(2013, 3, 31), "stated"),
        ("before", D(2013, 4, 1), D(2013, 12, 31), "carried"),
        ("then", D(2014, 1, 1), D(2014, 3, 9), "carried"),
        ("after", D(2014, 3, 10), None, "carried"),
    ]


def test_of_two_that_end_on_one_day_the_stated_one_is_carried() -> None:
    said = [in_year("stated", 2014, firm=True, source="a"), in_year("not", 2014, firm=False, source="b")]
    assert resolved(said)[-1] == ("stated", D(2015, 4, 1), None, "carried")


def test_a_dated_claim_is_carried_nowhere() -> None:
    dated = Claim("16C", D(2020, 4, 1), D(2022, 6, 30), True, D(2021, 1, 1), "dated")
    still = Claim("16C", D(2020, 4, 1), None, True, D(2021, 1, 1), "dated")
    assert carried([dated, still], always) == []
    assert carried_between([dated, still]) == []


def test_between_two_that_say_the_same_it_was_so() -> None:
    said = [month("practice", 2014), month("practice", 2016)]
    assert resolve([*said, *carried_between(said)]) == [
        Span("practice", D(2014, 1, 1), D(2016, 1, 31), Basis.CARRIED)
    ]
    between = carried_between(said)
    assert {claim.source for claim in between} == {"list"}
    assert {claim.as_of for claim in between} == {D(2014, 1, 31), D(2016, 1, 1)}


@pytest.mark.parametrize(
    "said",
    [
        [month("practice", 2014), month("centre", 2016)],
        [month("practice", 2014), month("centre", 2015), month("practice", 2016)],
        [month("practice", 2014, 1), month("practice", 2014, 2)],
        [in_year("practice", 2014), month("practice", 2015)],
    ],
    ids=["another thing", "another thing between", "days that meet", "days that overlap"],
)
def test_nothing_is_filled_where_anything_else_is_said_or_nothing_is_open(said: list[Claim]) -> None:
    assert carried_between(said) == []


# -- laws ------------------------------------------------------------------------------------------------------

years = st.builds(
    in_year, st.sampled_from("abc"), st.integers(2013, 2020), firm=st.booleans(), source=st.sampled_from("xy")
)
months = st.builds(month, st.sampled_from("abc"), st.integers(2013, 2020), st.integers(1, 12))


@given(st.lists(years | months, max_size=6), st.randoms())
def test_the_order_of_claims_never_matters(said: list[Claim], chance: object) -> None:
    mixed = list(said)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert resolved(mixed) == resolved(said)
    assert resolve([*mixed, *carried_between(mixed)]) == resolve([*said, *carried_between(said)])


@given(st.lists(years | months, min_size=1, max_size=6))
def test_what_a_source_says_of_its_days_stands_and_no_day_is_left_out(said: list[Claim]) -> None:
    before, after = resolve(said), resolve([*said, *carried(said, always)])
    for span in before:
        assert any(
            (one.value, one.basis) == (span.value, span.basis)
            and (one.first or D.min) <= (span.first or D.min)
            and (span.last or D.max) <= (one.last or D.max)
            for one in after
        )
    assert (after[0].first, after[-1].last) == (None, None)
    assert all(
        one.last is not None and other.first == one.last + timedelta(days=1) for one, other in pairwise(after)
    )
