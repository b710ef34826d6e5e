"""Reads published files by meaning, whatever their encoding, line endings, column order or year."""

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
    "Band",
    "Claim",
    "ColumnReading",
    "Kind",
    "ListCount",
    "PaymentColumn",
    "PaymentRow",
    "Problem",
    "Reading",
    "Sighting",
    "SuccessionRow",
    "UnknownLayout",
]
