"""Dates, NHS years and months, as files print them and as their names carry them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from remit.engines.layouts.figures import MISSING
from remit.kernel.period import NhsYear, Period

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAMES = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    "sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_TIME = r"(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?Z?)?"
_YEAR_FIRST = re.compile(rf"([0-9]{{4}})([-/]?)([0-9]{{2}})\2([0-9]{{2}}){_TIME}")
_DAY_FIRST = re.compile(rf"([0-9]{{1,2}})([/.-])([0-9]{{1,2}})\2([0-9]{{4}}){_TIME}")
_NAMED = re.compile(rf"([0-9]{{1,2}})[ -]?({_MONTH_NAMES})[ -]?([0-9]{{4}})", re.IGNORECASE)

_LONG_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})[-_/ ]?(?:to[-_ ]?)?(?:20)?([0-9]{2})(?![0-9])")
_SHORT_YEAR = re.compile(r"(?<![0-9])([0-9]{2})[-_/ ]?([0-9]{2})(?![0-9])")
_FILE_DAY = re.compile(r"(?<![0-9])(20[0-9]{2})[-_ ]?(0[1-9]|1[0-2])[-_ ]?(0[1-9]|[12][0-9]|3[01])(?![0-9])")
_FILE_MONTH = re.compile(r"(?<![0-9])(20[0-9]{2})[-_ ]?(0[1-9]|1[0-2])(?![0-9])")
_FILE_NAMED_MONTH = re.compile(
    rf"(?<![a-z])({_MONTH_NAMES})[-_ ]?(?:20)?([0-9]{{2}})(?![0-9])", re.IGNORECASE
)
_FILE_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?![0-9])")


class NotADay(ValueError):
    """The cell is not a date. The message says how to put it right."""


def day(cell: str) -> date | None:
    """The day in a cell, or None where the cell says there is none.

    Reads `01/04/2014`, `20140401`, `2014-04-01`, `01Apr2014`, `1 April 2014`. The day comes before the
    month, as in Britain. Raises `NotADay` for anything else, 31 February included.
    """
    text = " ".join(cell.split())
    if text.lower() in MISSING:
        return None
    try:
        if match := _YEAR_FIRST.fullmatch(text):
            return date(int(match[1]), int(match[3]), int(match[4]))
        if match := _DAY_FIRST.fullmatch(text):
            return date(int(match[4]), int(match[3]), int(match[1]))
        if match := _NAMED.fullmatch(text):
            return date(int(match[3]), _month(match[2]), int(match[1]))
    except ValueError as error:
        raise NotADay(
            "There is no such day. Correct it, or leave the cell empty if it is not known."
        ) from error
    raise NotADay("This is not a date. Write it as 01/04/2014, or leave the cell empty if it is not known.")


def _month(name: str) -> int:
    return MONTHS.index(name[:3].lower()) + 1


def year_in_name(filename: str) -> NhsYear | None:
    """The NHS year in a file's name: `…2014-15…`, `…201415…`, `…2014-2015…`, `…14-15…`, `…1415…`.

    Two numbers only make a year when the second follows the first, so 2015-01 is not one.
    """
    for pattern in (_LONG_YEAR, _SHORT_YEAR):
        for match in pattern.finditer(_stem(filename)):
            start = int(match[1]) if len(match[1]) == 4 else 2000 + int(match[1])
            if (start + 1) % 100 == int(match[2]):
                return NhsYear(start)
    return None


def day_in_name(filename: str) -> date | None:
    """The day or month in a file's name (`…2018-06…`, `…20180601…`, `…-apr-17`), as its (first) day."""
    stem = _stem(filename)
    if match := _FILE_DAY.search(stem):
        try:
            return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            return None
    if match := _FILE_MONTH.search(stem):
        return date(int(match[1]), int(match[2]), 1)
    if match := _FILE_NAMED_MONTH.search(stem):
        return date(2000 + int(match[2]), _month(match[1]), 1)
    return None


def bare_year_in_name(filename: str) -> date | None:
    """1 January of a year standing alone in a file's name (`eccg-2025`)."""
    match = _FILE_YEAR.search(_stem(filename))
    return date(int(match[1]), 1, 1) if match else None


def month_of(on: date) -> Period:
    """The days of the calendar month that a day is in."""
    return Period(on.replace(day=1), on.replace(day=monthrange(on.year, on.month)[1]))


def _stem(filename: str) -> str:
    """The file's own name without folders and extension."""
    name = filename.replace("\\", "/").rsplit("/", 1)[-1]
    return name.rsplit(".", 1)[0] if "." in name else name
