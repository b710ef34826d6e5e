"""Who held a function: counts by year across the nation, and in one area through its succession."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from remit.delegation.queries.knowing import is_whole, recorded_from
from remit.delegation.queries.scope import grants_by_commissioner
from remit.delegation.rules import Function, powers
from remit.engines.powers import Grant, Held, Spell, grant_on, spells
from remit.kernel.period import ONE_DAY
from remit.register.queries import names_on, predecessors_of
from remit.register.queries.nation import commissioner_codes_on

FIRST_YEAR = 2015


@dataclass(frozen=True)
class YearRow:
    """On 1 April of a year: of so many commissioners, how many held a function alone, and how many jointly; of
    `not_known` no source says."""

    on: date
    commissioners: int
    held: int
    joint: int
    not_known: int


@dataclass(frozen=True)
class HeldRow:
    """Days on which a body held a function, alone or jointly; and through what it came to the area asked about."""

    code: str
    name: str
    first: date
    last: date | None
    how: str


def holders_by_year(function: Function, until: date) -> list[YearRow]:
    """How many commissioners held a function on each 1 April since powers first came on, up to a day."""
    if not function.power:
        return []
    days = [date(year, 4, 1) for year in range(FIRST_YEAR, until.year + 1)]
    known: dict[tuple[object, ...], list[Spell]] = {}
    every, since = grants_by_commissioner(), recorded_from()
    held = {code: _spells(known, function, grants) for code, grants in every.items()}
    rows = []
    for day in (day for day in days if day <= until):
        here = commissioner_codes_on(day)
        how = [_how_on(held[code], day) for code in here if code in held]
        unknown = (
            0 if is_whole(day, since) else sum(grant_on(every.get(code, []), day) is None for code in here)
        )
        rows.append(YearRow(day, len(here), how.count(Held.HELD), how.count(Held.JOINT), unknown))
    return rows


def area_history(function: Function, commissioner: str) -> list[HeldRow]:
    """Who held a function in a commissioner's area: its predecessors, then itself; each while it was recorded.

    A predecessor is followed only as far as the register knows its succession.
    """
    rows: list[HeldRow] = []
    every = grants_by_commissioner()
    for code, last in _line(commissioner):
        for spell in _spells({}, function, every.get(code, [])) if function.power else []:
            if spell.how is Held.NONE:
                continue
            name = names_on({code}, spell.period.first).get(code, code)
            ends = [day for day in (spell.period.last, last) if day is not None]
            until = min(ends, default=None)
            if until is None or spell.period.first <= until:
                rows.append(HeldRow(code, name, spell.period.first, until, spell.how.value))
    return sorted(rows, key=lambda row: (row.first, row.code))


def _line(commissioner: str) -> list[tuple[str, date | None]]:
    """A commissioner and all whose work came to it, each with its last day before it passed on (None: itself)."""
    found: dict[str, date | None] = {commissioner: None}
    waiting = [commissioner]
    while waiting:
        for step in predecessors_of(waiting.pop()):
            if step.predecessor not in found:
                found[step.predecessor] = step.on - ONE_DAY
                waiting.append(step.predecessor)
    return list(found.items())


def _spells(
    known: dict[tuple[object, ...], list[Spell]], function: Function, grants: list[Grant]
) -> list[Spell]:
    key = tuple((each.level, each.period, each.groups, each.variations) for each in grants)
    if key not in known:
        known[key] = spells(powers()[function.power], grants, function.group)
    return known[key]


def _how_on(every: list[Spell], on: date) -> Held:
    return next((each.how for each in every if on in each.period), Held.NONE)
