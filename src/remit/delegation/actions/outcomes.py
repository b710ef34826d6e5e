"""What follows a decision: the letter that tells it, conditions met or not met, a lower level taken up."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from remit.delegation.actions.chain import committed, require_no_interest, require_no_interest_in, said
from remit.delegation.actions.finding import locked, refusal, subject
from remit.delegation.models import (
    Application,
    AttachedEvidence,
    ConditionOutcome,
    LowerLevelOffer,
    OutcomeLetter,
    Round,
)
from remit.delegation.models.applications import new_id
from remit.delegation.queries.contents import LINES, contents_of, form_of
from remit.delegation.rules import challenge_rule
from remit.delegation.states import (
    CONDITIONAL,
    DRAFT,
    LOWER_LEVEL_OFFERED,
    RESCINDED,
    SUBMITTED,
    WITHDRAWN,
)
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.canonical import canonical_json, sha256_hex
from remit.kernel.decision import require
from remit.kernel.moments import london_day, rfc3339
from remit.ledger.actions import record

UNDER = "Round's process: every decision is told, with its reasons and how it can be challenged"


@transaction.atomic
def send_outcome(*, application: str, by: Actor, at: datetime) -> OutcomeLetter:
    """Tell a commissioner the last decision on its application, with the last day for a challenge. Again changes
    nothing. When the public learns of it is another matter: see `remit.delegation.queries.publicity`.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``conflicted``, ``not_decided``.
    """
    found = locked(application)
    require(may(by, Permission.ASSIGN_ASSESSORS))
    require_no_interest_in([found.commissioner_id], by, at)
    last = found.decisions.last()
    if last is None or last.outcome in (WITHDRAWN, RESCINDED):
        raise refusal("not_decided", "There is no decision to tell.", UNDER)
    earlier = OutcomeLetter.objects.filter(decision=last).first()
    if earlier is not None:
        return earlier
    made = OutcomeLetter.objects.create(
        decision=last,
        challenge_by_on=london_day(at) + timedelta(days=challenge_rule().days),
        sent_at=at,
        sent_by=by.person,
    )
    record(
        act="outcome.sent",
        by=by,
        at=at,
        subject=subject(found),
        under=UNDER,
        details={"letter": committed({"decision": last.pk}, subject(found))},
    )
    return made


@transaction.atomic
def settle_condition(
    *, application: str, number: int, is_met: bool, evidence: str, by: Actor, at: datetime
) -> ConditionOutcome:
    """Say whether a condition of an approval was met, and what shows it. The last one counts; the same again
    changes nothing. Conditions count from 1.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``, ``conflicted``, ``no_such_condition``,
    ``no_evidence``.
    """
    found = locked(application)
    require(may(by, Permission.DECIDE_APPLICATIONS))
    require_no_interest(by.person, found, at)
    last = found.decisions.last()
    if found.state != CONDITIONAL or last is None:
        raise refusal("wrong_state", "Only an approval on conditions has conditions to be met.")
    if not 1 <= number <= len(last.conditions):
        raise refusal("no_such_condition", f"It has {len(last.conditions)} conditions, counted from 1.")
    kept = said(evidence, code="no_evidence", what="what shows whether it was met")
    earlier = last.condition_outcomes.filter(number=number).last()
    if earlier is not None and (earlier.is_met, earlier.evidence) == (is_met, kept):
        return earlier
    made = ConditionOutcome.objects.create(
        decision=last, number=number, is_met=is_met, evidence=kept, settled_at=at, settled_by=by.person
    )
    record(
        act="condition.settled",
        by=by,
        at=at,
        subject=subject(found),
        under="Round's process: each condition has an owner and a day, and is met or not met",
        details={
            "condition": committed({"number": number, "is_met": is_met, "evidence": kept}, subject(found))
        },
    )
    return made


@transaction.atomic
def accept_lower_level(*, application: str, round_code: str, by: Actor, at: datetime) -> Application:
    """Take up the lower level that was offered: an application in a round of that level, submitted by this act.
    The offer stands in place of that round's deadline. Taking it up again gives the same application.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``no_offer``, ``wrong_round``, ``already_exists``.
    """
    found = locked(application)
    require(may(by, Permission.APPLY, found.commissioner_id))
    offer = LowerLevelOffer.objects.filter(decision=found.decisions.last()).first()
    if found.state != LOWER_LEVEL_OFFERED or offer is None:
        raise refusal("no_offer", "No lower level has been offered.")
    if offer.application is not None:
        return offer.application
    held = Round.objects.filter(pk=round_code, level=offer.level).first()
    if held is None or held.effective_on <= london_day(at):
        raise refusal(
            "wrong_round", f"Choose a round of Level {offer.level} whose powers have not come on yet."
        )
    if Application.objects.filter(round=held, commissioner=found.commissioner_id).exists():
        raise refusal("already_exists", f"You have an application in {held.title} already.")
    made = _taken_up_in(held, found, by, at)
    offer.application, offer.accepted_at, offer.accepted_by = made, at, by.person
    offer.save(update_fields=["application", "accepted_at", "accepted_by"])
    record(
        act="offer.accepted",
        by=by,
        at=at,
        subject=subject(made),
        under="Round's process: a lower level can be offered, and taken up without applying anew",
        details={"round": held.code, "commissioner": made.commissioner_id, "receipt": made.receipt},
    )
    return made


def _taken_up_in(held: Round, found: Application, by: Actor, at: datetime) -> Application:
    """The application in the round of the lower level: whatever was said before that this level asks too, with the
    evidence it rests on."""
    form = form_of(held)
    asked = {each.code for each in form.asked(held.level, found.answers)}
    made = Application.objects.create(
        round=held,
        commissioner_id=found.commissioner_id,
        state=DRAFT,
        answers={code: words for code, words in found.answers.items() if code in asked},
        begun_at=at,
        begun_by=by.person,
    )
    _copy_lines(found, made, by, at)
    AttachedEvidence.objects.bulk_create(
        AttachedEvidence(application=made, evidence_id=each, attached_at=at, attached_by=by.person)
        for each in found.attached.values_list("evidence_id", flat=True)
    )
    sent = {
        "application": made.pk,
        "taken_from": found.pk,
        "round": held.code,
        "commissioner": found.commissioner_id,
        **contents_of(made).as_json(),
        "received_at": rfc3339(at),
        "by": by.person,
    }
    made.receipt = sha256_hex(canonical_json(sent))
    made.state, made.submitted_at, made.submitted_by = SUBMITTED, at, by.person
    made.save(update_fields=["receipt", "state", "submitted_at", "submitted_by"])
    return made


def _copy_lines(found: Application, made: Application, by: Actor, at: datetime) -> None:
    """The lines of every table that the other form asks for too."""
    for table in contents_of(made).lines:
        rows = list(LINES[table].objects.filter(application=found))
        for row in rows:
            row.pk, row.application, row.version = new_id(), made, 1
            row.changed_at, row.changed_by = at, by.person
        LINES[table].objects.bulk_create(rows)
