"""Which of the invented commissioners apply, and with what outcome: drawn by lot, to the published counts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime

from remit.delegation.queries import PositionRow, positions_on
from remit.demo.invention.chance import Chance
from remit.demo.timeline.plan import PlannedRound
from remit.kernel.moments import london_day
from remit.kernel.period import ONE_DAY
from remit.register.queries import succession_steps

LEVEL_1_AREA = (
    "DARTFORD, GRAVESHAM",
    "WEST KENT",
    "MEDWAY",
    "SWALE",
    "ASHFORD",
    "CANTERBURY",
    "SOUTH KENT",
    "THANET",
)
"""The eight groups of Kent and Medway, which all chose greater involvement."""
FIRST_LEVEL_1 = "2015-level-1"


def is_of_kent(row: PositionRow) -> bool:
    """Whether a commissioner is one of the eight of Kent and Medway."""
    return any(name in row.name.upper() for name in LEVEL_1_AREA)


class Applicants:
    """Draws who applies in each round. Those who close before its powers come on never do.

    In the first year those who said “not now” are `staying_out`, and those `leaning` to a level come first there.
    """

    def __init__(self, chance: Chance) -> None:
        self.chance = chance
        self.first_choice: dict[str, int] = {}
        self.applied: set[str] = set()
        self.leaning: dict[str, int] = {}
        self.staying_out: set[str] = set()
        self.steps = succession_steps()

    def of(self, planned: PlannedRound, at: datetime) -> list[tuple[str, str]]:
        """(commissioner, outcome) of everybody who applies in a round that closes about now, in a drawn order."""
        could = [row for row in positions_on(london_day(at)) if self._may_apply(row, planned)]
        rows = self.chance.shuffled(sorted(could, key=lambda row: row.code))
        chosen = list(self._by_count(planned, rows) if planned.approved else self._to_reach(planned, rows))
        self.applied |= {code for code, _ in chosen}
        for code, outcome in chosen:
            if outcome != "declined":
                self.first_choice.setdefault(code, planned.level)
        return self.chance.shuffled(chosen)

    def another(self, planned: PlannedRound, at: datetime, chosen: Collection[str]) -> str:
        """One more that could apply, and stays for some years; the first of those left where none does."""
        rows = [row for row in positions_on(london_day(at)) if row.code not in chosen]
        rows = [row for row in rows if self._may_apply(row, planned)]
        return max(rows, key=lambda row: (self._closing_year(row.code), row.code)).code

    def _may_apply(self, row: PositionRow, planned: PlannedRound) -> bool:
        is_kent = is_of_kent(row)
        is_first_year = planned.effective_on.year == 2015
        if is_first_year and is_kent and planned.code != FIRST_LEVEL_1:
            return False
        if is_first_year and (row.code in self.first_choice or row.code in self.staying_out):
            return False
        return (row.level or 0) < planned.level and not self._closes_by(row.code, planned.effective_on)

    def _by_count(self, planned: PlannedRound, rows: list[PositionRow]) -> Iterator[tuple[str, str]]:
        """So many approved, in each region where that is known; those of Kent first at Level 1."""
        rows = sorted(
            rows, key=lambda row: (not is_of_kent(row), self.leaning.get(row.code) != planned.level)
        )
        wanted = dict(planned.by_region) or {"": planned.approved}
        left: list[PositionRow] = []
        for row in rows:
            region = row.region if planned.by_region else ""
            if wanted.get(region, 0):
                wanted[region] -= 1
                yield row.code, "approved"
            else:
                left.append(row)
        others = ["conditional"] * planned.conditional + ["declined"] * planned.declined
        for row, outcome in zip(left, others, strict=False):
            yield row.code, outcome

    def _to_reach(self, planned: PlannedRound, rows: list[PositionRow]) -> Iterator[tuple[str, str]]:
        """As many as are missing on the first day, once mergers have brought theirs."""
        missing = planned.in_effect - self._held_after_mergers(planned.level, planned.effective_on)
        soon = sorted(rows, key=lambda row: self._closing_year(row.code))
        for row in soon[:missing]:
            yield row.code, "approved"

    def _closes_by(self, commissioner: str, day: date) -> bool:
        return any(on <= day for _, on in self.steps.get(commissioner, ()))

    def _closing_year(self, commissioner: str) -> int:
        """Those who merge soon apply soon, so that nobody is left without when they do."""
        return min((on.year for _, on in self.steps.get(commissioner, ())), default=9999)

    def _held_after_mergers(self, level: int, day: date) -> int:
        """How many will hold a level on a day if nobody applies: those who stay, and the heirs of who closes."""
        holders: set[str] = set()
        for row in positions_on(day - ONE_DAY):
            if (row.level or 0) >= level:
                heirs = {successor for successor, on in self.steps.get(row.code, ()) if on == day}
                holders |= heirs or {row.code}
        return len(holders)
