"""What the codes of NHS England's own geography mean, and when.

Sources: ODS "high level health geography" and "national grouping" codes; NHS England's moves from 27 area
teams to regional local offices on 1 April 2015, from four regions to five in April 2018 and seven in April
2019; the Health and Care Act 2022, which put 42 integrated care boards in the place of clinical
commissioning groups on 1 July 2022.
"""

from __future__ import annotations

import re
from datetime import date

from remit.engines.layouts.readings import Claim
from remit.kernel.period import ONE_DAY

AREA_TEAMS_END = date(2015, 3, 31)
CCGS_BEGIN = date(2013, 4, 1)
CCGS_END = date(2022, 6, 30)
"""The last day of clinical commissioning groups (Health and Care Act 2022, section 14)."""
ICBS_BEGIN = CCGS_END + ONE_DAY
STPS_BEGIN = date(2016, 4, 1)
"""Sustainability and transformation partnerships: footprints agreed by March 2016."""

REGION_ERAS: dict[str, tuple[date, date | None]] = {
    "Y54": (date(2013, 4, 1), date(2019, 3, 31)),
    "Y55": (date(2013, 4, 1), date(2019, 3, 31)),
    "Y56": (date(2013, 4, 1), None),
    "Y57": (date(2013, 4, 1), date(2018, 3, 31)),
    "Y58": (date(2018, 4, 1), None),
    "Y59": (date(2018, 4, 1), None),
    "Y60": (date(2019, 4, 1), None),
    "Y61": (date(2019, 4, 1), None),
    "Y62": (date(2019, 4, 1), None),
    "Y63": (date(2019, 4, 1), None),
}

PASSING = frozenset({"local_office", "stp"})
"""Places of which no table says from when to when their codes were in use."""

ONS_PREFIX = {"region": "E40", "local_office": "E39", "area_team": "E39", "stp": "E54", "icb": "E54"}
"""How the statistics office's code of each kind of place begins (ONS Code History Database)."""

_REGION = re.compile(r"Y[0-9]{2}")
_OFFICE = re.compile(r"Q([0-9]{2})[A-C]?")
_SYSTEM = re.compile(r"Q[A-Z][A-Z0-9]|E54[0-9]{6}")
"""An ODS code, or the statistics office's where a file gives no other (QOF 2016-17 and 2018-19)."""


def place_kind(code: str, on: date) -> str | None:
    """Which kind of NHS England geography a code names on a day; None when it is none.

    `Y54` is a region. `Q44` to `Q69` are area teams, which ended on 31 March 2015; `Q70` and `Q71` (London,
    also split `Q71A` to `Q71C`) were area teams until then and local offices after it; `Q72` to `Q98` are
    local offices (`Q99` is how ODS writes Wales). A Q and a letter (`QHM`) is the partnership (STP) until
    30 June 2022 and the integrated care board from 1 July 2022.
    """
    if _REGION.fullmatch(code):
        return "region"
    if match := _OFFICE.fullmatch(code):
        return _office_kind(int(match[1]), on)
    if _SYSTEM.fullmatch(code):
        return "stp" if on <= CCGS_END else "icb"
    return None


def _office_kind(number: int, on: date) -> str | None:
    if not 44 <= number <= 98:
        return None
    if number <= 69 or (number <= 71 and on <= AREA_TEAMS_END):
        return "area_team"
    return "local_office"


def relation_to(kind: str) -> str:
    """The name of the relation to a place: an area team stands where the local office stood later."""
    return "local_office" if kind == "area_team" else kind


def clipped(
    first: date | None, last: date | None, era: tuple[date | None, date | None]
) -> tuple[date | None, date | None] | None:
    """The days that both have; None when there are none."""
    starts = [day for day in (first, era[0]) if day is not None]
    ends = [day for day in (last, era[1]) if day is not None]
    start = max(starts) if starts else None
    end = min(ends) if ends else None
    if start is not None and end is not None and end < start:
        return None
    return start, end


def place_era(code: str, kind: str) -> tuple[date | None, date | None]:
    """The days on which a place's code was in use, as far as they are known."""
    if kind == "region":
        return REGION_ERAS.get(code, (CCGS_BEGIN, None))
    if kind == "area_team":
        return CCGS_BEGIN, AREA_TEAMS_END
    if kind == "local_office":
        return AREA_TEAMS_END + ONE_DAY, None
    return (STPS_BEGIN, CCGS_END) if kind == "stp" else (ICBS_BEGIN, None)


def lasting(code: str, first: date, last: date) -> tuple[date, date | None]:
    """The days to which a place is carried that a source names from `first` to `last`, a month or a year.

    A region or area team of 2013 lasted for its era, and a partnership until the boards began. Of any other place,
    and of a statistics office's code, which changed whenever a boundary did, only these days are known.
    """
    kind = place_kind(code, first)
    if kind == "area_team":
        return CCGS_BEGIN, AREA_TEAMS_END
    if kind == "region":
        return REGION_ERAS.get(code, (first, None))
    if kind == "stp" and not code.startswith(ONS_PREFIX["stp"]):
        return first, max(last, CCGS_END)
    return first, last


def carried_relation(code: str, on: date, first: date | None, last: date | None) -> Claim | None:
    """A claim that an organisation belongs to a place, from a file that only knows the day `on`.

    Today's code is never carried back to days before that code existed. Partnerships and local offices came and
    went with no table of when, so nothing is known of them before `on`. None when the code is not a place or no
    day is left: of an organisation that closed earlier, such a file does not know in which partnership it was.
    """
    kind = place_kind(code, on if last is None else min(on, last))
    if kind is None:
        return None
    since, until = place_era(code, kind)
    days = clipped(first, last, (on if kind in PASSING else since, until))
    return None if days is None else Claim(relation_to(kind), code, days[0], days[1], False)
