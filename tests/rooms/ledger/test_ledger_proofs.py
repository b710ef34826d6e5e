"""Proofs from the database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from remit.engines.transparency.merkle import consistency_holds, inclusion_holds
from remit.ledger import queries
from remit.ledger.models import Entry, Head, Subtree

pytestmark = pytest.mark.django_db


def test_every_entry_is_proved(long_ledger: None) -> None:
    """In the present ledger and in earlier ones."""
    root = bytes.fromhex(queries.head().root)
    for index in [0, 1, 255, 256, 300, 511, 512, 519]:
        proof = queries.prove_inclusion(index)
        assert inclusion_holds(proof.leaf, proof.index, proof.size, proof.path, root)
        assert len(proof.path) <= 10
    old = queries.prove_inclusion(100, 257)
    assert inclusion_holds(old.leaf, 100, 257, old.path, old.root)
    assert old.root != root


def test_growth_is_proved(long_ledger: None) -> None:
    """Between any two sizes."""
    for old, new in [(0, 520), (1, 520), (256, 257), (300, 512), (519, 520), (520, 520)]:
        proof = queries.prove_consistency(old, new)
        assert consistency_holds(old, new, proof.old_root, proof.new_root, proof.path)
    assert queries.prove_consistency(5, 520).new_root.hex() == queries.head().root


def test_a_proof_reads_few_rows(long_ledger: None, django_assert_max_num_queries: Any) -> None:
    """The head, and a tile for each level at the leaf and at the edge."""
    with django_assert_max_num_queries(5):
        queries.prove_inclusion(3)


@pytest.mark.parametrize(("index", "size"), [(5, None), (-1, None), (0, 6), (0, -1), (4, 4)])
def test_no_proof_of_what_is_not_there(fill: Callable[[int], None], index: int, size: int | None) -> None:
    """Outside of the ledger."""
    fill(5)
    with pytest.raises(ValueError, match=r"leaf|entries"):
        queries.prove_inclusion(index, size)


def test_no_growth_backwards_or_into_the_future(fill: Callable[[int], None]) -> None:
    """Sizes in the wrong order, or not reached yet."""
    fill(5)
    for old, new in [(4, 3), (0, 6), (-1, 3)]:
        with pytest.raises(ValueError, match=r"entries|grow"):
            queries.prove_consistency(old, new)


def test_a_damaged_store_gives_no_proof(long_ledger: None) -> None:
    """A changed hash, a missing row, a damaged head: each is an error, never a wrong proof."""
    Entry.objects.filter(pk=3).update(leaf_hash=bytes(32))
    with pytest.raises(queries.LedgerDamaged, match="do not lead"):
        queries.prove_inclusion(7)
    with pytest.raises(queries.LedgerDamaged, match="do not lead"):
        queries.prove_consistency(7, 520)
    Entry.objects.filter(pk=4).delete()
    with pytest.raises(queries.LedgerDamaged, match="tile 0 of level 0"):
        queries.prove_inclusion(200)
    Subtree.objects.all().delete()
    with pytest.raises(queries.LedgerDamaged, match="tile 0 of level 1"):
        queries.prove_consistency(257, 510)
    Head.objects.update(peaks=b"short")
    with pytest.raises(queries.LedgerDamaged, match="head is damaged"):
        queries.head()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_head SET last_at = 'noon'")
    with pytest.raises(queries.LedgerDamaged, match="head is damaged"):
        queries.head()
