"""Looking into plain text and CSV: that it is text, no page or program in disguise, and that no cell calculates."""

from __future__ import annotations

import csv
import re

from remit.engines.uploads.faults import Fault, active, not_what_it_says
from remit.engines.uploads.kinds import Kind

MOST_COLUMNS = 16_384
_MARKUP = re.compile(r"<\s*(script|svg|html|\?php|!doctype|iframe|object|embed)", re.IGNORECASE)
_NUMBER = re.compile(r"[+-][\s£]*\d[\d,. ()%]*\Z")
_PROGRAMS = ("#!", "%PDF", "MZ\x90", "PK\x03\x04", "{\\rtf")


def fault_of_text(kind: Kind, content: bytes) -> Fault | None:
    """What is wrong with a plain text or a CSV, if anything."""
    text = _decoded(content)
    if text is None or text.startswith(_PROGRAMS):
        return not_what_it_says(kind)
    if _MARKUP.search(text):
        return active("a web page or a script")
    return _fault_of_cells(kind, text) if kind.ending == "csv" else None


def _decoded(content: bytes) -> str | None:
    """The text, if it is one: UTF-8 or, from older programs, Windows' western alphabet."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text if all(each >= " " or each in "\t\r\n\f" for each in set(text)) else None
    return None


def _fault_of_cells(kind: Kind, text: str) -> Fault | None:
    try:
        for row in csv.reader(text.splitlines()):
            if len(row) > MOST_COLUMNS:
                return not_what_it_says(kind)
            if any(_calculates(cell) for cell in row):
                return active("a cell that begins with =, +, - or @, which a spreadsheet would calculate")
    except csv.Error:
        return not_what_it_says(kind)
    return None


def _calculates(cell: str) -> bool:
    first = cell.lstrip(" \t\r\n")[:1]
    if first in ("=", "@"):
        return True
    return first in ("+", "-") and len(cell.strip()) > 1 and not _NUMBER.match(cell.strip())
