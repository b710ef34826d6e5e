"""Merkle trees and their proofs, as RFC 9162 section 2.1 defines them, with SHA-256.

A tree over n leaves is never kept as a whole. Growing it needs only its *peaks*: the hashes of the perfect
subtrees that n's binary digits name, largest first. Proving needs *tiles* of up to 256 hashes, the idea of
C2SP tlog-tiles: tile (0, i) holds the leaf hashes 256*i onwards, tile (1, i) the hashes of whole
256-leaf subtrees, tile (2, i) those of whole 65,536-leaf subtrees. So a proof in a million leaves reads
about five tiles.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

HASH_BYTES = 32
TILE_BITS = 8
TILE_WIDTH = 1 << TILE_BITS
EMPTY_ROOT = sha256(b"").digest()


class MissingHash(LookupError):
    """A hash that a proof needs is not stored: the store has been damaged."""


def leaf_hash(body: bytes) -> bytes:
    """SHA-256(0x00 || body): 32 bytes (RFC 9162, 2.1.1)."""
    return sha256(b"\x00" + body).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 || left || right): 32 bytes (RFC 9162, 2.1.1)."""
    return sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True)
class Completed:
    """A whole tile's hash, made by the leaf just added: position `index` in the row of `level` (from 1)."""

    level: int
    index: int
    hash: bytes


@dataclass
class Peaks:
    """The state of a growing tree: how many leaves, and the hashes of its perfect subtrees, largest first."""

    size: int = 0
    hashes: list[bytes] = field(default_factory=list)

    @classmethod
    def unpack(cls, size: int, packed: bytes) -> Peaks:
        """From `packed()`. Raises `ValueError` where the number of hashes does not fit the size."""
        if size < 0 or len(packed) != size.bit_count() * HASH_BYTES:
            raise ValueError(f"a tree of {size} leaves does not have {len(packed) / HASH_BYTES:g} peaks")
        return cls(size, [packed[at : at + HASH_BYTES] for at in range(0, len(packed), HASH_BYTES)])

    def packed(self) -> bytes:
        """The hashes one after the other, for storing."""
        return b"".join(self.hashes)

    def grow(self, leaf: bytes) -> list[Completed]:
        """Add a leaf hash; answer the tiles that it completes (none, but for one leaf in 256)."""
        completed = []
        node, height = leaf, 0
        while self.size >> height & 1:
            node = node_hash(self.hashes.pop(), node)
            height += 1
            if height % TILE_BITS == 0:
                completed.append(Completed(height // TILE_BITS, self.size >> height, node))
        self.hashes.append(node)
        self.size += 1
        return completed

    def places(self) -> dict[tuple[int, int], bytes]:
        """Each hash by the first leaf under it and its height."""
        found, start = {}, 0
        for peak in self.hashes:
            height = (self.size - start).bit_length() - 1
            found[start, height] = peak
            start += 1 << height
        return found

    def root(self) -> bytes:
        """The root of the whole tree, 32 bytes; SHA-256 of nothing for an empty one."""
        if not self.hashes:
            return EMPTY_ROOT
        root = self.hashes[-1]
        for peak in reversed(self.hashes[:-1]):
            root = node_hash(peak, root)
        return root


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root over all of these leaf hashes."""
    peaks = Peaks()
    for leaf in leaves:
        peaks.grow(leaf)
    return peaks.root()


def _split(size: int) -> int:
    """The largest power of two smaller than `size` (which is at least 2)."""
    return 1 << ((size - 1).bit_length() - 1)


class Tiles:
    """Hashes of subtrees, read tile by tile through `read(level, index)` and remembered.

    `read` answers the hashes of a tile in order, as many as are stored (at most 256). `peaks`, where known,
    spare reading the tree's right edge.
    """

    def __init__(self, read: Callable[[int, int], Sequence[bytes]], peaks: Peaks | None = None) -> None:
        self._read = read
        self._peaks = peaks.places() if peaks else {}
        self._known: dict[tuple[int, int], Sequence[bytes]] = {}

    def subtree(self, start: int, end: int) -> bytes:
        """The hash over the leaves from `start` up to, not including, `end`, where `start` is a multiple of a
        power of two not smaller than the number of leaves. Raises `MissingHash`."""
        size = end - start
        if size.bit_count() == 1:
            return self._perfect(start, size.bit_length() - 1)
        middle = start + _split(size)
        return node_hash(self.subtree(start, middle), self.subtree(middle, end))

    def _perfect(self, start: int, height: int) -> bytes:
        if (start, height) in self._peaks:
            return self._peaks[start, height]
        level, spare = divmod(height, TILE_BITS)
        tile, first = divmod(start >> level * TILE_BITS, TILE_WIDTH)
        row = list(self._tile(level, tile)[first : first + (1 << spare)])
        if len(row) != 1 << spare:
            raise MissingHash(f"tile {tile} of level {level} lacks hashes from {first} on")
        while len(row) > 1:
            row = [node_hash(row[at], row[at + 1]) for at in range(0, len(row), 2)]
        return row[0]

    def _tile(self, level: int, index: int) -> Sequence[bytes]:
        if (level, index) not in self._known:
            self._known[level, index] = self._read(level, index)
        return self._known[level, index]


def root_at(size: int, tiles: Tiles) -> bytes:
    """The root that the tree had when it held its first `size` leaves."""
    return tiles.subtree(0, size) if size else EMPTY_ROOT


def inclusion_path(index: int, size: int, tiles: Tiles) -> list[bytes]:
    """PATH(index, first `size` leaves), RFC 9162 section 2.1.3.1, leaf's neighbour first.

    Raises `ValueError` where the tree of that size has no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {index}")
    path = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(tiles.subtree(middle, end))
            end = middle
        else:
            path.append(tiles.subtree(start, middle))
            start = middle
    return path[::-1]


def consistency_path(old: int, new: int, tiles: Tiles) -> list[bytes]:
    """PROOF(old, first `new` leaves), RFC 9162 section 2.1.4.1; nothing where old is 0 or equals new.

    Raises `ValueError` unless 0 <= old <= new.
    """
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} leaves did not grow from one of {old}")
    if old in (0, new):
        return []
    path = []
    start, end = 0, new
    while end != old:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(tiles.subtree(middle, end))
            end = middle
        else:
            path.append(tiles.subtree(start, middle))
            start = middle
    if start:
        path.append(tiles.subtree(start, end))
    return path[::-1]


def root_from_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that an inclusion path leads to (RFC 9162, 2.1.3.2), or None where the path does not fit."""
    if not 0 <= index < size:
        return None
    place, last, node = index, size - 1, leaf
    for step in path:
        if last == 0:
            return None
        if place & 1 or place == last:
            node = node_hash(step, node)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            node = node_hash(node, step)
        place, last = place >> 1, last >> 1
    return node if last == 0 else None


def inclusion_holds(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the path proves that `leaf` is number `index` of the `size` leaves under `root`."""
    return root_from_inclusion(leaf, index, size, path) == root


def consistency_holds(old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether the path proves that the tree of `new` leaves starts with that of `old` (RFC 9162, 2.1.4.2).

    Every tree starts with the empty one, whose root must then be the root of nothing.
    """
    if not 0 <= old <= new:
        return False
    if old == 0:
        return not path and old_root == EMPTY_ROOT
    if old == new:
        return not path and old_root == new_root
    steps = list(path) if old.bit_count() > 1 else [old_root, *path]
    if not steps:
        return False
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old_node = new_node = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old_node, new_node = node_hash(step, old_node), node_hash(step, new_node)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new_node = node_hash(new_node, step)
        place, last = place >> 1, last >> 1
    return last == 0 and old_node == old_root and new_node == new_root
