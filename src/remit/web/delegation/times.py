"""Times of day as people type them: "9:30am", "5pm", "midday", "17:00"."""

from __future__ import annotations

import re
from datetime import time

_TIME = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))?(am|pm)?")
_NAMED = {"midday": time(12), "noon": time(12), "midnight": time(0)}


class WrongTime(ValueError):
    """What was typed is not a time of day."""


def typed_time(text: str) -> time:
    """The time. Noon is "midday", "noon", "12pm" or "12:00"; "12am" is midnight. Raises `WrongTime`."""
    said = "".join(text.lower().split())
    if said in _NAMED:
        return _NAMED[said]
    found = _TIME.fullmatch(said)
    if found is None or not (found[2] or found[3]):
        raise WrongTime("Enter a time, like 9:30am, 5pm or midday")
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half:
        if not 1 <= hour <= 12:
            raise WrongTime("Hours with am or pm are from 1 to 12")
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        raise WrongTime("Enter a real time, from midnight to 11:59pm")
    return time(hour, minute)
