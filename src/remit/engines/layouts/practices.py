"""ODS practices (`epraccur`): every GP practice and prescribing cost centre, with its dates.

The file knows one commissioner, the last; the days of that one are firm, and so are open and close dates.
Names, addresses and places are those of the day the file was made.
"""

from __future__ import annotations

from datetime import date

from remit.engines.layouts import texts
from remit.engines.layouts.gathering import Columns, Gathering, Progress, RowRefused
from remit.engines.layouts.geography import carried_relation
from remit.engines.layouts.headers import Row, Table, unknown, with_rows
from remit.engines.layouts.ods import (
    carried,
    ods_address,
    ods_code,
    ods_postcode,
    snapshot_day,
    within,
)
from remit.engines.layouts.readings import Claim, Kind, Reading
from remit.engines.layouts.summaries import without_summaries

GP_PRACTICE = "4"
"""The prescribing setting of a GP practice (ODS file format, column 26)."""
STATUSES = {"A": "active", "C": "closed", "D": "dormant", "P": "proposed"}
WALES = "W00"


def read_practices(table: Table, *, filename: str, as_of: date | None, progress: Progress | None) -> Reading:
    """Everything that an `epraccur` file says. Each row is one practice or prescribing cost centre."""
    _check_practices(with_rows(Kind.PRACTICES, table))
    gathering = Gathering()
    table = without_summaries(table, gathering, "code")
    columns = Columns(table)
    on = snapshot_day(Kind.PRACTICES, filename, as_of, table, columns, gathering)
    gathering.take_each(
        table, columns.width, lambda number, row: _take(gathering, columns, number, row, on), progress
    )
    return gathering.reading(
        table,
        kind=Kind.PRACTICES,
        layout="practices/ods",
        title=f"ODS general practices (epraccur), {on.day} {on:%B %Y}",
        as_of=on,
    )


def _check_practices(table: Table) -> None:
    """Raise `UnknownLayout` when the file holds no practice: an `eccg` file has the same columns."""
    codes = table.cells(table.meanings.index("code"))
    if not any(texts.is_practice(texts.code(cell)) for cell in codes):
        raise unknown(
            Kind.PRACTICES,
            table.labels,
            (),
            "No code in it is a practice's. If these are commissioners (eccg), import it as “commissioners”.",
        )


def _take(gathering: Gathering, columns: Columns, number: int, row: Row, on: date) -> None:
    code = ods_code(gathering, columns, number, row)
    opened, closed = columns.open_and_close(row)
    commissioner = columns.code(row, "commissioner_code")
    joined, left = _joined_and_left(columns, row)
    is_practice = columns.text(row, "setting") == GP_PRACTICE
    welsh = columns.text(row, "region_code").upper() == WALES
    if is_practice:
        gathering.practices.add(code)
    if commissioner:
        gathering.commissioners.add(commissioner)
        if not welsh:
            kind = Claim("kind", "commissioner", None, None, False)
            gathering.mention(commissioner, number, (kind,), column=columns.label("commissioner_code"))
    gathering.see(
        code,
        number,
        (
            *within("practice" if is_practice else "prescribing_centre", opened, closed),
            carried("name", columns.text(row, "name")),
            carried("address", ods_address(columns, row)),
            carried("postcode", ods_postcode(gathering, columns, number, row)),
            carried("phone", columns.text(row, "phone")),
            carried("status", _status(columns.text(row, "status"))),
            carried("country", "Wales" if welsh else ""),
            _commissioner(commissioner, joined or opened, left or closed),
            *_places(columns, row, on, welsh),
        ),
    )


def _joined_and_left(columns: Columns, row: Row) -> tuple[date | None, date | None]:
    """The days on which it joined and left its commissioner. Refuses the row if it left first."""
    joined, left = columns.day(row, "join_date"), columns.day(row, "left_date")
    if joined is not None and left is not None and left < joined:
        raise RowRefused(
            columns.label("left_date"),
            f"{left:%d/%m/%Y}",
            f"It leaves its commissioner before it joins ({joined:%d/%m/%Y}). Correct one of the two dates.",
        )
    return joined, left


def _status(letter: str) -> str:
    return STATUSES.get(letter.upper(), letter.lower())


def _commissioner(code: str, joined: date | None, left: date | None) -> Claim | None:
    return Claim("commissioner", code, joined, left, joined is not None) if code else None


def _places(columns: Columns, row: Row, on: date, welsh: bool) -> list[Claim | None]:
    """The region and the local office, partnership or board, as far as England knows them."""
    if welsh:
        return []
    cells = (columns.text(row, meaning).upper() for meaning in ("region_code", "geography_code"))
    return [carried_relation(cell, on, None, None) for cell in cells if cell]
