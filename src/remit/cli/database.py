"""Opening the database: is it there, and has it the tables that this version needs?"""

from __future__ import annotations

from remit.cli.output import Exit, Stopped, say


def open_database(*, migrate: bool = False, of_any_kind: bool = False) -> int:
    """Start Django and check that every migration has been applied.

    With `migrate`, SQLite is brought up to date without asking, because it has one user; another database is
    its administrator's to change (`of_any_kind`, when they ask for it). Answers how many migrations were
    applied. Raises `Stopped`, which names the command that puts it right.
    """
    import django
    from django.apps import apps

    try:
        if not apps.ready:
            django.setup()
        _make_home()
    except OSError as error:
        message = f"The folder REMIT_HOME cannot be used: {error}. Name another one, or make it writable."
        raise Stopped(Exit.FAILED, "no_home", message) from error
    from django.core.management import call_command
    from django.db import connection

    missing = _migrations_missing()
    if not missing:
        return 0
    if not (migrate and (of_any_kind or connection.vendor == "sqlite")):
        message = f"The database lacks {missing} of the changes that this version needs. Run: remit migrate"
        raise Stopped(Exit.FAILED, "not_migrated", message)
    say("Setting up the database …")
    call_command("migrate", verbosity=0, interactive=False)
    return missing


def _make_home() -> None:
    from django.conf import settings

    settings.REMIT_HOME.mkdir(parents=True, exist_ok=True, mode=0o700)


def _migrations_missing() -> int:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
