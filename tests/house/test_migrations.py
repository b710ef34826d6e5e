"""Migrations: complete, in one line, and good in both directions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

OURS = (
    "ledger",
    "register",
    "accounts",
    "documents",
    "figures",
    "constitutions",
    "meetings",
    "consultations",
    "delegation",
    "motions",
)


def test_none_is_missing(db: None) -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_every_app_of_ours_with_models_is_checked() -> None:
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("remit.")}
    assert {label for label in ours if list(apps.get_app_config(label).get_models())} == set(OURS)


@pytest.mark.parametrize("app", OURS)
def test_each_app_has_one_line_of_migrations(app: str) -> None:
    """Two people's migrations on one parent show up as two leaves, and as a conflict in max_migration.txt."""
    loader = MigrationLoader(None)
    (leaf,) = loader.graph.leaf_nodes(app)
    folder = Path(apps.get_app_config(app).path) / "migrations"
    assert (folder / "max_migration.txt").read_text().strip() == leaf[1]
    names = sorted(path.stem for path in folder.glob("0*.py"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))


def schema() -> dict[str, list[str]]:
    """Every table with its columns and constraints."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        return {
            table: [
                *sorted(
                    str(column[:2])
                    for column in connection.introspection.get_table_description(cursor, table)
                ),
                *sorted(connection.introspection.get_constraints(cursor, table)),
            ]
            for table in tables
        }


@pytest.fixture
def whatever_happens_migrated() -> Iterator[None]:
    """Other tests need the tables again."""
    yield
    call_command("migrate", verbosity=0)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("whatever_happens_migrated")
def test_our_apps_migrate_to_zero_and_back() -> None:
    before = schema()
    for app in reversed(OURS):
        call_command("migrate", app, "zero", verbosity=0)
    left = set(schema())
    assert not {table for table in left if table.startswith(tuple(f"{app}_" for app in OURS))}
    call_command("migrate", verbosity=0)
    assert schema() == before
