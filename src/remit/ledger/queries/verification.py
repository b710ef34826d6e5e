"""Recomputing the whole ledger from the database and locating everything that does not fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q, TextField
from django.db.models.functions import Cast

from remit.engines.transparency.audit import Audit, Fault, Statement, read_statement, span
from remit.engines.transparency.commitments import SALT_BYTES, commitment
from remit.engines.transparency.merkle import TILE_BITS, Completed
from remit.engines.transparency.notes import NotANote, VerifyingKey, read_vkey
from remit.kernel.moments import rfc3339
from remit.ledger.keys import published_log_key
from remit.ledger.models import Checkpoint, Entry, Head, Opening, Subtree
from remit.ledger.queries.reading import checkpoint_note, witness_keys
from remit.ledger.queries.rows import PAGE, Row, as_hash, read_rows

COLUMNS = ("at", "act", "by", "acting_for", "under", "subject", "once")

COMMITMENT = re.compile(r"sha256:[0-9a-f]{64}")

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class VerificationReport:
    """What verification found. `unlisted` counts faults past the thousand that are listed."""

    size: int
    root: str
    checkpoints: int
    cosignatures: int
    faults: tuple[Fault, ...]
    unlisted: int = 0

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def verify(
    earlier: Sequence[str] = (), witnesses: Sequence[str] = (), progress: Progress | None = None
) -> VerificationReport:
    """Recompute every entry, hash, signature and commitment that still has its opening.

    `earlier` are checkpoints held elsewhere (notes): against them truncation, forks and rewriting show.
    `witnesses` are vkeys to trust besides those named in the ledger, and to miss where they signed nothing;
    a malformed one raises `NotANote`.
    `progress` is told how many of how many entries are done.
    """
    trusted = [read_vkey(vkey) for vkey in witnesses]
    faults: list[Fault] = []
    statements = _own_statements(trusted, faults) + _given_statements(earlier, trusted, faults)
    unplaced = _check_openings(faults)
    tiles = {(level, index): as_hash(digest) for level, index, digest in _stored_tiles()}
    size, peaks, last_at = _stored_head()
    audit = Audit(statements)
    audit.faults.extend(faults)
    for index, row in read_rows(_last_index(size) + 1):
        _check_row(audit, index, row, tiles)
        if unplaced and row is not None and isinstance(row.body, str):
            unplaced.difference_update(COMMITMENT.findall(row.body))
        if progress and (index + 1) % PAGE == 0:
            progress(index + 1, size)
    _check_leftovers(audit, tiles)
    for made in sorted(unplaced):
        audit.blame("opening_unexpected", None, f"What is kept for {made} is in no entry of the ledger.")
    _check_head(audit, size, peaks, last_at)
    _check_trusted(audit, [read_vkey(vkey) for vkey in witnesses])
    audit.conclude()
    if progress:
        progress(size, size)
    cosignatures = sum(len(statement.cosigned) for statement in statements)
    return VerificationReport(
        size, audit.peaks.root().hex(), len(statements), cosignatures, tuple(audit.faults), audit.unlisted
    )


# -- what is signed ------------------------------------------------------------------------------------------


def _own_statements(trusted: list[VerifyingKey], faults: list[Fault]) -> list[Statement]:
    """The stored checkpoints; the witnesses named in the ledger join those trusted."""
    for vkey in witness_keys():
        try:
            key = read_vkey(vkey)
        except NotANote as error:
            faults.append(Fault("witness_damaged", None, f"A stored witness key is damaged: {error}."))
            continue
        if key not in trusted:
            trusted.append(key)
    statements = []
    rows = (
        Checkpoint.objects.annotate(made=Cast("made_at", TextField())).defer("made_at").order_by("size", "id")
    )
    for row in rows:
        source = f"checkpoint {row.pk}"
        statement = _statement(checkpoint_note(row), source, trusted, faults)
        if statement is None:
            continue
        made = statement.checkpoint.at
        if row.size != statement.checkpoint.size or made is None or row.made != rfc3339(made):
            words = f"{source}'s columns do not agree with its signed text."
            faults.append(Fault("checkpoint_columns", None, words))
        if len(statement.cosigned) < row.cosignatures.count():
            words = f"{source} bears a cosignature that no named witness made."
            faults.append(Fault("signature_bad", None, words))
        statements.append(statement)
    return statements


def _given_statements(
    earlier: Sequence[str], trusted: list[VerifyingKey], faults: list[Fault]
) -> list[Statement]:
    found = [
        _statement(note, f"the checkpoint given ({number})", trusted, faults)
        for number, note in enumerate(earlier, 1)
    ]
    return [statement for statement in found if statement is not None]


def _statement(note: str, source: str, trusted: list[VerifyingKey], faults: list[Fault]) -> Statement | None:
    statement, wrong = read_statement(
        note, source, origin=settings.REMIT_LEDGER_ORIGIN, log=published_log_key(), witnesses=trusted
    )
    faults.extend(wrong)
    return statement


def _check_openings(faults: list[Fault]) -> set[str]:
    """The commitments whose openings are kept; a fault for each opening that does not give its commitment.

    Read before the entries, so that each of them must be in one.
    """
    kept: set[str] = set()
    for made, salt, value in Opening.objects.values_list("commitment", "salt", "value").iterator():
        kept.add(made)
        salt = as_hash(salt)
        if len(salt) != SALT_BYTES or not isinstance(value, str) or commitment(salt, value) != made:
            words = f"What is kept for {made} is not what was committed to: one of the two was changed."
            faults.append(Fault("opening_changed", None, words))
    return kept


# -- what is stored ------------------------------------------------------------------------------------------


def _stored_tiles() -> Any:
    return Subtree.objects.values_list("level", "index", "hash")


def _stored_head() -> tuple[int, bytes, str]:
    rows = Head.objects.annotate(last=Cast("last_at", TextField())).values_list("size", "peaks", "last")
    size, peaks, last_at = rows.filter(pk=1).first() or (0, b"", None)
    return (size if isinstance(size, int) else 0), as_hash(peaks), last_at or ""


def _last_index(size: int) -> int:
    """The last entry below the size; a tail that is gone is reported as one fault, however long."""
    places = Entry.objects.filter(index__gte=0, index__lt=size).order_by("-index")
    last = places.values_list("index", flat=True).first()
    return int(last) if last is not None else -1


def _check_row(audit: Audit, index: int, row: Row | None, tiles: dict[tuple[int, int], bytes]) -> None:
    if row is None:
        audit.blame("entry_missing", index, f"Entry {index} is missing, or cannot be read.")
        completed = audit.skip()
    else:
        body, leaf, completed = audit.add(row.body if isinstance(row.body, str) else "")
        if as_hash(row.leaf_hash) != leaf:
            words = f"Entry {index} does not have the hash stored with it: one of the two was changed."
            audit.blame("entry_changed", index, words)
        if body is not None:
            _check_columns(audit, index, row, body)
    for tile in completed:
        _check_tile(audit, tile, tiles.pop((tile.level, tile.index), None))


def _check_columns(audit: Audit, index: int, row: Row, body: dict[str, Any]) -> None:
    for name in COLUMNS:
        if getattr(row, name) != body[name]:
            words = f"Entry {index}'s column “{name}” does not agree with its body."
            audit.blame("column_differs", index, words)


def _check_tile(audit: Audit, tile: Completed, stored: bytes | None) -> None:
    if stored is None:  # added since the tiles were read, or missing
        row = (
            Subtree.objects.filter(level=tile.level, index=tile.index).values_list("hash", flat=True).first()
        )
        stored = as_hash(row)
    if stored != tile.hash:
        first, end = (place << tile.level * TILE_BITS for place in (tile.index, tile.index + 1))
        words = (
            f"The stored hash over {span(first, end)} is missing or is not the one that they give: "
            "one of them, or the hash, was changed."
        )
        audit.blame("tile_differs", first, words)


def _check_leftovers(audit: Audit, tiles: dict[tuple[int, int], bytes]) -> None:
    """Rows where there should be none. The size is read again after them, so growth meanwhile is no fault."""
    size = audit.peaks.size
    stray = list(
        Entry.objects.filter(Q(index__lt=0) | Q(index__gte=size)).values_list("index", flat=True)[:1000]
    )
    now = _stored_head()[0]
    for index in stray:
        if not isinstance(index, int) or index < 0 or index >= now:
            words = f"Entry {index} is beyond the ledger's end ({now} entries)."
            audit.blame("entry_unexpected", index if isinstance(index, int) else None, words)
    for level, index in tiles:
        if (index + 1) << level * TILE_BITS > now:
            words = f"There is a stored hash (level {level}, place {index}) over entries that do not exist."
            audit.blame("tile_unexpected", None, words)


def _check_head(audit: Audit, size: int, peaks: bytes, last_at: str) -> None:
    found = audit.peaks.size
    if found < size:
        words = f"The head says {size} entries, but only {found} are there: {span(found, size)} missing."
        audit.blame("entry_missing", found, words)
    elif peaks != audit.peaks.packed():
        whole = found >> TILE_BITS << TILE_BITS
        words = (
            f"The head is not the one that the {found} entries give. Unless another fault explains it, "
            f"something in {span(whole, found)} or the head itself was changed."
        )
        audit.blame("head_differs", whole, words)
    elif last_at != audit.last_at and not _is_checkpoint_time(last_at, audit.last_at):
        words = f"The head says that the last act was at “{last_at}”, the entries say “{audit.last_at}”."
        audit.blame("head_differs", max(found - 1, 0), words)


def _check_trusted(audit: Audit, witnesses: Sequence[VerifyingKey]) -> None:
    signers = {name for statement in audit.statements for name, _ in statement.cosigned}
    for key in witnesses:
        if key.name not in signers:
            audit.blame("not_cosigned", None, f"No checkpoint here bears a signature of {key.name}.")


def _is_checkpoint_time(last_at: str, last_entry_at: str) -> bool:
    """The head also moves on when a checkpoint is made, so that nothing can be dated before it later."""
    return last_at > last_entry_at and Checkpoint.objects.filter(made_at=last_at).exists()
