"""While an agreement lasts: annual reviews, and ratings of assurance."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from remit.delegation.actions.agreeing import kept_document, locked_agreement, said_of, state_of
from remit.delegation.actions.finding import refusal
from remit.delegation.models import Agreement, AnnualReview, AssuranceRating
from remit.delegation.rules import (
    assurance_areas,
    assurance_ratings,
    assurance_rule,
    review_outcomes,
    review_rule,
)
from remit.delegation.states import IN_EFFECT, UNDER_NOTICE
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.decision import require
from remit.kernel.moments import london_day
from remit.ledger.actions import record


@transaction.atomic
def review_agreement(
    *,
    agreement: str,
    held_on: date,
    outcome: str,
    findings: str,
    extends_to: date | None = None,
    by: Actor,
    at: datetime,
) -> AnnualReview:
    """Record a review of an agreement. The same day's again changes nothing.

    Raises `Refused`: ``not_permitted``, ``not_found``, ``wrong_state`` unless it is in effect, ``no_such_outcome``,
    ``no_findings``, ``wrong_dates`` (in the future, before it began, or a term that would not get longer).
    """
    require(may(by, Permission.RUN_ROUNDS))
    found = locked_agreement(agreement)
    earlier = AnnualReview.objects.filter(agreement=found, held_on=held_on).first()
    if earlier is not None:
        return earlier
    rule = review_rule()[1]
    findings = findings.strip()
    _require_running(found, held_on, at, rule.clause)
    if outcome not in review_outcomes():
        raise refusal("no_such_outcome", "Select what follows from the review.", rule.clause)
    if not 0 < len(findings) <= 4000:
        raise refusal("no_findings", "Enter what the review found, at most 4,000 characters.", rule.clause)
    _extend(found, outcome, extends_to)
    made = AnnualReview.objects.create(
        agreement=found,
        held_on=held_on,
        outcome=outcome,
        findings=findings,
        term_last_on=extends_to,
        reviewed_at=at,
        reviewed_by=by.person,
    )
    record(
        act="agreement.reviewed",
        by=by,
        at=at,
        subject=f"agreement/{found.pk}",
        under=rule.clause,
        details={
            **said_of(found),
            "held_on": held_on.isoformat(),
            "outcome": outcome,
            "extends_to": extends_to.isoformat() if extends_to else None,
        },
    )
    return made


@transaction.atomic
def rate_assurance(
    *,
    agreement: str,
    area: str,
    rating: str,
    rated_on: date,
    source: str,
    document: str = "",
    by: Actor,
    at: datetime,
) -> AssuranceRating:
    """Record how an internal audit rated an area of what was delegated. The same again changes nothing.

    Raises `Refused`: ``not_permitted``, ``not_found``, ``wrong_state`` unless it is in effect, ``no_such_area``,
    ``no_such_rating``, ``no_source``, ``wrong_dates``, ``no_document``.
    """
    require(may(by, Permission.RUN_ROUNDS))
    found = locked_agreement(agreement)
    rule, source = assurance_rule(), " ".join(source.split())
    if area not in assurance_areas():
        raise refusal("no_such_area", "Select the area that was rated.", rule.reference)
    if rating not in assurance_ratings():
        raise refusal("no_such_rating", "Select the rating.", rule.reference)
    if not 0 < len(source) <= 300:
        raise refusal("no_source", "Name the report that says so, in at most 300 characters.", rule.reference)
    said = {"area": area, "rating": rating, "rated_on": rated_on, "source": source}
    earlier = AssuranceRating.objects.filter(agreement=found, **said).first()
    if earlier is not None:
        return earlier
    _require_running(found, rated_on, at, rule.reference)
    made = AssuranceRating.objects.create(
        agreement=found,
        document=kept_document(document),
        recorded_at=at,
        recorded_by=by.person,
        **said,
    )
    record(
        act="assurance.rated",
        by=by,
        at=at,
        subject=f"agreement/{found.pk}",
        under=rule.reference,
        details={**said_of(found), **said, "rated_on": rated_on.isoformat()},
    )
    return made


def _require_running(found: Agreement, day: date, at: datetime, clause: str) -> None:
    """It is in effect, and the day lies between its first day and today."""
    if state_of(found, at) not in (IN_EFFECT, UNDER_NOTICE) or found.effective_on is None:
        raise refusal("wrong_state", "Only an agreement that is in effect is reviewed or rated.", clause)
    if not found.effective_on <= day <= london_day(at):
        raise refusal("wrong_dates", "The day must be between the agreement's first day and today.", clause)


def _extend(found: Agreement, outcome: str, extends_to: date | None) -> None:
    """Give the agreement, and what it brought, a later last day."""
    clause = review_rule()[1].clause
    if (outcome == "extend") != (extends_to is not None):
        raise refusal("wrong_dates", "Enter the new last day, only where the term is extended.", clause)
    if extends_to is None:
        return
    if found.term_last_on is None or extends_to <= found.term_last_on or found.state == UNDER_NOTICE:
        raise refusal("wrong_dates", "The new last day must be later than the present one.", clause)
    brought = found.arrangement
    if brought is not None and brought.last_on == found.term_last_on:
        brought.last_on = extends_to
        brought.save(update_fields=["last_on"])
    found.term_last_on = extends_to
    found.save(update_fields=["term_last_on"])
