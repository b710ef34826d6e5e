"""Every write of meetings."""

from remit.meetings.actions.attending import record_attendance
from remit.meetings.actions.calling import call_meeting, cancel_meeting

__all__ = ["call_meeting", "cancel_meeting", "record_attendance"]
