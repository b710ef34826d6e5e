"""What a person says of a file beside its bytes: refused where it cannot be so, or where the name says otherwise."""

from __future__ import annotations

from datetime import date

from remit.engines.layouts.days import day_in_name, year_in_name
from remit.kernel.decision import Reason
from remit.kernel.period import NhsYear
from remit.register.actions.reports import FileRefused, Provenance

UNDER = "Register: published files are loaded whole, once, with their provenance"


def require_sensible(
    kind: str, provenance: Provenance, year: NhsYear | None, as_of: date | None, *, today: date
) -> None:
    """Raise `FileRefused` where a day is still to come, or the year or month is not that of the file's name."""
    if provenance.retrieved_on > today:
        raise _refusal(
            "to_come", f"{_shown(provenance.retrieved_on)}, the day it was fetched, is still to come."
        )
    if as_of is not None and as_of > today:
        raise _refusal("to_come", f"{_shown(as_of)}, the day it describes, is still to come.")
    named_year = year_in_name(provenance.filename) if kind == "payments" else None
    if year is not None and named_year is not None and named_year != year:
        raise _contradicted(str(named_year), str(year))
    named_day = day_in_name(provenance.filename) if kind != "payments" else None
    if as_of is not None and named_day is not None and _month(named_day) != _month(as_of):
        raise _contradicted(f"{named_day:%B %Y}", _shown(as_of))


def _contradicted(named: str, said: str) -> FileRefused:
    return _refusal(
        "named_otherwise",
        f"The file's name says {named}, and you say {said}. Leave it to the name, or rename the file if that is wrong.",
    )


def _refusal(code: str, message: str) -> FileRefused:
    return FileRefused((Reason(code, f"{message} Nothing was loaded.", UNDER),))


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def _shown(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
