"""Periods of whole calendar days, both ends included."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Period:
    """The days from `first` to `last`, both included. `last` is None while the period is still open.

    Published NHS files give the last day in force as the "close date", so that is what we keep.
    Days are calendar days in Europe/London.
    """

    first: date
    last: date | None = None

    def __post_init__(self) -> None:
        if self.last is not None and self.last < self.first:
            raise ValueError(f"a period cannot end on {self.last} before it starts on {self.first}")

    def __contains__(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    def overlaps(self, other: Period) -> bool:
        """Whether the two periods share at least one day."""
        return (self.last is None or other.first <= self.last) and (
            other.last is None or self.first <= other.last
        )

    def meets(self, later: Period) -> bool:
        """Whether `later` starts on the day after this period's last day."""
        return self.last is not None and self.last + ONE_DAY == later.first

    def days(self) -> int | None:
        """How many days, or None while open."""
        return None if self.last is None else (self.last - self.first).days + 1


@dataclass(frozen=True, order=True)
class NhsYear:
    """The financial year from 1 April of `start` to 31 March after it: 2014 is "2014-15"."""

    start: int

    @classmethod
    def containing(cls, day: date) -> NhsYear:
        """The year that a day falls in."""
        return cls(day.year if (day.month, day.day) >= (4, 1) else day.year - 1)

    @property
    def period(self) -> Period:
        """Its days."""
        return Period(date(self.start, 4, 1), date(self.start + 1, 3, 31))

    def quarter(self, number: int) -> Period:
        """Quarter 1 (April to June) to 4 (January to March)."""
        firsts = [
            date(self.start, 4, 1),
            date(self.start, 7, 1),
            date(self.start, 10, 1),
            date(self.start + 1, 1, 1),
        ]
        ends = [*firsts[1:], date(self.start + 1, 4, 1)]
        if not 1 <= number <= 4:
            raise ValueError(f"quarters are 1 to 4, not {number}")
        return Period(firsts[number - 1], ends[number - 1] - ONE_DAY)

    def __str__(self) -> str:
        return f"{self.start}-{(self.start + 1) % 100:02d}"
