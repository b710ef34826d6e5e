"""State tables of meetings."""

from remit.meetings.states.meetings import (
    CALLED,
    CANCELLED,
    HELD,
    MEETING_STATES,
    MEETING_STEPS,
    MEETING_WORDS,
    MeetingWay,
    meeting_may,
)

__all__ = [
    "CALLED",
    "CANCELLED",
    "HELD",
    "MEETING_STATES",
    "MEETING_STEPS",
    "MEETING_WORDS",
    "MeetingWay",
    "meeting_may",
]
