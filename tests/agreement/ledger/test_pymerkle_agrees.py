"""An independent implementation of Merkle trees (pymerkle, a test oracle only) agrees with ours."""

from __future__ import annotations

from types import ModuleType

import pytest
from pymerkle import InmemoryTree, verify_consistency, verify_inclusion

from remit.engines.transparency.merkle import (
    TILE_WIDTH,
    Peaks,
    Tiles,
    consistency_holds,
    consistency_path,
    inclusion_holds,
    inclusion_path,
    leaf_hash,
    root_at,
)

MOST = 300
BODIES = [f"entry {number}".encode() for number in range(MOST)]
LEAVES = [leaf_hash(body) for body in BODIES]


@pytest.fixture(scope="module")
def oracle() -> InmemoryTree:
    """Their tree, over the same entries."""
    tree = InmemoryTree(algorithm="sha256")
    assert tree.security  # with RFC 9162's 0x00 and 0x01 before leaves and nodes
    for body in BODIES:
        tree.append_entry(body)
    return tree


@pytest.fixture(scope="module")
def ours() -> Tiles:
    """Our tiles."""
    peaks = Peaks()
    whole = [done.hash for leaf in LEAVES for done in peaks.grow(leaf)]
    rows = {0: LEAVES, 1: whole}
    return Tiles(lambda level, index: rows[level][index * TILE_WIDTH :][:TILE_WIDTH])


def test_hashes_are_the_same(oracle: InmemoryTree) -> None:
    """Leaves and pairs."""
    assert oracle.hash_buff(BODIES[0]) == LEAVES[0]
    assert oracle.get_root(2) == root_at(2, Tiles(lambda _, __: LEAVES[:2]))


def test_every_root_is_the_same(oracle: InmemoryTree, ours: Tiles, verifier: ModuleType) -> None:
    """Sizes 0 to 300: theirs, ours by peaks, ours by tiles, and the verifier's."""
    peaks, tree = Peaks(), verifier.Tree()
    for size in range(MOST + 1):
        expected = oracle.get_root(size)
        assert expected == peaks.root() == root_at(size, ours) == tree.root()
        if size < MOST:
            peaks.grow(LEAVES[size])
            tree.grow(LEAVES[size])


@pytest.mark.slow
def test_inclusion_proofs_have_the_same_hashes(oracle: InmemoryTree, ours: Tiles) -> None:
    """For every size, a spread of entries: each holds under the other's root."""
    for size in range(1, MOST + 1):
        root = oracle.get_root(size)
        for index in {0, size // 3, size // 2, size - 1}:
            path = inclusion_path(index, size, ours)
            theirs = oracle.prove_inclusion(index + 1, size)  # they count from one
            assert sorted([LEAVES[index], *path]) == sorted(theirs.path)
            assert inclusion_holds(LEAVES[index], index, size, path, root)
            verify_inclusion(LEAVES[index], root_at(size, ours), theirs)


@pytest.mark.slow
def test_consistency_proofs_hold_for_each_other(oracle: InmemoryTree, ours: Tiles) -> None:
    """For every size, a spread of earlier ones: each proof holds between the other's roots.

    Their proofs are longer than RFC 9162's (they spell out subtrees that it leaves whole), so not compared.
    """
    for new in range(1, MOST + 1):
        for old in {1, new // 3, new // 2, new - 1, new} - {0}:
            path = consistency_path(old, new, ours)
            assert consistency_holds(old, new, oracle.get_root(old), oracle.get_root(new), path)
            verify_consistency(root_at(old, ours), root_at(new, ours), oracle.prove_consistency(old, new))
