"""From bytes to rows of text: encodings, line endings and delimiters as they turn up in published files.

The parser is the standard library's `csv`, fed from memory, so quoted delimiters and quoted newlines work
and CRLF, LF and bare CR may even be mixed in one file.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from remit.engines.layouts.readings import Kind, UnknownLayout

DELIMITERS = (",", ";", "\t")
LOOK_AT_ROWS = 20
"""How many rows from the top may hold titles before the header."""

SWALLOWED = 10
"""So many delimiters and a line end inside one cell mean that a quote was not closed."""

_NOT_TEXT = (
    (b"PK\x03\x04", "an Excel or OpenDocument workbook"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a compressed file"),
)


@dataclass(frozen=True)
class Decoded:
    """Text, the encoding it was read as, and how many characters could not be read."""

    text: str
    encoding: str
    unreadable: int


def decode(data: bytes) -> Decoded:
    """The text of the bytes: UTF-8 with or without a byte order mark, UTF-16 with one, else cp1252.

    Windows-1252 is what Excel writes on a British machine ("CSV (Comma delimited)"). Five byte values mean
    nothing in it; they become U+FFFD and are counted, so that the reader can be told.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16", errors="replace")
        return Decoded(text, "utf-16", text.count("\ufffd"))
    try:
        return Decoded(data.decode("utf-8-sig"), "utf-8", 0)
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
        return Decoded(text, "cp1252", text.count("\ufffd"))


def rows_of(kind: Kind, data: bytes) -> tuple[list[list[str]], Decoded]:
    """The rows of a delimited text file, blank ones included so that row numbers stay true.

    Raises `UnknownLayout` when the bytes are a workbook or another thing that is not delimited text, and
    when the text cannot be parsed.
    """
    for start, what in _NOT_TEXT:
        if data.startswith(start):
            raise UnknownLayout(
                kind, (), (), f"This is {what}, not a CSV file. Save the sheet as CSV and import that."
            )
    decoded = decode(data)
    if not decoded.text.strip():
        raise UnknownLayout(kind, (), (), "The file is empty. Download it again and import that.")
    try:
        delimiter = sniff_delimiter(decoded.text)
        rows = list(_parse(decoded.text, delimiter))
    except csv.Error as error:
        raise UnknownLayout(
            kind, (), (), f"The file cannot be read as CSV ({error}). Check that every quote is closed."
        ) from error
    for number, row in enumerate(rows, 1):
        if any(_swallowed(cell, delimiter) for cell in row):
            raise UnknownLayout(
                kind,
                (),
                (),
                f"Row {number} opens a quote that is not closed, and the rows after it disappear into it. "
                "Close or remove that quote.",
            )
    return rows, decoded


def _swallowed(cell: str, delimiter: str) -> bool:
    """Whether a cell holds whole rows: an address may run over lines, but not with so many delimiters."""
    return ("\n" in cell or "\r" in cell) and cell.count(delimiter) >= SWALLOWED


def sniff_delimiter(text: str) -> str:
    """The delimiter that splits the first rows into most columns; a comma when in doubt."""
    widest = ","
    most = 1
    for delimiter in DELIMITERS:
        width = max(len(row) for row, _ in zip(_parse(text, delimiter), range(LOOK_AT_ROWS), strict=False))
        if width > most:
            widest, most = delimiter, width
    return widest


def _parse(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
