"""An assessor asks a commissioner to change one answer of what it submitted; only that question reopens."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from remit.delegation.actions.chain import require_no_interest
from remit.delegation.actions.completing import require_signed
from remit.delegation.actions.finding import locked, refusal, require_unsealed, subject
from remit.delegation.models import Application, ChangeRequest
from remit.delegation.queries.contents import contents_of
from remit.delegation.queries.signatures import authors_of, may_complete
from remit.delegation.rules import Question
from remit.delegation.states import ANSWERED, CLOSED, DEFERRED, SUBMITTED, change_may_become
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.canonical import canonical_json
from remit.kernel.decision import require
from remit.kernel.moments import london_day
from remit.ledger.actions import commit_to, record

UNDER = "Round's process: changes that an assessor asks for"


@transaction.atomic
def request_change(*, application: str, question: str, words: str, by: Actor, at: datetime) -> ChangeRequest:
    """Ask for one answer to be changed, and say what is wrong with it. Asked already, nothing changes.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``own_application``, ``conflicted``, ``wrong_state``,
    ``sealed`` (while its round is), ``no_such_question``, ``no_words``.
    """
    found = locked(application)
    require(may(by, Permission.DECIDE_APPLICATIONS))
    if by.person in authors_of(found.pk) or by.acting_for == found.commissioner_id:
        raise refusal("own_application", "Nobody assesses an application of their own.")
    require_no_interest(by.person, found, at)
    if found.state not in {SUBMITTED, DEFERRED}:
        raise refusal("wrong_state", "Changes are asked for after it is submitted and before it is decided.")
    require_unsealed(found)
    contents = contents_of(found)
    asked = next((each for each in contents.asked if each.code == question), None)
    if asked is None:
        raise refusal("no_such_question", "The application was not asked this question.")
    kept = _words(words, "Say what has to be changed, and why")
    earlier = ChangeRequest.objects.filter(
        application=found, question=question, closed_at__isnull=True
    ).first()
    if earlier is not None:
        return earlier
    made = ChangeRequest.objects.create(
        application=found,
        question=question,
        words=kept,
        before=_said(found, asked),
        asked_at=at,
        asked_by=by.person,
    )
    _record("application.change_requested", made, kept, by, at)
    return made


@transaction.atomic
def answer_change(*, change: str, answer: str, by: Actor, at: datetime) -> ChangeRequest:
    """Say what was changed, or why nothing was; the question closes again. The same again changes nothing.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``, ``incomplete``, ``no_words``.
    """
    asked, found = _change(change)
    own = may(by, Permission.APPLY, found.commissioner_id)
    if not own.allowed and not may_complete(by, found.commissioner_id, london_day(at)).allowed:
        require(own)
    kept = _words(answer, "Say what you changed, or why you changed nothing")
    if asked.answered_at and asked.answer == kept:
        return asked
    require(change_may_become(asked.state, ANSWERED))
    contents = contents_of(found)
    question = contents.form.questions[asked.question]
    if contents.lacks(question):
        raise refusal("incomplete", f"{question.question} {contents.lacks(question)}")
    asked.answer, asked.answered_at, asked.answered_by = kept, at, by.person
    asked.after = _said(found, question)
    asked.save(update_fields=["answer", "answered_at", "answered_by", "after"])
    _record("application.change_answered", asked, kept, by, at)
    return asked


@transaction.atomic
def close_change(*, change: str, by: Actor, at: datetime) -> ChangeRequest:
    """Close a change that was answered, or is not needed any more. Where both sides sign, and a change was made, they
    have to have signed again. Closed already, nothing changes.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``own_application``, ``conflicted``, ``wrong_state``,
    ``not_signed``.
    """
    asked, found = _change(change)
    require(may(by, Permission.DECIDE_APPLICATIONS))
    if by.person in authors_of(found.pk) or by.acting_for == found.commissioner_id:
        raise refusal("own_application", "Nobody assesses an application of their own.")
    require_no_interest(by.person, found, at)
    if asked.closed_at is not None:
        return asked
    require(change_may_become(asked.state, CLOSED))
    require_signed(found, contents_of(found))
    asked.closed_at, asked.closed_by = at, by.person
    asked.save(update_fields=["closed_at", "closed_by"])
    _record("application.change_closed", asked, "", by, at)
    return asked


def _change(change: str) -> tuple[ChangeRequest, Application]:
    """A change asked for, with its application locked. Raises `Refused`."""
    asked = ChangeRequest.objects.filter(pk=change).first()
    if asked is None:
        raise refusal("not_found", "No such change was asked for.")
    found = locked(asked.application_id)
    return ChangeRequest.objects.get(pk=change), found


def _said(found: Application, question: Question) -> Any:
    """What an application says to a question, as it is kept."""
    if question.is_kept_apart:
        return [dict(row.values) for row in contents_of(found).of(question)]
    return found.answers.get(question.code, "")


def _words(words: str, empty: str) -> str:
    kept = words.strip()
    if not 0 < len(kept) <= 2000:
        raise refusal("no_words", f"{empty}, in at most 2,000 characters.")
    return kept


def _record(act: str, change: ChangeRequest, words: str, by: Actor, at: datetime) -> None:
    """What an assessor and a commissioner write to each other is not public: the ledger holds a commitment to it."""
    said = {"question": change.question, "words": words}
    record(
        act=act,
        by=by,
        at=at,
        subject=subject(change.application),
        under=UNDER,
        details={
            "change": change.pk,
            "said": commit_to(
                canonical_json(said).decode(), concerning=f"application/{change.application_id}"
            ),
        },
    )
