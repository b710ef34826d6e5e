"""Elections that follow by themselves from a clause: after a vote of no confidence, and after new powers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from remit.constitutions.queries import in_force, rules_of_motion, rules_of_text
from remit.delegation.queries.publicity import public_decisions
from remit.kernel.moments import london_day
from remit.motions.models import Declaration, Motion


@dataclass(frozen=True)
class ElectionDue:
    """An election that has to be held: why, by which clause, by which day, and the motion that holds it, if any."""

    body: str
    why: str
    clause: str
    arose_on: date
    due_on: date
    motion: str

    def is_overdue(self, on: date) -> bool:
        """Whether the day has gone by without a notice of it."""
        return not self.motion and self.due_on < on


def elections_due(body: str, at: datetime) -> tuple[ElectionDue, ...]:
    """Every election that a body's own clauses require, the latest first."""
    found = [*_after_no_confidence(body, at), *_after_new_powers(body, at)]
    return tuple(sorted(found, key=lambda each: each.arose_on, reverse=True))


def _after_no_confidence(body: str, at: datetime) -> list[ElectionDue]:
    rows = Declaration.objects.filter(
        motion__body=body, motion__kind="no_confidence", result="carried", declared_at__lte=at
    )
    found = []
    for each in rows.select_related("motion"):
        rule = rules_of_text(each.motion.text_id, "no_confidence").removal
        if rule is not None:
            arose = london_day(each.declared_at)
            found.append(_due(body, f"Carried: {each.motion.title}", rule.clause, arose, rule.days, at))
    return found


def _after_new_powers(body: str, at: datetime) -> list[ElectionDue]:
    found = []
    rows: QuerySet[Any] = public_decisions(at).filter(application__commissioner=body, outcome="approved")
    for each in rows.select_related("application__round"):
        on, name = london_day(each.public_at), each.application.round.title
        rule = rules_of_motion(body, "delegation", on).reelection if in_force(body, on) else None
        if rule is not None:
            found.append(_due(body, f"Approved: {name}", rule.clause, on, rule.days, at))
    return found


def _due(body: str, why: str, clause: str, arose_on: date, days: int, at: datetime) -> ElectionDue:
    noticed = Motion.objects.filter(body=body, kind="election", noticed_at__lte=at)
    held = [each.pk for each in noticed if each.noticed_at and london_day(each.noticed_at) >= arose_on]
    return ElectionDue(body, why, clause, arose_on, arose_on + timedelta(days=days), held[-1] if held else "")
