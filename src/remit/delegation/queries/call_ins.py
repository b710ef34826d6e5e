"""Decisions made under powers, and those that NHS England called in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from remit.delegation.models import CallIn, PowerUse
from remit.delegation.queries.positions import end_of
from remit.delegation.queries.powers import Use, use_from


@dataclass(frozen=True)
class CallInRow:
    """A decision that NHS England called in: why, and what came of it. `state` is that of the decision."""

    id: str
    use: str
    commissioner: str
    power: str
    group: str
    what: str
    used_at: datetime
    state: str
    reasons: str
    called_in_at: datetime
    outcome_reasons: str
    settled_at: datetime | None


def use_of(use: str) -> Use | None:
    """One use of a power; None if there is none of that id."""
    row = PowerUse.objects.filter(pk=use).select_related("call_in").first()
    return use_from(row) if row else None


def uses_by(on: date, *, commissioner: str = "", power: str = "") -> list[Use]:
    """What was done under powers by a day, in order: by one commissioner, under one power, or all."""
    rows = PowerUse.objects.filter(used_at__lt=end_of(on)).select_related("call_in")
    if commissioner:
        rows = rows.filter(commissioner_id=commissioner)
    if power:
        rows = rows.filter(power=power)
    return [use_from(row) for row in rows]


def call_in_of(use: str) -> CallInRow | None:
    """How a decision was called in; None if it was not."""
    row = CallIn.objects.filter(use_id=use).select_related("use").first()
    return _row(row) if row else None


def call_ins(commissioner: str | None = None) -> list[CallInRow]:
    """Every decision that was called in, or one commissioner's, in order."""
    rows = CallIn.objects.select_related("use")
    if commissioner is not None:
        rows = rows.filter(use__commissioner_id=commissioner)
    return [_row(each) for each in rows]


def _row(row: CallIn) -> CallInRow:
    return CallInRow(
        row.pk,
        row.use_id,
        row.use.commissioner_id,
        row.use.power,
        row.use.group,
        row.use.what,
        row.use.used_at,
        row.state,
        row.reasons,
        row.called_in_at,
        row.outcome_reasons,
        row.settled_at,
    )
