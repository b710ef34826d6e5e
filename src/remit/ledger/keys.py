"""The ledger's own signing key: a file in REMIT_HOME/keys that only its owner may read, made at first use."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from remit.engines.transparency.notes import LOG_KIND, SigningKey, VerifyingKey, is_key_name


class KeyUnsafe(RuntimeError):
    """The key's file is not an Ed25519 key, or others than its owner may read it."""


def key_path() -> Path:
    """Where the key lies."""
    return Path(settings.REMIT_HOME) / "keys" / "ledger.ed25519"


def log_key() -> SigningKey:
    """The key that signs checkpoints. Raises `KeyUnsafe`."""
    path = key_path()
    if not path.exists():
        make_key_file(path)
    return read_key_file(path, settings.REMIT_LEDGER_ORIGIN, LOG_KIND)


def published_log_key() -> VerifyingKey | None:
    """The public half, for checking; None where no checkpoint was ever made here."""
    return log_key().public if key_path().exists() else None


def make_key_file(path: Path) -> None:
    """A new Ed25519 private key (PKCS8 PEM), whole from the moment it has its name. Keeps one that exists."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # somebody else was first; theirs is as good
    finally:
        draft.unlink()


def read_key_file(path: Path, name: str, kind: int) -> SigningKey:
    """A key from its file, to sign under a name. Raises `KeyUnsafe`; `ValueError` for an impossible name."""
    if not is_key_name(name):
        raise ValueError(f"“{name}” cannot name a key: it needs text without spaces or plus signs")
    if path.stat().st_mode & 0o077:
        raise KeyUnsafe(f"others can read the signing key {path}: run chmod 600 on it, or replace it")
    try:
        private = serialization.load_pem_private_key(path.read_bytes(), None)
    except (ValueError, TypeError):
        raise KeyUnsafe(f"{path} does not hold a private key in PEM form") from None
    if not isinstance(private, Ed25519PrivateKey):
        raise KeyUnsafe(f"{path} holds a key of another kind than Ed25519")
    return SigningKey(VerifyingKey(name, kind, private.public_key().public_bytes_raw()), private.sign)
