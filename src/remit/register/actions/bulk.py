"""Many rows at once: Django's bulk_create spends most of a national import on preparing values one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import Model

type_of_row = Sequence[str | int | None]


def insert_rows(model: type[Model], columns: Sequence[str], rows: Iterable[type_of_row]) -> None:
    """Insert rows of plain values: text, whole numbers, None; days as ISO text, JSON as text.

    Uses COPY on PostgreSQL and executemany on SQLite. Columns left out must have a default in the database.
    """
    quote = connection.ops.quote_name
    table, names = quote(model._meta.db_table), ", ".join(quote(column) for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(rows))  # noqa: S608


def learn_how_rows_spread(*models: type[Model]) -> None:
    """Let the database count how its rows are spread, so that it finds its way by the right index.

    Without it SQLite takes every name for one of ten, and reads all of them to find three. Takes 0.2 seconds for
    the nation; PostgreSQL would do it by itself, but minutes later.
    """
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")
