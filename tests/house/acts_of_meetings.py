"""What it takes to call each act of the meetings room once, now: for test_actions.py."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from remit.meetings import actions
from tests.constitution_factories import secretary_of
from tests.factories import NOW
from tests.meeting_factories import call, make_members

Act = Callable[[], Any]
BY = secretary_of("00A")


def call_meeting() -> Act:
    make_members("00A", "A00001")
    return call


def cancel_meeting() -> Act:
    make_members("00A", "A00001")
    made = call()
    return lambda: actions.cancel_meeting(meeting=made.pk, reasons="Snow", by=BY, at=NOW)


def record_attendance() -> Act:
    make_members("00A", "A00001")
    made = call(at=NOW - timedelta(days=31))
    return lambda: actions.record_attendance(meeting=made.pk, practices=["A00001"], by=BY, at=NOW)


STAGES: dict[str, Callable[[], Act]] = {
    f"meetings.{stage.__name__}": stage for stage in (call_meeting, cancel_meeting, record_attendance)
}
