"""Filling an application in: its plain answers, and the lines of its tables. Every page saves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from remit.delegation.actions.finding import locked, refusal, subject
from remit.delegation.actions.fitting import fitting
from remit.delegation.models import Application, ChangeRequest, Line, Signature, Statement
from remit.delegation.queries.contents import LINES, form_of, line_row
from remit.delegation.queries.mandates import CONSTITUTION, may_answer_amended
from remit.delegation.queries.signatures import may_complete
from remit.delegation.rules import BOTH, Question, Table
from remit.delegation.rules.forms import DAY, MONEY, ROWS, STATEMENT, WTE
from remit.delegation.states import DRAFT
from remit.documents.queries import documents_of
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.decision import require
from remit.kernel.moments import london_day
from remit.ledger.actions import record

UNDER = "Round's process"
MOST_LINES = 100


@transaction.atomic
def save_answer(
    *, application: str, question: str, answer: str, seen: str | None = None, by: Actor, at: datetime
) -> Application:
    """Keep one answer: the code of a choice (several: with commas), a day as ``2015-01-08``, a number, or words.

    `seen` is what the page showed as kept: where somebody else changed it since, nothing is saved. Signatures that
    were there are void. The ledger says that the question was answered, not how: a draft is nobody else's business.
    Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``, ``no_such_question``, ``wrong_answer``,
    ``changed_meanwhile``, ``no_amendment`` where it says that the constitution has been amended, in a process in which
    that needs a record, and there is none.
    """
    draft = locked(application)
    asked = _may_fill(draft, question, by, at)
    if asked.is_kept_apart:
        raise refusal("no_such_question", "This question is answered by lines of a table.")
    kept, now = fitting(asked, answer, london_day(at)), str(draft.answers.get(question, ""))
    if question in draft.answers and now == kept:
        return draft
    if seen is not None and seen != now:
        raise _changed_meanwhile()
    if question == CONSTITUTION:
        require(may_answer_amended(draft, kept, at))
    draft.answers = {**draft.answers, question: kept}
    draft.save(update_fields=["answers"])
    _note(draft, question, "application.answered", by, at)
    return draft


@transaction.atomic
def save_line(
    *,
    application: str,
    question: str,
    values: Mapping[str, str],
    line: str = "",
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> Line:
    """Keep a line of a table, or a statement: a new one, or `line`, or the one with the same key. The same again
    changes nothing. `values` are by column; a statement's are answer, words, and document (an id).

    Raises `Refused` as `save_answer` does, and ``no_such_line``, ``too_many``, ``no_document``.
    """
    draft = locked(application)
    asked = _may_fill(draft, question, by, at)
    if not asked.is_kept_apart:
        raise refusal("no_such_question", "This question is answered without a table.")
    form = form_of(draft.round)
    table = form.table_of(asked)
    kept = fitting_line(asked, table, values, london_day(at))
    if asked.kind == STATEMENT:
        kept |= {"item": asked.code, "document": _document(draft, values.get("document", ""), by)}
    now: Line | None = _line_of(draft, table, line, kept)
    row = line_row(form, table.code, now) if now else None
    if now is not None and row is not None:
        if dict(row.values) == kept:
            return now
        if seen is not None and seen != now.version:
            raise _changed_meanwhile()
    made = _kept_line(draft, asked, table, now, kept, by, at)
    _note(draft, question, "application.answered", by, at)
    return made


@transaction.atomic
def remove_line(*, application: str, question: str, line: str, by: Actor, at: datetime) -> Application:
    """Take a line off a table. Taken off already, nothing changes.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``, ``no_such_question``.
    """
    draft = locked(application)
    asked = _may_fill(draft, question, by, at)
    if asked.kind != ROWS:
        raise refusal("no_such_question", "This question has no lines.")
    table = form_of(draft.round).table_of(asked)
    removed, _ = LINES[table.code].objects.filter(application=draft, pk=line).delete()
    if removed:
        _note(draft, question, "application.line_removed", by, at)
    return draft


def fitting_line(asked: Question, table: Table, values: Mapping[str, str], today: date) -> dict[str, str]:
    """A line as it is kept. Raises `Refused` with ``wrong_answer``."""
    kept = {each.code: fitting(each, values.get(each.code, ""), today) for each in table.columns}
    if asked.kind == STATEMENT and kept["answer"] != "yes" and not kept["words"]:
        raise refusal("wrong_answer", "Explain your answer, as it is not “Yes”.")
    if "indicator" in kept and bool(kept["indicator"]) != bool(kept["review_on"]):
        raise refusal(
            "wrong_answer", "Enter both how it is measured and when it is looked at again, or neither."
        )
    return kept


def _may_fill(draft: Application, question: str, by: Actor, at: datetime) -> Question:
    """The question, if this person can answer it now. Raises `Refused`."""
    asked = form_of(draft.round).questions.get(question)
    own = may(by, Permission.APPLY, draft.commissioner_id)
    if not own.allowed and not may_complete(by, draft.commissioner_id, london_day(at)).allowed:
        require(own)
    if draft.state != DRAFT:
        reopened = ChangeRequest.objects.filter(
            application=draft, question=question, answered_at__isnull=True
        )
        if not reopened.exists():
            raise refusal("wrong_state", "This has been submitted, so its answers can no longer be changed.")
    if asked is None or draft.round.level not in asked.levels:
        raise refusal("no_such_question", "There is no such question in this round.")
    if not own.allowed and asked.by != BOTH:
        raise refusal(
            "not_permitted", "The commissioner fills this section in; the local office does not.", UNDER
        )
    return asked


def _line_of(draft: Application, table: Table, line: str, kept: Mapping[str, str]) -> Any:
    """The line to change; None for a new one. Raises `Refused`."""
    rows = LINES[table.code].objects.filter(application=draft)
    same_key = rows.filter(**{table.key: kept[table.key]}).first() if table.key else None
    if not line:
        return same_key if table.key else _same(rows, table, kept)
    found = rows.filter(pk=line).first()
    if found is None:
        raise refusal("no_such_line", "That line is not there any more. Somebody else may have taken it off.")
    if same_key is not None and same_key.pk != found.pk:
        raise refusal("wrong_answer", f"There is a line for this {table.one} already. Change that one.")
    return found


def _same(rows: Any, table: Table, kept: Mapping[str, str]) -> Any:
    """A line that says just this: sent twice, it counts once."""
    return rows.filter(**{each.code: _value(each, kept[each.code]) for each in table.columns}).first()


def _kept_line(
    draft: Application,
    asked: Question,
    table: Table,
    now: Any,
    kept: Mapping[str, str],
    by: Actor,
    at: datetime,
) -> Line:
    values = {each.code: _value(each, kept[each.code]) for each in table.columns}
    if asked.kind == STATEMENT:
        values |= {"item": kept["item"], "document_id": kept["document"] or None}
    model = LINES[table.code]
    if now is None and model.objects.filter(application=draft).count() >= MOST_LINES:
        raise refusal("too_many", f"There can be at most {MOST_LINES} lines.")
    made = now or model(application=draft)
    made.version = made.version + 1 if now else 1
    for name, value in {**values, "changed_at": at, "changed_by": by.person}.items():
        setattr(made, name, value)
    made.save(force_insert=now is None)
    kept_line: Line = made
    return kept_line


def _value(column: Question, text: str) -> Any:
    """A column's value as the database has it."""
    if column.kind == DAY:
        return date.fromisoformat(text) if text else None
    if column.kind == MONEY:
        return int(text)
    return Decimal(text) if column.kind == WTE else text


def _document(draft: Application, document: str, by: Actor) -> str:
    """The id of a document that one of the two sides kept. Raises `Refused`."""
    if not document:
        return ""
    found = documents_of([document]).get(document)
    is_there = Statement.objects.filter(application=draft, document_id=document).exists()
    if found is None or not (is_there or found.owner in {draft.commissioner_id, by.acting_for}):
        raise refusal("no_document", "There is no such document of yours. Select the file again.")
    return document


def _changed_meanwhile() -> Exception:
    return refusal(
        "changed_meanwhile",
        "Somebody else changed this answer after you opened the page, so yours is not saved yet. Compare the two, "
        "then save again.",
    )


def _note(draft: Application, question: str, act: str, by: Actor, at: datetime) -> None:
    """A change: it voids the signatures, and the ledger says which question it was."""
    if by.person not in draft.hands:
        draft.hands = [*draft.hands, by.person]
        draft.save(update_fields=["hands"])
    voided = Signature.objects.filter(application=draft, voided_at__isnull=True).update(
        voided_at=at, voided_by=by.person, voided_because=question
    )
    more = {"signatures_voided": voided} if voided else {}
    record(act=act, by=by, at=at, subject=subject(draft), under=UNDER, details={"question": question, **more})
