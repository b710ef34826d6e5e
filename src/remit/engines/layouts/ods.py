"""The shape of ODS files (`epraccur`, `eccg`): 27 columns without a header, or the same with one."""

from __future__ import annotations

from datetime import date

from remit.engines.layouts import texts
from remit.engines.layouts.days import NotADay, bare_year_in_name, day, day_in_name
from remit.engines.layouts.gathering import Columns, Gathering, RowRefused
from remit.engines.layouts.headers import Row, Table, data_rows, find_table, meanings_of
from remit.engines.layouts.meanings import ODS_LABELS, ODS_WORDS
from remit.engines.layouts.readings import Claim, Kind, UnknownLayout
from remit.kernel.period import ONE_DAY

LEAST_COLUMNS = 12
"""Fewer than these (code to close date) cannot be a headerless ODS file."""
_NEEDED = {"code": "Organisation Code", "name": "Name", "open_date": "Open Date", "close_date": "Close Date"}


def ods_table(kind: Kind, rows: list[Row]) -> Table:
    """The ODS table in the rows. Raises `UnknownLayout` when they are neither headerless nor headed ODS."""
    first: Row = next((row for row in rows if any(cell.strip() for cell in row)), [])
    if _is_headerless(first):
        return Table(ODS_LABELS, meanings_of(ODS_LABELS, ODS_WORDS), data_rows(rows, 0, len(ODS_LABELS)))
    return find_table(kind, rows, ODS_WORDS, _NEEDED)


def _is_headerless(row: Row) -> bool:
    """Whether the first row is data: a code in front and an open date in the eleventh column."""
    if len(row) < LEAST_COLUMNS or not texts.is_ods(texts.code(row[0])):
        return False
    try:
        return any(day(cell) is not None for cell in row[10:12])
    except NotADay:
        return False


def snapshot_day(
    kind: Kind, filename: str, as_of: date | None, table: Table, columns: Columns, gathering: Gathering
) -> date:
    """The day that a file without dates of its own describes.

    That is `as_of` if given, else the day or month in the file's name, else a year standing alone there,
    else the latest open or join date in the file (with a remark). Raises `UnknownLayout` if none is known.
    """
    named = as_of or day_in_name(filename) or bare_year_in_name(filename)
    if named is not None:
        return named
    latest = max(_stated(table, columns), default=None)
    if latest is None:
        raise UnknownLayout(
            kind,
            (),
            ("As-of day",),
            "Neither the file nor its name says which day it describes. "
            "Say so, for example with --as-of 2021-11-01.",
        )
    gathering.remark(
        None,
        "",
        f"{latest:%d/%m/%Y}",
        "The file does not say which day it describes. The latest date in it was taken. "
        "Say otherwise with --as-of if you know better.",
    )
    return latest


def _stated(table: Table, columns: Columns) -> list[date]:
    """The days on which something opened or joined, leaving out cells that are not days."""
    found: list[date] = []
    for meaning in ("open_date", "join_date"):
        at = columns.at.get(meaning)
        if at is None:
            continue
        for cell in set(table.cells(at)):
            try:
                stated = day(cell)
            except NotADay:
                continue
            if stated is not None:
                found.append(stated)
    return found


def within(kind: str, opened: date | None, closed: date | None) -> list[Claim]:
    """The kind within its dates, closed outside them. Firm where the file gives an open date."""
    return outside(opened, closed, [Claim("kind", kind, opened, closed, opened is not None)])


def outside(opened: date | None, closed: date | None, inside: list[Claim]) -> list[Claim]:
    """The claims of the days inside, and that the organisation is closed before and after, firmly."""
    before = [] if opened is None else [Claim("kind", "closed", None, opened - ONE_DAY, True)]
    after = [] if closed is None else [Claim("kind", "closed", closed + ONE_DAY, None, True)]
    return [*before, *inside, *after]


def carried(about: str, value: str) -> Claim | None:
    """A claim from a file that only knows the day it was made; None when it says nothing."""
    return Claim(about, value, None, None, False) if value else None


def ods_code(gathering: Gathering, columns: Columns, number: int, row: Row) -> str:
    """The code that a row is about. Refuses the row when there is none or another row has it."""
    code = columns.code(row, "code")
    if not code:
        raise RowRefused(columns.label("code"), "", "There is no code. Give one, or delete the row.")
    gathering.once(
        code,
        number,
        columns.label("code"),
        code,
        "This code is already on row {row}. Delete one of the two rows.",
    )
    return code


def ods_postcode(gathering: Gathering, columns: Columns, number: int, row: Row) -> str:
    """The postcode, "" when the file has no such column."""
    at = columns.at.get("postcode")
    return "" if at is None else gathering.postcode(row[at], number, columns.label("postcode"))


def ods_address(columns: Columns, row: Row) -> str:
    """The address lines in one line."""
    lines = (f"address_{number}" for number in range(1, 6))
    return texts.address_of(row[columns.at[line]] for line in lines if line in columns.at)
