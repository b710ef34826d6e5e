"""Engine: deadlines. A deadline is an instant in London with its inclusivity, and words that say both."""

from remit.engines.deadlines.deadline import (
    Deadline,
    NotALocalTime,
    before_day,
    by_end_of_day,
    by_time,
    london_instant,
)
from remit.engines.deadlines.remaining import Remaining, remaining

__all__ = [
    "Deadline",
    "NotALocalTime",
    "Remaining",
    "before_day",
    "by_end_of_day",
    "by_time",
    "london_instant",
    "remaining",
]
