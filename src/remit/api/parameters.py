"""The parameters that addresses share, each bounded, so that no text a client sends can upset a database."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Query
from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

from remit.engines.deadlines import london_instant
from remit.kernel.days import EARLIEST, LATEST, in_range, iso_day
from remit.kernel.moments import london_day
from remit.kernel.ods import NotAnOdsCode, ods_code

MOST_ROWS, FARTHEST, LARGEST = 500, 1_000_000, 2**53 - 1


def _iso_only(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return iso_day(value)


def _code(value: str) -> str:
    try:
        return ods_code(value)
    except NotAnOdsCode as error:
        raise ValueError(str(error)) from None


def _printable(value: str) -> str:
    if not value.isprintable():
        raise ValueError("The text holds a character that cannot be printed")
    return value


Day = Annotated[date, BeforeValidator(_iso_only), AfterValidator(in_range)]
Code = Annotated[
    str, AfterValidator(_code), WithJsonSchema({"type": "string", "pattern": "^[A-Za-z0-9]{3,12}$"})
]
Text = Annotated[str, AfterValidator(_printable)]

ON = Query(
    None,
    description=f"The day, like 2015-04-01, from {EARLIEST} to {LATEST}. Without it: today in London.",
)
CODE = Path(..., description="A code of the Organisation Data Service (ODS)")
LIMIT = Query(100, ge=1, le=MOST_ROWS, description=f"How many rows to answer with, 1 to {MOST_ROWS}")
OFFSET = Query(0, ge=0, le=FARTHEST, description="How many rows to pass over first")


def moment_of(request: HttpRequest, on: date | None) -> datetime:
    """The instant whose public knowledge is asked for: the end of a past day, else that of asking."""
    now: datetime = request.received_at  # type: ignore[attr-defined]
    if on is None or on >= london_day(now):
        return now
    return london_instant(on + timedelta(days=1), time(0)) - timedelta(microseconds=1)


def day_of(request: HttpRequest, on: date | None) -> date:
    """The day asked for, or today in London."""
    return on or london_day(request.received_at)  # type: ignore[attr-defined]
