"""Commitments to personal data."""

from __future__ import annotations

from hashlib import sha256

import pytest

from remit.engines.transparency.commitments import commitment


def test_a_commitment_is_the_hash_of_salt_and_value() -> None:
    """Anybody given salt and value can check it with sha256sum."""
    salt = bytes(range(32))
    assert commitment(salt, "Zoë") == "sha256:" + sha256(salt + "Zoë".encode()).hexdigest()
    assert commitment(salt, "Zoë") != commitment(bytes(32), "Zoë")


def test_a_short_salt_is_refused() -> None:
    """A salt that could be guessed protects nobody."""
    with pytest.raises(ValueError, match="32 bytes, not 8"):
        commitment(bytes(8), "x")
