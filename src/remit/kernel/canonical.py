"""One spelling for one meaning: canonical JSON (RFC 8785) and SHA-256 over it."""

from __future__ import annotations

import hashlib
from typing import Any

import rfc8785


def canonical_json(value: Any) -> bytes:
    """The RFC 8785 form of `value`, UTF-8. Raises `ValueError` for what JSON cannot hold exactly
    (NaN, integers beyond 2**53)."""
    try:
        return rfc8785.dumps(value)
    except rfc8785.CanonicalizationError as error:
        raise ValueError(str(error)) from error


def sha256_hex(data: bytes) -> str:
    """The SHA-256 of some bytes in lower-case hexadecimal."""
    return hashlib.sha256(data).hexdigest()
