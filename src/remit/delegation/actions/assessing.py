"""Assessors: two to an application, who score it by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from remit.accounts.queries import actors_of
from remit.delegation.actions.chain import (
    PAIR,
    committed,
    fitting_score,
    require_no_interest,
    require_no_interest_in,
    said,
    taken_up,
    vacate,
)
from remit.delegation.actions.finding import refusal, subject
from remit.delegation.models import Assessment, Assignment, Score
from remit.delegation.queries.conflicts import LEFT_BY_INTEREST
from remit.delegation.queries.scores import seated
from remit.delegation.rules import criteria
from remit.delegation.states.assessments import READY
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.decision import require
from remit.kernel.moments import london_day
from remit.ledger.actions import record
from remit.ledger.actions.refusing import noting_refusals


@noting_refusals(about="application", kind="application")
@transaction.atomic
def assign_assessor(*, application: str, person: str, by: Actor, at: datetime) -> Assignment:
    """Assign an assessor to an application, in the first of its two places that is free; one whose holder has come to
    have an interest since is freed. Again changes nothing.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``, ``not_an_assessor``, ``conflicted`` (either
    of them), ``pair_is_full``, ``sealed``.
    """
    require(may(by, Permission.ASSIGN_ASSESSORS))
    found = taken_up(application)
    require_no_interest_in([found.application.commissioner_id], by, at)
    held = list(found.assignments.filter(released_at__isnull=True))
    stays = seated(found, london_day(at))
    earlier = next((each for each in stays if each.person == person), None)
    if earlier is not None:
        return earlier
    possible = actors_of(person)
    if possible and not any(may(each, Permission.ASSESS).allowed for each in possible):
        raise refusal("not_an_assessor", "They are not a national assessor. Give them that role first.", PAIR)
    require_no_interest(person, found.application, at, who="They have")
    places = [place for place in (1, 2) if place not in {each.place for each in stays}]
    left = [each for each in held if each not in stays]
    if not places or (found.state == READY and not left):
        raise refusal("pair_is_full", "It has two assessors. Release one of them first.", PAIR)
    for each in left:
        vacate(each, LEFT_BY_INTEREST, by, at)
    made = Assignment.objects.create(
        assessment=found, person=person, place=places[0], made_at=at, made_by=by.person
    )
    assigned: dict[str, Any] = {"id": made.pk, "person": person}
    if left:
        assigned["left"] = [each.pk for each in left]
    record(
        act="assessment.assessor_assigned",
        by=by,
        at=at,
        subject=subject(found.application),
        under=PAIR,
        details={"assignment": committed(assigned, subject(found.application))},
    )
    return made


@transaction.atomic
def release_assessor(*, application: str, person: str, reasons: str, by: Actor, at: datetime) -> Assignment:
    """Release an assessor, who then has no more part in the application; the scores given so far no longer count.

    Again changes nothing. Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``, ``conflicted``,
    ``not_assigned``, ``no_reasons``, ``concluded``.
    """
    require(may(by, Permission.ASSIGN_ASSESSORS))
    found = taken_up(application)
    require_no_interest_in([found.application.commissioner_id], by, at)
    made = found.assignments.filter(person=person).order_by("-made_at", "-pk").first()
    if made is None:
        raise refusal("not_assigned", "They are not an assessor of this application.", PAIR)
    if made.released_at is not None:
        return made
    if found.state == READY:
        raise refusal("concluded", "The assessment is concluded, so its assessors stay as they were.", PAIR)
    vacate(made, said(reasons, most=500), by, at)
    record(
        act="assessment.assessor_released",
        by=by,
        at=at,
        subject=subject(found.application),
        under=PAIR,
        details={
            "assignment": committed({"id": made.pk, "why": made.released_because}, subject(found.application))
        },
    )
    return made


@noting_refusals(kind="scores")
@transaction.atomic
def score_criteria(
    *, application: str, scores: Mapping[str, tuple[int, str]], by: Actor, at: datetime
) -> Assignment:
    """Give scores, each with why: (score, justification) by criterion. The last one counts; the same again changes
    nothing. The ledger does not say of which application: its other assessor could count.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``, ``not_assigned``, ``conflicted``,
    ``finished``, ``no_such_criterion``, ``no_such_score``, ``no_justification``, ``no_scores``.
    """
    _found, made = _own(application, by, at)
    if made.finished_at is not None:
        raise refusal("finished", "Your scores are in, so they can no longer be changed.", PAIR)
    if not scores:
        raise refusal("no_scores", "Give at least one score.", PAIR)
    kept = {code: (score, fitting_score(code, score, why)) for code, (score, why) in scores.items()}
    before = {each.criterion: (each.score, each.justification) for each in made.scores.all()}
    changed = {code: pair for code, pair in kept.items() if before.get(code) != pair}
    if not changed:
        return made
    for code, (score, why) in changed.items():
        Score.objects.update_or_create(
            assignment=made,
            criterion=code,
            defaults={"score": score, "justification": why, "scored_at": at, "scored_by": by.person},
        )
    record(
        act="assessment.scored",
        by=by,
        at=at,
        subject=f"scores/{made.pk}",
        under=PAIR,
        details={
            "scores": committed({code: list(pair) for code, pair in changed.items()}, f"scores/{made.pk}")
        },
    )
    return made


@noting_refusals(kind="scores")
@transaction.atomic
def hand_in_scores(*, application: str, by: Actor, at: datetime) -> Assignment:
    """Hand in one's scores: from then they stay as they are. Again changes nothing.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``, ``not_assigned``, ``conflicted``,
    ``incomplete``.
    """
    _found, made = _own(application, by, at)
    if made.finished_at is not None:
        return made
    given = set(made.scores.values_list("criterion", flat=True))
    missing = [each.name for code, each in criteria().items() if code not in given]
    if missing:
        raise refusal("incomplete", f"Score these first: {', '.join(missing)}.", PAIR)
    made.finished_at, made.finished_by = at, by.person
    made.save(update_fields=["finished_at", "finished_by"])
    record(
        act="assessment.scoring_finished",
        by=by,
        at=at,
        subject=f"scores/{made.pk}",
        under=PAIR,
        details={"criteria": len(given)},
    )
    return made


def _own(application: str, by: Actor, at: datetime) -> tuple[Assessment, Assignment]:
    """The assessment, and the place in it of whoever acts."""
    require(may(by, Permission.ASSESS))
    found = taken_up(application)
    require_no_interest(by.person, found.application, at)
    made = found.assignments.filter(person=by.person, released_at__isnull=True).first()
    if made is None:
        raise refusal("not_assigned", "You are not an assessor of this application.", PAIR)
    return found, made
