"""Dates as they are printed, and whether they can be meant: “Friday 10 January 2015” was a Saturday."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PRINTED = re.compile(
    rf"(?:\b(?P<weekday>{'|'.join(WEEKDAYS)}),?\s+(?:the\s+)?)?"
    rf"(?:\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?"
    rf"\b(?P<month>{'|'.join(MONTHS)})\s+(?P<year>\d{{4}})\b"
)

CITED = re.compile(
    r"\b(?:act|board paper|circular|directions|framework|guidance|letter|order|paper|policy|publication|regulations"
    r"|report|standard|version)\b[^.;:\n]{0,80}?(?:\bof|\bdated|\bpublished(?:\s+(?:in|on))?|,|\()\s*$",
    re.IGNORECASE,
)
"""What stands before the date of a document that is cited: “guidance of November 2014” is no date of a round."""


@dataclass(frozen=True)
class Fault:
    """Something that cannot be meant. `said` is as it was printed, `what` where it stands."""

    code: str
    said: str
    what: str
    message: str


@dataclass(frozen=True)
class PrintedDate:
    """A date as printed: a month of a year, with a day and a weekday where they are said. `is_cited`: that of a
    document, not of something to be done."""

    said: str
    year: int
    month: int
    day: int | None
    weekday: str
    is_cited: bool = False


def printed_dates(text: str, titles: Collection[str] = ()) -> Iterator[PrintedDate]:
    """Every date that a text names with its year, in order. `titles` of known documents: a date after one is its."""
    for found in PRINTED.finditer(text):
        yield PrintedDate(
            " ".join(found[0].split()),
            int(found["year"]),
            MONTHS.index(found["month"]) + 1,
            int(found["day"]) if found["day"] else None,
            found["weekday"] or "",
            _is_cited(text[: found.start()], titles),
        )


def _is_cited(before: str, titles: Collection[str]) -> bool:
    said = before.rstrip(" ,(").lower()
    return CITED.search(before) is not None or any(said.endswith(title.lower()) for title in titles)


def faults_of_printed(
    text: str, what: str, first: date, last: date, titles: Collection[str] = ()
) -> list[Fault]:
    """The dates of a text about something from a first to a last day that cannot be meant: days that are in no
    calendar, weekdays that do not match, and dates outside those days unless they are of a document that is cited."""
    faults = [_fault(each, what, first, last) for each in printed_dates(text, titles)]
    return list(dict.fromkeys(fault for fault in faults if fault))


def _fault(each: PrintedDate, what: str, first: date, last: date) -> Fault | None:
    month = f"{MONTHS[each.month - 1]} {each.year}"
    if not date.min.year <= each.year:
        return Fault("no_such_day", each.said, what, f"There is no year {each.year}.")
    if each.day is not None:
        try:
            day = date(each.year, each.month, each.day)
        except ValueError:
            return Fault("no_such_day", each.said, what, f"There is no {each.day} {month}.")
        weekday = WEEKDAYS[day.weekday()]
        if each.weekday and each.weekday != weekday:
            meant = f"{each.day} {month} is a {weekday}, not a {each.weekday}."
            return Fault("wrong_weekday", each.said, what, meant)
        is_outside = not first <= day <= last
    else:
        is_outside = not (first.year, first.month) <= (each.year, each.month) <= (last.year, last.month)
    if is_outside and not each.is_cited:
        span = f"{_words(first)} to {_words(last)}"
        return Fault("outside", each.said, what, f"{each.said} is not in the days of this round: {span}.")
    return None


def _words(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
