"""The ledger of first use: when each power was granted, when it was first used, and which never were."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from remit.delegation.models import PowerUse
from remit.delegation.queries.positions import end_of
from remit.delegation.queries.scope import grants_by_commissioner
from remit.delegation.rules import groups, powers
from remit.engines.powers import Grant, Power, Spell, first_held, spells
from remit.register.queries import names_on


@dataclass(frozen=True)
class FirstUseRow:
    """A power that a commissioner was granted by a day: from when, how it was then held, when it was first used
    (None: never), how often by that day, and how many of those uses were called in."""

    commissioner: str
    name: str
    power: str
    group: str
    granted_on: date
    how: str
    first_used_at: datetime | None
    first_what: str
    uses: int
    called_in: int


@dataclass(frozen=True)
class PowerTally:
    """A power over a group: by how many commissioners it was granted, first used, never used; uses called in."""

    power: str
    group: str
    granted: int
    used: int
    never_used: int
    called_in: int


@dataclass(frozen=True)
class _Used:
    at: datetime
    what: str
    was_called_in: bool


def first_uses(on: date, commissioner: str | None = None) -> list[FirstUseRow]:
    """Every power that was granted by a day, by commissioner and in the order of the catalogue; or one
    commissioner's. A commissioner's name is that of the day, or its code where it had closed."""
    every = grants_by_commissioner(commissioner)
    used = _used(on, commissioner)
    names = names_on(set(every), on)
    known: dict[tuple[object, ...], Spell | None] = {}
    rows = []
    for code in sorted(every):
        for power, group in _pairs():
            first = _first(known, power, group, every[code])
            if first is None or first.period.first > on:
                continue
            uses = used.get((code, power.code, group), [])
            rows.append(
                FirstUseRow(
                    code,
                    names.get(code, code),
                    power.code,
                    group,
                    first.period.first,
                    first.how.value,
                    uses[0].at if uses else None,
                    uses[0].what if uses else "",
                    len(uses),
                    sum(use.was_called_in for use in uses),
                )
            )
    return rows


def tallies(rows: list[FirstUseRow]) -> list[PowerTally]:
    """The same by power and group, in the order of the catalogue; powers granted to nobody are left out."""
    found: dict[tuple[str, str], list[FirstUseRow]] = defaultdict(list)
    for row in rows:
        found[row.power, row.group].append(row)
    return [
        PowerTally(
            power.code,
            group,
            len(here),
            sum(row.first_used_at is not None for row in here),
            sum(row.first_used_at is None for row in here),
            sum(row.called_in for row in here),
        )
        for power, group in _pairs()
        if (here := found.get((power.code, group)))
    ]


def _pairs() -> list[tuple[Power, str]]:
    return [(power, group) for power in powers().values() for group in groups() if group in power.groups]


def _first(
    known: dict[tuple[object, ...], Spell | None], power: Power, group: str, grants: list[Grant]
) -> Spell | None:
    """The first spell of a power; worked out once for all whose arrangements are alike."""
    alike = tuple((each.level, each.period, each.groups, each.variations) for each in grants)
    key = (power.code, group, alike)
    if key not in known:
        known[key] = first_held(spells(power, grants, group))
    return known[key]


def _used(on: date, commissioner: str | None) -> dict[tuple[str, str, str], list[_Used]]:
    rows = PowerUse.objects.filter(used_at__lt=end_of(on))
    if commissioner is not None:
        rows = rows.filter(commissioner_id=commissioner)
    found: dict[tuple[str, str, str], list[_Used]] = defaultdict(list)
    for code, power, group, what, used_at, called_in in rows.values_list(
        "commissioner_id", "power", "group", "what", "used_at", "call_in__called_in_at"
    ):
        found[code, power, group].append(
            _Used(used_at, what, called_in is not None and called_in < end_of(on))
        )
    return found
