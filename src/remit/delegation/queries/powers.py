"""Who holds which power, at any instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from remit.delegation.models import PowerUse
from remit.delegation.queries.positions import grants_of
from remit.delegation.rules import levels, powers
from remit.engines.powers import Grant, Held, Holding, Power, holding_of, holds
from remit.kernel.decision import Decision, Reason, Refused, refuse
from remit.kernel.moments import london_day
from remit.register.queries import kind_on, names_on
from remit.register.rules import COMMISSIONER_KINDS


@dataclass(frozen=True)
class PowerRow:
    """A power of one commissioner on a day: how it is held (none, joint, held), since when, when it was first used.

    `why_not` says why it is not held, and from when it will be.
    """

    code: str
    name: str
    how: str
    since: date | None
    first_used_at: datetime | None
    why_not: str
    reference: str


@dataclass(frozen=True)
class Use:
    """Something done under a power."""

    id: str
    power: str
    what: str
    used_at: datetime


def power_of(code: str) -> Power:
    """The power of that code. Raises `Refused` with ``no_such_power``, which lists those there are."""
    found = powers().get(code)
    if found is None:
        known = ", ".join(powers())
        raise Refused(
            Reason(
                "no_such_power", f"There is no power “{code}”. There are: {known}.", "The catalogue of powers"
            )
        )
    return found


def holds_power(commissioner: str, power: str, at: datetime) -> Decision:
    """Whether a commissioner holds a power at an instant. A joint power is allowed with the reason ``jointly``.

    Powers go by London days: they come on at midnight. A refusal says which power, why not, and from when.
    Raises `Refused` with ``no_such_power``.
    """
    return holds_power_on(commissioner, power, london_day(at))


def holds_power_on(commissioner: str, power: str, on: date) -> Decision:
    """The same, on a London day."""
    return _decided(power_of(power), commissioner, on, grants_of(commissioner), _who(commissioner, on))


def _who(commissioner: str, on: date) -> str | None:
    """What a commissioner was called on a day; None if it was none."""
    if kind_on(commissioner, on) not in COMMISSIONER_KINDS:
        return None
    return names_on({commissioner}, on).get(commissioner, commissioner)


def _decided(power: Power, commissioner: str, on: date, grants: list[Grant], who: str | None) -> Decision:
    if who is None:
        message = f"{commissioner} is no commissioner of primary care on {on.day} {on:%B} {on.year}."
        return refuse("power_not_held", message, "The register")
    return holds(power, grants, on, who=who, levels=levels())


def powers_of(commissioner: str, on: date) -> list[PowerRow]:
    """Every power of the catalogue, with how a commissioner holds it on a day."""
    grants = grants_of(commissioner)
    first: dict[str, datetime] = {}
    for use in reversed(uses_of(commissioner)):
        first[use.power] = use.used_at
    who = _who(commissioner, on)
    return [
        _row(
            each,
            holding_of(each, grants, on),
            _decided(each, commissioner, on, grants, who),
            first.get(each.code),
        )
        for each in powers().values()
    ]


def _row(power: Power, held: Holding, decision: Decision, first: datetime | None) -> PowerRow:
    since = max(held.grant.period.first, power.since) if held.grant and held.how is not Held.NONE else None
    why_not = "" if decision.allowed else " ".join(reason.message for reason in decision.reasons)
    how = held.how.value if decision.allowed else Held.NONE.value
    return PowerRow(power.code, power.name, how, since, first, why_not, power.reference)


def uses_of(commissioner: str) -> list[Use]:
    """What a commissioner did under its powers, in order."""
    rows = PowerUse.objects.filter(commissioner_id=commissioner)
    return [Use(row.pk, row.power, row.what, row.used_at) for row in rows]
