"""How long there is until a deadline, in words that need no script to stay true for a while."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from remit.engines.deadlines.deadline import Deadline


@dataclass(frozen=True)
class Remaining:
    """Whole days, hours and minutes left; `is_over` when there are none. Elapsed time, not wall-clock time."""

    days: int
    hours: int
    minutes: int
    is_over: bool

    @property
    def words(self) -> str:
        """ "3 days 4 hours", "12 minutes", "less than a minute", "The deadline has passed"."""
        if self.is_over:
            return "The deadline has passed"
        parts = [
            f"{number} {unit}{'' if number == 1 else 's'}"
            for number, unit in ((self.days, "day"), (self.hours, "hour"), (self.minutes, "minute"))
            if number
        ]
        return " ".join(parts[:2]) or "less than a minute"


def remaining(deadline: Deadline, at: datetime) -> Remaining:
    """What is left at an instant."""
    if deadline.has_passed(at):
        return Remaining(0, 0, 0, is_over=True)
    minutes = int((deadline.at - at).total_seconds()) // 60
    return Remaining(minutes // 1440, minutes // 60 % 24, minutes % 60, is_over=False)
