"""Workbooks: the rows of one sheet as CSV, so that they are read like any other file."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from remit.cli.output import Exit, Stopped

STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How xlsx, xlsb and ods files begin, and how xls files do."""


@dataclass(frozen=True)
class Sheet:
    """A sheet's name, its rows as CSV in UTF-8, and the names of every sheet of the workbook."""

    name: str
    data: bytes
    names: tuple[str, ...]


def is_workbook(data: bytes) -> bool:
    """Whether the bytes begin like a workbook, whatever the file is called."""
    return data.startswith(STARTS)


def read_sheet(data: bytes, *, name: str = "") -> Sheet:
    """One sheet of a workbook (Excel or OpenDocument); the first unless `name` says which.

    Rows above and beside the table are kept, so that row numbers stay what the spreadsheet shows. Raises
    `Stopped` for bytes that are no workbook, and for a sheet that is not in it.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = tuple(book.sheet_names)
        wanted = name or names[0]
        if wanted not in names:
            message = f"There is no sheet “{wanted}”. The workbook has: {', '.join(names)}."
            raise Stopped(Exit.NOT_FOUND, "no_such_sheet", message)
        rows = book.get_sheet_by_name(wanted).to_python(skip_empty_area=False)
    except CalamineError as error:
        message = f"This workbook cannot be read ({error}). Save the sheet as CSV and import that."
        raise Stopped(Exit.REFUSED, "unreadable_workbook", message) from error
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_text(cell) for cell in row] for row in rows)
    return Sheet(wanted, text.getvalue().encode(), names)


def _text(cell: object) -> str:
    """A cell as it reads: whole numbers without “.0”, midnight without its time."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).removesuffix(" 00:00:00")
