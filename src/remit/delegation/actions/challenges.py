"""Challenging a decision: lodged by its commissioner in time, acknowledged, and decided by somebody else."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from remit.delegation.actions.chain import committed, require_no_interest, require_no_interest_in, said
from remit.delegation.actions.correcting import append_correction
from remit.delegation.actions.finding import locked, refusal, subject
from remit.delegation.models import Application, Challenge, Decision, OutcomeLetter
from remit.delegation.states import APPROVED, DEFERRED, RESCINDED, WITHDRAWN
from remit.delegation.states.assessments import (
    ACKNOWLEDGED,
    CHALLENGE_STEPS,
    CHALLENGE_WORDS,
    LODGED,
    REJECTED,
    UPHELD,
    may_move,
)
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.decision import require
from remit.kernel.moments import london_day
from remit.ledger.actions import record

UNDER = "Round's process: a challenge is decided by somebody who did not take the decision"


@transaction.atomic
def lodge_challenge(*, application: str, grounds: str, by: Actor, at: datetime) -> Challenge:
    """Challenge the last decision, once its letter has come and by the day that it names. Again changes nothing.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``nothing_to_challenge``, ``late``, ``no_reasons``.
    """
    found = locked(application)
    require(may(by, Permission.APPLY, found.commissioner_id))
    last = found.decisions.last()
    letter = OutcomeLetter.objects.filter(decision=last).first() if last else None
    if last is None or letter is None or last.outcome in (APPROVED, WITHDRAWN, RESCINDED):
        raise refusal("nothing_to_challenge", "There is no decision that you could challenge.", UNDER)
    earlier = Challenge.objects.filter(decision=last).first()
    if earlier is not None:
        return earlier
    if london_day(at) > letter.challenge_by_on:
        raise refusal("late", f"A challenge had to be lodged by {letter.challenge_by_on.isoformat()}.", UNDER)
    kept = said(grounds, most=4000, what="your grounds")
    made = Challenge.objects.create(
        decision=last, state=LODGED, grounds=kept, lodged_at=at, lodged_by=by.person
    )
    record(
        act="challenge.lodged",
        by=by,
        at=at,
        subject=subject(found),
        under=UNDER,
        details={"challenge": committed({"decision": last.pk, "grounds": kept}, subject(found))},
    )
    return made


@transaction.atomic
def acknowledge_challenge(*, application: str, by: Actor, at: datetime) -> Challenge:
    """Say that a challenge has come. Again changes nothing.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``conflicted``, ``no_challenge``.
    """
    found, made = _challenged(application)
    require(may(by, Permission.ASSIGN_ASSESSORS))
    require_no_interest_in([found.commissioner_id], by, at)
    if made.acknowledged_at is not None:
        return made
    require(may_move(CHALLENGE_STEPS, CHALLENGE_WORDS, "challenge", made.state, ACKNOWLEDGED))
    made.state, made.acknowledged_at, made.acknowledged_by = ACKNOWLEDGED, at, by.person
    made.save(update_fields=["state", "acknowledged_at", "acknowledged_by"])
    record(act="challenge.acknowledged", by=by, at=at, subject=subject(found), under=UNDER, details={})
    return made


@transaction.atomic
def answer_challenge(*, application: str, is_upheld: bool, answer: str, by: Actor, at: datetime) -> Challenge:
    """Decide a challenge. Where it is upheld the application waits for a decision again. Again changes nothing.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``no_challenge``, ``own_decision``, ``conflicted``,
    ``wrong_state``, ``no_reasons``.
    """
    found, made = _challenged(application)
    require(may(by, Permission.MODERATE))
    require_no_interest(by.person, found, at)
    if by.person == made.decision.decided_by:
        raise refusal("own_decision", "You took this decision. Somebody else decides the challenge.", UNDER)
    wanted, kept = UPHELD if is_upheld else REJECTED, said(answer, most=4000, what="your answer")
    if (made.state, made.answer) == (wanted, kept):
        return made
    require(may_move(CHALLENGE_STEPS, CHALLENGE_WORDS, "challenge", made.state, wanted))
    made.state, made.answer, made.answered_at, made.answered_by = wanted, kept, at, by.person
    made.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    if is_upheld and found.state != DEFERRED:
        _reopen(found, kept, by, at)
    record(
        act="challenge.answered",
        by=by,
        at=at,
        subject=subject(found),
        under=UNDER,
        details={"answer": committed({"is_upheld": is_upheld, "answer": kept}, subject(found))},
    )
    return made


def _reopen(found: Application, answer: str, by: Actor, at: datetime) -> None:
    """The decision no longer stands: the application waits, as one that was deferred does."""
    found.state = DEFERRED
    found.save(update_fields=["state"])
    made = Decision.objects.create(
        application=found,
        outcome=DEFERRED,
        reasons=f"The challenge was upheld, so it is decided anew. {answer}"[:4000],
        decided_at=at,
        decided_by=by.person,
    )
    append_correction(made, by=by, at=at)


def _challenged(application: str) -> tuple[Application, Challenge]:
    found = locked(application)
    made = (
        Challenge.objects.select_related("decision")
        .filter(decision__application=found)
        .order_by("-lodged_at", "-id")
        .first()
    )
    if made is None:
        raise refusal("no_challenge", "Nobody has challenged the decision.", UNDER)
    return found, made
