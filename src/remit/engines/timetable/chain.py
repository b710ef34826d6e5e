"""The chain of steps before a deadline, one after the other, planned back from its last day.

All days are calendar days. A step of 28 days that begins on 1 March is over on 29 March, when the next may begin.
What comes before the committee's meeting must be over by its day. Where it is known when the committee meets, the last
meeting in time is taken; where only how often, a whole interval is allowed for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

MEETING = "committee"


@dataclass(frozen=True)
class Step:
    """Something that takes days. `is_own`: the commissioner's own rule; else the default. `source`: who says so."""

    code: str
    name: str
    days: int
    is_own: bool = False
    source: str = ""


@dataclass(frozen=True)
class Meetings:
    """When a committee meets: on days that are known, or every so many days; neither if nothing is known."""

    on: tuple[date, ...] = ()
    every: int | None = None
    source: str = ""

    def until(self, day: date) -> tuple[date, ...]:
        """The days that are known; where it also meets every so many days, further ones until `day` is passed."""
        found = sorted(self.on)
        while self.every and found[-1] < day:
            found.append(found[-1] + timedelta(days=self.every))
        return tuple(found)


@dataclass(frozen=True)
class Dated:
    """A step with its days: begun on `first` at the latest, over on `last`."""

    code: str
    name: str
    first: date
    last: date
    days: int
    is_own: bool
    source: str


@dataclass(frozen=True)
class Plan:
    """A chain planned back from the last day. `latest_start` is None where no meeting is in time at all.

    `ready_on`: when one who begins on the opening day is ready; None where no meeting is known after that.
    """

    opens_on: date
    last_day: date
    latest_start: date | None
    ready_on: date | None
    steps: tuple[Dated, ...]

    @property
    def is_feasible(self) -> bool:
        """Whether one who begins on the opening day is in time."""
        return self.latest_start is not None and self.latest_start >= self.opens_on

    @property
    def short_by(self) -> int:
        """How many days are missing; 0 if it is feasible or no meeting is in time at all."""
        if self.latest_start is None:
            return 0
        return max(0, (self.opens_on - self.latest_start).days)

    @property
    def days(self) -> int:
        """What all steps take together."""
        return sum(step.days for step in self.steps)


def plan_back(
    opens_on: date, last_day: date, steps: Sequence[Step], meetings: Meetings | None = None
) -> Plan:
    """Plan the steps, in their order and then the committee's meeting, back from the last day."""
    meetings = meetings or Meetings()
    ready = _ready(opens_on, steps, meetings)
    met = _meeting(last_day, meetings)
    if met is None and meetings.on:
        return Plan(opens_on, last_day, None, ready, ())
    found = [met] if met else []
    end = met.first if met else last_day
    for step in reversed(steps):
        if step.days:
            first = end - timedelta(days=step.days)
            found.append(Dated(step.code, step.name, first, end, step.days, step.is_own, step.source))
            end = first
    return Plan(opens_on, last_day, end, ready, tuple(reversed(found)))


def _meeting(last_day: date, meetings: Meetings) -> Dated | None:
    """The committee's meeting: the last one in time, or a whole interval to wait; None if there is none in time or
    nothing is known."""
    if meetings.on:
        day = max((each for each in meetings.until(last_day) if each <= last_day), default=None)
        return Dated(MEETING, "Committee meets", day, day, 0, True, meetings.source) if day else None
    if meetings.every:
        first = last_day - timedelta(days=meetings.every)
        name = f"Committee meets: at most {meetings.every} days to wait"
        return Dated(MEETING, name, first, last_day, meetings.every, True, meetings.source)
    return None


def _ready(opens_on: date, steps: Sequence[Step], meetings: Meetings) -> date | None:
    over = opens_on + timedelta(days=sum(step.days for step in steps))
    if meetings.on:
        return min((day for day in meetings.until(over) if day >= over), default=None)
    return over + timedelta(days=meetings.every or 0)
