"""What two scores come to: examples and laws."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.engines.scoring import Criterion, Line, settled_score, total_of

TWO = Criterion("two", weight=2, most=4)
ONE = Criterion("one", weight=1, most=4)
SCORES = st.integers(0, 4)


@pytest.mark.parametrize(
    ("first", "second", "moderated", "settled", "needs"),
    [
        (3, 3, None, 3, False),
        (3, 3, 2, 2, False),
        (1, 4, None, None, True),
        (1, 4, 2, 2, False),
        (3, None, None, None, False),
        (None, None, None, None, False),
    ],
)
def test_what_stands(
    first: int | None, second: int | None, moderated: int | None, settled: int | None, needs: bool
) -> None:
    line = Line(ONE, first, second, moderated)
    assert settled_score(line) == settled
    assert line.needs_moderation is needs


def test_the_total_is_weighted_and_out_of_100() -> None:
    assert total_of([Line(TWO, 4, 4), Line(ONE, 0, 0)]) == Decimal("66.7")
    assert total_of([Line(TWO, 0, 0), Line(ONE, 4, 4)]) == Decimal("33.3")
    assert total_of([Line(TWO, 1, 1), Line(ONE, 4, 3)]) is None
    assert total_of([]) is None


@given(st.lists(st.tuples(SCORES, SCORES), min_size=1, max_size=8))
def test_the_order_of_assessors_never_matters(pairs: list[tuple[int, int]]) -> None:
    there = [Line(ONE, first, second) for first, second in pairs]
    back = [Line(ONE, second, first) for first, second in pairs]
    assert total_of(there) == total_of(back)
    assert [line.difference for line in there] == [line.difference for line in back]


@given(st.lists(SCORES, min_size=1, max_size=8))
def test_the_total_is_between_nothing_and_all(scores: list[int]) -> None:
    total = total_of([Line(TWO, score, score) for score in scores])
    assert total is not None
    assert 0 <= total <= 100
