"""A text that was adopted elsewhere: recorded by hand, with where it is written."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from remit.constitutions.actions.amending import put_in_force, require_whole
from remit.constitutions.actions.finding import locked, refusal, take_step, words_of
from remit.constitutions.models import Text
from remit.constitutions.queries.texts import digest_of
from remit.kernel.actor import Actor
from remit.kernel.moments import london_day
from remit.ledger.actions.refusing import noting_refusals


@noting_refusals(about="text", kind="text")
@transaction.atomic
def record_adoption(
    *,
    text: str,
    agreed_on: date,
    in_force_on: date,
    approved_on: date | None = None,
    source: str,
    by: Actor,
    at: datetime,
) -> Text:
    """Record a draft as adopted already: a body's first text, or a version from before it was kept here.

    It may not reach back over a version that is in force: that goes by amendment. Raises `Refused`: ``not_found``,
    ``not_permitted``, ``wrong_state``, ``no_clauses``, ``contradiction``, ``wrong_date``, ``needs_amendment``,
    ``no_words``.
    """
    held = locked(text)
    source = words_of(source, "where this is written")
    clauses = require_whole(held)
    if not agreed_on <= (approved_on or agreed_on) <= in_force_on <= london_day(at):
        raise refusal(
            "wrong_date", "Members agree first, then NHS England approves, then it is in force; all by today."
        )
    if held.based_on_id:
        raise refusal(
            "needs_amendment",
            "A version is in force already, so this is an amendment. Put it to the members.",
        )
    held.agreed_on, held.approved_on, held.sha256 = agreed_on, approved_on, digest_of(clauses)
    put_in_force(held, in_force_on)
    return take_step(held, "record as adopted", by=by, at=at, on=in_force_on, source=source)
