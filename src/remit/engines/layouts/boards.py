"""Lists of commissioners with a header: the integrated care boards, and the CCGs' geography year by year."""

from __future__ import annotations

from datetime import date

from remit.engines.layouts.days import day_in_name, year_in_name
from remit.engines.layouts.gathering import Columns, Days, Gathering, RowRefused
from remit.engines.layouts.geography import AREA_TEAMS_END
from remit.engines.layouts.headers import Row, Table
from remit.engines.layouts.maps import Told, ons_day
from remit.engines.layouts.places import check_places, named, places_of
from remit.engines.layouts.readings import Claim, Reading
from remit.kernel.period import ONE_DAY, NhsYear, Period

FIRST_BOARDS_END = date(2026, 3, 31)
"""The day before the first mergers of boards. A later list does not say since when its boards exist."""


def read_boards(table: Table, told: Told) -> Reading:
    """The integrated care boards: codes and names (`ICB24CD`, `ICB24CDH`, `ICB24NM`)."""
    columns, gathering = Columns(table), Gathering()
    starts = told.ccgs_end + ONE_DAY
    on = told.as_of or day_in_name(told.filename) or ons_day(table) or starts
    original = on <= FIRST_BOARDS_END
    days: Days = (starts if original else on, None)

    def take(number: int, row: Row) -> None:
        code = columns.code(row, "icb_code")
        if not code:
            raise RowRefused(columns.label("icb_code"), "", "There is no code. Give one, or delete the row.")
        gathering.once(
            code,
            number,
            columns.label("icb_code"),
            code,
            "This code is already on row {row}. Delete one of the two rows.",
        )
        gathering.commissioners.add(code)
        gathering.see(
            code, number, (Claim("kind", "icb", *days, original), *named(columns, row, "icb", days))
        )

    gathering.take_each(table, columns.width, take, told.progress)
    return gathering.reading(
        table,
        kind=told.kind,
        layout="commissioners/icb",
        title=f"Integrated care boards, {on:%B %Y}",
        as_of=on,
    )


def read_geography_by_year(table: Table, told: Told) -> Reading:
    """Name, region, local office, area team and partnership of each CCG, year by year, as QOF prints them.

    QOF prints each year with the geography of the 1 April that follows it: its 2014-15 has the 209 CCGs and
    the local offices of 1 April 2015, its 2016-17 the 207 CCGs of 2017. So a row's facts are firm for the
    NHS year after its own. The area team is the exception: it is that of the year itself, and ended with it.
    """
    columns, gathering = Columns(table), Gathering()
    latest = [told.as_of] if told.as_of else []

    def take(number: int, row: Row) -> None:
        ccg = columns.code(row, "commissioner_code")
        if not ccg:
            raise RowRefused(
                columns.label("commissioner_code"), "", "There is no code. Give one, or delete the row."
            )
        printed = columns.text(row, "year")
        year = year_in_name(printed)
        if year is None:
            raise RowRefused(columns.label("year"), printed, "This is not an NHS year. Write it as 2014-15.")
        check_places(columns, row)
        gathering.once(
            (ccg, year),
            number,
            columns.label("commissioner_code"),
            ccg,
            "This commissioner and year are already on row {row}. Delete one of the two rows.",
        )
        after = NhsYear(year.start + 1).period
        if not told.as_of:
            latest.append(after.first)
        gathering.commissioners.add(ccg)
        gathering.see(ccg, number, _of_year(gathering, columns, number, row, year.period, after))

    gathering.take_each(table, columns.width, take, told.progress)
    on = max(latest, default=AREA_TEAMS_END + ONE_DAY)
    return gathering.reading(
        table,
        kind=told.kind,
        layout="commissioners/geography-by-year",
        title="Clinical commissioning groups, regions, local offices and partnerships by year",
        as_of=on,
    )


def _of_year(
    gathering: Gathering, columns: Columns, number: int, row: Row, own: Period, after: Period
) -> list[Claim]:
    """The claims of one row: of the year after its own, and its area team's of its own year."""
    days: Days = (after.first, after.last)
    claims = [
        Claim("kind", "ccg", *days, False),
        *named(columns, row, "commissioner", days, firm=True),
        *places_of(
            gathering,
            columns,
            number,
            row,
            after.first,
            days,
            firm=True,
            places=("region", "local_office", "stp"),
        ),
    ]
    team = columns.code(row, "area_team_code")
    if team and own.last is not None and own.last <= AREA_TEAMS_END:
        own_days: Days = (own.first, own.last)
        name = columns.text(row, "area_team_name")
        relation = gathering.mention_place(team, name, number, own.first, own_days, firm=True)
        region = places_of(gathering, columns, number, row, own.first, own_days, places=("region",))
        gathering.mention(team, number, region, column=columns.label("region_code"), when=own_days)
        claims.extend(claim for claim in (relation, *region) if claim is not None)
    return claims
