"""Merkle trees: RFC 9162's own definitions, written out naively, against our fast ones."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.engines.transparency.merkle import (
    EMPTY_ROOT,
    TILE_WIDTH,
    MissingHash,
    Peaks,
    Tiles,
    consistency_holds,
    consistency_path,
    inclusion_holds,
    inclusion_path,
    leaf_hash,
    node_hash,
    root_at,
    root_from_inclusion,
    root_of,
)

MANY = 600
LEAVES = [leaf_hash(str(number).encode()) for number in range(MANY)]


def naive_root(leaves: Sequence[bytes]) -> bytes:
    """MTH of RFC 9162, 2.1.1, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return node_hash(naive_root(leaves[:k]), naive_root(leaves[k:]))


def naive_path(m: int, leaves: Sequence[bytes]) -> list[bytes]:
    """PATH of RFC 9162, 2.1.3.1, word for word."""
    if len(leaves) == 1:
        return []
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if m < k:
        return [*naive_path(m, leaves[:k]), naive_root(leaves[k:])]
    return [*naive_path(m - k, leaves[k:]), naive_root(leaves[:k])]


def naive_subproof(m: int, leaves: Sequence[bytes], whole: bool) -> list[bytes]:
    """SUBPROOF of RFC 9162, 2.1.4.1, word for word."""
    if m == len(leaves):
        return [] if whole else [naive_root(leaves)]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if m <= k:
        return [*naive_subproof(m, leaves[:k], whole), naive_root(leaves[k:])]
    return [*naive_subproof(m - k, leaves[k:], False), naive_root(leaves[:k])]


def tiles_of(leaves: Sequence[bytes]) -> Tiles:
    """Tiles as a ledger would have stored them while growing."""
    stored: dict[int, list[bytes]] = {0: list(leaves)}
    peaks = Peaks()
    for leaf in leaves:
        for done in peaks.grow(leaf):
            row = stored.setdefault(done.level, [])
            assert done.index == len(row)
            row.append(done.hash)
    return Tiles(lambda level, index: stored.get(level, [])[index * TILE_WIDTH :][:TILE_WIDTH])


TILES = tiles_of(LEAVES)


def test_known_roots() -> None:
    """The roots of none, one and two leaves are what anybody gets with sha256sum."""
    assert (
        root_of([])
        == EMPTY_ROOT
        == bytes.fromhex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    )
    assert leaf_hash(b"") == bytes.fromhex("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")
    assert root_of(LEAVES[:2]) == sha256(b"\1" + LEAVES[0] + LEAVES[1]).digest()


@pytest.mark.parametrize("size", [*range(40), 127, 128, 129, 255, 256, 257, 511, 512, 513, MANY])
def test_roots_are_those_of_the_definition(size: int) -> None:
    """Peaks, tiles and the definition give one root."""
    assert root_of(LEAVES[:size]) == naive_root(LEAVES[:size]) == root_at(size, TILES)


@given(size=st.integers(1, MANY), data=st.data())
def test_inclusion_of_every_leaf_is_proved(size: int, data: st.DataObject) -> None:
    """A path is the definition's, and proves its leaf and no other."""
    index = data.draw(st.integers(0, size - 1))
    path = inclusion_path(index, size, TILES)
    root = root_at(size, TILES)
    assert path == naive_path(index, LEAVES[:size])
    assert inclusion_holds(LEAVES[index], index, size, path, root)
    assert not inclusion_holds(leaf_hash(b"another"), index, size, path, root)


@given(old=st.integers(0, MANY), new=st.integers(0, MANY))
def test_growth_between_any_sizes_is_proved(old: int, new: int) -> None:
    """A consistency path is the definition's, and proves growth from that root and no other."""
    old, new = sorted((old, new))
    path = consistency_path(old, new, TILES)
    before, after = root_at(old, TILES), root_at(new, TILES)
    if old:
        assert path == naive_subproof(old, LEAVES[:new], True)
    assert consistency_holds(old, new, before, after, path)
    assert not consistency_holds(old, new, leaf_hash(b"x"), after, path)
    if 0 < old < new:
        assert not consistency_holds(old, new, before, leaf_hash(b"x"), path)


def test_proofs_hold_for_every_pair_of_sizes() -> None:
    """All sizes up to 300: every inclusion in the largest, every growth from a few sizes to all."""
    for size in range(1, 301):
        root = root_at(size, TILES)
        for index in {0, size // 3, size // 2, size - 1}:
            assert inclusion_holds(LEAVES[index], index, size, inclusion_path(index, size, TILES), root)
        for old in {1, size // 2, max(size - 1, 1), size}:
            path = consistency_path(old, size, TILES)
            assert consistency_holds(old, size, root_at(old, TILES), root, path)


@given(size=st.integers(2, 300), data=st.data())
def test_a_changed_path_proves_nothing(size: int, data: st.DataObject) -> None:
    """A path with a bit flipped, a step less or a step more, or for another place, is refused."""
    index = data.draw(st.integers(0, size - 1))
    path = inclusion_path(index, size, TILES)
    root = root_at(size, TILES)
    spot = data.draw(st.integers(0, len(path) - 1))
    flipped = bytes([path[spot][0] ^ 1]) + path[spot][1:]
    assert not inclusion_holds(LEAVES[index], index, size, [*path[:spot], flipped, *path[spot + 1 :]], root)
    assert not inclusion_holds(LEAVES[index], index, size, path[:-1], root)
    assert not inclusion_holds(LEAVES[index], index, size, [*path, root], root)
    assert not inclusion_holds(LEAVES[index], (index + 1) % size, size, path, root)


@given(old=st.integers(1, 299), data=st.data())
def test_a_changed_consistency_path_proves_nothing(old: int, data: st.DataObject) -> None:
    """A step less, a step more or a bit flipped is refused."""
    new = data.draw(st.integers(old + 1, 300))
    path = consistency_path(old, new, TILES)
    before, after = root_at(old, TILES), root_at(new, TILES)
    spot = data.draw(st.integers(0, len(path) - 1))
    flipped = bytes([path[spot][0] ^ 1]) + path[spot][1:]
    assert not consistency_holds(old, new, before, after, [*path[:spot], flipped, *path[spot + 1 :]])
    assert not consistency_holds(old, new, before, after, path[:-1])
    assert not consistency_holds(old, new, before, after, [*path, after])


def test_proofs_of_what_cannot_be() -> None:
    """Places and sizes outside of the tree."""
    with pytest.raises(ValueError, match="no leaf 5"):
        inclusion_path(5, 5, TILES)
    with pytest.raises(ValueError, match="did not grow"):
        consistency_path(6, 5, TILES)
    assert root_from_inclusion(LEAVES[0], 5, 5, []) is None
    assert not consistency_holds(6, 5, EMPTY_ROOT, EMPTY_ROOT, [])
    assert not consistency_holds(0, 5, EMPTY_ROOT, root_at(5, TILES), [EMPTY_ROOT])
    assert not consistency_holds(5, 5, root_at(5, TILES), root_at(5, TILES), [EMPTY_ROOT])
    assert not consistency_holds(3, 5, root_at(3, TILES), root_at(5, TILES), [])


def test_a_missing_tile_is_told() -> None:
    """Where stored hashes are gone, no proof is made up."""
    with pytest.raises(MissingHash, match="tile 0 of level 1"):
        root_at(512, Tiles(lambda level, _: LEAVES[:TILE_WIDTH] if level == 0 else []))


@given(size=st.integers(0, 300))
def test_peaks_survive_storing(size: int) -> None:
    """Packed and unpacked, a tree grows on as before."""
    peaks = Peaks()
    for leaf in LEAVES[:size]:
        peaks.grow(leaf)
    again = Peaks.unpack(size, peaks.packed())
    again.grow(LEAVES[size])
    assert again.root() == root_at(size + 1, TILES)


@pytest.mark.parametrize(("size", "packed"), [(1, b""), (3, bytes(32)), (-1, b""), (2, bytes(31))])
def test_peaks_that_do_not_fit_are_refused(size: int, packed: bytes) -> None:
    """The number of hashes must be the number of ones in the size."""
    with pytest.raises(ValueError, match="peaks"):
        Peaks.unpack(size, packed)
