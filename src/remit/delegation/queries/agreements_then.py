"""Agreements as they were known at an instant: nothing that was done later is in them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from remit.delegation.models import (
    Agreement,
    AnnualReview,
    Arrangement,
    AssuranceRating,
    Decision,
    Notice,
)
from remit.delegation.states import APPROVED, ISSUED, RETURNED, SIGNED, UNDER_NOTICE
from remit.kernel.moments import london_day


def agreements_then(at: datetime) -> QuerySet[Agreement]:
    """Those issued by then, with the reviews, ratings and notices of by then. Each is to be wound back."""
    last = Decision.objects.filter(application=OuterRef("application"), decided_at__lte=at)
    later = Arrangement.objects.filter(
        Q(commissioner=OuterRef("commissioner")) | Q(succeeds=OuterRef("arrangement")),
        made_at__lte=at,
        effective_on__gt=OuterRef("arrangement__last_on"),
    )
    rows = Agreement.objects.filter(issued_at__lte=at).select_related("application", "arrangement", "novates")
    rows = rows.annotate(
        outcome_then=Subquery(last.order_by("-decided_at", "-pk").values("outcome")[:1]),
        is_end_known=Exists(later),
    )
    return rows.prefetch_related(
        Prefetch("reviews", AnnualReview.objects.filter(reviewed_at__lte=at)),
        Prefetch("notices", Notice.objects.filter(given_at__lte=at)),
        Prefetch("ratings", AssuranceRating.objects.filter(recorded_at__lte=at)),
        Prefetch("novated_by", Agreement.objects.filter(issued_at__lte=at)),
    )


def wound_back(found: Agreement, at: datetime) -> Agreement:
    """One of those rows with what was done later taken out of it. It is for reading only."""
    if found.application is not None and found.application.state != APPROVED:
        found.application.state = getattr(found, "outcome_then", None) or APPROVED
    if found.signed_at and found.signed_at > at:
        found.signed_at, found.signed_as, found.arrangement, found.effective_on = None, "", None, None
        found.state = RETURNED
    if found.returned_at and found.returned_at > at:
        found.returned_at, found.returned_as, found.terms_of_reference = None, "", None
        found.state = ISSUED
    if found.state == UNDER_NOTICE and not found.notices.all():
        found.state = SIGNED
    extended = [each.term_last_on for each in found.reviews.all() if each.term_last_on]
    if extended:
        found.term_last_on = max(extended)
    _without_later_end(found, at)
    return found


def _without_later_end(found: Agreement, at: datetime) -> None:
    """What it brought has no end yet where nothing that was known by then says so."""
    brought = found.arrangement
    if brought is None or brought.last_on is None or getattr(found, "is_end_known", True):
        return
    if brought.last_on >= london_day(at):
        brought.last_on = None
