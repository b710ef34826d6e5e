"""When a decision became public, and what else its own commissioner knows of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from itertools import chain
from typing import Any

from django.db.models import Case, DateTimeField, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, Greatest, Least

from remit.delegation.models import Announcement, Application, Decision
from remit.delegation.states import (
    APPROVED,
    CONDITIONAL,
    DECLINED,
    DEFERRED,
    LOWER_LEVEL_OFFERED,
    RESCINDED,
    WITHDRAWN,
)

OWN_ACTS = (WITHDRAWN, RESCINDED)
"""What a commissioner knows of at once, whatever is announced: it did it itself."""
SEALED = Q(round__is_sealed=True, round__unsealed_at=None)
"""Applications in a round whose seal nobody has opened: only those who made them read them."""
UNAPPROVED = (DECLINED, DEFERRED, LOWER_LEVEL_OFFERED)
"""Outcomes that no announcement lists. Their commissioner knows of them at once."""
NOT_ANNOUNCED = "not_announced"
"""What the public is told where all in a round is decided: it was not approved, and its outcome is not public yet."""

_TOLD = Announcement.objects.filter(
    rounds=OuterRef("application__round"), released_at__gte=OuterRef("decided_at")
).order_by("released_at")
_AGREED = F("application__publication_agreement__agreed_at")
_AS_AGREED = Case(
    When(
        Q(
            outcome__in=UNAPPROVED,
            application__publication_agreement__isnull=False,
            told_at__isnull=False,
        ),
        then=Greatest(_AGREED, F("told_at")),
    ),
    output_field=DateTimeField(),
)
_AS_CLOSED = Case(
    When(
        Q(outcome__in=UNAPPROVED, application__round__closure__isnull=False),
        then=Greatest(F("decided_at"), F("application__round__closure__closed_at")),
    ),
    output_field=DateTimeField(),
)
PUBLIC_AT = Coalesce(
    F("announced__announcement__released_at"),
    Greatest(F("correction__made_at"), F("correction__announcement__released_at")),
    Case(When(outcome__in=OWN_ACTS, then=F("decided_at"))),
    Least(_AS_AGREED, _AS_CLOSED),
    _AS_AGREED,
    _AS_CLOSED,
    output_field=DateTimeField(),
)
"""When a decision became public: with its announcement, as a correction, at once if the commissioner itself acted, with
the next announcement if it agreed, or when its round was closed, whichever came first; else null."""


def with_public_at() -> QuerySet[Any]:
    """Every decision, with `public_at`."""
    told = Subquery(_TOLD.values("released_at")[:1])
    return Decision.objects.annotate(told_at=told).annotate(public_at=PUBLIC_AT)


def public_decisions(at: datetime) -> QuerySet[Decision]:
    """Decisions that the public could know of at an instant."""
    return with_public_at().filter(public_at__lte=at)


def waits(round_code: str, at: datetime) -> bool:
    """Whether something submitted is not decided, or was approved and is in no announcement that is released."""
    return round_code in waiting_rounds([round_code], at)


def waiting_rounds(codes: Collection[str], at: datetime) -> set[str]:
    """Those of some rounds that wait so, by what was decided then."""
    last = Decision.objects.filter(application=OuterRef("pk"), decided_at__lte=at).order_by(
        "-decided_at", "-pk"
    )
    rows = Application.objects.filter(round__in=codes, submitted_at__lte=at).order_by()
    rows = rows.annotate(outcome=Subquery(last.values("outcome")[:1]))
    untold = rows.filter(outcome__in=(APPROVED, CONDITIONAL)).exclude(
        decisions__announced__announcement__released_at__lte=at
    )
    undecided = rows.filter(outcome=None)
    found = (each.values_list("round_id", flat=True).distinct() for each in (untold, undecided))
    return set(chain.from_iterable(found))
