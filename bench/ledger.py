"""The ledger at size: proofs, appending, full verification, beside the log file that one would keep instead.

    .venv/bin/python -m bench.ledger [ENTRIES]

A million entries (or as many as asked) in a SQLite database in a temporary folder. They are put there in
bulk, by SQL, with the same bodies and hashes that `ledger.actions.record` makes; that appending is measured
apart, act by act. The alternative is a CSV file in which every row holds the SHA-256 of the row before: the
usual home-made audit trail, which can prove nothing about one row without reading all.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
ENTRIES = 1_000_000
PROOFS = 300
APPENDS = 200
TARGET_MS = 10.0


@dataclass(frozen=True)
class Row:
    """One measurement: what, how much, in which unit, and what to hold it against."""

    what: str
    value: float
    unit: str
    beside: str = ""


def run(entries: int = ENTRIES) -> list[Row]:
    """Measure in a process and a folder of their own; takes about two minutes for a million entries."""
    with tempfile.TemporaryDirectory(prefix="remit-bench-") as folder:
        environment = os.environ | {
            "REMIT_HOME": folder,
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
            "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "remit.config.settings"),
        }
        done = subprocess.run(
            [sys.executable, "-m", "bench.ledger", "--inside", str(entries)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    return [Row(**row) for row in json.loads(done.stdout)]


def measure(entries: int) -> list[Row]:
    """Everything, inside the process that `run` starts."""
    import django

    import remit.config  # noqa: F401 - puts SQLite in place before Django loads

    django.setup()
    from django.core.management import call_command

    call_command("migrate", "ledger", verbosity=0)
    folder = Path(os.environ["REMIT_HOME"])
    build_seconds = timed(lambda: build(entries))
    proofs = sorted(prove_some(entries, time.perf_counter))
    processor = sorted(prove_some(entries, time.process_time))
    appends = sorted(append_some())
    verify_seconds = timed(verify)
    export_seconds = timed(lambda: export(folder / "export.jsonl"))
    verifier_seconds = timed(lambda: run_verifier(folder / "export.jsonl"))
    sum_seconds = timed(lambda: sum_up(folder / "export.jsonl"))
    chain_seconds = home_made(folder)
    total = entries + APPENDS
    rate, chain_rate = total / verify_seconds, total / chain_seconds
    return [
        Row("entries, put there in bulk", entries, "", f"{build_seconds:.0f} s"),
        Row("one inclusion proof, p50", middle(proofs), "ms"),
        Row("one inclusion proof, p95", late(proofs), "ms", f"target {TARGET_MS:g} ms"),
        Row(
            "one inclusion proof, processor time, p95",
            late(processor),
            "ms",
            "on a busy machine this is the one",
        ),
        Row("one act appended and on disk, p50", middle(appends), "ms"),
        Row("one act appended and on disk, p95", late(appends), "ms"),
        Row("full verification", rate, "entries/s", f"{verify_seconds:.1f} s in all"),
        Row("export", total / export_seconds, "entries/s"),
        Row("verification of the export by the stand-alone program", total / verifier_seconds, "entries/s"),
        Row(
            "sha256sum over the export",
            total / sum_seconds,
            "entries/s",
            "says only that nothing changed since",
        ),
        Row("a home-made hash chain in a CSV, checked", chain_rate, "rows/s", "proves nothing about one row"),
        Row("full verification takes so many times as long", chain_rate / rate, "×"),
        Row("but one entry is proved so many times as fast", chain_seconds * 1000 / middle(proofs), "×"),
    ]


def timed(work: Callable[[], object]) -> float:
    """Seconds of wall clock."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def middle(sorted_values: list[float]) -> float:
    """The median."""
    return sorted_values[len(sorted_values) // 2]


def late(sorted_values: list[float]) -> float:
    """The 95th percentile."""
    return sorted_values[int(len(sorted_values) * 0.95)]


AT = "2026-11-21T09:00:00.000000Z"


def bodies(entries: int) -> Iterator[tuple[int, str, str]]:
    """Index, subject and canonical body, as `write_body` spells them (checked for the first)."""
    for index in range(entries):
        subject = f"practice/A{index % 100_000:05d}"
        yield (
            index,
            subject,
            f'{{"act":"register.list_size_recorded","acting_for":"QCF","at":"{AT}","by":"01HZZZZZZZZZZZZZZZZZZZZZZZ",'
            f'"details":{{"patients":{8000 + index % 997},"quarter":"2026-Q3"}},"index":{index},"once":null,'
            f'"subject":"{subject}","under":"permission:import","v":1}}',
        )


def build(entries: int) -> None:
    """Entries, tiles and head in one transaction."""
    from django.db import connection, transaction

    from remit.engines.transparency.entry import read_body
    from remit.engines.transparency.merkle import Peaks, leaf_hash
    from remit.ledger.models import Head, Subtree

    peaks, tiles = Peaks(), []
    insert = (
        'INSERT INTO ledger_entry ("index", at, act, "by", acting_for, "under", subject, once, body, '
        "leaf_hash) VALUES (%s, %s, 'register.list_size_recorded', '01HZZZZZZZZZZZZZZZZZZZZZZZ', 'QCF', "
        "'permission:import', %s, NULL, %s, %s)"
    )

    def rows() -> Iterator[tuple[Any, ...]]:
        for index, subject, body in bodies(entries):
            if index == 0:
                read_body(body)
            leaf = leaf_hash(body.encode())
            tiles.extend(peaks.grow(leaf))
            yield index, AT, subject, body, leaf

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(insert, rows())
        Subtree.objects.bulk_create(
            [Subtree(level=tile.level, index=tile.index, hash=tile.hash) for tile in tiles], batch_size=1000
        )
        Head.objects.create(pk=1, size=peaks.size, peaks=peaks.packed(), last_at=AT)


def prove_some(entries: int, clock: Callable[[], float]) -> Iterator[float]:
    """Milliseconds, by a clock, of proofs of entries all over the ledger, each of them checked."""
    from remit.engines.transparency.merkle import inclusion_holds
    from remit.ledger.queries import prove_inclusion

    chance = random.Random(2026)
    for _ in range(PROOFS):
        index = chance.randrange(entries)
        start = clock()
        proof = prove_inclusion(index)
        yield (clock() - start) * 1000
        assert inclusion_holds(proof.leaf, index, proof.size, proof.path, proof.root)


def append_some() -> Iterator[float]:
    """Milliseconds of acts of one entry each, in transactions of their own."""
    from datetime import UTC, datetime

    from django.db import transaction

    from remit.kernel.actor import Actor
    from remit.ledger.actions import record

    at = datetime(2026, 11, 21, 10, tzinfo=UTC)
    for number in range(APPENDS):
        start = time.perf_counter()
        with transaction.atomic():
            record(
                act="note.made", by=Actor("system"), at=at, subject="bench", under="", details={"n": number}
            )
        yield (time.perf_counter() - start) * 1000


def verify() -> None:
    """The whole ledger, from the database."""
    from remit.ledger.queries import verify as verify_ledger

    assert verify_ledger().ok


def export(path: Path) -> None:
    """The whole ledger, into one file."""
    from remit.ledger.queries import export as export_ledger

    with path.open("w", encoding="utf-8", newline="\n") as file:
        export_ledger(file)


def run_verifier(path: Path) -> None:
    """The stand-alone program on that file."""
    program = ROOT / "verifier" / "remit_verifier.py"
    command = [sys.executable, "-I", str(program), "ledger", str(path)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def sum_up(path: Path) -> None:
    """One hash over the whole file."""
    subprocess.run(["sha256sum", str(path)], check=True, stdout=subprocess.DEVNULL)


def home_made(folder: Path) -> float:
    """Seconds to check a CSV in which every row holds the hash of the one before (written first, untimed)."""
    path = folder / "audit.csv"
    previous = "0" * 64
    with (folder / "export.jsonl").open(encoding="utf-8") as source, path.open("w", encoding="utf-8") as to:
        next(source)
        for line in source:
            row = f"{previous},{line}"
            previous = hashlib.sha256(row.encode()).hexdigest()
            to.write(row)

    def check() -> None:
        expected = "0" * 64
        with path.open(encoding="utf-8") as file:
            for row in file:
                assert row.startswith(expected)
                expected = hashlib.sha256(row.encode()).hexdigest()
        assert expected == previous

    return timed(check)


def main(arguments: list[str]) -> None:
    """Print the measurements, or (inside) hand them over as JSON."""
    if arguments[:1] == ["--inside"]:
        print(json.dumps([asdict(row) for row in measure(int(arguments[1]))]))
        return
    for row in run(int(arguments[0]) if arguments else ENTRIES):
        print(f"{row.what:<56}{row.value:>14,.2f} {row.unit:<10} {row.beside}")


if __name__ == "__main__":
    main(sys.argv[1:])
