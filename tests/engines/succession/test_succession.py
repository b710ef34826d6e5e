"""Mergers of commissioners, from where practices went."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from remit.engines.succession import Belonging, DerivedSuccession, derive_succession

MERGED = date(2015, 4, 1)
LAST = date(2015, 3, 31)
TENTH = Fraction(1, 10)


def moved(practice: str, before: str, after: str, on: date = MERGED) -> list[Belonging]:
    last = date.fromordinal(on.toordinal() - 1)
    return [Belonging(practice, before, date(2013, 4, 1), last), Belonging(practice, after, on, None)]


def test_three_groups_become_one() -> None:
    belongings = [
        row for n, old in enumerate(["00F", "00G", "00H"]) for row in moved(f"A8100{n}", old, "13T")
    ]
    derived = derive_succession(belongings, {"00F": LAST, "00G": LAST, "00H": LAST}, least_share=TENTH)
    assert derived == [
        DerivedSuccession(old, "13T", MERGED, practices=1, of=1) for old in ("00F", "00G", "00H")
    ]


def test_a_single_practice_that_went_elsewhere_is_no_succession() -> None:
    belongings = [row for n in range(19) for row in moved(f"A811{n:02}", "00F", "13T")]
    belongings += moved("A81199", "00F", "00N")
    [only] = derive_succession(belongings, {"00F": LAST}, least_share=TENTH)
    assert (only.successor, only.practices, only.of, only.share) == ("13T", 19, 20, Fraction(19, 20))


def test_a_split_has_two_successors_the_larger_first() -> None:
    belongings = [row for n in range(6) for row in moved(f"A812{n:02}", "06N", "A")]
    belongings += [row for n in range(4) for row in moved(f"A813{n:02}", "06N", "B")]
    derived = derive_succession(belongings, {"06N": LAST}, least_share=TENTH)
    assert [(row.successor, row.practices) for row in derived] == [("A", 6), ("B", 4)]


def test_a_practice_that_left_before_the_end_is_not_followed() -> None:
    belongings = moved("A81001", "00F", "00N", on=date(2014, 4, 1))
    assert derive_succession(belongings, {"00F": LAST}, least_share=TENTH) == []


def test_a_practice_that_went_before_the_last_day_tells_nothing() -> None:
    overlapping = [
        Belonging("A81001", "00F", date(2013, 4, 1), None),
        Belonging("A81001", "00N", date(2014, 4, 1), None),
    ]
    assert derive_succession(overlapping, {"00F": LAST}, least_share=TENTH) == []


def test_a_commissioner_still_open_has_no_successor() -> None:
    assert derive_succession(moved("A81001", "00F", "13T"), {}, least_share=TENTH) == []


def test_a_practice_that_comes_back_to_the_same_body_is_no_move() -> None:
    back = [
        Belonging("A81001", "00F", None, LAST),
        Belonging("A81001", "00F", MERGED, None),
    ]
    assert derive_succession(back, {"00F": LAST}, least_share=TENTH) == []


@given(st.lists(st.sampled_from(["13T", "00N", "99C"]), min_size=1, max_size=60))
def test_shares_are_of_the_practices_followed_and_never_more_than_all(went: list[str]) -> None:
    belongings = [row for n, new in enumerate(went) for row in moved(f"A{n:05}", "00F", new)]
    derived = derive_succession(belongings, {"00F": LAST}, least_share=TENTH)
    assert all(row.of == len(went) and row.share >= TENTH for row in derived)
    assert sum(row.practices for row in derived) <= len(went)
    assert derived
