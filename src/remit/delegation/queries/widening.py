"""What became of the scope that an application was about: every later change of it, also with successors."""

from __future__ import annotations

from datetime import date, datetime

from remit.delegation.models import Agreement, Arrangement, ScopeVariation
from remit.delegation.queries.scope import VariationRow, variation_row
from remit.kernel.period import ONE_DAY
from remit.register.queries import succession_steps


def scope_since(application: str, at: datetime) -> list[VariationRow] | None:
    """The changes of scope of the arrangement that an application led to, in order, and of those in which successors
    carried it on, as recorded by an instant. None where it led to none."""
    agreed = Agreement.objects.filter(application=application, signed_at__lte=at).first()
    first = (agreed and agreed.arrangement) or Arrangement.objects.filter(
        application=application, made_at__lte=at
    ).first()
    if first is None:
        return None
    since = agreed.effective_on if agreed and agreed.effective_on else first.effective_on
    rows = ScopeVariation.objects.select_related("arrangement").filter(
        arrangement__in=_carried_on(first), made_at__lte=at, effective_on__gte=since
    )
    return [variation_row(each) for each in rows]


def _carried_on(first: Arrangement) -> list[str]:
    found: list[str] = []
    current: Arrangement | None = first
    while current is not None:
        found.append(current.pk)
        current = _heir(current, current.last_on + ONE_DAY) if current.last_on else None
    return found


def _heir(before: Arrangement, on: date) -> Arrangement | None:
    """The arrangement in which a successor carries one on from a day."""
    heirs = [
        code
        for code, day in succession_steps({before.commissioner_id}).get(before.commissioner_id, ())
        if day == on
    ]
    rows = Arrangement.objects.filter(commissioner__in=heirs, level__gte=before.level, effective_on__lte=on)
    return rows.exclude(last_on__lt=on).first()
