"""Numbers as published files print them: pounds and patients."""

from __future__ import annotations

import re
from decimal import Decimal

MISSING = frozenset(
    {"", "-", "–", "—", ".", "*", "n/a", "na", "#n/a", "nan", "null", "none", "missing", "not available"}
    | {"unknown", "not known", "no known patients"}
)
"""Cells, in lower case, that say that there is no figure. A blank is not a nought."""

_PLAIN = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,20})?")
_GROUPED = re.compile(
    r"[0-9]{1,3}(?:,[0-9]{3}){1,5}(?:\.[0-9]{1,20})?|[0-9]{0,15}\.[0-9]{1,20}|[0-9]{1,15}\.?"
)
_SCIENTIFIC = re.compile(r"-?[0-9.]+[eE][+-]?[0-9]+")


class NotAFigure(ValueError):
    """The cell is not a number. `message` says how to put it right."""

    def __init__(self, cell: str, message: str) -> None:
        super().__init__(message)
        self.cell = cell
        self.message = message


def figure(cell: str) -> Decimal | None:
    """The number in a cell, exactly as printed; None where the cell says there is none.

    Reads `1234.5`, `-12`, `1,234.50`, `£1,234`, `-£3`, `£-3`, `(3.20)` (an accountant's minus) and the true
    minus sign. Raises `NotAFigure` for anything else, `1,23` and `1.2E+05` included: the first is not a
    number in England and the second has lost its digits.
    """
    if _PLAIN.fullmatch(cell):
        return Decimal(cell)
    text = " ".join(cell.split())
    if text.lower() in MISSING:
        return None
    if _SCIENTIFIC.fullmatch(text):
        raise NotAFigure(
            cell,
            "Excel has shortened this number and digits may be lost. "
            "Format the column as a number with two decimals and save it again.",
        )
    minus, digits = _signed(text)
    if digits == "." or not _GROUPED.fullmatch(digits):
        raise NotAFigure(
            cell, "This is not a number. Correct it, or leave the cell empty if it is not known."
        )
    value = Decimal(digits.replace(",", ""))
    return -value if minus else value


def _signed(text: str) -> tuple[bool, str]:
    """Whether the text is negative, and its digits without sign, brackets and pound sign."""
    if text.startswith("(") and text.endswith(")"):
        return True, text[1:-1].replace("£", "", 1).strip()
    text = text.replace("−", "-", 1).replace("£", "", 1).replace(" ", "")
    return (True, text[1:]) if text.startswith("-") else (False, text)


class Figures(dict[str, Decimal | None]):
    """Figures already read in this file. Most cells repeat (`0`, above all), so this is the fast path."""

    def __missing__(self, cell: str) -> Decimal | None:
        value = figure(cell)
        self[cell] = value
        return value
