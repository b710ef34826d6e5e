"""A commissioner applies: begin, answer, submit; and withdraw."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from remit.delegation.actions.correcting import append_correction
from remit.delegation.actions.finding import deadline_of, locked, refusal, sealed, subject
from remit.delegation.models import Agreement, Application, Arrangement, Decision, Round
from remit.delegation.queries.mandates import amendment_shown
from remit.delegation.queries.positions import level_on
from remit.delegation.queries.scope import scope_of
from remit.delegation.rules import Question, levels, questions
from remit.delegation.states import DRAFT, SUBMITTED, WITHDRAWN, may_become
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.canonical import canonical_json, sha256_hex
from remit.kernel.decision import Refused, require
from remit.kernel.moments import london_day, rfc3339
from remit.ledger.actions import record
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
            "not_open_yet", f"{held.title} is not open yet. It opens on {london_day(held.opens_at)}."
        )
    require(held.deadline.admits(at))
    now = level_on(commissioner, today)
    covered = scope_of(commissioner, today)
    if now is not None and now >= held.level and covered and set(held.groups) <= covered.groups:
        raise refusal("already_held", f"It has {levels()[now].title}, already. Apply for a higher level.")
    made = Application.objects.create(
        round=held, commissioner_id=commissioner, state=DRAFT, begun_at=at, begun_by=by.person
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


@transaction.atomic
def save_answer(*, application: str, question: str, answer: str, by: Actor, at: datetime) -> Application:
    """Keep one answer of a draft: the code of a choice, a day as ``2015-01-08``, or words. The last one counts.

    The ledger says that the question was answered, not how: a draft is nobody else's business.
    Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``, ``no_such_question``, ``wrong_answer``.
    """
    draft = locked(application)
    require(may(by, Permission.APPLY, draft.commissioner_id))
    if draft.state != DRAFT:
        raise refusal("wrong_state", "This has been submitted, so its answers can no longer be changed.")
    asked = questions().get(question)
    if asked is None or draft.round.level not in asked.levels:
        raise refusal("no_such_question", "There is no such question in this round.")
    kept = fitting(asked, answer, london_day(at))
    if draft.answers.get(question) == kept:
        return draft
    draft.answers = {**draft.answers, question: kept}
    draft.save(update_fields=["answers"])
    record(
        act="application.answered",
        by=by,
        at=at,
        subject=subject(draft),
        under=UNDER,
        details={"question": question},
    )
    return draft


def fitting(asked: Question, answer: str, today: date) -> str:
    """An answer as it is kept. Raises `Refused` with ``wrong_answer`` where it does not fit the question."""
    answer = answer.strip()
    if asked.kind == "choice" and answer not in dict(asked.choices):
        raise refusal("wrong_answer", "Select one of the answers.")
    if asked.kind == "day":
        try:
            day = date.fromisoformat(answer)
        except ValueError as error:
            raise refusal("wrong_answer", "Enter a real date.") from error
        if day > today:
            raise refusal("wrong_answer", "The date must be today or in the past.")
        return day.isoformat()
    if asked.kind == "words" and not 0 < len(answer) <= asked.most:
        raise refusal("wrong_answer", f"Enter between 1 and {asked.most:,} characters.")
    return answer


def unanswered(draft: Application) -> list[Question]:
    """The questions of the form that are still to be answered, in order."""
    return [
        each
        for each in questions().values()
        if each.is_asked(draft.round.level, draft.answers) and each.code not in draft.answers
    ]


def submit_application(*, application: str, by: Actor, at: datetime) -> Application:
    """Submit a draft. `at` is when its last byte reached the edge: that alone says whether it was in time.

    Submitting again gives the same receipt. A late one is refused, its draft is kept, and the ledger says so.
    Raises `Refused`: ``not_found``, ``not_permitted``, ``incomplete``, ``wrong_state``, ``late``,
    ``no_amendment``.
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
    missing = unanswered(draft)
    if missing:
        names = "; ".join(each.question for each in missing)
        raise refusal("incomplete", f"Answer these questions first: {names}")
    require(amendment_shown(draft, at))
    draft.answers = {
        code: answer
        for code, answer in draft.answers.items()
        if questions()[code].is_asked(draft.round.level, draft.answers)
    }
    receipt = sha256_hex(canonical_json(_submitted(draft, by, at)))
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


def _submitted(draft: Application, by: Actor, at: datetime) -> dict[str, Any]:
    """What the receipt is a hash of."""
    return {
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
