"""Keys to sign with, the same in every run."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from remit.engines.transparency.notes import LOG_KIND, WITNESS_KIND, SigningKey, VerifyingKey

ORIGIN = "ledger.example/one"


def key(name: str, kind: int, seed: int) -> SigningKey:
    """A key from a seed."""
    private = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
    return SigningKey(VerifyingKey(name, kind, private.public_key().public_bytes_raw()), private.sign)


@pytest.fixture(scope="session")
def make_key() -> Callable[[str, int, int], SigningKey]:
    """Any key."""
    return key


@pytest.fixture(scope="session")
def log() -> SigningKey:
    """The ledger's key."""
    return key(ORIGIN, LOG_KIND, 1)


@pytest.fixture(scope="session")
def witness() -> SigningKey:
    """A witness's key."""
    return key("lmc.example/witness", WITNESS_KIND, 2)


@pytest.fixture(scope="session")
def second_witness() -> SigningKey:
    """Another's."""
    return key("region.example/witness", WITNESS_KIND, 3)
