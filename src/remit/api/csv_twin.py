"""The CSV twin of a register and its CSVW description, both made from the schema of its rows.

CSV as RFC 4180 has it: UTF-8 without a byte order mark, one header row, CRLF, ISO 8601 dates. The description
follows W3C's "Metadata Vocabulary for Tabular Data" (2015).
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from asgiref.sync import sync_to_async
from django.http import HttpRequest, StreamingHttpResponse
from pydantic import BaseModel

from remit.api.caching import LICENCE, ledger_state
from remit.api.paging import Rows

MEDIA_TYPE = "text/csv; charset=utf-8; header=present"
SEPARATOR = "|"
RISKY = ("=", "+", "-", "@", "\t", "\r")

# JSON Schema's (type, format) to CSVW's datatype; text where neither is here.
DATATYPES = {
    ("integer", ""): "integer",
    ("boolean", ""): "boolean",
    ("string", "date"): "date",
    ("string", "date-time"): "dateTime",
    ("string", "decimal"): "decimal",
    ("string", "uri"): "anyURI",
}


@dataclass(frozen=True)
class Column:
    """A column: its name, what it means, its CSVW datatype; `is_list` cells hold several, separated by |."""

    name: str
    description: str
    datatype: str
    is_list: bool
    required: bool


@cache
def columns_of(row: type[BaseModel]) -> tuple[Column, ...]:
    """The columns of a register, in the order of its schema."""
    properties = row.model_json_schema(mode="serialization")["properties"]
    return tuple(_column(name, details) for name, details in properties.items())


def _column(name: str, details: dict[str, Any]) -> Column:
    options = details.get("anyOf", [details])
    known = next(option for option in options if option.get("type") != "null")
    is_list = known.get("type") == "array"
    each = known["items"] if is_list else known
    return Column(
        name=name,
        description=details.get("description", ""),
        datatype=DATATYPES.get((each.get("type", ""), each.get("format", "")), "string"),
        is_list=is_list,
        required=len(options) == 1 and not is_list,
    )


def safe_text(text: str) -> str:
    """Text that a spreadsheet will not take for a formula: a ' before = + - @, tab and carriage return."""
    return f"'{text}" if text.startswith(RISKY) else text


def cell(value: Any, column: Column) -> str:
    """A JSON value as a cell: nothing for null. Only text can be a formula, so only text is guarded."""
    if value is None:
        return ""
    if column.is_list:
        return safe_text(SEPARATOR.join(value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return safe_text(value) if column.datatype in ("string", "anyURI") else str(value)


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_lines(row: type[BaseModel], rows: Rows[Any]) -> Iterator[bytes]:
    """The whole file, in pieces of some hundred rows."""
    columns = columns_of(row)
    write = csv.writer(_Echo(), lineterminator="\r\n").writerow
    yield write([column.name for column in columns]).encode()
    for batch in rows.batches():
        yield "".join(write(_cells(each, columns)) for each in batch).encode()


def _cells(row: BaseModel, columns: Sequence[Column]) -> list[str]:
    values = row.model_dump(mode="json")
    return [cell(values[column.name], column) for column in columns]


async def _one_by_one(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    """The pieces for an ASGI server; each is made in a thread, because making one may read the database."""
    while piece := await sync_to_async(next)(pieces, b""):
        yield piece


def csv_response(
    request: HttpRequest, row: type[BaseModel], rows: Rows[Any], filename: str
) -> StreamingHttpResponse:
    """The twin as a download, sent while it is made."""
    pieces = csv_lines(row, rows)
    described_by = request.build_absolute_uri(f"{request.path}-metadata.json{_asked(request)}")
    return StreamingHttpResponse(
        _one_by_one(pieces) if hasattr(request, "scope") else pieces,
        content_type=MEDIA_TYPE,
        headers={
            "Content-Disposition": f'attachment; filename="{filename}"',
            "Link": f'<{described_by}>; rel="describedby"; type="application/csvm+json"',
        },
    )


def metadata(
    request: HttpRequest, row: type[BaseModel], rows: Rows[Any], title: str, about: str
) -> dict[str, Any]:
    """The CSVW description of the file as it is now: columns, licence, the ledger's head, size, SHA-256."""
    digest, size = hashlib.sha256(), 0
    for piece in csv_lines(row, rows):
        digest.update(piece)
        size += len(piece)
    url = request.build_absolute_uri(request.path.removesuffix("-metadata.json") + _asked(request))
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": url,
        "dc:title": title,
        "dc:description": about,
        "dc:license": {"@id": LICENCE},
        "schema:version": ledger_state(),
        "schema:contentSize": size,
        "schema:sha256": digest.hexdigest(),
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\r\n"], "header": True},
        "tableSchema": {
            "columns": [_described(column) for column in columns_of(row)],
            "primaryKey": "id",
            "aboutUrl": "{+id}",
        },
    }


def _described(column: Column) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": column.name,
        "titles": column.name,
        "dc:description": column.description,
        "datatype": column.datatype,
        "required": column.required,
    }
    if column.is_list:
        described["separator"] = SEPARATOR
    return described


def _asked(request: HttpRequest) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"?{query}" if query else ""
