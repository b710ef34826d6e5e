"""Meetings as anybody reads them: what is to come, what was held, and which share of the members was there."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from remit.constitutions.rules import BODY_KINDS as WITH_MEMBERS
from remit.engines.constitution.counting import per_cent_of
from remit.kernel.moments import london_day
from remit.meetings.models import KINDS, Attendance, Meeting
from remit.meetings.states import MEETING_WORDS
from remit.register.queries import member_codes_on, names_then

BODY_KINDS = WITH_MEMBERS | {"icb"}
"""Who calls meetings of practices: bodies with members, and boards, which have none but meet with them."""


@dataclass(frozen=True)
class MeetingRow:
    """A meeting, without who was there."""

    id: str
    body: str
    body_name: str
    kind: str
    kind_name: str
    title: str
    place: str
    meets_at: datetime
    called_at: datetime
    urgency: str
    clause: str
    arithmetic: str
    state: str
    state_name: str
    reasons: str


@dataclass(frozen=True)
class AttendanceRow:
    """A practice that was there."""

    practice: str
    name: str


@dataclass(frozen=True)
class AttendanceShare:
    """How many practices were there, of how many members on the day: None where the register does not say."""

    present: int
    members: int | None

    @property
    def words(self) -> str:
        """ "30 of 40 practices, 75%"."""
        if self.members is None:
            noun = "practice" if self.present == 1 else "practices"
            return f"{self.present} {noun}; the register does not say who its members are"
        share = per_cent_of(Fraction(self.present), Fraction(self.members))
        return f"{self.present} of {self.members} practices, {share}"


@dataclass(frozen=True)
class MeetingPage:
    """A meeting with who was there; `share` is None until that was recorded."""

    row: MeetingRow
    there: tuple[AttendanceRow, ...]
    share: AttendanceShare | None


def meeting_page(meeting: str, at: datetime) -> MeetingPage | None:
    """One meeting that was called by an instant."""
    found = Meeting.objects.filter(pk=meeting, called_at__lte=at).first()
    if found is None:
        return None
    on = london_day(found.meets_at)
    codes = Attendance.objects.filter(meeting=found).values_list("practice_id", flat=True)
    names = names_then({(code, on) for code in codes})
    there = tuple(AttendanceRow(code, names.get((code, on), code)) for code in codes)
    return MeetingPage(_rows([found])[0], there, attendance_share(meeting))


def attendance_share(meeting: str) -> AttendanceShare | None:
    """Which share of the members of the day was there; None where it was not recorded that it was held."""
    found = Meeting.objects.filter(pk=meeting, state="held").first()
    if found is None:
        return None
    members = member_codes_on(found.body_id, london_day(found.meets_at))
    present = Attendance.objects.filter(meeting=found).count()
    return AttendanceShare(present, None if members is None else len(members))


def meetings_upcoming(at: datetime, *, body: str = "") -> tuple[MeetingRow, ...]:
    """Meetings that are called and still to come, the next first."""
    rows = Meeting.objects.filter(called_at__lte=at, meets_at__gt=at, state="called")
    return _rows(rows.filter(body=body) if body else rows)


def meetings_held(at: datetime, *, body: str = "") -> tuple[MeetingRow, ...]:
    """Meetings whose time is over, and those that were cancelled, the latest first."""
    rows = Meeting.objects.filter(called_at__lte=at).exclude(meets_at__gt=at, state="called")
    return _rows((rows.filter(body=body) if body else rows).order_by("-meets_at", "id"))


def meetings_named(meetings: Collection[str]) -> tuple[MeetingRow, ...]:
    """These meetings, the earliest first."""
    return _rows(Meeting.objects.filter(pk__in=set(meetings)))


def _rows(found: Iterable[Meeting]) -> tuple[MeetingRow, ...]:
    found = list(found)
    names = names_then({(each.body_id, london_day(each.meets_at)) for each in found})
    return tuple(
        MeetingRow(
            each.pk,
            each.body_id,
            names.get((each.body_id, london_day(each.meets_at)), each.body_id),
            each.kind,
            KINDS[each.kind],
            each.title,
            each.place,
            each.meets_at,
            each.called_at,
            each.urgency,
            each.clause,
            each.arithmetic,
            each.state,
            MEETING_WORDS[each.state],
            each.reasons,
        )
        for each in found
    )
