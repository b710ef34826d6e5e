"""The whole ledger in one file that ``verifier/remit_verifier.py`` can check anywhere."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, TextIO

from django.conf import settings

from remit.kernel.canonical import canonical_json
from remit.ledger.keys import published_log_key
from remit.ledger.models import Checkpoint
from remit.ledger.queries.proofs import LedgerHead, head
from remit.ledger.queries.reading import checkpoint_note, witness_keys
from remit.ledger.queries.rows import PAGE, as_hash, read_rows

FORMAT = "remit-ledger/1"

Progress = Callable[[int, int], None]


def export(to: TextIO, progress: Progress | None = None) -> int:
    """Write the ledger as JSON Lines (see `export_lines`). Answers the number of entries."""
    now = head()
    to.writelines(export_lines(now, progress))
    return now.size


def export_lines(now: LedgerHead, progress: Progress | None = None) -> Iterator[str]:
    """The ledger up to a head, line by line: a header, every entry with its leaf hash, every checkpoint.

    `progress` is told how many of how many are given. Rows that are missing or cannot be read are left out;
    the verifier then says which.
    """
    log = published_log_key()
    checkpoints = [
        checkpoint_note(checkpoint)
        for checkpoint in Checkpoint.objects.filter(size__lte=now.size).order_by("size", "id")
    ]
    yield _line(
        {
            "format": FORMAT,
            "origin": settings.REMIT_LEDGER_ORIGIN,
            "size": now.size,
            "root": now.root,
            "log_vkey": log.vkey if log else "",
            "witness_vkeys": witness_keys(),
            "checkpoints": len(checkpoints),
        }
    )
    for index, row in read_rows(now.size):
        if row is not None and isinstance(row.body, str):
            body = json.dumps(row.body, ensure_ascii=False)  # the canonical spelling of a text, and fast
            yield f'{{"entry":{body},"leaf":"{as_hash(row.leaf_hash).hex()}"}}\n'
        if progress and (index + 1) % PAGE == 0:
            progress(index + 1, now.size)
    for note in checkpoints:
        yield _line({"checkpoint": note})
    if progress:
        progress(now.size, now.size)


def _line(value: dict[str, Any]) -> str:
    return canonical_json(value).decode() + "\n"
