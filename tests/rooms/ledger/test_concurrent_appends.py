"""Many writers at once make one gapless ledger."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction

from remit.kernel.actor import Actor
from remit.ledger import actions, queries
from remit.ledger.models import Entry

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
WRITERS = 8
EACH = 12


@pytest.fixture
def shared_database(transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that threads share as workers do: on SQLite a file, since a test's own is in memory."""
    if connection.vendor == "sqlite":
        monkeypatch.setitem(connections.settings["default"], "NAME", str(tmp_path / "shared.sqlite3"))
        in_a_thread(lambda: call_command("migrate", "ledger", verbosity=0))


def in_a_thread(work: object) -> None:
    """Run with a connection of its own; raise what it raised."""
    errors: list[BaseException] = []

    def run() -> None:
        try:
            work()  # type: ignore[operator]
        except BaseException as error:
            errors.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if errors:
        raise errors[0]


def append_some(writer: int, start: threading.Barrier, failures: list[BaseException]) -> None:
    """One writer: each act in a transaction of its own."""
    try:
        start.wait()
        for number in range(EACH):
            with transaction.atomic():
                actions.record(
                    act="note.made",
                    by=Actor(f"writer-{writer}"),
                    at=AT,
                    subject=f"{number}",
                    under="",
                    details={},
                    once=f"{writer}-{number}",
                )
    except BaseException as error:
        failures.append(error)
    finally:
        connections.close_all()


@pytest.mark.slow
def test_eight_writers_make_one_gapless_ledger(shared_database: None) -> None:
    """From the very first entry, when even the head is not there yet."""
    start = threading.Barrier(WRITERS)
    failures: list[BaseException] = []
    threads = [
        threading.Thread(target=append_some, args=(writer, start, failures)) for writer in range(WRITERS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []

    def look() -> None:
        assert list(Entry.objects.order_by("index").values_list("index", flat=True)) == list(
            range(WRITERS * EACH)
        )
        assert Entry.objects.values("once").distinct().count() == WRITERS * EACH
        assert queries.verify().faults == ()

    in_a_thread(look)
