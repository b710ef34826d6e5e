"""Every read of meetings."""

from remit.meetings.models import KINDS
from remit.meetings.queries.meetings import (
    BODY_KINDS,
    AttendanceRow,
    AttendanceShare,
    MeetingPage,
    MeetingRow,
    attendance_share,
    meeting_page,
    meetings_held,
    meetings_named,
    meetings_upcoming,
)

__all__ = [
    "BODY_KINDS",
    "KINDS",
    "AttendanceRow",
    "AttendanceShare",
    "MeetingPage",
    "MeetingRow",
    "attendance_share",
    "meeting_page",
    "meetings_held",
    "meetings_named",
    "meetings_upcoming",
]
