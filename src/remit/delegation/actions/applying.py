"""A commissioner applies: begin, submit; and withdraw. Between them it is filled in and signed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from remit.delegation.actions.completing import require_signed, require_whole
from remit.delegation.actions.correcting import append_correction
from remit.delegation.actions.finding import deadline_of, locked, refusal, sealed, subject
from remit.delegation.models import Agreement, Application, Arrangement, Decision, Round
from remit.delegation.queries.contents import Contents, contents_of
from remit.delegation.queries.mandates import amendment_shown
from remit.delegation.queries.positions import level_on
from remit.delegation.queries.scope import groups_of, has_level_over
from remit.delegation.rules import levels
from remit.delegation.states import DRAFT, SUBMITTED, WITHDRAWN, may_become
from remit.engines.deadlines.deadline import clock, long_day
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.canonical import canonical_json, sha256_hex
from remit.kernel.decision import Refused, require
from remit.kernel.moments import london_day, rfc3339
from remit.ledger.actions import record
from remit.ledger.actions.refusing import noting_refusals
from remit.register.queries import kind_on
from remit.register.rules import COMMISSIONER_KINDS

UNDER = "Round's process"


@transaction.atomic
def begin_application(
    *, round_code: str, commissioner: str, interest: str = "", by: Actor, at: datetime
) -> Application:
    """Begin a commissioner's draft in a round. Beginning again gives the same draft.

    `interest`: the expression of interest that it is made from (see `convert_interest`).

    Raises `Refused`: ``not_permitted``, ``not_found``, ``not_a_commissioner``, ``not_open_yet``, ``late``,
    ``already_held``.
    """
    require(may(by, Permission.APPLY, commissioner))
    held = Round.objects.filter(pk=round_code).first()
    if held is None:
        raise refusal("not_found", "There is no such round.")
    earlier = Application.objects.filter(round=held, commissioner_id=commissioner).first()
    if earlier is not None:
        return earlier
    today = london_day(at)
    if kind_on(commissioner, today) not in COMMISSIONER_KINDS:
        raise refusal("not_a_commissioner", f"{commissioner} is no commissioner of primary care today.")
    if at < held.opens_at:
        raise refusal(
            "not_open_yet",
            f"{held.title} is not open yet. It opens at {clock(held.opens_at)} on {long_day(held.opens_at)}.",
        )
    require(held.deadline.admits(at))
    if has_level_over(commissioner, held.level, groups_of(held), today):
        now = level_on(commissioner, today) or held.level
        raise refusal(
            "already_held", f"It has {levels()[now].title}, already, over all that this round is about."
        )
    made = Application.objects.create(
        round=held,
        commissioner_id=commissioner,
        state=DRAFT,
        hands=[by.person],
        begun_at=at,
        begun_by=by.person,
    )
    record(
        act="application.begun",
        by=by,
        at=at,
        subject=subject(made),
        under=UNDER,
        details={
            "round": held.code,
            "commissioner": commissioner,
            **({"interest": interest} if interest else {}),
        },
    )
    return made


@noting_refusals(about="application", kind="application", unnoted={"late"})
def submit_application(*, application: str, by: Actor, at: datetime) -> Application:
    """Submit a draft. `at` is when its last byte reached the edge: that alone says whether it was in time.

    Submitting again gives the same receipt. A late one is refused, its draft is kept, and the ledger says so.
    Raises `Refused`: ``not_found``, ``not_permitted``, ``incomplete``, ``not_signed`` where both sides sign,
    ``wrong_state``, ``late``, ``no_amendment``.
    """
    try:
        return _submit(application, by, at)
    except Refused as refused:
        if refused.code == "late":
            _note_late(application, by, at)
        raise


@transaction.atomic
def _submit(application: str, by: Actor, at: datetime) -> Application:
    draft = locked(application)
    require(may(by, Permission.APPLY, draft.commissioner_id))
    if draft.submitted_at is not None:
        return draft
    require(deadline_of(draft).admits(at))
    require(may_become(draft.state, SUBMITTED))
    contents = contents_of(draft)
    require_whole(contents)
    require_signed(draft, contents)
    require(amendment_shown(draft, at))
    draft.answers = {
        each.code: draft.answers[each.code] for each in contents.asked if each.code in draft.answers
    }
    receipt = sha256_hex(canonical_json(_submitted(draft, contents, by, at)))
    draft.state, draft.submitted_at, draft.submitted_by, draft.receipt = SUBMITTED, at, by.person, receipt
    draft.save(update_fields=["state", "answers", "submitted_at", "submitted_by", "receipt"])
    record(
        act="application.submitted",
        by=by,
        at=at,
        subject=subject(draft),
        under="The round's published deadline",
        details={
            "round": draft.round_id,
            "commissioner": draft.commissioner_id,
            "received_at": rfc3339(at),
            "receipt": receipt,
        },
    )
    return draft


def _submitted(draft: Application, contents: Contents, by: Actor, at: datetime) -> dict[str, Any]:
    """What the receipt is a hash of."""
    lines = contents.as_json()["lines"]
    return {
        **({"lines": lines} if lines else {}),
        "application": draft.pk,
        "round": draft.round_id,
        "commissioner": draft.commissioner_id,
        "answers": draft.answers,
        "received_at": rfc3339(at),
        "by": by.person,
    }


@transaction.atomic
def _note_late(application: str, by: Actor, at: datetime) -> None:
    draft = locked(application)
    record(
        act="application.refused_late",
        by=by,
        at=at,
        subject=subject(draft),
        under="The round's published deadline",
        details={"deadline_at": rfc3339(draft.round.deadline_at), "received_at": rfc3339(at)},
    )


@transaction.atomic
def withdraw_application(*, application: str, reasons: str, by: Actor, at: datetime) -> Decision:
    """Withdraw what was submitted, also after approval, until it is signed. Where it was announced, a correction
    is appended to the announcement.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``no_reasons``, ``wrong_state``, ``signed``.
    """
    found = locked(application)
    require(may(by, Permission.APPLY, found.commissioner_id))
    reasons = reasons.strip()
    if not 0 < len(reasons) <= 2000:
        raise refusal("no_reasons", "Enter your reasons, at most 2,000 characters.")
    require(may_become(found.state, WITHDRAWN))
    is_agreed = Agreement.objects.filter(application=found, signed_at__isnull=False).exists()
    if is_agreed or Arrangement.objects.filter(application=found).exists():
        raise refusal(
            "signed",
            "It has been signed, so it cannot be withdrawn. Give notice to end it: by 30 September, for 1 April.",
            "Delegation agreement: withdrawal by notice",
        )
    found.state = WITHDRAWN
    found.save(update_fields=["state"])
    made = Decision.objects.create(
        application=found, outcome=WITHDRAWN, reasons=reasons, decided_at=at, decided_by=by.person
    )
    append_correction(made, by=by, at=at)
    record(
        act="application.withdrawn",
        by=by,
        at=at,
        subject=subject(found),
        under=UNDER,
        details={"decision": sealed(made)},
    )
    return made
