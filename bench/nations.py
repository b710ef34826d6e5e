"""A nation to measure on: the invented one, and the same so many times over."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.apart import answer, say
from bench.rows import Row, seconds
from remit.cli.owner import owner

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
# Small letters come after all codes; each stands before the codes of one copy.
LETTERS = "abcdefghijklmno"
RELATIONS = ("commissioner", "pcn", "icb", "stp", "region", "local_office", "parent", "successor")


def build(options: dict[str, Any]) -> list[Row]:
    """The invented nation with so many practices, through the actions that anyone would use."""
    from django.core.management import call_command

    from remit.demo.actions import build_demo

    call_command("migrate", verbosity=0)
    took = seconds(lambda: build_demo(by=owner(), at=lambda: AT, practices=options["practices"]))
    return [Row(f"an invented nation of {options['practices']:,} practices, made and loaded", took, "s")]


def multiply(letters: str) -> None:
    """Add a copy of every organisation, fact and list for each letter."""
    from django.core.cache import cache
    from django.db import connection

    from remit.register.actions.bulk import learn_how_rows_spread
    from remit.register.models import Fact, ListSize, Organisation

    [by_value] = Fact._meta.indexes
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous=OFF")
    with connection.schema_editor() as editor:
        editor.remove_index(Fact, by_value)
    for letter in letters:
        say(f"  copying the nation: {letter}")
        copy_once(letter)
    with connection.schema_editor() as editor:
        editor.add_index(Fact, by_value)
    learn_how_rows_spread(Organisation, Fact, ListSize)
    cache.clear()


def copy_once(letter: str) -> None:
    """The original's rows with a letter before each code, in the order of the indexes."""
    from django.db import connection, transaction

    related = ", ".join(f"'{about}'" for about in RELATIONS)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO register_organisation (code) SELECT %s || code FROM register_organisation "
            "WHERE code < 'a' ORDER BY code",
            [letter],
        )
        cursor.execute(
            "INSERT INTO register_fact (organisation_id, about, value, from_on, until_on, basis) "
            f"SELECT %s || organisation_id, about, CASE WHEN about IN ({related}) THEN %s || value ELSE value "
            "END, from_on, until_on, basis FROM register_fact WHERE organisation_id < 'a' "
            "ORDER BY organisation_id, about, from_on",
            [letter, letter],
        )
        cursor.execute(
            'INSERT INTO register_listsize (organisation_id, "on", quarter, registered, weighted, bands, source_id) '
            'SELECT %s || organisation_id, "on", quarter, registered, weighted, bands, source_id '
            "FROM register_listsize WHERE organisation_id < 'a' ORDER BY organisation_id, source_id",
            [letter],
        )


def write_sheet(path: Path) -> None:
    """Every dated fact as one CSV: what one would keep in a spreadsheet instead."""
    from remit.register.models import Fact

    rows = Fact.objects.filter(organisation_id__lt="a")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["code", "about", "value", "from_on", "until_on"])
        writer.writerows(
            rows.values_list("organisation_id", "about", "value", "from_on", "until_on").iterator()
        )


def multiply_sheet(original: Path, path: Path, letters: str) -> None:
    """The same CSV with a copy for each letter."""
    with (
        original.open(encoding="utf-8", newline="") as source,
        path.open("w", encoding="utf-8", newline="") as to,
    ):
        writer = csv.writer(to)
        head, *rows = csv.reader(source)
        writer.writerow(head)
        writer.writerows(rows)
        for letter in letters:
            writer.writerows(
                (letter + code, about, letter + value if about in RELATIONS else value, first, last)
                for code, about, value, first, last in rows
            )


if __name__ == "__main__":
    answer(build)
