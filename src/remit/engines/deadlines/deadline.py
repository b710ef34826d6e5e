"""What a deadline is, and whether something came in time.

“By noon on Friday” is said of clocks on walls in London, so a deadline is made from a London day and time and
kept as an instant. Whether the instant itself still counts is part of the deadline and is never left open:
at “noon”, 11:59:59 is in and 12:00:00 is out; “before 1 November” ends with 31 October.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from remit.kernel.decision import ALLOWED, Decision, refuse
from remit.kernel.moments import LONDON

CLAUSE = "The round's published deadline"


class NotALocalTime(ValueError):
    """A time that London's clocks do not show, or show twice, on that day."""


@dataclass(frozen=True, order=True)
class Deadline:
    """The instant `at` (UTC). `is_inclusive`: whether what comes at that very instant is still in time."""

    at: datetime
    is_inclusive: bool = False

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a deadline is an instant: it needs a zone")

    def has_passed(self, at: datetime) -> bool:
        """Whether something received at an instant is late."""
        return at > self.at if self.is_inclusive else at >= self.at

    def admits(self, at: datetime) -> Decision:
        """Whether something received at an instant came in time; a refusal says by how much it was late."""
        if not self.has_passed(at):
            return ALLOWED
        is_close = at - self.at < timedelta(minutes=1)
        return refuse(
            "late",
            f"This was received at {clock(at, to_the_microsecond=is_close)} on {long_day(at)}. "
            f"The deadline was {self.words}, so it is {_late(at - self.at)} late.",
            CLAUSE,
        )

    @property
    def last_day(self) -> date:
        """The London day of the last instant in time: midnight that is late belongs to the day before."""
        at = self.at if self.is_inclusive else self.at - timedelta(microseconds=1)
        return at.astimezone(LONDON).date()

    @property
    def words(self) -> str:
        """As people say it, with what counts: "midday on Friday 9 January 2015 (and that moment itself is late)"."""
        local = self.at.astimezone(LONDON)
        if not self.is_inclusive and local.time() == time(0):
            last = local.date() - timedelta(days=1)
            return f"before {_day(local.date())} (the last day is {_weekday(last)} {_day(last)})"
        edge = "and that moment itself is in time" if self.is_inclusive else "and that moment itself is late"
        return f"{clock(self.at)} on {long_day(self.at)} ({edge})"


def by_time(day: date, at: time, *, is_inclusive: bool = False) -> Deadline:
    """“By noon on Friday”: a London time of a day. Raises `NotALocalTime`."""
    return Deadline(london_instant(day, at), is_inclusive)


def before_day(day: date) -> Deadline:
    """“Before 1 November”: the last moment of the day before is in, midnight is out."""
    return Deadline(london_instant(day, time(0)))


def by_end_of_day(day: date) -> Deadline:
    """“By 30 January”: the whole of that day is in."""
    return before_day(day + timedelta(days=1))


def london_instant(day: date, at: time) -> datetime:
    """The instant, UTC, at which London's clocks show a time on a day.

    Raises `NotALocalTime` for the hour that is skipped in March, and for the one that comes twice in October:
    a deadline must not be open to two readings.
    """
    first = datetime.combine(day, at.replace(tzinfo=None, fold=0), LONDON)
    second = first.replace(fold=1)
    if first.utcoffset() != second.utcoffset():
        back = first.astimezone(UTC).astimezone(LONDON)
        skipped = back.replace(tzinfo=None) != first.replace(tzinfo=None)
        why = "clocks skip that hour" if skipped else "clocks show that hour twice"
        raise NotALocalTime(f"{at:%H:%M} on {_day(day)} is no single moment: {why}. Choose another time.")
    return first.astimezone(UTC)


def clock(at: datetime, *, to_the_microsecond: bool = False) -> str:
    """London time as the NHS writes it: "5:30pm", "midday", "midnight"; or with seconds and what is below."""
    local = at.astimezone(LONDON)
    half = "am" if local.hour < 12 else "pm"
    hour = local.hour % 12 or 12
    if to_the_microsecond:
        return f"{hour}:{local:%M:%S}.{local.microsecond:06d}{half}"
    if local.time() in {time(0), time(12)}:
        return "midnight" if local.hour == 0 else "midday"
    seconds = f":{local:%S}" if local.second or local.microsecond else ""
    minutes = f":{local:%M}" if local.minute or seconds else ""
    return f"{hour}{minutes}{seconds}{half}"


def long_day(at: datetime) -> str:
    """The London day of an instant: "Friday 9 January 2015"."""
    day = at.astimezone(LONDON).date()
    return f"{_weekday(day)} {_day(day)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _weekday(day: date) -> str:
    return f"{day:%A}"


def _late(by: timedelta) -> str:
    if by < timedelta(milliseconds=1):
        return "less than a thousandth of a second"
    if by < timedelta(seconds=1):
        return f"{by.microseconds // 1000} thousandths of a second"
    units = ((by.days, "day"), (by.seconds // 3600, "hour"), (by.seconds // 60 % 60, "minute"))
    parts = [f"{number} {unit}{'' if number == 1 else 's'}" for number, unit in units if number]
    seconds = by.seconds % 60
    return " ".join(parts[:2]) or f"{seconds} second{'' if seconds == 1 else 's'}"
