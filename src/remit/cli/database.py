"""Opening the database: is it there, and has it the tables that this version needs?"""

from __future__ import annotations

from remit.cli.output import Exit, Stopped, say


def open_database(*, migrate: bool = False) -> None:
    """Start Django and check that every migration has been applied.

    With `migrate`, SQLite is brought up to date without asking, because it has one user; another database is its
    administrator's to change. Raises `Stopped`, which names the command that puts it right.
    """
    import django
    from django.conf import settings
    from django.db import DatabaseError, connection

    django.setup()
    settings.REMIT_HOME.mkdir(parents=True, exist_ok=True)
    try:
        missing = _migrations_missing()
        if not missing:
            return
        if not (migrate and connection.vendor == "sqlite"):
            raise Stopped(
                Exit.FAILED,
                "not_migrated",
                f"The database lacks {missing} of the changes that this version needs. Run: remit migrate",
            )
        migrate_now()
    except DatabaseError as error:
        raise Stopped(Exit.FAILED, "no_database", f"The database cannot be used: {error}".strip()) from error


def migrate_now() -> None:
    """Bring the database up to date."""
    from django.core.management import call_command

    say("Setting up the database …")
    call_command("migrate", verbosity=0, interactive=False)


def _migrations_missing() -> int:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
