"""Amending a text by its own procedure: members first, then NHS England where a clause asks for it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from remit.constitutions.actions.finding import (
    clauses_of,
    locked,
    refusal,
    take_step,
    words_of,
    written_in,
)
from remit.constitutions.models import Clause, Text
from remit.constitutions.queries.texts import digest_of, in_force
from remit.constitutions.states import PROPOSED
from remit.engines.constitution import AmendmentRule, contradictions, rules_for
from remit.kernel.actor import Actor
from remit.kernel.moments import london_day
from remit.ledger.actions.refusing import noting_refusals

AMENDMENT = "amendment"
BACKWARDS = (
    "An amendment never reaches back: what was noticed keeps the rules of its notice. Choose today or later."
)


@noting_refusals(about="text", kind="text")
@transaction.atomic
def propose_amendment(*, text: str, by: Actor, at: datetime) -> Text:
    """Put a draft to the members: its words stand from here on. Again changes nothing.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``, ``no_clauses``, ``contradiction`` (with both
    clauses), ``nothing_changes``, ``other_base``.
    """
    held = locked(text)
    if held.state == PROPOSED:
        return held
    clauses = require_whole(held)
    base = in_force(held.body_id, london_day(at), held.document)
    if base is not None and base.pk != held.based_on_id:
        raise refusal(
            "other_base", "Another version has come into force since this was begun. Begin it again."
        )
    held.sha256 = digest_of(clauses)
    if base is not None and base.sha256 == held.sha256:
        raise refusal("nothing_changes", "This says the same as the version in force. Change a clause first.")
    return take_step(held, "put to the members", by=by, at=at)


@noting_refusals(about="text", kind="text")
@transaction.atomic
def record_members_answer(
    *, text: str, is_agreed: bool, on: date, source: str, by: Actor, at: datetime
) -> Text:
    """Record by hand what members made of an amendment, with where it is written.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``, ``wrong_date``, ``no_words``.
    """
    if on > london_day(at):
        raise refusal("wrong_date", "The day must be today or in the past.")
    source = words_of(source, "where this is written")
    return keep_members_answer(text=text, is_agreed=is_agreed, on=on, source=source, by=by, at=at)


@noting_refusals(about="text", kind="text")
@transaction.atomic
def keep_members_answer(
    *,
    text: str,
    is_agreed: bool,
    on: date,
    origin: str = "by_hand",
    origin_ref: str = "",
    source: str = "",
    by: Actor,
    at: datetime,
) -> Text:
    """What members made of an amendment, from a room where they voted (`origin` and its record).

    Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``.
    """
    held = locked(text)
    verb = "record that members agreed" if is_agreed else "record that members did not agree"
    held.agreed_on = on if is_agreed else None
    return take_step(held, verb, by=by, at=at, on=on, origin=origin, origin_ref=origin_ref, source=source)


@noting_refusals(about="text", kind="text")
@transaction.atomic
def send_amendment(*, text: str, by: Actor, at: datetime) -> Text:
    """Send to NHS England what members agreed. Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``."""
    return take_step(locked(text), "send for approval", by=by, at=at)


@noting_refusals(about="text", kind="text")
@transaction.atomic
def adopt_amendment(*, text: str, in_force_on: date, by: Actor, at: datetime) -> Text:
    """Adopt what members agreed, where the clauses in force ask for no approval.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``, ``needs_approval`` (with the clause),
    ``wrong_date``.
    """
    held = locked(text)
    rule = _amendment_rule(held)
    if rule is None or rule.needs_approval:
        where = rule.clause if rule else "National Health Service Act 2006, s. 14E"
        raise refusal("needs_approval", "NHS England has to approve this amendment. Send it first.", where)
    _require_forwards(in_force_on, at)
    put_in_force(held, in_force_on)
    return take_step(
        held, "adopt without approval", by=by, at=at, details={"in_force_on": in_force_on.isoformat()}
    )


@noting_refusals(about="text", kind="text")
@transaction.atomic
def approve_amendment(*, text: str, in_force_on: date, words: str = "", by: Actor, at: datetime) -> Text:
    """NHS England approves an amendment, in force from a day. Raises `Refused`: ``not_found``, ``not_permitted``,
    ``wrong_state``, ``wrong_date``."""
    held = locked(text)
    _require_forwards(in_force_on, at)
    held.approved_on = london_day(at)
    put_in_force(held, in_force_on)
    details = {"in_force_on": in_force_on.isoformat()}
    return take_step(held, "approve", by=by, at=at, words=words.strip(), details=details)


@noting_refusals(about="text", kind="text")
@transaction.atomic
def refuse_amendment(*, text: str, reasons: str, by: Actor, at: datetime) -> Text:
    """NHS England does not approve it, and says why. Raises `Refused`: ``not_found``, ``not_permitted``,
    ``wrong_state``, ``no_words``."""
    return take_step(locked(text), "refuse", by=by, at=at, words=words_of(reasons, "the reasons", most=5000))


@noting_refusals(about="text", kind="text")
@transaction.atomic
def withdraw_text(*, text: str, reasons: str, by: Actor, at: datetime) -> Text:
    """Its body takes back a text that is not in force, and says why. Raises `Refused`: ``not_found``,
    ``not_permitted``, ``wrong_state``, ``no_words``."""
    return take_step(
        locked(text), "withdraw", by=by, at=at, words=words_of(reasons, "the reasons", most=5000)
    )


def require_whole(held: Text) -> list[Clause]:
    """Its clauses. Refuse with ``no_clauses``, or with ``contradiction`` and the two clauses that say different
    things."""
    clauses = clauses_of(held)
    if not clauses:
        raise refusal("no_clauses", "Write at least one clause first.")
    against = contradictions(written_in(clauses))
    if against:
        first = against[0]
        raise refusal("contradiction", first.words, f"Clauses {first.one} and {first.other}")
    return clauses


def put_in_force(held: Text, in_force_on: date) -> None:
    """Give a text its number and first day; `take_step` then saves it."""
    rows = Text.objects.filter(body=held.body_id, document=held.document)
    held.number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    held.in_force_on = in_force_on


def _require_forwards(in_force_on: date, at: datetime) -> None:
    if in_force_on < london_day(at):
        raise refusal("wrong_date", BACKWARDS)


def _amendment_rule(held: Text) -> AmendmentRule | None:
    base = held.based_on
    return rules_for(AMENDMENT, written_in(clauses_of(base))).amendment if base else None
