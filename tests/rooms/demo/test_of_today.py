"""What the demo invents for today: deadlines that offices can keep, and two people for two signatures."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from remit.delegation.rules import bank_holidays
from remit.demo.timeline.full_form import SIGNATORIES, signatory_of
from remit.demo.timeline.waves import waves_of, working_day
from tests.delegation_factories import london


def test_no_round_of_today_closes_at_the_weekend_or_on_a_bank_holiday() -> None:
    waves = waves_of(london(2026, 11, 20))
    assert waves.open.deadline.last_day == date(2026, 12, 31), "42 days on is New Year's Day"
    for day in range(365):
        for wave in vars(waves_of(london(2026, 6, 1) + timedelta(days=day))).values():
            last = wave.deadline.last_day
            assert last.weekday() < 5
            assert last not in bank_holidays()


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2026, 12, 28), date(2026, 12, 24)),
        (date(2027, 3, 29), date(2027, 3, 25)),
        (date(2026, 11, 24), date(2026, 11, 24)),
    ],
)
def test_the_last_working_day_before(day: date, before: date) -> None:
    assert working_day(day) == before


def test_nobody_signs_for_both_sides() -> None:
    codes = [f"X{number}{letter}" for number in range(10) for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    own, local = ({signatory_of(code, is_local=is_local)[0] for code in codes} for is_local in (False, True))
    assert not own & local
    assert own | local == set(SIGNATORIES)
