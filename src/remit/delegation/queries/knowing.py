"""What is known of positions at all: where no source speaks the answer is “not known”, never “none”.

What is recorded here is known from the day on which the powers of the first round run here come on. Before that only
what a source states is known, for exactly the days it states. Before any level existed nobody had one.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from django.db.models import Min

from remit.delegation.models import Round
from remit.delegation.rules import groups, levels
from remit.engines.powers import Grant, Power, grant_on, scope_on
from remit.kernel.decision import Decision, refuse

NOT_KNOWN = "position_not_known"
CLAUSE = "Only what a source states is known: nobody's position is guessed"


def levels_began() -> date:
    """The first day on which anybody could hold a level."""
    return min(level.since for level in levels().values())


def recorded_from() -> date | None:
    """The day from which every position is recorded here; None where no round was ever run here."""
    first: date | None = Round.objects.aggregate(first=Min("effective_on"))["first"]
    return first


def is_whole(on: date, since: date | None) -> bool:
    """Whether everybody's position on a day is known, where all are recorded `since` a day."""
    return on < levels_began() or (since is not None and on >= since)


def is_known(grants: Sequence[Grant], on: date) -> bool:
    """Whether the position of whoever has these grants is known on a day."""
    return grant_on(grants, on) is not None or is_whole(on, recorded_from())


def position_not_known(
    power: Power, group: str, grants: Sequence[Grant], on: date, who: str
) -> Decision | None:
    """The refusal ``position_not_known`` for a position that is not known, with what the sources do state; None where
    there is an answer all the same: what no level gave on the day was not held, whatever the position was."""
    given = power.provision(group, on)
    if given is None or given.is_reserved:
        return None
    return refuse(
        NOT_KNOWN,
        f"It is not known whether {who} could do this on {_day(on)}. {stated(grants)}",
        CLAUSE,
    )


def scope_not_known(power: Power, group: str, grants: Sequence[Grant], on: date, who: str) -> Decision | None:
    """The refusal ``position_not_known`` where a source states an arrangement, but not whether it covers a contractor
    group that could be covered; None where that is known."""
    now, given = grant_on(grants, on, group), power.provision(group, on)
    if now is None or now.is_whole or group in scope_on(now, on).groups or given is None or given.is_reserved:
        return None
    return refuse(
        NOT_KNOWN,
        f"It is not known whether {who} could do this on {_day(on)}. The source of its arrangement does not say "
        f"whether it covered {groups()[group].name}.",
        CLAUSE,
    )


def stated(grants: Collection[Grant]) -> str:
    """What the sources state of a position, in a sentence."""
    spans = [
        f"from {_day(each.period.first)}{f' to {_day(each.period.last)}' if each.period.last else ' on'} "
        f"({levels()[each.level].title})"
        for each in sorted(grants, key=lambda each: each.period.first)
        if each.period.first is not None
    ]
    if not spans:
        return "No source held here states its position on any day."
    return f"The sources held here state its position {' and '.join(spans)}, and on no other day."


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
