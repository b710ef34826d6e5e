"""The door of this engine: the bytes or rows of a published file in, a `Reading` out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from remit.engines.layouts.boards import read_boards, read_geography_by_year
from remit.engines.layouts.commissioners import read_commissioners
from remit.engines.layouts.decoding import rows_of
from remit.engines.layouts.gathering import Progress
from remit.engines.layouts.geography import CCGS_END
from remit.engines.layouts.headers import Row
from remit.engines.layouts.lists import read_lists
from remit.engines.layouts.maps import Told, has, map_table, read_ccg_stp_region, read_map, read_practice_map
from remit.engines.layouts.ods import ods_table
from remit.engines.layouts.organisations import read_organisations
from remit.engines.layouts.payments import read_payments
from remit.engines.layouts.practices import read_practices
from remit.engines.layouts.readings import Kind, Problem, Reading, UnknownLayout
from remit.kernel.period import NhsYear


def read(
    kind: Kind,
    data: bytes,
    *,
    filename: str,
    year: NhsYear | None = None,
    as_of: date | None = None,
    ccgs_end: date = CCGS_END,
    progress: Progress | None = None,
) -> Reading:
    """Everything that a published CSV file says, read by meaning.

    `filename` may carry the year or day when neither `year` (payments) nor `as_of` (the others) is given.
    `ccgs_end` is the last day of clinical commissioning groups. `progress` is called with rows done and
    rows in all. Raises `UnknownLayout` when the file as a whole cannot be understood; a row that cannot be
    is in `Reading.refused`, and nothing else in the reading comes from it.
    """
    rows, decoded = rows_of(kind, data)
    reading = read_rows(
        kind, rows, filename=filename, year=year, as_of=as_of, ccgs_end=ccgs_end, progress=progress
    )
    if not decoded.unreadable:
        return reading
    lost = Problem(
        None,
        "",
        str(decoded.unreadable),
        f"{decoded.unreadable} characters could not be read (as {decoded.encoding}) and show as �. "
        "Save the file as UTF-8 if names in it look wrong.",
    )
    return replace(reading, remarks=(lost, *reading.remarks))


def read_rows(
    kind: Kind,
    rows: Iterable[Row],
    *,
    filename: str,
    year: NhsYear | None = None,
    as_of: date | None = None,
    ccgs_end: date = CCGS_END,
    progress: Progress | None = None,
) -> Reading:
    """The same from rows of text, for a caller that opened a workbook. Blank rows must not be left out."""
    held = list(rows)
    told = Told(kind, filename, as_of, ccgs_end, progress)
    match kind:
        case Kind.PAYMENTS:
            return read_payments(held, filename=filename, year=year, progress=progress)
        case Kind.LISTS:
            return read_lists(held, filename=filename, as_of=as_of, progress=progress)
        case Kind.ORGANISATIONS:
            return read_organisations(held, filename=filename, as_of=as_of, progress=progress)
        case Kind.PRACTICES:
            return _practices(held, told)
        case Kind.COMMISSIONERS:
            return _commissioners(held, told)
    return _map(held, told)


def _practices(rows: list[Row], told: Told) -> Reading:
    """An ODS file, or a map of practices."""
    try:
        ods = ods_table(told.kind, rows)
    except UnknownLayout as not_ods:
        table = map_table(told.kind, rows, not_ods)
        if has(table, "practice_code", "commissioner_code"):
            return read_practice_map(table, told)
        raise
    return read_practices(ods, filename=told.filename, as_of=told.as_of, progress=told.progress)


def _commissioners(rows: list[Row], told: Told) -> Reading:
    """An ODS file, a list of boards, or the geography of CCGs."""
    try:
        ods = ods_table(told.kind, rows)
    except UnknownLayout as not_ods:
        table = map_table(told.kind, rows, not_ods)
        if has(table, "year", "commissioner_code"):
            return read_geography_by_year(table, told)
        if has(table, "commissioner_code", "stp_code"):
            return read_ccg_stp_region(table, told)
        if has(table, "icb_code", "icb_name") and not has(table, "commissioner_code"):
            return read_boards(table, told)
        raise
    return read_commissioners(
        ods, filename=told.filename, as_of=told.as_of, ccgs_end=told.ccgs_end, progress=told.progress
    )


def _map(rows: list[Row], told: Told) -> Reading:
    table = map_table(told.kind, rows)
    return (
        read_geography_by_year(table, told)
        if has(table, "year", "commissioner_code")
        else read_map(table, told)
    )
