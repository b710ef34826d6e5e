"""Publishing a consultation under the rule in force, and making it longer; never shorter."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from remit.consultations.actions.finding import CLAUSE, locked, note, own, refusal, words_of
from remit.consultations.models import Consultation, Step
from remit.consultations.queries.lengths import length_of, rule_of
from remit.consultations.states import PUBLISHED, consultation_may
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.decision import require
from remit.kernel.moments import london_day
from remit.ledger.actions.refusing import noting_refusals


@noting_refusals(about="consultation", kind="consultation")
@transaction.atomic
def publish_consultation(*, consultation: str, by: Actor, at: datetime) -> Consultation:
    """Publish a draft, badged by the rule of length that is in force today. Again changes nothing.

    One that is too short can be published: everybody, and who assesses what comes of it, reads that it is. Raises
    `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``, ``wrong_date``.
    """
    held = locked(consultation)
    require(may(by, Permission.RUN_CONSULTATIONS, held.body_id))
    if held.state == PUBLISHED:
        return held
    require(consultation_may("publish", held.state))
    today = london_day(at)
    if held.opens_on < today:
        raise refusal("wrong_date", "It opens today or later: change its first day.")
    rule = rule_of(held.body_id, held.motion, today)
    held.state, held.minimum_days, held.clause = PUBLISHED, rule.days, rule.clause
    held.published_at, held.published_by = at, by.person
    held.save()
    _step(held, "published", "", by, at)
    return held


@noting_refusals(about="consultation", kind="consultation")
@transaction.atomic
def extend_consultation(
    *, consultation: str, closes_on: date, reasons: str, by: Actor, at: datetime
) -> Consultation:
    """Give members more time. It never closes before the day that was published. The same day changes nothing.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``, ``closes_early`` (with the clause),
    ``is_over``, ``no_words``.
    """
    held = own(consultation, "extend", by)
    if closes_on == held.closes_on:
        return held
    if closes_on < held.closes_on:
        day = f"{held.closes_on.day} {held.closes_on:%B %Y}"
        message = f"Members were told that they have until {day}. It can only be made longer."
        raise refusal("closes_early", message, held.clause or CLAUSE)
    if london_day(at) > held.closes_on:
        raise refusal("is_over", "It has closed. Publish another consultation instead.")
    reasons = words_of(reasons, "the reasons", most=2000)
    held.closes_on = closes_on
    held.save()
    _step(held, "extended", reasons, by, at)
    return held


def _step(held: Consultation, act: str, words: str, by: Actor, at: datetime) -> None:
    Step.objects.create(
        consultation=held, verb=act, closes_on=held.closes_on, words=words, done_at=at, done_by=by.person
    )
    note(
        held,
        act,
        by,
        at,
        title=held.title,
        opens_on=held.opens_on.isoformat(),
        closes_on=held.closes_on.isoformat(),
        clause=held.clause,
        length=length_of(held).words,
        reasons=words,
    )
