"""A ledger to read, to damage and to sign."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import models, transaction

from remit.engines.transparency.notes import WITNESS_KIND, SigningKey, VerifyingKey
from remit.kernel.actor import Actor, RoleAt
from remit.ledger import actions
from remit.ledger.models import Entry, Head, Subtree

START = datetime(2026, 11, 21, 9, tzinfo=UTC)


@pytest.fixture
def somebody() -> Actor:
    """Who acts."""
    return Actor("01HZZZZZZZZZZZZZZZZZZZZZZZ", "QCF", frozenset({RoleAt("ledger_keeper", "QCF")}))


@pytest.fixture
def write(somebody: Actor) -> Callable[..., Entry]:
    """Append one entry, `second` seconds after the start; any part can be replaced."""

    def append(second: float = 0, **parts: Any) -> Entry:
        given = {
            "act": "note.made",
            "subject": "note:1",
            "under": "Rule 1",
            "details": {"n": int(second)},
            **parts,
        }
        with transaction.atomic():
            return actions.record(by=somebody, at=START + timedelta(seconds=second), **given)

    return append


@pytest.fixture
def fill(somebody: Actor) -> Callable[[int], None]:
    """Append entries, one a second, after those there are."""

    def append(count: int) -> None:
        with transaction.atomic():
            first = Entry.objects.count()
            for number in range(first, first + count):
                actions.record(
                    act="note.made",
                    by=somebody,
                    at=START + timedelta(seconds=number),
                    subject=f"note:{number % 7}",
                    under="Rule 1",
                    details={"n": number, "text": "né 😀"},
                    once=f"key-{number}",
                )

    return append


@pytest.fixture(scope="session")
def made_long_before() -> list[list[models.Model]]:
    """The rows of the long ledger, once they have been made."""
    return []


@pytest.fixture
def long_ledger(fill: Callable[[int], None], made_long_before: list[list[models.Model]]) -> None:
    """520 entries: two whole tiles and part of a third."""
    for rows in made_long_before:
        type(rows[0])._default_manager.bulk_create(rows)
    if not made_long_before:
        fill(520)
        made_long_before.extend(list(kind._default_manager.all()) for kind in (Entry, Subtree, Head))


@pytest.fixture
def checkpoint_at(somebody: Actor) -> Callable[[float], Any]:
    """Make a checkpoint so many seconds after the start."""
    return lambda second: actions.make_checkpoint(by=somebody, at=START + timedelta(seconds=second))


def make_witness(name: str, seed: int) -> SigningKey:
    """A witness's key from a seed."""
    private = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
    return SigningKey(VerifyingKey(name, WITNESS_KIND, private.public_key().public_bytes_raw()), private.sign)


@pytest.fixture
def witnesses() -> tuple[SigningKey, SigningKey]:
    """Two witnesses, not yet named."""
    return make_witness("lmc.example/witness", 2), make_witness("region.example/witness", 3)


@pytest.fixture
def fresh_home(tmp_path: Path) -> Iterator[Path]:
    """A REMIT_HOME without any key."""
    before, settings.REMIT_HOME = settings.REMIT_HOME, tmp_path / "fresh"
    yield tmp_path / "fresh"
    settings.REMIT_HOME = before
