"""The whole ledger in one file that ``verifier/remit_verifier.py`` can check anywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TextIO

from django.conf import settings

from remit.kernel.canonical import canonical_json
from remit.ledger.keys import published_log_key
from remit.ledger.models import Checkpoint
from remit.ledger.queries.proofs import head
from remit.ledger.queries.reading import checkpoint_note, witness_keys
from remit.ledger.queries.rows import PAGE, as_hash, read_rows

FORMAT = "remit-ledger/1"

Progress = Callable[[int, int], None]


def export(to: TextIO, progress: Progress | None = None) -> int:
    """Write the ledger as JSON Lines: a header, every entry with its leaf hash, every checkpoint.

    Answers the number of entries. `progress` is told how many of how many are written. Rows that are missing
    or cannot be read are left out; the verifier then says which.
    """
    now = head()
    log = published_log_key()
    _write(
        to,
        {
            "format": FORMAT,
            "origin": settings.REMIT_LEDGER_ORIGIN,
            "size": now.size,
            "root": now.root,
            "log_vkey": log.vkey if log else "",
            "witness_vkeys": witness_keys(),
        },
    )
    for index, row in read_rows(now.size):
        if row is not None:
            _write(to, {"entry": row.body, "leaf": as_hash(row.leaf_hash).hex()})
        if progress and (index + 1) % PAGE == 0:
            progress(index + 1, now.size)
    for checkpoint in Checkpoint.objects.filter(size__lte=now.size).order_by("size", "id"):
        _write(to, {"checkpoint": checkpoint_note(checkpoint)})
    if progress:
        progress(now.size, now.size)
    return now.size


def _write(to: TextIO, line: dict[str, Any]) -> None:
    to.write(canonical_json(line).decode() + "\n")
