"""NHS England decides: approved, perhaps on conditions, deferred, a lower level, or declined, always with reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from remit.delegation.actions.chain import ASSESSED, require_no_interest
from remit.delegation.actions.correcting import append_correction
from remit.delegation.actions.finding import locked, refusal, require_unsealed, sealed, subject
from remit.delegation.models import Application, Assessment, Decision, LowerLevelOffer
from remit.delegation.queries.signatures import authors_of
from remit.delegation.rules import decision_reasons, levels, processes
from remit.delegation.states import (
    APPROVED,
    CONDITIONAL,
    LOWER_LEVEL_OFFERED,
    OUTCOMES,
    may_become,
    step,
)
from remit.delegation.states.assessments import READY, STAGE_WORDS
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.decision import require
from remit.ledger.actions import record
from remit.ledger.actions.refusing import noting_refusals


@dataclass(frozen=True)
class Condition:
    """What has to be done, by whom, and by which day."""

    what: str
    owner: str
    due_on: date


@noting_refusals(about="application", kind="application", withheld={"wrong_state", "conditions_open"})
@transaction.atomic
def decide_application(
    *,
    application: str,
    outcome: str,
    reasons: str,
    conditions: Sequence[Condition] = (),
    reason_codes: Sequence[str] = (),
    offered_level: int | None = None,
    seen: str | None = None,
    by: Actor,
    at: datetime,
) -> Decision:
    """Decide an application that waits, or one that was approved on conditions. The same again changes nothing.

    `reason_codes` are of the taxonomy; `offered_level` is the level offered, the next one down if none is given.
    `seen` is the id of the last decision that whoever decides had seen, empty for none: of two who decide at once
    the second is refused. In a process with a pair of assessors the assessment is concluded first.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``sealed``, ``own_application``, ``own_assessment``,
    ``conflicted``, ``wrong_state``, ``stale``, ``not_assessed``, ``no_such_outcome``, ``no_reasons``,
    ``no_such_reason``, ``no_conditions``, ``conditions_open``, ``no_lower_level``.
    """
    found = locked(application)
    require(may(by, Permission.DECIDE_APPLICATIONS))
    require_unsealed(found)
    if by.person in authors_of(found.pk) or by.acting_for == found.commissioner_id:
        raise refusal(
            "own_application", "Nobody decides an application of their own.", "A.5 (8): separation of roles"
        )
    require_no_interest(by.person, found, at)
    reasons = reasons.strip()
    kept = [_kept(each) for each in conditions]
    _require_whole(outcome, reasons, kept)
    _require_known(outcome, reason_codes)
    last = found.decisions.last()
    if last and (last.outcome, last.reasons, last.conditions) == (outcome, reasons, kept):
        return last
    _require_seen(last, seen)
    require(may_become(found.state, outcome))
    _require_assessed(found, by)
    if (found.state, outcome) == (CONDITIONAL, APPROVED):
        _require_conditions_met(found, last)
    level = _offered(found, outcome, offered_level)
    taken = step(found.state, outcome)
    found.state = outcome
    found.save(update_fields=["state"])
    made = Decision.objects.create(
        application=found,
        outcome=outcome,
        reasons=reasons,
        reason_codes=list(reason_codes),
        conditions=kept,
        decided_at=at,
        decided_by=by.person,
    )
    if level:
        LowerLevelOffer.objects.create(decision=made, level=level)
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


def _require_known(outcome: str, codes: Sequence[str]) -> None:
    for code in codes:
        known = decision_reasons().get(code)
        if known is None or outcome not in known.outcomes:
            raise refusal(
                "no_such_reason", "One of the reasons does not go with this decision. Choose others."
            )


def _require_seen(last: Decision | None, seen: str | None) -> None:
    if seen is not None and seen != (last.pk if last else ""):
        raise refusal(
            "stale",
            "Somebody else has decided this application since you opened the page. Read that decision first.",
        )


def _require_assessed(found: Application, by: Actor) -> None:
    """Whoever assessed it does not decide it; in a process with a pair of assessors the chain has to be through."""
    held = Assessment.objects.filter(application=found).first()
    if held is not None and (
        held.assignments.filter(person=by.person).exists()
        or held.moderated.filter(moderated_by=by.person).exists()
        or held.views.filter(made_by=by.person).exists()
    ):
        raise refusal(
            "own_assessment",
            "You took part in assessing this application. Somebody else decides it.",
            "A.5 (8): separation of roles",
        )
    if not processes()[found.round.process].has_assessor_pair or found.state not in ASSESSED:
        return
    if held is None or held.state != READY:
        stage = STAGE_WORDS[held.state].lower() if held else "its beginning"
        raise refusal(
            "not_assessed",
            f"The assessment is still at {stage}. It is decided once national moderation is concluded.",
        )


def _require_conditions_met(found: Application, last: Decision | None) -> None:
    """In a process with a pair of assessors each condition has been settled as met, with what shows it."""
    if last is None or not processes()[found.round.process].has_assessor_pair:
        return
    met = {row.number: row.is_met for row in last.condition_outcomes.all()}
    left = [number for number in range(1, len(last.conditions) + 1) if not met.get(number)]
    if left:
        numbers = ", ".join(str(number) for number in left)
        raise refusal(
            "conditions_open", f"Not yet met, with what shows it: condition {numbers}. Settle them first."
        )


def _offered(found: Application, outcome: str, wanted: int | None) -> int | None:
    """The level that a decision offers: one below that applied for. None where the decision offers none."""
    if outcome != LOWER_LEVEL_OFFERED:
        return None
    level = found.round.level - 1 if wanted is None else wanted
    if level not in levels() or level >= found.round.level:
        raise refusal("no_lower_level", "Offer a level below the one that was applied for.")
    return level


def _kept(condition: Condition) -> dict[str, str]:
    return {
        name: value.isoformat() if isinstance(value, date) else value.strip()
        for name, value in asdict(condition).items()
    }
