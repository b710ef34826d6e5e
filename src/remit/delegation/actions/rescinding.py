"""Rescinding: an application falls when members, asked after it was sent in, vote against it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from remit.delegation.actions.correcting import append_correction
from remit.delegation.actions.finding import locked, refusal, sealed, subject
from remit.delegation.models import Application, Arrangement, AttachedEvidence, Decision
from remit.delegation.queries.evidence import EvidenceRow, evidence, is_against
from remit.delegation.states import RESCINDED, may_become, step
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.decision import require
from remit.kernel.moments import london_day
from remit.ledger.actions import record

CLAUSE = "Round's process: an application falls when members then vote against it"


@transaction.atomic
def rescind_application(
    *, application: str, evidence_id: str, reasons: str, by: Actor, at: datetime
) -> Decision:
    """Rescind what was submitted, because members voted against it on or after the day it was sent in. The vote is
    attached, and a correction appended where it was announced. Rescinding again gives the same decision.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``no_reasons``, ``wrong_state``, ``signed``, ``not_lost``,
    ``wrong_commissioners``, ``wrong_level``, ``too_early``.
    """
    found = locked(application)
    require(may(by, Permission.APPLY, found.commissioner_id))
    if found.state == RESCINDED:
        return found.decisions.filter(outcome=RESCINDED).latest("decided_at")
    reasons = reasons.strip()
    if not 0 < len(reasons) <= 2000:
        raise refusal("no_reasons", "Enter your reasons, at most 2,000 characters.", CLAUSE)
    require(may_become(found.state, RESCINDED))
    if Arrangement.objects.filter(application=found).exists():
        raise refusal(
            "signed", "It has been signed, so it cannot be rescinded. Give notice to end it.", CLAUSE
        )
    vote = evidence(evidence_id, at)
    _require_lost(found, vote)
    taken = step(found.state, RESCINDED)
    found.state = RESCINDED
    found.save(update_fields=["state"])
    made = Decision.objects.create(
        application=found, outcome=RESCINDED, reasons=reasons, decided_at=at, decided_by=by.person
    )
    AttachedEvidence.objects.get_or_create(
        application=found, evidence_id=evidence_id, defaults={"attached_at": at, "attached_by": by.person}
    )
    append_correction(made, by=by, at=at)
    record(
        act="application.rescinded",
        by=by,
        at=at,
        subject=subject(found),
        under=taken.clause if taken else CLAUSE,
        details={"decision": sealed(made), "evidence": evidence_id},
    )
    return made


def _require_lost(found: Application, vote: EvidenceRow | None) -> None:
    if vote is None or vote.corrected_by:
        raise refusal("not_found", "There is no such vote. Record it first.", CLAUSE)
    if found.commissioner_id not in dict(vote.commissioners):
        raise refusal("wrong_commissioners", "That was a vote of another commissioner's members.", CLAUSE)
    if not is_against(vote):
        raise refusal(
            "not_lost", "Members did not vote against it. Withdraw the application instead.", CLAUSE
        )
    if vote.facts.get("level", str(found.round.level)) != str(found.round.level):
        message = (
            f"That was a vote about Level {vote.facts['level']}, and the application is for Level "
            f"{found.round.level}. Withdraw the application instead."
        )
        raise refusal("wrong_level", message, CLAUSE)
    submitted_on = london_day(found.submitted_at) if found.submitted_at else None
    if submitted_on is None or vote.held_on < submitted_on:
        message = "Members voted before it was sent in. Withdraw the application instead."
        raise refusal("too_early", message, CLAUSE)
