"""You said, we did: themes, the responses that belong to each, and the answer without which nothing is tabled."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from remit.consultations.actions.finding import is_over, note, own, refusal, words_of
from remit.consultations.models import Coding, Consultation, Response, Theme
from remit.consultations.queries.tabling import tabling_of
from remit.consultations.states import ANSWERED
from remit.kernel.actor import Actor
from remit.ledger.actions import commit_to
from remit.ledger.actions.refusing import noting_refusals


@noting_refusals(about="consultation", kind="consultation")
@transaction.atomic
def name_theme(*, consultation: str, said: str, by: Actor, at: datetime) -> Theme:
    """Name a theme: what members said, in a sentence. The same again is the first.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``, ``not_closed``, ``no_words``.
    """
    held = _closed(consultation, "name a theme", by, at)
    said = " ".join(words_of(said, "what members said", most=300).split())
    earlier = Theme.objects.filter(consultation=held, said=said).first()
    if earlier is not None:
        return earlier
    last = Theme.objects.filter(consultation=held).aggregate(last=Max("number"))["last"] or 0
    made = Theme.objects.create(consultation=held, number=last + 1, said=said)
    note(held, "theme_named", by, at, theme=made.number, said=said)
    return made


@noting_refusals(about="consultation", kind="consultation")
@transaction.atomic
def code_response(
    *, consultation: str, response: int, themes: Collection[int], by: Actor, at: datetime
) -> Response:
    """Say to which themes a response belongs, by their numbers: these and no others. The same changes nothing.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``, ``not_closed``, ``no_such_theme``.
    """
    held = _closed(consultation, "code a response", by, at)
    found = Response.objects.filter(consultation=held, pk=response).first()
    if found is None:
        raise refusal("not_found", "There is no such response.")
    wanted = {each.number: each for each in Theme.objects.filter(consultation=held, number__in=set(themes))}
    if set(themes) - set(wanted):
        raise refusal("no_such_theme", "Choose from the themes of this consultation.")
    before = set(Coding.objects.filter(response=found).values_list("theme__number", flat=True))
    if before == set(wanted):
        return found
    Coding.objects.filter(response=found).exclude(theme__number__in=set(wanted)).delete()
    Coding.objects.bulk_create(
        Coding(theme=wanted[number], response=found) for number in sorted(set(wanted) - before)
    )
    said = " ".join(str(number) for number in sorted(wanted))
    note(held, "response_coded", by, at, themes=commit_to(said, concerning=f"response/{found.pk}"))
    return found


@noting_refusals(about="consultation", kind="consultation")
@transaction.atomic
def answer_theme(*, consultation: str, theme: int, did: str, by: Actor, at: datetime) -> Theme:
    """Answer what members said: public at once. The last answer makes the consultation an answered one, which may be
    tabled. The same again changes nothing.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``, ``not_closed``, ``no_words``.
    """
    did = words_of(did, "what is done about it")
    earlier = Theme.objects.filter(consultation=consultation, number=theme, did=did).first()
    if earlier is not None and earlier.consultation.state == ANSWERED:
        own(consultation, "log a representation", by)
        return earlier
    held = _closed(consultation, "answer a theme", by, at)
    found = Theme.objects.filter(consultation=held, number=theme).first()
    if found is None:
        raise refusal("not_found", "There is no such theme.")
    if found.did == did:
        return found
    found.did, found.answered_at, found.answered_by = did, at, by.person
    found.save()
    if tabling_of(held, at).allowed:
        held.state = ANSWERED
        held.save()
    note(held, "theme_answered", by, at, theme=theme, did=did, state=held.state)
    return found


def _closed(consultation: str, verb: str, by: Actor, at: datetime) -> Consultation:
    held = own(consultation, verb, by)
    if not is_over(held, at):
        raise refusal("not_closed", "Nobody reads the responses, or counts them, before it has closed.")
    return held
