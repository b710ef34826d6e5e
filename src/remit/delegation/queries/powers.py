"""Who holds which power over whom, at any instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from remit.delegation.models import PowerUse
from remit.delegation.queries.knowing import NOT_KNOWN, is_known, position_not_known, scope_not_known, stated
from remit.delegation.queries.scope import grants_of
from remit.delegation.rules import contractor_groups, groups, levels, powers, powers_over
from remit.delegation.states import IN_FORCE
from remit.engines.powers import (
    GENERAL_PRACTICE,
    Grant,
    Held,
    Holding,
    Power,
    Wording,
    holding_of,
    holds,
    reference_on,
)
from remit.kernel.decision import Decision, Reason, Refused, refuse
from remit.kernel.moments import london_day
from remit.kernel.names import readable_name
from remit.register.queries import kind_on, names_on
from remit.register.rules import COMMISSIONER_KINDS


@dataclass(frozen=True)
class PowerRow:
    """A power of one commissioner on a day: how it is held (none, joint, held; not_known), since when, when it was
    first used.

    `why_not` says why it is not held, and from when it will be; or why nobody can say. `group` is whom it is over.
    """

    code: str
    name: str
    group: str
    how: str
    since: date | None
    first_used_at: datetime | None
    why_not: str
    reference: str

    @property
    def holder(self) -> str:
        """Who holds it: the commissioner, both, NHS England, or not_known."""
        return {"held": "commissioner", "joint": "both", "none": "NHS England"}.get(self.how, self.how)


@dataclass(frozen=True)
class MatrixRow:
    """A power of one commissioner on a day, over each contractor group that it is about."""

    code: str
    name: str
    cells: tuple[PowerRow, ...]


@dataclass(frozen=True)
class Use:
    """Something done under a power over a group. `standing` is in force, called in, released or taken over."""

    id: str
    commissioner: str
    power: str
    group: str
    what: str
    used_at: datetime
    standing: str


def power_of(code: str) -> Power:
    """The power of that code, also of one that it had before. Raises `Refused` with ``no_such_power``, which lists
    those there are."""
    found = powers().get(code) or next((each for each in powers().values() if code in each.formerly), None)
    if found is None:
        known = ", ".join(powers())
        raise Refused(
            Reason(
                "no_such_power", f"There is no power “{code}”. There are: {known}.", "The catalogue of powers"
            )
        )
    return found


def group_of(code: str) -> str:
    """A contractor group's code, if there is such a group. Raises `Refused` with ``no_such_group``."""
    if code not in groups():
        known = ", ".join(groups())
        message = f"There is no contractor group “{code}”. There are: {known}."
        raise Refused(Reason("no_such_group", message, "The catalogue of powers"))
    return code


def holds_power(commissioner: str, power: str, at: datetime, group: str = GENERAL_PRACTICE) -> Decision:
    """Whether a commissioner holds a power over a contractor group at an instant. A joint power is allowed with the
    reason ``jointly``.

    Powers go by London days: they come on at midnight. A refusal says which power, why not, and from when; where no
    source says what the position was, it is ``position_not_known``.
    Raises `Refused` with ``no_such_power`` or ``no_such_group``.
    """
    return holds_power_on(commissioner, power, london_day(at), group)


def holds_power_on(commissioner: str, power: str, on: date, group: str = GENERAL_PRACTICE) -> Decision:
    """The same, on a London day."""
    asked = power_of(power)
    grants = grants_of(commissioner)
    who = _who(commissioner, on)
    return _decided(asked, commissioner, on, grants, who, group_of(group), known=is_known(grants, on))


def not_known_of(commissioner: str, on: date) -> str:
    """What the sources do state of a commissioner's position, where it is not known on a day; else empty."""
    grants = grants_of(commissioner)
    return "" if is_known(grants, on) else stated(grants)


def _who(commissioner: str, on: date) -> str | None:
    """What a commissioner was called on a day; None if it was none."""
    if kind_on(commissioner, on) not in COMMISSIONER_KINDS:
        return None
    return readable_name(names_on({commissioner}, on).get(commissioner, commissioner))


def _decided(
    power: Power,
    commissioner: str,
    on: date,
    grants: list[Grant],
    who: str | None,
    group: str,
    *,
    known: bool,
) -> Decision:
    if who is None:
        message = f"{commissioner} is no commissioner of primary care on {on.day} {on:%B} {on.year}."
        return refuse("power_not_held", message, "The register")
    unknown = scope_not_known(power, group, grants, on, who)
    if not known:
        unknown = position_not_known(power, group, grants, on, who)
    return unknown or holds(power, grants, on, who=who, wording=Wording(levels(), groups(), group))


def powers_of(commissioner: str, on: date, group: str = GENERAL_PRACTICE) -> list[PowerRow]:
    """Every power over a contractor group, with how a commissioner holds it on a day."""
    return [cell for row in matrix_of(commissioner, on, group) for cell in row.cells]


def matrix_of(commissioner: str, on: date, group: str = "") -> list[MatrixRow]:
    """Every power of the catalogue, with how a commissioner holds it over each group on a day; or over one group."""
    grants, who = grants_of(commissioner), _who(commissioner, on)
    known = is_known(grants, on)
    first: dict[tuple[str, str], datetime] = {}
    for use in reversed(uses_of(commissioner)):
        first[use.power, use.group] = use.used_at

    def cell(power: Power, over: str) -> PowerRow:
        decision = _decided(power, commissioner, on, grants, who, over, known=known)
        holding = holding_of(power, grants, on, over)
        return _row(power, over, holding, decision, first.get((power.code, over)), on)

    wanted = powers_over(group_of(group)) if group else powers()
    return [
        MatrixRow(
            each.code,
            each.name,
            tuple(
                cell(each, over)
                for over in contractor_groups()
                if over in each.groups and group in ("", over)
            ),
        )
        for each in wanted.values()
    ]


def _row(
    power: Power, group: str, held: Holding, decision: Decision, first: datetime | None, on: date
) -> PowerRow:
    why_not = "" if decision.allowed else " ".join(reason.message for reason in decision.reasons)
    how = held.how.value if decision.allowed else Held.NONE.value
    if not decision.allowed and decision.reasons[0].code == NOT_KNOWN:
        how = "not_known"
    since = held.since if decision.allowed else None
    return PowerRow(
        power.code, power.name_over(group), group, how, since, first, why_not, reference_on(power, group, on)
    )


def uses_of(commissioner: str) -> list[Use]:
    """What a commissioner did under its powers, in order."""
    rows = PowerUse.objects.filter(commissioner_id=commissioner).select_related("call_in")
    return [use_from(row) for row in rows]


def use_from(row: PowerUse) -> Use:
    """A kept use, with where it stands."""
    standing = row.call_in.state if hasattr(row, "call_in") else IN_FORCE
    return Use(row.pk, row.commissioner_id, row.power, row.group, row.what, row.used_at, standing)
