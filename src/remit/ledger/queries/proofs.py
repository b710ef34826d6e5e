"""The head of the ledger, and proofs about it that anybody can check without us."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from remit.engines.transparency.merkle import (
    TILE_WIDTH,
    MissingHash,
    Peaks,
    Tiles,
    consistency_holds,
    consistency_path,
    inclusion_holds,
    inclusion_path,
    root_at,
)
from remit.engines.transparency.witness import Request
from remit.ledger.models import Checkpoint, Entry, Head, Subtree


class LedgerDamaged(RuntimeError):
    """Stored hashes are missing or do not fit each other: run ``remit ledger verify``."""


@dataclass(frozen=True)
class LedgerHead:
    """How many entries there are, their Merkle root in hexadecimal, and the last one's instant."""

    size: int
    root: str
    last_at: datetime | None


@dataclass(frozen=True)
class InclusionProof:
    """That entry `index`, with this leaf hash, is one of the `size` entries under `root`."""

    index: int
    size: int
    leaf: bytes
    root: bytes
    path: tuple[bytes, ...]


@dataclass(frozen=True)
class ConsistencyProof:
    """That the ledger of `new` entries starts with exactly the `old` ones of an earlier head."""

    old: int
    new: int
    old_root: bytes
    new_root: bytes
    path: tuple[bytes, ...]


def head() -> LedgerHead:
    """Where the ledger ends now."""
    _, peaks = _head_now()
    last = Entry.objects.filter(pk=peaks.size - 1).values_list("at", flat=True).first()
    return LedgerHead(peaks.size, peaks.root().hex(), last)


def prove_inclusion(index: int, size: int | None = None) -> InclusionProof:
    """Prove that an entry is in the ledger as it was at `size` entries (now, if not given).

    Raises `ValueError` where there is no such entry or size, `LedgerDamaged` rather than give a wrong proof.
    """
    _, peaks = _head_now()
    size = peaks.size if size is None else size
    _must_exist(size, peaks)
    tiles = Tiles(_read_tile, peaks)
    try:
        path = inclusion_path(index, size, tiles)
        leaf, root = tiles.subtree(index, index + 1), _root(size, tiles, peaks)
    except MissingHash as error:
        raise LedgerDamaged(str(error)) from error
    if not inclusion_holds(leaf, index, size, path, root):
        raise LedgerDamaged(
            f"the stored hashes around entry {index} do not lead to the root of {size} entries"
        )
    return InclusionProof(index, size, leaf, root, tuple(path))


def prove_consistency(old: int, new: int) -> ConsistencyProof:
    """Prove that nothing before entry `old` changed between the two sizes.

    Raises `ValueError` unless 0 <= old <= new <= the present size, `LedgerDamaged` rather than give a wrong
    proof.
    """
    _, peaks = _head_now()
    _must_exist(new, peaks)
    tiles = Tiles(_read_tile, peaks)
    try:
        path = consistency_path(old, new, tiles)
        old_root, new_root = root_at(old, tiles), _root(new, tiles, peaks)
    except MissingHash as error:
        raise LedgerDamaged(str(error)) from error
    if not consistency_holds(old, new, old_root, new_root, path):
        raise LedgerDamaged(f"the stored hashes do not lead from {old} entries to {new}")
    return ConsistencyProof(old, new, old_root, new_root, tuple(path))


def witness_request(checkpoint: Checkpoint, old: int) -> str:
    """What to send to a witness who last signed at `old` entries: the proof and the checkpoint."""
    proof = prove_consistency(old, checkpoint.size)
    return str(Request(old, proof.path, checkpoint.note))


def _head_now() -> tuple[Head, Peaks]:
    try:
        row = Head.objects.filter(pk=1).first() or Head()
        return row, Peaks.unpack(row.size, bytes(row.peaks))
    except (TypeError, ValueError) as error:
        raise LedgerDamaged(f"the head is damaged: {error}") from error


def _must_exist(size: int, peaks: Peaks) -> None:
    if not 0 <= size <= peaks.size:
        raise ValueError(f"the ledger has {peaks.size} entries, not {size}")


def _root(size: int, tiles: Tiles, peaks: Peaks) -> bytes:
    """The root at a size; the present one from the head itself, so that a wrong path cannot agree with it."""
    return peaks.root() if size == peaks.size else root_at(size, tiles)


def _read_tile(level: int, index: int) -> Sequence[bytes]:
    first = index * TILE_WIDTH
    span = {"index__gte": first, "index__lt": first + TILE_WIDTH}
    rows: Iterable[tuple[int, bytes | memoryview[int]]]
    if level == 0:
        rows = Entry.objects.filter(**span).order_by("index").values_list("index", "leaf_hash")
    else:
        rows = Subtree.objects.filter(level=level, **span).order_by("index").values_list("index", "hash")
    hashes: list[bytes] = []
    for place, digest in rows:
        if place != first + len(hashes):
            break  # a row is missing: what follows is not where it should be
        hashes.append(bytes(digest))
    return hashes
