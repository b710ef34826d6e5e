"""Asking to be taken although it is late."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from remit.delegation.actions.finding import locked, refusal, subject
from remit.delegation.models import LateDecision, LateRequest
from remit.delegation.states import DRAFT
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.decision import require
from remit.ledger.actions import record


@transaction.atomic
def request_late_acceptance(*, application: str, reasons: str, by: Actor, at: datetime) -> LateRequest:
    """Ask the national team to take a draft after the deadline. Asking again changes nothing, unless it was refused and
    there are other reasons: then it is asked anew.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state`` if it was submitted, ``not_late``,
    ``no_reasons``.
    """
    draft = locked(application)
    require(may(by, Permission.APPLY, draft.commissioner_id))
    reasons = reasons.strip()
    earlier = draft.late_requests.last()
    if earlier is not None and not _may_ask_anew(earlier, reasons):
        return earlier
    if draft.state != DRAFT:
        raise refusal("wrong_state", "This was submitted, so nothing is late.")
    if not draft.round.deadline.has_passed(at):
        raise refusal("not_late", "The round is still open. Submit the application instead.")
    if not 0 < len(reasons) <= 2000:
        raise refusal("no_reasons", "Enter your reasons, at most 2,000 characters.")
    made = LateRequest.objects.create(
        application=draft, reasons=reasons, requested_at=at, requested_by=by.person
    )
    record(
        act="application.late_requested",
        by=by,
        at=at,
        subject=subject(draft),
        under="Round's process",
        details={"round": draft.round_id, "commissioner": draft.commissioner_id},
    )
    return made


def _may_ask_anew(earlier: LateRequest, reasons: str) -> bool:
    """Whether a request was refused, and these reasons are in none that was made before."""
    is_refused = LateDecision.objects.filter(request=earlier, is_accepted=False).exists()
    return is_refused and not earlier.application.late_requests.filter(reasons=reasons).exists()
