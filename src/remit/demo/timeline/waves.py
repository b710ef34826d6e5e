"""The programme of today: when its three rounds open and close, and which boards are in which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from remit.delegation.rules import bank_holidays
from remit.demo.timeline.plan import PlannedRound
from remit.engines.deadlines import by_time, london_instant
from remit.kernel.moments import london_day
from remit.register.queries import organisations_on, place_of

LEVEL = 3
GROUP = "specialised"
BEGINS_BEFORE = timedelta(days=150)
NINE = time(9)
SATURDAY = 5


@dataclass(frozen=True)
class Waves:
    """Three rounds: decided and announced; closed a week ago; open."""

    decided: PlannedRound
    closed: PlannedRound
    open: PlannedRound


def waves_of(now: datetime) -> Waves:
    """The rounds, counted from today."""
    today = london_day(now)
    year = (today + timedelta(days=110)).year
    effective_on = (
        date(year, 4, 1) if date(year, 4, 1) > today + timedelta(days=110) else date(year + 1, 4, 1)
    )

    def wave(number: int, name: str, opens: int, closes: int, due: int) -> PlannedRound:
        return PlannedRound(
            code=f"specialised-{effective_on.year}-{number}",
            title=f"Specialised services from April {effective_on.year}: {name} wave",
            level=LEVEL,
            opens_at=_at(today, opens),
            deadline=by_time(working_day(today + timedelta(days=closes)), time(12)),
            decisions_due_on=today + timedelta(days=due),
            effective_on=effective_on,
            decided_at=_at(today, -26),
            announced_at=_at(today, -19),
            signed_at=_at(today, -6),
            process="full",
            groups=(GROUP,),
        )

    return Waves(
        wave(1, "first", -140, -98, -21), wave(2, "second", -63, -8, 42), wave(3, "third", -20, 42, 100)
    )


def _at(today: date, days: int) -> datetime:
    return london_instant(today + timedelta(days=days), NINE)


def working_day(day: date) -> date:
    """The day, or the last working day before it at a weekend or on a bank holiday."""
    while day.weekday() >= SATURDAY or day in bank_holidays():
        day -= timedelta(days=1)
    return day


@dataclass(frozen=True)
class Boards:
    """Who is in which round. `own` is the demo accounts' board, `neighbour` that of another account.

    `near` are of the same region, where the accounts of the local office and of the region act; `far` are of others.
    """

    own: str
    neighbour: str
    near: tuple[str, ...]
    far: tuple[str, ...]

    @property
    def are_enough(self) -> bool:
        """Whether there are boards for every part."""
        return len(self.near) >= 2 and len(self.far) >= 10


def boards_of(own: str, neighbour: str, on: date) -> Boards:
    """The boards of a day, those of one's own region told from the others."""
    regions: Mapping[str, str] = {
        code: place_of(code, "region", on) for code, _ in organisations_on(on, "icb")
    }
    others = [code for code in regions if code not in {own, neighbour}]
    near = tuple(code for code in others if regions[code] == regions.get(own))
    return Boards(own, neighbour, near, tuple(code for code in others if code not in near))
