"""A round's own dates, and whether they can follow each other."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from remit.engines.timetable.printed import WEEKDAYS, Fault

WHAT = "Dates of the round"
SATURDAY = 5


@dataclass(frozen=True)
class RoundDates:
    """The dates of a round: its first and last day to apply, when decisions are due if that is said, and when powers
    come on."""

    opens_on: date
    last_day: date
    decisions_due_on: date | None
    effective_on: date


def faults_of_dates(dates: RoundDates, holidays: Collection[date] = ()) -> list[Fault]:
    """What is wrong with the order of a round's dates, and a last day at the weekend or on a bank holiday."""
    due, last = dates.decisions_due_on, dates.last_day
    wrong = (
        (last < dates.opens_on, "closes_first", last, "The round closes before it opens."),
        (due is not None and due < last, "due_first", due, "Decisions are due before the deadline."),
        (
            due is not None and due > dates.effective_on,
            "due_last",
            due,
            "Decisions are due after powers come on.",
        ),
        (
            dates.effective_on <= last,
            "effective_first",
            dates.effective_on,
            "Powers come on before the deadline.",
        ),
        (
            last.weekday() >= SATURDAY,
            "at_the_weekend",
            last,
            f"The last day to apply is a {WEEKDAYS[last.weekday()]}, when few offices are open.",
        ),
        (
            last in holidays,
            "bank_holiday",
            last,
            "The last day to apply is a bank holiday in England, when few offices are open.",
        ),
    )
    return [Fault(code, str(said), WHAT, message) for is_wrong, code, said, message in wrong if is_wrong]
