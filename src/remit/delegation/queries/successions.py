"""Arrangements of commissioners that closed and that a successor has not taken over yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from remit.delegation.models import Arrangement
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.moments import london_day
from remit.kernel.names import readable_name
from remit.kernel.period import ONE_DAY
from remit.register.queries import kind_on, names_on, succession_steps
from remit.register.rules import COMMISSIONER_KINDS


@dataclass(frozen=True)
class SuccessionDue:
    """An arrangement that a successor can take over: whose it is, who follows on which day, as the register has it."""

    arrangement: str
    level: int
    commissioner: str
    name: str
    successor: str
    successor_name: str
    on: date

    @property
    def key(self) -> str:
        """What names it in a form."""
        return f"{self.arrangement}/{self.successor}/{self.on.isoformat()}"


def successions_due(by: Actor, at: datetime) -> list[SuccessionDue]:
    """For the programme: what waits to be taken over, the highest level first; nothing for others."""
    if not may(by, Permission.RUN_ROUNDS).allowed:
        return []
    today, steps = london_day(at), succession_steps()
    rows = Arrangement.objects.filter(commissioner__in=steps).prefetch_related("succeeded_by")
    found = [
        _due(each, successor, on)
        for each in rows
        for successor, on in steps[each.commissioner_id]
        if on <= today and _waits(each, successor, on)
    ]
    return sorted(found, key=lambda row: (row.on, -row.level, row.name, row.successor))


def _waits(found: Arrangement, successor: str, on: date) -> bool:
    """Its commissioner closed that day, and it was not handed over to this successor; nor did it end before."""
    if found.effective_on >= on or kind_on(found.commissioner_id, on) in COMMISSIONER_KINDS:
        return False
    if found.last_on is None or found.last_on >= on:
        return True
    heirs = {each.commissioner_id for each in found.succeeded_by.all()}
    return found.last_on == on - ONE_DAY and bool(heirs) and not _has_it(found, successor, on)


def _has_it(found: Arrangement, successor: str, on: date) -> bool:
    held = Arrangement.objects.filter(
        commissioner=successor, level__gte=found.level, effective_on__lte=on
    ).exclude(last_on__lt=on)
    return held.exists()


def _due(found: Arrangement, successor: str, on: date) -> SuccessionDue:
    code = found.commissioner_id
    return SuccessionDue(
        found.pk,
        found.level,
        code,
        readable_name(names_on({code}, on - ONE_DAY).get(code, code)),
        successor,
        readable_name(names_on({successor}, on).get(successor, successor)),
        on,
    )
