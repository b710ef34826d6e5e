"""NHS England calls one decision in, and releases it or takes it over."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from remit.delegation.actions.finding import refusal
from remit.delegation.models import CallIn, PowerUse
from remit.delegation.states import CALL_IN_OUTCOMES, CALLED_IN, IN_FORCE, may_be_called_in
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.decision import require
from remit.ledger.actions import record

CALL_IN = "National Health Service Act 2006, s. 13Z; delegation agreement"
MOST = 2000


@transaction.atomic
def call_in_decision(*, use: str, reasons: str, by: Actor, at: datetime) -> CallIn:
    """Call in what a commissioner did under a power: it has no effect until it is released or taken over.

    Calling it in again gives the same call-in. Raises `Refused`: ``not_permitted``, ``not_found``, ``no_reasons``,
    ``wrong_state`` once it was released or taken over.
    """
    require(may(by, Permission.CALL_IN))
    found = PowerUse.objects.select_for_update().filter(pk=use).first()
    if found is None:
        raise refusal("not_found", "Nothing of that kind was done under a power.", CALL_IN)
    earlier = CallIn.objects.filter(use=found).first()
    if earlier is not None and earlier.state == CALLED_IN:
        return earlier
    require(may_be_called_in(earlier.state if earlier else IN_FORCE, CALLED_IN))
    made = CallIn.objects.create(
        use=found, state=CALLED_IN, reasons=_reasons(reasons), called_in_at=at, called_in_by=by.person
    )
    _record("decision.called_in", made, made.reasons, by, at)
    return made


@transaction.atomic
def settle_call_in(*, use: str, outcome: str, reasons: str, by: Actor, at: datetime) -> CallIn:
    """Release a decision that was called in, or take it over: then `reasons` say what NHS England decided instead.

    The same outcome again gives the same call-in. Raises `Refused`: ``not_permitted``, ``not_found``,
    ``no_such_outcome``, ``no_reasons``, ``wrong_state``.
    """
    require(may(by, Permission.CALL_IN))
    if outcome not in CALL_IN_OUTCOMES:
        known = " or ".join(CALL_IN_OUTCOMES)
        raise refusal("no_such_outcome", f"A call-in ends as {known}.", CALL_IN)
    found = CallIn.objects.select_for_update().filter(use_id=use).first()
    if found is None:
        raise refusal("not_found", "That decision has not been called in.", CALL_IN)
    if found.state == outcome:
        return found
    require(may_be_called_in(found.state, outcome))
    found.state, found.outcome_reasons = outcome, _reasons(reasons)
    found.settled_at, found.settled_by = at, by.person
    found.save(update_fields=["state", "outcome_reasons", "settled_at", "settled_by"])
    _record(f"decision.{outcome}", found, found.outcome_reasons, by, at)
    return found


def _reasons(text: str) -> str:
    found = text.strip()
    if not 0 < len(found) <= MOST:
        raise refusal(
            "no_reasons", f"Give reasons, in at most {MOST:,} characters: they are public.", CALL_IN
        )
    return found


def _record(act: str, made: CallIn, reasons: str, by: Actor, at: datetime) -> None:
    record(
        act=act,
        by=by,
        at=at,
        subject=f"power_use/{made.use_id}",
        under=CALL_IN,
        details={"commissioner": made.use.commissioner_id, "power": made.use.power, "reasons": reasons},
    )
