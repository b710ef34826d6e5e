"""The commissioners and places that list and map files name beside each practice or commissioner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from remit.engines.layouts.days import NotADay, day, day_in_name
from remit.engines.layouts.gathering import Columns, Days, Gathering
from remit.engines.layouts.geography import CCGS_END, ICBS_BEGIN, clipped
from remit.engines.layouts.headers import Row, Table
from remit.engines.layouts.readings import Claim

PLACES = ("region", "local_office", "area_team", "stp", "icb")


def check_places(columns: Columns, row: Row) -> None:
    """Refuse the row if it names a place by what is not a code, before anything of it is kept."""
    for place in PLACES:
        columns.code(row, f"{place}_code")


def places_of(
    gathering: Gathering,
    columns: Columns,
    number: int,
    row: Row,
    on: date,
    days: Days,
    *,
    firm: bool = False,
    places: Sequence[str] = PLACES,
) -> list[Claim]:
    """Mention every place that the row names, and return the claims to belong to them on those days.

    What a code is (region, area team, local office, …) is told by the code and the day, not by the label:
    the column that held regions in one year held local offices in another.
    """
    claims: list[Claim] = []
    for place in places:
        code = columns.code(row, f"{place}_code")
        if not code:
            continue
        name, ons = columns.text(row, f"{place}_name"), columns.text(row, f"{place}_ons")
        claim = gathering.mention_place(code, name, number, on, days, firm=firm, ons=ons)
        if claim is not None:
            claims.append(claim)
    return claims


def mention_commissioner(
    gathering: Gathering, columns: Columns, number: int, row: Row, on: date, days: Days
) -> str:
    """Mention the commissioner that the row names, with its name and places. Its code, or ""."""
    code = columns.code(row, "commissioner_code")
    check_places(columns, row)
    if not code:
        return ""
    gathering.commissioners.add(code)
    around = [columns.text(row, meaning) for meaning in _AROUND]
    if not gathering.new(("commissioner", code, *around)):
        return code
    gathering.mention(
        code,
        number,
        (
            Claim("kind", "commissioner" if on <= CCGS_END else "sub_icb_location", *days, False),
            *named(columns, row, "commissioner", days),
            *places_of(gathering, columns, number, row, on, days),
        ),
        column=columns.label("commissioner_code"),
    )
    return code


_AROUND = (
    "commissioner_name",
    "commissioner_ons",
    *(f"{place}_{part}" for place in PLACES for part in ("code", "name", "ons")),
)


def named(columns: Columns, row: Row, what: str, days: Days, *, firm: bool = False) -> Iterator[Claim]:
    """The name and the statistics office's code of what a row names, for some days.

    A name that says ICB is only claimed for the days of the boards.
    """
    name, ons = columns.text(row, f"{what}_name"), columns.text(row, f"{what}_ons")
    of_board = "ICB" in name.upper() or "INTEGRATED CARE BOARD" in name.upper()
    name_days = clipped(*days, (ICBS_BEGIN, None)) if of_board else days
    if name and name_days is not None:
        yield Claim("name", name, *name_days, firm)
    if ons:
        yield Claim("ons_code", ons, *days, firm)


def stated_day(table: Table, columns: Columns, filename: str, as_of: date | None) -> date | None:
    """The day that a list or map describes: as told, else as its extract date says, else as its name does."""
    return as_of or _extract_date(table, columns) or day_in_name(filename)


def _extract_date(table: Table, columns: Columns) -> date | None:
    at = columns.at.get("extract_date")
    if at is None:
        return None
    for cell in table.cells(at):
        try:
            extracted = day(cell)
        except NotADay:
            continue
        if extracted is not None:
            return extracted
    return None
