"""Files that say what belonged to what: commissioners to regions and boards, practices to networks."""

from __future__ import annotations

from datetime import date

from remit.demo.invention import plan
from remit.demo.invention.geography import Commissioner, Nation, board_code, board_name
from remit.demo.invention.networks import Network
from remit.demo.invention.practices import Practice
from remit.kernel.period import ONE_DAY

_GEOGRAPHY = (
    "year", "ccg", "ccg_ons", "ccg_name", "region_code", "region_name", "local_office_code",
    "local_office_name", "area_team_code", "area_team_name", "stp_code", "stp_name",
)  # fmt: skip
_NETWORKS = (
    "PUBLICATION", "EXTRACT_DATE", "PRACTICE_CODE", "PRACTICE_NAME", "PRACTICE_POSTCODE", "PCN_CODE",
    "PCN_NAME", "ONS_CCG_CODE", "CCG_CODE", "CCG_NAME", "ONS_STP_CODE", "STP_CODE", "STP_NAME",
    "ONS_COMM_REGION_CODE", "COMM_REGION_CODE", "COMM_REGION_NAME",
)  # fmt: skip
_YEARS = range(2012, 2020)
_TEAM_YEARS = (2013, 2014)
_STPS_START = 2016
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def geography_rows(nation: Nation) -> list[list[str]]:
    """Every commissioner of every year from 2012-13 to 2019-20.

    Like the publication it follows, each year stands with the geography of the 1 April after it, but with the
    area team of the year itself (there were none before April 2013).
    """
    rows = [list(_GEOGRAPHY)]
    for start in _YEARS:
        on = date(start + 1, 4, 1)
        for one in nation.open_on(on):
            area = plan.AREAS[one.area]
            region = plan.region_on(area, on)
            year = f"{start % 100:02d}{(start + 1) % 100:02d}"
            office = [area.office, plan.office_title(area.office)] if on >= plan.OFFICES_START else ["", ""]
            team = _team(one, start) if start in _TEAM_YEARS else ["", ""]
            stp = [board_code(one.area), f"{area.name.upper()} STP"] if start >= _STPS_START else ["", ""]
            who = [year, one.code, one.ons, one.title.upper(), region, plan.region_name(region).upper()]
            rows.append([*who, *office, *team, *stp])
    return rows


def _team(one: Commissioner, start: int) -> list[str]:
    if plan.TEAMS[one.team][0] == "Y56" and start >= plan.LONDON_TEAMS_JOIN_ON.year:
        return [plan.LONDON_TEAM, "LONDON AREA TEAM"]
    return [one.team, f"{plan.TEAMS[one.team][1].upper()} AREA TEAM"]


def board_map_rows(nation: Nation) -> list[list[str]]:
    """Which board each commissioner, closed ones included, came to."""
    rows = [["CCG Code", "ICB Code", "ICB NAME"]]
    rows += [
        [one.code, board_code(one.area), board_name(plan.AREAS[one.area].name)]
        for one in nation.commissioners
    ]
    return rows


def merged_board_map_rows(nation: Nation) -> list[list[str]]:
    """The same once some boards have merged, for the codes that are still a board's location."""
    merged = {
        name: (f"QZ{number + 1}", board_name(new))
        for number, (names, new) in enumerate(plan.BOARDS_THAT_MERGE)
        for name in names
    }
    rows = [["CCG Code", "ICB Code", "ICB NAME"]]
    for one in nation.open_on(plan.ICBS_START - ONE_DAY):
        area = plan.AREAS[one.area].name
        rows.append([one.code, *merged.get(area, (board_code(one.area), board_name(area)))])
    return rows


def network_rows(practices: list[Practice], networks: list[Network], day: date) -> list[list[str]]:
    """Every practice open on a day, with its network, commissioner, partnership and region."""
    rows = [list(_NETWORKS)]
    for practice in practices:
        if not practice.is_open(day):
            continue
        one = practice.stay_on(day).commissioner
        area = plan.AREAS[one.area]
        network = networks[practice.network] if practice.network is not None else None
        rows.append(
            [
                "GP_PRAC_PAT_LIST",
                f"{day:%d}{_MONTHS[day.month - 1]}{day:%Y}",
                practice.code,
                practice.name_on(day).upper(),
                practice.postcode,
            ]
            + ([network.code, network.name.upper()] if network else ["U", "Unallocated"])
            + [one.ons, one.code, one.title]
            + [f"E5499{one.area:04d}", board_code(one.area), area.name]
            + [f"E4999{area.region[1:]:0>4}", area.region, plan.region_name(area.region)]
        )
    return rows
