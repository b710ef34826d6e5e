"""Flags: something about an application that somebody has to look into, until it is resolved or stopped."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from remit.delegation.actions.chain import (
    committed,
    require_no_interest,
    require_no_interest_in,
    said,
    taken_up,
)
from remit.delegation.actions.finding import refusal
from remit.delegation.models import Flag, FlagStep
from remit.delegation.rules import criteria
from remit.delegation.states.assessments import (
    ALLOCATED,
    FLAG_STEPS,
    FLAG_WORDS,
    RAISED,
    RESOLVED,
    STOPPED,
    may_move,
    way,
)
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.decision import require
from remit.ledger.actions import record

UNDER = "Round's process: a flag is allocated to somebody, and resolved or stopped with a reason"
RAISERS = (
    Permission.ASSESS,
    Permission.MODERATE,
    Permission.MODERATE_IN_REGION,
    Permission.ENDORSE,
    Permission.ASSIGN_ASSESSORS,
)


@transaction.atomic
def raise_flag(
    *, application: str, what: str, criterion: str = "", by: Actor, at: datetime, once: str
) -> Flag:
    """Raise a flag about an application. `once`: the same token again gives the same flag.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``, ``conflicted``, ``no_such_criterion``,
    ``nothing_said``, ``sealed``.
    """
    if not any(may(by, each).allowed for each in RAISERS):
        require(may(by, Permission.ASSESS))
    found = taken_up(application)
    require_no_interest(by.person, found.application, at)
    if criterion and criterion not in criteria():
        raise refusal("no_such_criterion", "There is no such criterion.", UNDER)
    kept = said(what, most=500, code="nothing_said", what="what somebody has to look into")
    earlier = found.flags.filter(raised_by=by.person, what=kept, criterion=criterion).first()
    if earlier is not None and earlier.state == RAISED:
        return earlier
    made = Flag.objects.create(
        assessment=found, what=kept, criterion=criterion, state=RAISED, raised_at=at, raised_by=by.person
    )
    _noted(made, RAISED, "", "", by, at)
    record(
        act="flag.raised",
        by=by,
        at=at,
        subject=f"flag/{made.pk}",
        under=UNDER,
        details={
            "flag": committed(
                {"application": application, "what": kept, "criterion": criterion}, f"flag/{made.pk}"
            )
        },
        once=once,
    )
    return made


@transaction.atomic
def allocate_flag(*, flag: str, person: str, by: Actor, at: datetime) -> Flag:
    """Allocate a flag to somebody. The same again changes nothing.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``, ``conflicted``, ``nobody``.
    """
    found = _flag(flag)
    require(may(by, Permission.ASSIGN_ASSESSORS))
    require_no_interest_in([found.assessment.application.commissioner_id], by, at)
    if not person.strip():
        raise refusal("nobody", "Select who looks into it.", UNDER)
    if (found.state, found.allocated_to) == (ALLOCATED, person):
        return found
    require(may_move(FLAG_STEPS, FLAG_WORDS, "flag", found.state, ALLOCATED))
    require_no_interest(person, found.assessment.application, at, who="They have")
    found.allocated_to = person
    return _onward(found, ALLOCATED, "", by, at)


@transaction.atomic
def settle_flag(*, flag: str, is_resolved: bool, words: str, by: Actor, at: datetime) -> Flag:
    """Resolve a flag, or stop it, with why: whoever it is allocated to, or who allocates. Again changes nothing.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``, ``conflicted``, ``no_reasons``.
    """
    found = _flag(flag)
    if by.person != found.allocated_to:
        require(may(by, Permission.ASSIGN_ASSESSORS))
    require_no_interest(by.person, found.assessment.application, at)
    wanted = RESOLVED if is_resolved else STOPPED
    kept = said(words, most=1000)
    last = found.steps.last()
    if found.state == wanted and last is not None and last.words == kept:
        return found
    require(may_move(FLAG_STEPS, FLAG_WORDS, "flag", found.state, wanted))
    return _onward(found, wanted, kept, by, at)


def _flag(flag: str) -> Flag:
    found = (
        Flag.objects.select_for_update(of=("self",))
        .select_related("assessment__application")
        .filter(pk=flag)
        .first()
    )
    if found is None:
        raise refusal("not_found", "There is no such flag.", UNDER)
    return found


def _onward(found: Flag, state: str, words: str, by: Actor, at: datetime) -> Flag:
    taken = way(FLAG_STEPS, found.state, state)
    found.state = state
    found.save(update_fields=["state", "allocated_to"])
    _noted(found, state, found.allocated_to, words, by, at)
    record(
        act="flag.moved",
        by=by,
        at=at,
        subject=f"flag/{found.pk}",
        under=taken.clause if taken else UNDER,
        details={
            "step": committed(
                {"state": state, "allocated_to": found.allocated_to, "words": words}, f"flag/{found.pk}"
            )
        },
    )
    return found


def _noted(flag: Flag, state: str, person: str, words: str, by: Actor, at: datetime) -> None:
    FlagStep.objects.create(
        flag=flag, state=state, allocated_to=person, words=words, made_at=at, made_by=by.person
    )
