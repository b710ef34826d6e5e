"""Days that may be asked for, read the same way by every door."""

from __future__ import annotations

import re
from datetime import date

EARLIEST, LATEST = date(1948, 7, 5), date(2100, 12, 31)
"""The first day of the NHS, and a day far enough away."""
OUT_OF_RANGE = f"The day must be from {EARLIEST} (the first day of the NHS) to {LATEST}"
MOST_SHOWN = 40
_ISO = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class NotADay(ValueError):
    """What was written is no day that may be asked for; the message says how to put it right."""


def iso_day(text: str) -> date:
    """A day as ``2015-04-01``, from 1948 to 2100. Raises `NotADay`."""
    if not _ISO.fullmatch(text):
        said = f"“{text}” is not a date. " if text.isprintable() and 0 < len(text) <= MOST_SHOWN else ""
        raise NotADay(f"{said}Write the date like 2015-04-01")
    try:
        return in_range(date.fromisoformat(text))
    except NotADay:
        raise
    except ValueError:
        raise NotADay(f"There is no day {text}. Write one that is in the calendar, like 2015-04-01") from None


def in_range(day: date) -> date:
    """The same day. Raises `NotADay` before the first day of the NHS and after 2100."""
    if not EARLIEST <= day <= LATEST:
        raise NotADay(OUT_OF_RANGE)
    return day
