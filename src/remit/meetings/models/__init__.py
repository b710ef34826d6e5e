"""Tables of meetings."""

from remit.meetings.models.meetings import KINDS, URGENT, Attendance, Meeting

__all__ = ["KINDS", "URGENT", "Attendance", "Meeting"]
