"""Salted commitments: what stands in the ledger for personal data."""

from __future__ import annotations

from hashlib import sha256

SALT_BYTES = 32


def commitment(salt: bytes, value: str) -> str:
    """``sha256:`` and the hexadecimal SHA-256(salt || value in UTF-8).

    The salt is 32 random bytes, so that nobody can find a value by trying likely ones once
    the salt is erased. Raises `ValueError` for a salt of another length.
    """
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt is {SALT_BYTES} bytes, not {len(salt)}")
    return f"sha256:{sha256(salt + value.encode()).hexdigest()}"
