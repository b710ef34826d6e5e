"""What happens in the replay, and how many: the rounds, with what the sources say came of them.

Counts are of the published rounds (the seeds' timeline; marked (K) where a source is weak). Which of the invented
commissioners apply is drawn by lot, the same on every machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from remit.delegation.actions import Quoted
from remit.engines.deadlines import Deadline, by_end_of_day, by_time, london_instant
from remit.engines.deadlines import before_day as before

NORTH, MIDLANDS_AND_EAST, LONDON, SOUTH = "Y54", "Y55", "Y56", "Y57"


def london(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """An instant by London's clocks."""
    return london_instant(date(year, month, day), time(hour, minute))


@dataclass(frozen=True, kw_only=True)
class PlannedRound:
    """A round and what comes of it.

    Of the applicants, `approved` are approved (`by_region` of them in each region, where that is known),
    `conditional` on conditions, `declined` not; `in_effect`, where it is given, says instead how many commissioners
    hold the level on its first day. `withdrawn` of the approved withdraw on `withdrawn_at`. `is_returned`: agreements
    are issued, returned and signed in three acts. `refused_late` ask to be taken late, and are not; `accepted_late`
    of the approved ask, and are.
    """

    code: str
    title: str
    level: int
    opens_at: datetime
    deadline: Deadline
    effective_on: date
    decided_at: datetime
    announced_at: datetime
    signed_at: datetime
    decisions_due_on: date
    event: str = ""
    quotes: tuple[Quoted, ...] = ()
    embargo_until: datetime | None = None
    approved: int = 0
    in_effect: int = 0
    by_region: Mapping[str, int] = field(default_factory=dict)
    conditional: int = 0
    declined: int = 0
    withdrawn: int = 0
    withdrawn_at: datetime | None = None
    process: str = "short"
    groups: tuple[str, ...] = ("general_practice",)
    is_returned: bool = False
    refused_late: int = 0
    accepted_late: int = 0

    @property
    def programme(self) -> str:
        """The code of its programme: the financial year in which its powers come on."""
        year = self.effective_on.year
        return f"{year}-{(year + 1) % 100:02d}"


ROUNDS = (
    PlannedRound(
        code="2015-level-3",
        title="Delegated commissioning from April 2015",
        level=3,
        opens_at=london(2014, 11, 10),
        deadline=by_time(date(2015, 1, 9), time(12)),
        decisions_due_on=date(2015, 2, 18),
        effective_on=date(2015, 4, 1),
        decided_at=london(2015, 2, 16),
        announced_at=london(2015, 2, 18),
        signed_at=london(2015, 3, 26),
        approved=64,
        by_region={NORTH: 24, MIDLANDS_AND_EAST: 26, SOUTH: 8, LONDON: 6},
        conditional=1,
        declined=12,
        withdrawn=1,
        withdrawn_at=london(2015, 3, 20),
        is_returned=True,
        refused_late=1,
    ),
    PlannedRound(
        code="2015-level-2",
        title="Joint commissioning from April 2015",
        level=2,
        opens_at=london(2014, 11, 10),
        deadline=by_end_of_day(date(2015, 1, 30)),
        decisions_due_on=date(2015, 3, 6),
        effective_on=date(2015, 4, 1),
        decided_at=london(2015, 3, 2),
        announced_at=london(2015, 3, 4, 17),
        embargo_until=london(2015, 3, 5, 9, 30),
        event="Commissioning Live",
        quotes=(
            Quoted(
                "That so many want to commission together with us shows how committed they are.",
                who="Ambrose Littlejohn",
                role="Director of commissioning development",
                organisation="NHS England",
                source="The speech at Commissioning Live, 5 March 2015",
            ),
            Quoted(
                "With 151 commissioners signed up, general practice is at the centre of planning.",
                who="Verity Calloway",
                role="Chair",
                organisation="The network of commissioners",
                source="What was said in the discussion after it",
            ),
        ),
        signed_at=london(2015, 3, 27),
        approved=87,
        declined=3,
        is_returned=True,
    ),
    PlannedRound(
        code="2015-level-1",
        title="Greater involvement from April 2015",
        level=1,
        opens_at=london(2014, 11, 10),
        deadline=by_end_of_day(date(2015, 1, 30)),
        decisions_due_on=date(2015, 3, 31),
        effective_on=date(2015, 4, 1),
        decided_at=london(2015, 3, 9),
        announced_at=london(2015, 3, 10),
        signed_at=london(2015, 3, 30),
        approved=26,
    ),
    PlannedRound(
        code="2016-level-3",
        title="Delegated commissioning from April 2016",
        level=3,
        opens_at=london(2015, 9, 14),
        deadline=by_end_of_day(date(2015, 11, 6)),
        decisions_due_on=date(2015, 12, 18),
        effective_on=date(2016, 4, 1),
        decided_at=london(2015, 12, 14),
        announced_at=london(2015, 12, 17),
        signed_at=london(2016, 3, 24),
        in_effect=114,
        accepted_late=1,
    ),
    PlannedRound(
        code="2017-level-3",
        title="Delegated commissioning from April 2017",
        level=3,
        opens_at=london(2016, 10, 10),
        deadline=by_end_of_day(date(2016, 12, 5)),
        decisions_due_on=date(2017, 2, 28),
        effective_on=date(2017, 4, 1),
        decided_at=london(2017, 2, 13),
        announced_at=london(2017, 2, 20),
        signed_at=london(2017, 3, 27),
        in_effect=174,
    ),
    PlannedRound(
        code="2018-level-3",
        title="Full delegation from April 2018",
        level=3,
        opens_at=london(2017, 9, 18),
        deadline=before(date(2017, 11, 1)),
        decisions_due_on=date(2018, 1, 31),
        effective_on=date(2018, 4, 1),
        decided_at=london(2018, 1, 22),
        announced_at=london(2018, 1, 29),
        signed_at=london(2018, 3, 26),
        in_effect=178,
        process="full",
        is_returned=True,
    ),
    PlannedRound(
        code="2019-level-3",
        title="Delegated commissioning from April 2019",
        level=3,
        opens_at=london(2018, 9, 17),
        deadline=before(date(2018, 11, 1)),
        decisions_due_on=date(2019, 1, 31),
        effective_on=date(2019, 4, 1),
        decided_at=london(2019, 1, 21),
        announced_at=london(2019, 1, 28),
        signed_at=london(2019, 3, 25),
        in_effect=184,
    ),
    PlannedRound(
        code="2020-level-3",
        title="Delegated commissioning from April 2020",
        level=3,
        opens_at=london(2019, 9, 16),
        deadline=before(date(2019, 11, 1)),
        decisions_due_on=date(2020, 1, 31),
        effective_on=date(2020, 4, 1),
        decided_at=london(2019, 12, 16),
        announced_at=london(2020, 1, 13),
        signed_at=london(2020, 3, 23),
        in_effect=131,
    ),
    PlannedRound(
        code="2021-level-3",
        title="Delegated commissioning from April 2021",
        level=3,
        opens_at=london(2020, 9, 14),
        deadline=before(date(2020, 11, 2)),
        decisions_due_on=date(2021, 1, 29),
        effective_on=date(2021, 4, 1),
        decided_at=london(2021, 1, 18),
        announced_at=london(2021, 1, 25),
        signed_at=london(2021, 3, 22),
        in_effect=106,
    ),
)

SUCCESSIONS = tuple(
    date(*day)
    for day in (
        (2015, 4, 1),
        (2017, 4, 1),
        (2018, 4, 1),
        (2019, 4, 1),
        (2020, 4, 1),
        (2021, 4, 1),
        (2022, 7, 1),
        (2026, 4, 1),
    )
)
"""Days on which commissioners merged, divided or were succeeded by boards."""
