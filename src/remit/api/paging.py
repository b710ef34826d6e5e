"""Rows in bounded pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Generic, TypeVar

from django.http import HttpRequest
from pydantic import BaseModel, Field

from remit.api.parameters import FARTHEST

Row = TypeVar("Row", bound=BaseModel)
Found = TypeVar("Found")
BATCH = 500


@dataclass(frozen=True)
class Rows(Generic[Row]):
    """Every row of a register in a fixed order: how many, and a function from (start, end) to some."""

    total: int
    part: Callable[[int, int], Sequence[Row]]

    @classmethod
    def of(cls, found: Sequence[Found], make: Callable[[Found], Row]) -> Rows[Row]:
        """From a list already read; only the rows that are shown are made."""
        return cls(len(found), lambda start, end: [make(each) for each in found[start:end]])

    def batches(self) -> Iterator[Sequence[Row]]:
        """All of them, some at a time."""
        for start in range(0, self.total, BATCH):
            yield self.part(start, min(start + BATCH, self.total))


class Page(BaseModel, Generic[Row]):
    """Some rows of a register."""

    on: date | None = Field(description="The day shown; null where the register has no day")
    total: int = Field(description="How many rows there are in all")
    limit: int = Field(description="How many were asked for")
    offset: int = Field(description="How many were passed over")
    next: str | None = Field(description="The address of the rows that follow")
    csv: str = Field(description="The address of all rows as CSV")
    items: list[Row]


@cache
def page_of(row: type[BaseModel]) -> type[Page[Any]]:
    """The page of a register's rows, with a readable name in the OpenAPI document: PageOfCommissionerRow."""
    return type(f"PageOf{row.__name__}", (Page[row],), {"__doc__": Page.__doc__})  # type: ignore[valid-type]


def following(request: HttpRequest, limit: int, offset: int, total: int) -> str | None:
    """The address of the next page; None on the last, and where the next would be out of bounds."""
    start = offset + limit
    if start >= total or start > FARTHEST:
        return None
    query = request.GET.copy()
    query["limit"], query["offset"] = str(limit), str(start)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


def csv_address(request: HttpRequest) -> str:
    """The CSV twin of a page, with the same filters."""
    query = request.GET.copy()
    for name in ("limit", "offset"):
        query.pop(name, None)
    asked = f"?{query.urlencode()}" if query else ""
    return request.build_absolute_uri(f"{request.path}.csv{asked}")
