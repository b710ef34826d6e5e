"""Beside the responses: why a member gave none, and what was said outside the formal process."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from remit.consultations.actions.finding import locked, note, plain, refusal, words_of
from remit.consultations.models import FOR_PRACTICE, Representation, Response, Silence
from remit.consultations.queries.audience import is_asked
from remit.consultations.rules import channels, silence_reasons
from remit.consultations.states import DRAFT, consultation_may
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.decision import Decision, require
from remit.kernel.moments import london_day
from remit.ledger.actions import commit_to
from remit.ledger.actions.refusing import noting_refusals
from remit.register.queries import exists, kind_on


@noting_refusals(about="consultation", kind="consultation")
@transaction.atomic
def explain_silence(
    *, consultation: str, practice: str, reason: str, words: str = "", by: Actor, at: datetime
) -> Silence:
    """Say why a practice does not respond: until the close, and after it until every theme is answered.

    It counts only while there is no response. Another reason takes its place; the same changes nothing. Raises
    `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``, ``not_open``, ``not_asked``, ``no_such_reason``,
    ``has_responded``.
    """
    held = locked(consultation)
    require(may(by, Permission.RESPOND_FOR_PRACTICE, practice))
    require(consultation_may("explain silence", held.state))
    if london_day(at) < held.opens_on:
        raise refusal("not_open", "It has not opened.")
    if not is_asked(held, practice):
        raise refusal("not_asked", f"{practice} is not among the practices that are asked.")
    if reason not in silence_reasons():
        raise refusal("no_such_reason", f"Choose one of: {', '.join(silence_reasons())}.")
    if Response.objects.filter(consultation=held, tier=FOR_PRACTICE, practice=practice).exists():
        raise refusal("has_responded", "The practice has responded. Change its response instead.")
    words = plain(words)[:2000]
    kept = Silence.objects.filter(consultation=held, practice=practice).first()
    if kept is not None and (kept.reason, kept.words) == (reason, words):
        return kept
    kept, _ = Silence.objects.update_or_create(
        consultation=held,
        practice_id=practice,
        defaults={"reason": reason, "words": words, "given_at": at, "given_by": by.person},
    )
    said = commit_to(f"{reason} {words}", concerning=f"silence/{kept.pk}")
    note(held, "silence_explained", by, at, reason=said)
    return kept


@noting_refusals(about="consultation", kind="consultation")
@transaction.atomic
def log_representation(
    *,
    consultation: str,
    who: str,
    organisation: str = "",
    channel: str,
    words: str,
    received_on: date,
    by: Actor,
    at: datetime,
) -> Representation:
    """Log what somebody said outside the formal process: by the body that asks, or by an LMC of its own words.

    It is public, and never counted as a response. The same again is the first. Raises `Refused`: ``not_found``,
    ``not_permitted``, ``wrong_state``, ``no_words``, ``no_such_channel``, ``no_such_organisation``, ``wrong_date``.
    """
    held = locked(consultation)
    require(_may_log(held.body_id, organisation, by, at))
    if held.state == DRAFT:
        require(consultation_may("log a representation", held.state))
    if channel not in channels():
        raise refusal("no_such_channel", f"Choose one of: {', '.join(channels())}.")
    if organisation and not exists(organisation):
        raise refusal("no_such_organisation", f"The register has never heard of {organisation}.")
    if received_on > london_day(at):
        raise refusal("wrong_date", "The day must be today or in the past.")
    said = {
        "who": " ".join(words_of(who, "whose words they are", most=200).split()),
        "organisation_id": organisation or None,
        "channel": channel,
        "words": words_of(words, "what was said"),
        "received_on": received_on,
    }
    earlier = Representation.objects.filter(consultation=held, **said).first()
    if earlier is not None:
        return earlier
    made = Representation.objects.create(consultation=held, **said, logged_at=at, logged_by=by.person)
    note(
        held,
        "represented",
        by,
        at,
        organisation=organisation,
        channel=channel,
        received_on=received_on.isoformat(),
        words=commit_to(f"{made.who}: {made.words}", concerning=f"representation/{made.pk}"),
    )
    return made


def _may_log(body: str, organisation: str, by: Actor, at: datetime) -> Decision:
    """An LMC logs its own words; the body that asks, anybody's."""
    is_own = organisation == by.acting_for and kind_on(by.acting_for, london_day(at)) == "lmc"
    return may(by, Permission.RUN_CONSULTATIONS, by.acting_for if is_own else body)
