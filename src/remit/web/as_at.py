"""The day a page shows: read from the address or from the three-field date form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.http import HttpRequest

from remit.engines.deadlines import london_instant
from remit.kernel.days import EARLIEST, LATEST
from remit.kernel.moments import london_day
from remit.web.formats import MONTHS, printable
from remit.web.pages import Problem

FIELDS = ("day", "month", "year")
NAMED = {name.lower(): index for index, name in enumerate(MONTHS, 1)} | {
    name[:3].lower(): index for index, name in enumerate(MONTHS, 1)
}


@dataclass(frozen=True)
class AsAt:
    """The chosen day, what was typed, and what is wrong with it; `day` is then the default.

    `others` are the query parameters the form has to keep. `is_default` says that no day was asked for.
    """

    day: date
    today: date
    typed: tuple[str, str, str] = ("", "", "")
    problem: Problem | None = None
    others: tuple[tuple[str, str], ...] = ()
    is_default: bool = True
    asked_at: datetime | None = None

    @property
    def moment(self) -> datetime:
        """The instant whose public knowledge the page shows: the end of a past day, else that of asking. What is to
        come is not known before."""
        if self.asked_at is None:
            raise ValueError("a day that nobody asked for has no instant")
        end = london_instant(self.day + timedelta(days=1), time(0)) - timedelta(microseconds=1)
        return min(end, self.asked_at)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """For the page's error summary."""
        return (self.problem,) if self.problem else ()

    @property
    def is_past(self) -> bool:
        """Whether a day before today was asked for."""
        return self.day < self.today

    @property
    def is_to_come(self) -> bool:
        """Whether the day is after today: what is shown of it is today's knowledge carried forward."""
        return self.day > self.today

    @property
    def query(self) -> str:
        """``on=2015-04-01`` to carry the day to another page; empty for the default day."""
        return "" if self.is_default else f"on={self.day.isoformat()}"


class WrongDate(ValueError):
    """What was typed is not a date; `field` is the first field to look at."""

    def __init__(self, message: str, field: str) -> None:
        self.field = field
        super().__init__(message)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else 0


def typed_date(day: str, month: str, year: str) -> date:
    """The date of three typed fields: " 3", "03", "March" and "mar" are all fine. Raises `WrongDate`."""
    given = {"day": day.strip(), "month": month.strip(), "year": year.strip()}
    missing = [name for name in FIELDS if not given[name]]
    if missing:
        raise WrongDate(f"Date must include a {' and a '.join(missing)}", missing[0])
    numbers = {
        "day": _whole(given["day"]),
        "month": NAMED.get(given["month"].lower()) or _whole(given["month"]),
        "year": _whole(given["year"]),
    }
    if len(given["year"]) != 4 or not numbers["year"]:
        raise WrongDate("Year must have 4 numbers, for example 2015", "year")
    if not 1 <= numbers["month"] <= 12:
        raise WrongDate("Month must be a number from 1 to 12, or the name of a month", "month")
    try:
        found = date(numbers["year"], numbers["month"], numbers["day"])
    except ValueError:
        raise WrongDate("Date must be a real date", "day") from None
    if not EARLIEST <= found <= LATEST:
        raise WrongDate(f"Date must be from 5 July 1948 (the first day of the NHS) to {LATEST.year}", "year")
    return found


def iso_date(text: str) -> date:
    """A date as ``2015-04-01``. Raises `WrongDate`."""
    year, _, rest = text.strip().partition("-")
    month, _, day = rest.partition("-")
    return typed_date(day, month, year)


def read_as_at(request: HttpRequest, default: date | None = None) -> AsAt:
    """The day asked for by ``?on=2015-04-01`` or the form's ``?day=&month=&year=``; else `default`."""
    now: datetime = request.received_at  # type: ignore[attr-defined]
    today = london_day(now)
    fallback = default or today
    given = {name: printable(request.GET.get(name, "")) for name in FIELDS}
    typed = (given["day"], given["month"], given["year"])
    iso = request.GET.get("on", "")
    others = tuple(
        (printable(key), printable(value))
        for key in request.GET
        if key not in {*FIELDS, "on", "page"}
        for value in request.GET.getlist(key)
    )
    if not any(typed) and not iso:
        return AsAt(fallback, today, _shown(fallback), others=others, asked_at=now)
    try:
        day = typed_date(*typed) if any(typed) else iso_date(iso)
    except WrongDate as wrong:
        shown = typed if any(typed) else ("", "", "")
        return AsAt(fallback, today, shown, Problem(str(wrong), f"as-at-{wrong.field}"), others)
    return AsAt(day, today, _shown(day), others=others, is_default=False, asked_at=now)


def _shown(day: date) -> tuple[str, str, str]:
    return str(day.day), str(day.month), str(day.year)
