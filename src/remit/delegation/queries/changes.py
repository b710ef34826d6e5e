"""The changes that assessors asked for: for those who fill an application in, and those who assess it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from remit.delegation.models import Application, ChangeRequest
from remit.delegation.queries.conflicts import free_of_interest
from remit.delegation.queries.contents import form_of
from remit.delegation.queries.signatures import may_complete
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.moments import london_day

Said = str | list[dict[str, str]]
"""What an answer said: text, or the lines of a table."""


@dataclass(frozen=True)
class ChangeRow:
    """A change that was asked for: of which question, in which state, and what was said.

    `before` is what the answer said when it was asked for, `after` what it said once that was answered (None until
    then): text, or the lines of a table by column.
    """

    id: str
    application: str
    code: str
    question: str
    state: str
    words: str
    answer: str
    asked_at: datetime
    answered_at: datetime | None
    closed_at: datetime | None
    before: Said
    after: Said | None


def changes_of(application: str, by: Actor, at: datetime) -> list[ChangeRow]:
    """Those asked for of one application, in order; none for others than its two sides and the assessors."""
    found = Application.objects.select_related("round__form").filter(pk=application).first()
    if found is None or not _may_read(found, by, at):
        return []
    asked = form_of(found.round).questions
    return [
        ChangeRow(
            row.pk,
            found.pk,
            row.question,
            asked[row.question].question,
            row.state,
            row.words,
            row.answer,
            row.asked_at,
            row.answered_at,
            row.closed_at,
            row.before,
            row.after,
        )
        for row in ChangeRequest.objects.filter(application=found, asked_at__lte=at)
    ]


def _may_read(found: Application, by: Actor, at: datetime) -> bool:
    return (
        may(by, Permission.APPLY, found.commissioner_id).allowed
        or may_complete(by, found.commissioner_id, london_day(at)).allowed
        or (
            may(by, Permission.DECIDE_APPLICATIONS).allowed
            and free_of_interest(by, found.commissioner_id, at).allowed
        )
    )
