"""Reads published files by meaning, whatever their encoding, line endings, column order or year."""

from remit.engines.layouts.payment_lines import LINES, Line
from remit.engines.layouts.reading import read, read_rows
from remit.engines.layouts.readings import (
    Band,
    Claim,
    ColumnReading,
    Kind,
    ListCount,
    PaymentColumn,
    PaymentRow,
    Problem,
    Reading,
    Sighting,
    SuccessionRow,
    UnknownLayout,
)

__all__ = [
    "LINES",
    "Band",
    "Claim",
    "ColumnReading",
    "Kind",
    "Line",
    "ListCount",
    "PaymentColumn",
    "PaymentRow",
    "Problem",
    "Reading",
    "Sighting",
    "SuccessionRow",
    "UnknownLayout",
    "read",
    "read_rows",
]
