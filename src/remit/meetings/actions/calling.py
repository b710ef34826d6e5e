"""Calling a meeting, with the notice that the body's own rules ask for, and cancelling it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from remit.constitutions.queries import rules_of_motion
from remit.engines.constitution import NoticeRule, enough_notice
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.decision import require
from remit.kernel.moments import LONDON, london_day, rfc3339
from remit.ledger.actions import record
from remit.ledger.actions.refusing import noting_refusals
from remit.meetings.actions.finding import CLAUSE, MOST_WORDS, locked, refusal, words_of
from remit.meetings.models import KINDS, URGENT, Meeting
from remit.meetings.queries import BODY_KINDS
from remit.meetings.states import CALLED, CANCELLED, meeting_may
from remit.register.queries import kind_on

USUAL = "ordinary"


@noting_refusals(about="body", kind="organisation")
@transaction.atomic
def call_meeting(
    *,
    body: str,
    kind: str,
    title: str,
    place: str,
    meets_at: datetime,
    urgency: str = "",
    by: Actor,
    at: datetime,
) -> Meeting:
    """Call a meeting: that is its notice, given now. The same meeting called again is the first.

    `urgency` is the reason for less notice than the clause asks for; an urgent meeting has one always, and it is
    public. Raises `Refused`: ``not_permitted``, ``not_a_body``, ``no_such_kind``, ``no_words``, ``wrong_date``,
    ``notice_too_short`` and ``no_reason_for_urgency`` (both with the clause).
    """
    require(may(by, Permission.CALL_MEETINGS, body))
    today = london_day(at)
    if kind_on(body, today) not in BODY_KINDS:
        raise refusal("not_a_body", f"{body} is not a body that calls meetings of practices.")
    if kind not in KINDS:
        raise refusal("no_such_kind", f"Choose one of: {', '.join(KINDS)}.")
    title, place = words_of(title, "a title", most=200), words_of(place, "where it is", most=300)
    if meets_at <= at:
        raise refusal("wrong_date", "Enter a time that is still to come.")
    earlier = Meeting.objects.select_for_update().filter(body=body, title=title, meets_at=meets_at)
    if found := earlier.exclude(state=CANCELLED).first():
        return found
    urgency = urgency.strip()[:MOST_WORDS]
    if kind == URGENT and not urgency:
        raise refusal("no_reason_for_urgency", "Say why it is urgent. The reason is public.")
    rule = rules_of_motion(body, USUAL, today).notice
    if rule is not None:
        require(enough_notice(rule, today, london_day(meets_at), reason=urgency))
    made = Meeting.objects.create(
        body_id=body,
        kind=kind,
        title=title,
        place=place,
        meets_at=meets_at,
        called_at=at,
        urgency=urgency,
        clause=rule.clause if rule else "",
        arithmetic=_arithmetic(rule, at, meets_at),
        state=CALLED,
        called_by=by.person,
    )
    _record(made, "meeting.called", by, at, kind=kind, meets_at=rfc3339(meets_at), urgency=urgency)
    return made


@noting_refusals(about="meeting", kind="meeting")
@transaction.atomic
def cancel_meeting(*, meeting: str, reasons: str, by: Actor, at: datetime) -> Meeting:
    """Cancel a meeting that was called, and say why. Again changes nothing.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``, ``no_words``.
    """
    held = locked(meeting)
    require(may(by, Permission.CALL_MEETINGS, held.body_id))
    reasons = words_of(reasons, "the reasons", most=MOST_WORDS)
    if (held.state, held.reasons) == (CANCELLED, reasons):
        return held
    require(meeting_may("cancel", held.state))
    held.state, held.reasons = CANCELLED, reasons
    held.save()
    _record(held, "meeting.cancelled", by, at, reasons=reasons)
    return held


def _record(held: Meeting, act: str, by: Actor, at: datetime, **details: str) -> None:
    record(
        act=act,
        by=by,
        at=at,
        subject=f"meeting/{held.pk}",
        under=f"Clause {held.clause}" if held.clause else CLAUSE,
        details={"body": held.body_id, "notice": held.arithmetic, **details},
    )


def _arithmetic(rule: NoticeRule | None, given_at: datetime, meets_at: datetime) -> str:
    """ "Notice on 1 October 2026 for 9 October 2026: 7 clear days, fewer than 14"."""
    given, meets = given_at.astimezone(LONDON), meets_at.astimezone(LONDON)
    clear = max((meets.date() - given.date()).days - 1, 0)
    first = f"Notice on {given.day} {given:%B %Y} for {meets.day} {meets:%B %Y}: {clear} clear day"
    first += "" if clear == 1 else "s"
    if rule is None:
        return f"{first}; its rules ask for none"
    return f"{first}, {'fewer than' if clear < rule.days else 'at least'} {rule.days}"
