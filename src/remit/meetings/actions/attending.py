"""Who was at a meeting."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.decision import require
from remit.kernel.moments import london_day
from remit.ledger.actions import record
from remit.ledger.actions.refusing import noting_refusals
from remit.meetings.actions.finding import CLAUSE, locked, refusal
from remit.meetings.models import Attendance, Meeting
from remit.meetings.states import HELD, meeting_may
from remit.register.queries import kinds_on, member_codes_on


@noting_refusals(about="meeting", kind="meeting")
@transaction.atomic
def record_attendance(*, meeting: str, practices: Collection[str], by: Actor, at: datetime) -> Meeting:
    """Record which practices were there: the whole list, instead of the one before. The same again changes nothing.

    Members on the day of the meeting only; where the register does not say who a body's members are, any practice
    that was open. Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``, ``not_yet``, ``not_members``
    (which are named).
    """
    held = locked(meeting)
    require(may(by, Permission.CALL_MEETINGS, held.body_id))
    require(meeting_may("record attendance", held.state))
    if held.meets_at > at:
        raise refusal("not_yet", "The meeting has not begun. Record who was there afterwards.")
    there = {code.strip().upper() for code in practices if code.strip()}
    _require_members(held, there)
    before = set(Attendance.objects.filter(meeting=held).values_list("practice_id", flat=True))
    if held.state == HELD and before == there:
        return held
    Attendance.objects.filter(meeting=held, practice__in=before - there).delete()
    Attendance.objects.bulk_create(
        Attendance(meeting=held, practice_id=code) for code in sorted(there - before)
    )
    held.state = HELD
    held.save()
    record(
        act="meeting.attended",
        by=by,
        at=at,
        subject=f"meeting/{held.pk}",
        under=CLAUSE,
        details={"body": held.body_id, "practices": sorted(there)},
    )
    return held


def _require_members(held: Meeting, there: Collection[str]) -> None:
    on = london_day(held.meets_at)
    members = member_codes_on(held.body_id, on)
    if members is None:
        kinds = kinds_on(there, on)
        members = frozenset(code for code, kind in kinds.items() if kind == "practice")
    others = sorted(set(there) - members)
    if others:
        day = f"{on.day} {on:%B %Y}"
        raise refusal("not_members", f"Not members on {day}: {', '.join(others)}. Take them off the list.")
