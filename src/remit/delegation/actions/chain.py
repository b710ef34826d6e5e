"""What the acts of assessment share: an assessment locked for the act, who has no part in it, where one acts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from remit.delegation.actions.finding import locked, refusal, require_unsealed
from remit.delegation.models import Application, Assessment, Assignment, StageView
from remit.delegation.queries.conflicts import INTERESTS, conflicts_of, kept_out_of
from remit.delegation.queries.signatures import authors_of
from remit.delegation.rules import criteria, scale
from remit.delegation.states import DEFERRED, SUBMITTED
from remit.delegation.states.assessments import LOCAL, NATIONAL, READY
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.canonical import canonical_json
from remit.kernel.decision import require
from remit.kernel.moments import london_day
from remit.ledger.actions import commit_to
from remit.register.queries import place_of

ASSESSED = (SUBMITTED, DEFERRED)
"""The states in which an application is assessed."""
SENT_BACK = "sent_back"
PAIR = "Round's process: two assessors score by themselves, each score with a justification"


def taken_up(application: str) -> Assessment:
    """The assessment of an application that waits for a decision, locked; made where this is the first act of it.

    Raises `Refused`: ``not_found``, ``wrong_state``, ``sealed``.
    """
    found = locked(application)
    if found.state not in ASSESSED:
        raise refusal("wrong_state", "Only an application that waits for a decision is assessed.")
    require_unsealed(found)
    made, _ = Assessment.objects.get_or_create(application=found, defaults={"state": LOCAL})
    return made


def require_place(by: Actor, permission: Permission, commissioner: str, about: str, at: datetime) -> None:
    """Refuse anybody who does not act for the commissioner's place of a kind. Where none is recorded, its region's,
    or with no region either, a national moderator acts in its stead."""
    on = london_day(at)
    place = place_of(commissioner, about, on) or place_of(commissioner, "region", on)
    require(may(by, permission, place) if place else may(by, Permission.MODERATE))


def require_no_interest(
    person: str,
    application: Application,
    at: datetime,
    *,
    who: str = "You have",
    may_have_written: bool = False,
) -> None:
    """Refuse with ``conflicted`` anybody with an interest in what an application is about, or who wrote it: only the
    local office, which completes it together with the commissioner, then endorses it too."""
    why = conflicts_of([person], application.commissioner_id, london_day(at)).get(person)
    if why is None and not may_have_written and person in authors_of(application.pk):
        why = "a part in writing the application"
    if why is not None:
        message = f"{who} {why}. Somebody without an interest has to do this."
        raise refusal("conflicted", message, INTERESTS)


def require_no_interest_in(commissioners: Collection[str], by: Actor, at: datetime) -> None:
    """Refuse with ``conflicted`` whoever runs a round and has an interest in one of the commissioners it is about."""
    barred = sorted(kept_out_of(by.person, london_day(at)) & set(commissioners))
    if barred:
        message = f"You have an interest in {', '.join(barred)}. Somebody without an interest has to do this."
        raise refusal("conflicted", message, INTERESTS)


def vacate(made: Assignment, because: str, by: Actor, at: datetime) -> None:
    """Free an assessor's place, as part of another act. Their scores no longer count, nor does what a moderator made
    of them, and an assessment that was concluded goes back to national moderation."""
    made.released_at, made.released_by, made.released_because = at, by.person, because
    made.save(update_fields=["released_at", "released_by", "released_because"])
    found = made.assessment
    found.moderated.all().delete()
    if found.state != READY:
        return
    found.state = NATIONAL
    found.save(update_fields=["state"])
    StageView.objects.create(
        assessment=found,
        stage=READY,
        went_to=NATIONAL,
        view=SENT_BACK,
        reasons=because,
        organisation=by.acting_for,
        made_at=at,
        made_by=by.person,
    )


def fitting_score(criterion: str, score: int, words: str) -> str:
    """The words of a score as they are kept. Raises `Refused`: ``no_such_criterion``, ``no_such_score``,
    ``no_justification``."""
    found = criteria().get(criterion)
    if found is None:
        raise refusal("no_such_criterion", "There is no such criterion.", PAIR)
    if score not in scale():
        message = f"Give “{found.name}” a score from {min(scale())} to {max(scale())}."
        raise refusal("no_such_score", message, PAIR)
    kept = words.strip()
    if not 0 < len(kept) <= 2000:
        message = f"Say why you give that score for “{found.name}”, in at most 2,000 characters."
        raise refusal("no_justification", message, PAIR)
    return kept


def said(words: str, *, most: int = 2000, code: str = "no_reasons", what: str = "your reasons") -> str:
    """Words as they are kept. Raises `Refused` where there are none, or too many."""
    kept = words.strip()
    if not 0 < len(kept) <= most:
        raise refusal(code, f"Enter {what}, at most {most:,} characters.")
    return kept


def committed(values: Mapping[str, Any], concerning: str) -> str:
    """What is not public, as the ledger holds it."""
    return commit_to(canonical_json(dict(values)).decode(), concerning=concerning)
