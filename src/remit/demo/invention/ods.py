"""Files in the layouts of the Organisation Data Service: commissioners, boards and practices.

`eccg` and `epraccur` have no header and 27 columns, every cell in quotes.
"""

from __future__ import annotations

from datetime import date

from remit.demo.invention import plan
from remit.demo.invention.chance import Chance
from remit.demo.invention.geography import Commissioner, Nation, board_code, board_name
from remit.demo.invention.names import STREETS, other_service
from remit.demo.invention.practices import Practice

COLUMNS = 27
SUB_ICB_LOCATION = "RO319"
COMMISSIONING_HUB = "RO218"
_HUBS = 12
OTHER_SERVICES_SHARE = 0.25
_TOWN_LINE = 6


def commissioner_rows(seed: int, nation: Nation) -> list[list[str]]:
    """Every commissioner since 2013, as of 2025: today's are sub-ICB locations; hubs stand among them."""
    chance = Chance(seed, "hubs")
    rows = [_commissioner(one) for one in nation.commissioners]
    for number in range(_HUBS):
        closed = "20200331" if chance.happens(0.6) else ""
        name = f"{plan.AREAS[number * 3].name} Commissioning Hub {number + 1}"
        lines = ["C/O NHS ENGLAND", f"{1 + chance.below(90)} {chance.pick(STREETS)}".upper()]
        town = nation.commissioners[number * 7].towns[0]
        rows.append(
            _row(
                f"Y{number // 10}{'ABCDEFGHJK'[number % 10]}",
                name,
                plan.AREAS[town.area].region,
                board_code(town.area),
                lines,
                town.name,
                town.postcode(chance),
                "20150401",
                closed,
                role=COMMISSIONING_HUB,
            )
        )
    return sorted(rows)


def _commissioner(one: Commissioner) -> list[str]:
    area = plan.AREAS[one.area]
    board = board_name(area.name).removesuffix(" Integrated Care Board")
    name = one.title if one.closed else f"{board} ICB - {one.code}"
    return _row(
        one.code,
        name,
        area.region,
        board_code(one.area),
        [one.address.upper()],
        one.towns[0].name,
        one.postcode,
        _digits(one.opened),
        _digits(one.closed),
        role="" if one.closed else SUB_ICB_LOCATION,
    )


def practice_rows(seed: int, nation: Nation, practices: list[Practice], day: date) -> list[list[str]]:
    """Practices open or closed by a day, with where they belong now and since when, and other prescribers."""
    rows = [_practice(practice, day) for practice in practices if practice.opened <= day]
    return sorted(rows + _other_services(seed, nation, len(practices), day))


def _practice(practice: Practice, day: date) -> list[str]:
    closed = practice.closed if practice.closed is not None and practice.closed < day else None
    stay = practice.stay_on(closed or day)
    code = stay.commissioner.code
    return _row(
        practice.code,
        practice.name_on(day),
        *_geography(stay.commissioner, closed or day),
        [practice.street.upper()],
        practice.town.name,
        practice.postcode,
        _digits(practice.opened),
        _digits(closed),
        status="C" if closed else "A",
        sub_type="B",
        parent=code,
        joined=_digits(stay.first),
        left=_digits(closed),
        phone=practice.phone,
        setting="4",
    )


def _geography(one: Commissioner, day: date) -> tuple[str, str]:
    """Region, and area team, local office or partnership (later board), as the file of that time has them."""
    area = plan.AREAS[one.area]
    if day >= plan.SEVEN_REGIONS_ON:
        office = board_code(one.area)
    elif day >= plan.OFFICES_START:
        office = area.office
    else:
        office = plan.LONDON_TEAM if area.region == "Y56" else one.team
    return plan.region_on(area, day), office


def _other_services(seed: int, nation: Nation, practices: int, day: date) -> list[list[str]]:
    """Services that prescribe without being GP practices: walk-in centres, hospices, clinics."""
    chance = Chance(seed, "other services")
    founders = nation.open_on(plan.CCGS_START)
    rows = []
    for number in range(round(practices * OTHER_SERVICES_SHARE)):
        one = chance.pick(founders)
        town = chance.pick(one.towns)
        name, setting = other_service(chance, town.name)
        opened = date(2005 + chance.below(18), 1 + chance.below(12), 1)
        street, postcode = f"{1 + chance.below(140)} {chance.pick(STREETS)}".upper(), town.postcode(chance)
        phone = f"01632 960{chance.below(1000):03d}"
        now = _today(one, day)
        since = max(opened, now.opened)
        if opened <= day:
            rows.append(
                _row(
                    f"W{10000 + number}",
                    name,
                    *_geography(now, day),
                    [street],
                    town.name,
                    postcode,
                    _digits(opened),
                    "",
                    status="A",
                    sub_type="B",
                    parent=now.code,
                    joined=_digits(since),
                    phone=phone,
                    setting=setting,
                )
            )
    return rows


def _today(one: Commissioner, day: date) -> Commissioner:
    """The commissioner in whose place another stands on a day, along the first of its heirs."""
    while one.closed is not None and one.closed < day:
        one = one.heirs[0][0]
    return one


def _row(
    code: str,
    name: str,
    region: str,
    geography: str,
    lines: list[str],
    town: str,
    postcode: str,
    opened: str,
    closed: str,
    *,
    role: str = "",
    status: str = "",
    sub_type: str = "",
    parent: str = "",
    joined: str = "",
    left: str = "",
    phone: str = "",
    setting: str = "",
) -> list[str]:
    row = [""] * COLUMNS
    row[0:4] = code, name.upper(), region, geography
    row[4 : 4 + len(lines)] = lines
    row[_TOWN_LINE] = town.upper()
    row[9:12] = postcode, opened, closed
    row[12], row[13] = status, sub_type or role
    row[14:18] = parent, joined, left, phone
    row[21], row[23], row[25] = "0" if setting else "1", parent, setting
    return row


def _digits(day: date | None) -> str:
    return f"{day:%Y%m%d}" if day else ""


def board_rows() -> list[list[str]]:
    """The 42 integrated care boards of 1 July 2022, with the header of the names-and-codes file."""
    rows = [["ICB22CD", "ICB22CDH", "ICB22NM", "ObjectId"]]
    for number, area in enumerate(plan.AREAS):
        rows.append([f"E5499{number:04d}", board_code(number), board_name(area.name), str(number + 1)])
    return rows
