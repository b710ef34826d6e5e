"""NHS England decides: approved, approved on conditions, or declined, always with reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from remit.delegation.actions.correcting import append_correction
from remit.delegation.actions.finding import locked, refusal, require_unsealed, sealed, subject
from remit.delegation.models import Decision
from remit.delegation.queries.signatures import authors_of
from remit.delegation.states import CONDITIONAL, OUTCOMES, may_become, step
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.decision import require
from remit.ledger.actions import record


@dataclass(frozen=True)
class Condition:
    """What has to be done, by whom, and by which day."""

    what: str
    owner: str
    due_on: date


@transaction.atomic
def decide_application(
    *,
    application: str,
    outcome: str,
    reasons: str,
    conditions: Sequence[Condition] = (),
    by: Actor,
    at: datetime,
) -> Decision:
    """Decide a submitted application, or one that was approved on conditions. The same again changes nothing.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``sealed``, ``own_application``, ``wrong_state``,
    ``no_such_outcome``, ``no_reasons``, ``no_conditions``.
    """
    found = locked(application)
    require(may(by, Permission.DECIDE_APPLICATIONS))
    require_unsealed(found)
    if by.person in authors_of(found.pk) or by.acting_for == found.commissioner_id:
        raise refusal(
            "own_application", "Nobody decides an application of their own.", "A.5 (8): separation of roles"
        )
    reasons = reasons.strip()
    kept = [_kept(each) for each in conditions]
    _require_whole(outcome, reasons, kept)
    last = found.decisions.last()
    if last and (last.outcome, last.reasons, last.conditions) == (outcome, reasons, kept):
        return last
    require(may_become(found.state, outcome))
    taken = step(found.state, outcome)
    found.state = outcome
    found.save(update_fields=["state"])
    made = Decision.objects.create(
        application=found,
        outcome=outcome,
        reasons=reasons,
        conditions=kept,
        decided_at=at,
        decided_by=by.person,
    )
    append_correction(made, by=by, at=at)
    record(
        act="application.decided",
        by=by,
        at=at,
        subject=subject(found),
        under=taken.clause if taken else "",
        details={"decision": sealed(made)},
    )
    return made


def _require_whole(outcome: str, reasons: str, conditions: list[dict[str, str]]) -> None:
    if outcome not in OUTCOMES:
        raise refusal(
            "no_such_outcome",
            "Choose approved, approved on conditions, deferred, offered a lower level, or declined.",
        )
    if not 0 < len(reasons) <= 4000:
        raise refusal("no_reasons", "Enter your reasons, at most 4,000 characters.")
    if (outcome == CONDITIONAL) != bool(conditions):
        wrong = (
            "Say what the conditions are."
            if outcome == CONDITIONAL
            else "Only an approval on conditions has any."
        )
        raise refusal("no_conditions", wrong)
    if any(not each["what"] or not each["owner"] for each in conditions):
        raise refusal("no_conditions", "Each condition says what has to be done, and by whom.")


def _kept(condition: Condition) -> dict[str, str]:
    return {
        name: value.isoformat() if isinstance(value, date) else value.strip()
        for name, value in asdict(condition).items()
    }
