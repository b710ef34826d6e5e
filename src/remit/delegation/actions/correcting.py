"""Announcements stand as they were made; what changes afterwards is appended to them."""

from __future__ import annotations

from datetime import datetime

from remit.delegation.models import Announced, Correction, Decision
from remit.delegation.rules import subject_of
from remit.delegation.states import APPROVED, DECLINED, DEFERRED, RESCINDED, WITHDRAWN
from remit.kernel.actor import Actor
from remit.kernel.names import readable_name

WHAT_CHANGED = {
    WITHDRAWN: "has withdrawn since it was announced",
    RESCINDED: "rescinded its application after a vote of its members since it was announced",
    APPROVED: "has met its conditions since it was announced, and is approved",
    DECLINED: "has not met its conditions, and is declined",
    DEFERRED: "is decided anew, because a challenge was upheld",
}


def append_correction(decision: Decision, *, by: Actor, at: datetime) -> Correction | None:
    """Append a decision to the announcement of the one before it; None where none was announced.

    Part of the act that decides, in its transaction and its ledger entry.
    """
    row = (
        Announced.objects.filter(decision__application=decision.application_id)
        .select_related("announcement", "decision__application__round")
        .order_by("-pk")
        .first()
    )
    if row is None:
        return None
    held = row.decision.application.round
    several = row.announcement.covered.count() > 1
    who = readable_name(row.name) + (f" ({subject_of(held.level, held.groups)})" if several else "")
    return Correction.objects.create(
        announcement=row.announcement,
        decision=decision,
        words=f"{who} {WHAT_CHANGED[decision.outcome]}.",
        made_at=at,
        made_by=by.person,
    )
