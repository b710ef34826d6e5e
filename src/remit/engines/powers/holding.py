"""Whether a commissioner holds a power on a day, how, and if not, why not and from when.

Source: invariants 1 and 2 of delegated commissioning: a power can be used only by a body that holds it on that
date; National Health Service Act 2006, s. 13Z (delegation takes effect on the day the agreement says).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from remit.engines.powers.catalogue import GENERAL_PRACTICE, Group, Held, Level, Power
from remit.engines.powers.scope import Grant, Variation, kept_back, scope_on
from remit.kernel.decision import Decision, Reason, refuse
from remit.kernel.period import ONE_DAY, Period


@dataclass(frozen=True)
class Spell:
    """Days on which a power is held in one way, by one grant (None: by none)."""

    period: Period
    how: Held
    grant: Grant | None


@dataclass(frozen=True)
class Holding:
    """How a power is held on a day, by which grant in force (None: by none), and since when in that way.

    `coming` is the next spell in which it is held, `ended` the last one that is over; `kept` is the variation by
    which NHS England has it back.
    """

    how: Held
    grant: Grant | None
    since: date | None
    coming: Spell | None
    ended: Spell | None
    kept: Variation | None = None


def grant_on(grants: Iterable[Grant], on: date, group: str = GENERAL_PRACTICE) -> Grant | None:
    """The grant in force on a day: that which covers a contractor group, if one does; of several the higher level."""
    here = [grant for grant in grants if on in grant.period]
    if len(here) < 2:
        return here[0] if here else None
    return max(here, key=lambda grant: (group in scope_on(grant, on).groups, grant.level))


def spells(power: Power, grants: Iterable[Grant], group: str = GENERAL_PRACTICE) -> list[Spell]:
    """How a power over a group was held, in order, from the first grant on. Before it nobody held it."""
    every = list(grants)
    if not every:
        return []
    begin = min(grant.period.first for grant in every)
    days = {day for grant in every for day in _days_of(grant)} | {
        day for each in power.provisions if group in each.groups for day in _ends(each.period)
    }
    firsts = sorted(day for day in days if day >= begin)
    found: list[Spell] = []
    for first, after in zip(firsts, [*firsts[1:], None], strict=True):
        grant = grant_on(every, first, group)
        how = scope_on(grant, first).over(power, grant.level, group, first) if grant else Held.NONE
        period = Period(first, after - ONE_DAY if after else None)
        if found and (found[-1].how, found[-1].grant) == (how, grant):
            period = Period(found.pop().period.first, period.last)
        found.append(Spell(period, how, grant))
    return found


def _days_of(grant: Grant) -> set[date]:
    return {*_ends(grant.period), *(each.on for each in grant.variations if each.on in grant.period)}


def _ends(period: Period) -> set[date]:
    """The days on which something changes: the first, and the one after the last."""
    return {period.first} | ({period.last + ONE_DAY} if period.last else set())


def first_held(every: Iterable[Spell]) -> Spell | None:
    """The first spell in which a power was held at all."""
    return next((each for each in every if each.how is not Held.NONE), None)


def holding_of(power: Power, grants: Iterable[Grant], on: date, group: str = GENERAL_PRACTICE) -> Holding:
    """How a power over a group is held on a day. Before the power exists nobody holds it."""
    every = list(grants)
    found = spells(power, every, group)
    now = next((each for each in found if on in each.period), None)
    held = [each for each in found if each.how is not Held.NONE]
    how = now.how if now else Held.NONE
    grant = grant_on(every, on, group)
    return Holding(
        how,
        grant,
        now.period.first if now and how is not Held.NONE else None,
        next((each for each in held if each.period.first > on), None),
        next((each for each in reversed(held) if each.period.last and each.period.last < on), None),
        kept_back(grant, power.code, group, on) if grant else None,
    )


@dataclass(frozen=True)
class Wording:
    """What a refusal needs to name things: the levels, the contractor groups, and which group is asked about."""

    levels: Mapping[int, Level]
    groups: Mapping[str, Group]
    group: str = GENERAL_PRACTICE

    def what(self, power: Power) -> str:
        """A power, and over what if that is not general practice."""
        over = "" if self.group == GENERAL_PRACTICE else f" for {self.groups[self.group].name}"
        return f"“{power.name_over(self.group)}”{over}"

    def covered(self, grant: Grant, on: date) -> str:
        """The groups that a grant covers on a day."""
        here = scope_on(grant, on).groups
        return _listed([group.name for code, group in self.groups.items() if code in here]) or "nothing"


def holds(power: Power, grants: Iterable[Grant], on: date, *, who: str, wording: Wording) -> Decision:
    """Whether `who` may use a power over a group on a day. A joint power is allowed with the reason ``jointly``.

    Refused with ``power_not_held``; the message says which power, why not and, where it is known, from when.
    """
    found = holding_of(power, grants, on, wording.group)
    if found.how is Held.HELD:
        return Decision(True)
    clause = reference_on(power, wording.group, on)
    if found.how is Held.JOINT:
        message = (
            f"{who} holds this power jointly: only together with NHS England, through their joint committee."
        )
        return Decision(True, (Reason("jointly", message, clause),))
    message = f"{who} cannot do this on {said_day(on)}. {_why_not(power, found, on, wording)}"
    return refuse("power_not_held", message, clause)


def reference_on(power: Power, group: str, on: date) -> str:
    """The clause for a group on a day; for a day without one, the group's first, or the power's."""
    of_group = [each for each in power.provisions if group in each.groups]
    found = power.provision(group, on) or (of_group[0] if of_group else power.provisions[0])
    return found.reference


def _why_not(power: Power, found: Holding, on: date, wording: Wording) -> str:
    what, group = wording.what(power), wording.groups[wording.group]
    levels = wording.levels
    if group.code not in power.groups:
        return f"“{power.name}” is no power over {group.name}."
    if power.least_level(group.code) is None:
        return f"{what} is reserved to NHS England at every level."
    later = f" It comes on {said_day(found.coming.period.first)}." if found.coming else ""
    if found.kept is not None:
        return f"NHS England has kept {what} back since {said_day(found.kept.on)}.{later}"
    if found.coming is not None and found.coming.grant is not None:
        title = levels[found.coming.grant.level].title
        now = f"It is at Level {found.grant.level}. " if found.grant else ""
        return f"{now}{what} comes with {title}, on {said_day(found.coming.period.first)}."
    if found.grant is not None and group.code not in scope_on(found.grant, on).groups:
        covered = wording.covered(found.grant, on)
        return (
            f"Its arrangement covers {covered}, not {group.name}, so it does not give {what}. A change of its "
            f"scope would add it; the first day for anybody was {said_day(group.since)}."
        )
    if found.grant is not None:
        title = levels[found.grant.level].title
        return f"It is at {title}, which does not give {what}. {_comes_with(power, group.code, on, levels)}".strip()
    if found.ended is not None and found.ended.grant is not None and found.ended.period.last is not None:
        title, last = levels[found.ended.grant.level].title, found.ended.period.last
        return f"{title}, which gave {what}, ended on {said_day(last)}."
    least = power.least_level(group.code)
    return f"It holds no arrangement that gives {what}: apply in a round for Level {least} or higher."


def _comes_with(power: Power, group: str, on: date, levels: Mapping[int, Level]) -> str:
    """From which level a power comes on a day, and how: "It comes with Level 2 (jointly with NHS England) or 3"."""
    found = {number: power.how(number, group, on) for number in sorted(levels)}
    said = [
        f"Level {number} (jointly with NHS England)" if how is Held.JOINT else f"Level {number}"
        for number, how in found.items()
        if how is not Held.NONE
    ]
    return f"It comes with {' or '.join(said)}." if said else ""


def said_day(day: date) -> str:
    """1 April 2015."""
    return f"{day.day} {day:%B} {day.year}"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""
