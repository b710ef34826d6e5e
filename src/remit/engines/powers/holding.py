"""Whether a commissioner holds a power on a day, how, and if not, why not and from when.

Source: invariants 1 and 2 of delegated commissioning: a power can be used only by a body that holds it on that
date; National Health Service Act 2006, s. 13Z (delegation takes effect on the day the agreement says).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from remit.engines.powers.catalogue import Held, Level, Power
from remit.kernel.decision import Decision, Reason, refuse
from remit.kernel.period import Period


@dataclass(frozen=True)
class Grant:
    """An arrangement in force over a period of London days; `ref` says which. `level` is 1, 2 or 3."""

    level: int
    period: Period
    ref: str = ""


@dataclass(frozen=True)
class Holding:
    """How a power is held on a day, by which grant (None: by none), and the next grant that would give it."""

    how: Held
    grant: Grant | None
    coming: Grant | None
    ended: Grant | None


def grant_on(grants: Iterable[Grant], on: date) -> Grant | None:
    """The grant in force on a day; where two overlap, that of the higher level."""
    return max((grant for grant in grants if on in grant.period), key=lambda grant: grant.level, default=None)


def holding_of(power: Power, grants: Iterable[Grant], on: date) -> Holding:
    """How a power is held on a day. Before the power exists nobody holds it."""
    every = sorted(grants, key=lambda grant: (grant.period.first, -grant.level))
    giving = [grant for grant in every if power.at_level(grant.level) is not Held.NONE]
    now = grant_on(every, on)
    how = power.at_level(now.level) if now and on >= power.since else Held.NONE
    coming = next((grant for grant in giving if max(grant.period.first, power.since) > on), None)
    ended = next((grant for grant in reversed(giving) if grant.period.last and grant.period.last < on), None)
    return Holding(how, now, coming, ended)


def holds(
    power: Power, grants: Iterable[Grant], on: date, *, who: str, levels: Mapping[int, Level]
) -> Decision:
    """Whether `who` may use a power on a day. A joint power is allowed with the reason ``jointly``.

    Refused with ``power_not_held``; the message says why and, where it is known, from when.
    """
    found = holding_of(power, grants, on)
    if found.how is Held.HELD:
        return Decision(True)
    if found.how is Held.JOINT:
        message = (
            f"{who} holds this power jointly: only together with NHS England, through their joint committee."
        )
        return Decision(True, (Reason("jointly", message, power.reference),))
    return refuse(
        "power_not_held",
        f"{who} cannot do this on {_day(on)}. {_why_not(power, found, levels)}",
        power.reference,
    )


def _why_not(power: Power, found: Holding, levels: Mapping[int, Level]) -> str:
    what = f"“{power.name}”"
    if power.is_reserved:
        return f"{what} is reserved to NHS England at every level."
    if found.coming is not None:
        first = max(found.coming.period.first, power.since)
        return f"{what} comes with {levels[found.coming.level].title}, on {_day(first)}."
    if found.grant is not None:
        return f"{levels[found.grant.level].title}, does not give {what}."
    if found.ended is not None and found.ended.period.last is not None:
        return (
            f"{levels[found.ended.level].title}, which gave {what}, ended on {_day(found.ended.period.last)}."
        )
    return f"It holds no arrangement that gives {what}: apply in a round for Level {power.least_level} or higher."


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
