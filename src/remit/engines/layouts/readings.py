"""What a published file said, once read: the plain records that the register turns into dated facts.

Nothing here knows where a column stood in the file or how the file was encoded. Row numbers count from 1
and include the header and any title lines above it, so that they match what a spreadsheet shows.
Column positions count from 1 as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from remit.kernel.period import NhsYear


class Kind(StrEnum):
    """The kinds of published file that can be read."""

    PAYMENTS = "payments"
    PRACTICES = "practices"
    COMMISSIONERS = "commissioners"
    LISTS = "lists"
    MAP = "map"
    ORGANISATIONS = "organisations"


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that a row says about one organisation.

    `value` is text, or the code of the other organisation when `about` names a relation. `first` and `last`
    are the days claimed, both included; None means unbounded. `firm` is True when the source states these
    very days (a year file, a join date, open and close dates), False when it only knows "now".
    """

    about: str
    value: str
    first: date | None
    last: date | None
    firm: bool


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one row says about one organisation."""

    code: str
    row: int
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """How many registered patients of one sex are in one age band.

    `sex` is "female", "male" or "all"; `age_to` is included, and None in the open band at the top.
    """

    sex: str
    age_from: int
    age_to: int | None
    patients: int


@dataclass(frozen=True, slots=True)
class ListCount:
    """The list size of a practice on a day; None where the file leaves it blank.

    `quarter` is "Q1" … "Q4" when a payments file names the quarter that the figure belongs to, else "".
    `bands` is empty for payments files.
    """

    practice: str
    on: date
    quarter: str
    registered: Decimal | None
    weighted: Decimal | None
    bands: tuple[Band, ...]
    row: int


@dataclass(frozen=True, slots=True)
class PaymentColumn:
    """A payment column: its label as printed, and a slug that is the same in every year for one meaning.

    `kind` is "payment", "total", "deduction" or "average".
    """

    position: int
    label: str
    line: str
    kind: str


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """What one practice was paid: pounds, in the order of `Reading.payment_columns`; None where missing."""

    practice: str
    commissioner: str
    row: int
    amounts: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class SuccessionRow:
    """One organisation follows another, as a map says. `on` is the first day of the successor's work."""

    predecessor: str
    successor: str
    on: date | None
    row: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong or odd in the file: where, what, and how to put it right, in plain English."""

    row: int | None
    column: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """What a column was recognised as. `meaning` is None when it was not used."""

    label: str
    meaning: str | None
    position: int


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything a published file says.

    `as_of` is the day that the file describes (for a year file, its 1 April). `rows` counts data rows, the
    refused ones included. `refused` rows are left out of everything else; `remarks` are kept but odd.
    """

    kind: Kind
    layout: str
    title: str
    year: NhsYear | None
    as_of: date
    rows: int
    sightings: tuple[Sighting, ...]
    lists: tuple[ListCount, ...]
    payment_columns: tuple[PaymentColumn, ...]
    payments: tuple[PaymentRow, ...]
    successions: tuple[SuccessionRow, ...]
    refused: tuple[Problem, ...]
    remarks: tuple[Problem, ...]
    practices: frozenset[str]
    commissioners: frozenset[str]
    columns: tuple[ColumnReading, ...]


class UnknownLayout(Exception):
    """The file is not a layout of this kind: says which columns were found and which are missing."""

    def __init__(self, kind: Kind, found: tuple[str, ...], missing: tuple[str, ...], message: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.found = found
        self.missing = missing
        self.message = message
