"""How exact numbers and instants are written: as text where JSON's numbers would not be exact."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from pydantic import Field, PlainSerializer, WithJsonSchema

from remit.kernel.moments import rfc3339

Exact = Annotated[
    Decimal,
    PlainSerializer(lambda value: format(value, "f"), return_type=str),
    WithJsonSchema(
        {"type": "string", "format": "decimal", "pattern": r"^-?\d+(\.\d+)?$"}, mode="serialization"
    ),
]
Instant = Annotated[
    datetime,
    PlainSerializer(rfc3339, return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time"}, mode="serialization"),
]
Uri = Annotated[str, WithJsonSchema({"type": "string", "format": "uri"})]
Id = Annotated[Uri, Field(description="The record's stable identifier; it answers 303 to what it names")]


def trimmed(value: Decimal | None) -> Decimal | None:
    """Without the zeros after the decimals that a database adds: 8123.500000000 is 8123.5."""
    if value is None:
        return None
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()


def pounds_of(pence: int | None) -> Decimal | None:
    """Whole pence as pounds with two decimals; None stays None."""
    return None if pence is None else Decimal(pence).scaleb(-2)
