"""Responses: one position of each practice, and general practitioners in their own right. Until the close each can
be changed, and every version is kept; of none of them does the ledger say anything but that it was given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from remit.consultations.actions.finding import MOST_WORDS, is_open, locked, note, plain, refusal
from remit.consultations.models import (
    AS_GP,
    FOR_PRACTICE,
    STANCES,
    Answer,
    Consultation,
    Option,
    Response,
    ResponseVersion,
)
from remit.consultations.queries.audience import is_asked
from remit.consultations.states import consultation_may
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.canonical import canonical_json
from remit.kernel.decision import require
from remit.ledger.actions import commit_to
from remit.ledger.actions.refusing import noting_refusals

MOST_PARTNERS = 200
Stances = Mapping[int, str]
Splits = Mapping[int, Sequence[int]]


@noting_refusals(about="consultation", kind="consultation")
@transaction.atomic
def respond_for_practice(
    *,
    consultation: str,
    practice: str,
    stances: Stances,
    splits: Splits | None = None,
    words: str = "",
    by: Actor,
    at: datetime,
) -> Response:
    """The one position of a practice: what it says of each option by number, and its partners for, against and
    abstaining where it says so. Until the close it can be given anew; the same again changes nothing.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``, ``not_open``, ``not_asked``, ``wrong_answer``,
    ``wrong_split``, ``no_words``.
    """
    held = locked(consultation)
    require(may(by, Permission.RESPOND_FOR_PRACTICE, practice))
    require(consultation_may("respond for a practice", held.state))
    return _keep(held, FOR_PRACTICE, practice, "", (stances, splits or {}, words), by, at)


@noting_refusals(about="consultation", kind="consultation")
@transaction.atomic
def respond_as_gp(
    *, consultation: str, stances: Stances, words: str = "", by: Actor, at: datetime
) -> Response:
    """What a general practitioner says in their own right, at the practice that they act for.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``, ``not_open``, ``not_asked``, ``wrong_answer``,
    ``no_words``.
    """
    held = locked(consultation)
    require(may(by, Permission.RESPOND_AS_GP, by.acting_for))
    require(consultation_may("respond as a GP", held.state))
    return _keep(held, AS_GP, by.acting_for, by.person, (stances, {}, words), by, at)


def _keep(
    held: Consultation,
    tier: str,
    practice: str,
    person: str,
    said: tuple[Stances, Splits, str],
    by: Actor,
    at: datetime,
) -> Response:
    if not is_open(held, at):
        days = f"{held.opens_on.day} {held.opens_on:%B %Y} to {held.closes_on.day} {held.closes_on:%B %Y}"
        raise refusal("not_open", f"It is open from {days}, both days included.")
    if not is_asked(held, practice):
        raise refusal("not_asked", f"{practice} is not among the practices that are asked.")
    stances, splits, words = said
    _require_answers(held, stances, splits)
    words = plain(words)
    if len(words) > MOST_WORDS:
        raise refusal("no_words", f"Write at most {MOST_WORDS:,} characters.")
    whole = {
        "stances": {str(number): stances[number] for number in sorted(stances)},
        "splits": {str(number): list(splits[number]) for number in sorted(splits)},
        "words": words,
    }
    kept = Response.objects.filter(consultation=held, tier=tier, practice=practice, person=person).first()
    last = ResponseVersion.objects.filter(response=kept).last() if kept else None
    if kept is not None and last is not None and last.said == whole:
        return kept
    kept = kept or Response(consultation=held, tier=tier, practice_id=practice, person=person)
    kept.words, kept.has_split, kept.given_at, kept.given_by = words, bool(splits), at, by.person
    kept.save()
    _write(kept, whole, stances, splits, (last.number if last else 0) + 1)
    answer = commit_to(canonical_json(whole).decode(), concerning=f"response/{kept.pk}")
    note(held, "responded", by, at, answer=answer)
    return kept


def _write(kept: Response, whole: dict[str, Any], stances: Stances, splits: Splits, number: int) -> None:
    ResponseVersion.objects.create(
        response=kept, number=number, said=whole, given_at=kept.given_at, given_by=kept.given_by
    )
    Answer.objects.filter(response=kept).delete()
    for option, stance in stances.items():
        split = splits.get(option)
        counts = dict(zip(("in_favour", "against", "abstained"), split, strict=True)) if split else {}
        Answer.objects.create(response=kept, option=option, stance=stance, **counts)


def _require_answers(held: Consultation, stances: Stances, splits: Splits) -> None:
    options = set(Option.objects.filter(consultation=held).values_list("number", flat=True))
    if set(stances) != options or set(stances.values()) - set(STANCES):
        raise refusal("wrong_answer", f"Say of each option one of: {', '.join(STANCES)}.")
    for option, split in splits.items():
        is_whole = len(split) == 3 and all(0 <= each <= MOST_PARTNERS for each in split) and sum(split) > 0
        if option not in options or not is_whole:
            raise refusal(
                "wrong_split",
                "Enter how many partners are for, against and abstaining: whole numbers, at least one in all.",
            )
