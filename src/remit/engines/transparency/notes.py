"""Signed notes, checkpoints and cosignatures, as C2SP defines them (signed-note, tlog-checkpoint,
tlog-cosignature), with Ed25519 (RFC 8032).

A note is text, an empty line, and signature lines “— name base64(key id || signature)”. A checkpoint is a
note whose text names the log (its origin), the number of entries and the root. Ours adds one extension
line, ``time``, the instant at which it was made, so that a witness's signature fixes that too: it is how
back-dating is found.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from remit.engines.transparency.merkle import HASH_BYTES
from remit.kernel.moments import rfc3339

LOG_KIND = 0x01
WITNESS_KIND = 0x04
SIGNATURE_BYTES = {LOG_KIND: 64, WITNESS_KIND: 72}
MOST_SIGNATURES = 64
LATEST_SECOND = 253_370_764_799  # the end of the year 9998: C2SP lets verifiers refuse the future

_NAME = re.compile(r"[^\s+\x00-\x1f\x7f]+")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)

Sign = Callable[[bytes], bytes]


class NotANote(ValueError):
    """The text is not a signed note, a checkpoint or a key; the message says why."""


def is_key_name(text: str) -> bool:
    """Whether C2SP lets a key be called this: not empty, no spaces, no plus signs, no control characters."""
    return bool(_NAME.fullmatch(text))


def decode_base64(text: str) -> bytes:
    """Bytes from standard base64 in its one spelling. Raises `NotANote`."""
    try:
        data = b64decode(text, validate=True)
    except ValueError:
        raise NotANote(f"“{text[:40]}” is not base64") from None
    if b64encode(data).decode() != text:
        raise NotANote(f"“{text[:40]}” is base64 with another spelling")
    return data


@dataclass(frozen=True)
class VerifyingKey:
    """A public key with its owner's name; `kind` is 1 for a log, 4 for a witness."""

    name: str
    kind: int
    public: bytes

    @property
    def key_id(self) -> bytes:
        """The first four bytes of SHA-256(name, newline, kind, public key)."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    @property
    def vkey(self) -> str:
        """The key as text to hand out: ``name+id+base64``."""
        return f"{self.name}+{self.key_id.hex()}+{b64encode(bytes([self.kind]) + self.public).decode()}"


def read_vkey(text: str) -> VerifyingKey:
    """A key from its text. Raises `NotANote` where any part of it does not fit the others."""
    name, _, rest = text.partition("+")
    _, _, encoded = rest.partition("+")
    data = decode_base64(encoded)
    if len(data) != 33 or data[0] not in SIGNATURE_BYTES or not is_key_name(name):
        raise NotANote(f"“{text[:80]}” is not a log's or a witness's Ed25519 key")
    key = VerifyingKey(name, data[0], data[1:])
    if key.vkey != text:
        raise NotANote(f"“{text[:80]}” is damaged: its parts do not fit each other")
    return key


@dataclass(frozen=True)
class SigningKey:
    """A key that can sign; `sign` answers the Ed25519 signature of a message."""

    public: VerifyingKey
    sign: Sign


@dataclass(frozen=True)
class Signature:
    """One signature line of a note."""

    name: str
    key_id: bytes
    signature: bytes

    @property
    def line(self) -> str:
        """The line, without its newline."""
        return f"— {self.name} {b64encode(self.key_id + self.signature).decode()}"

    def is_by(self, key: VerifyingKey) -> bool:
        """Whether it says that this key made it."""
        return (self.name, self.key_id) == (key.name, key.key_id)

    @property
    def seconds(self) -> int:
        """When a witness signed, in POSIX seconds."""
        return int.from_bytes(self.signature[:8], "big")


@dataclass(frozen=True)
class Note:
    """A text (ending in a newline) and its signatures."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(f"{signature.line}\n" for signature in self.signatures)


def read_signature(line: str) -> Signature:
    """A signature from its line. Raises `NotANote`."""
    dash, name, encoded, *more = [*line.split(" "), "", ""]
    if dash != "—" or not is_key_name(name) or any(more):
        raise NotANote(f"“{line[:80]}” is not a signature line")
    data = decode_base64(encoded)
    if len(data) < 5:
        raise NotANote(f"the signature of {name} is too short")
    return Signature(name, data[:4], data[4:])


def read_note(note: str) -> Note:
    """A note from its text. Raises `NotANote`."""
    if re.search(r"[\x00-\x09\x0b-\x1f]", note):
        raise NotANote("a note holds no control characters")
    text, gap, lines = note.rpartition("\n\n")
    if not gap or not text or not lines.endswith("\n"):
        raise NotANote("a note is text, an empty line, and lines with signatures")
    signatures = lines[:-1].split("\n")
    if len(signatures) > MOST_SIGNATURES:
        raise NotANote(f"a note has at most {MOST_SIGNATURES} signatures")
    return Note(text + "\n", tuple(read_signature(line) for line in signatures))


@dataclass(frozen=True)
class Checkpoint:
    """The head of a log: its name, how many entries, their root; `at` is when ours was made."""

    origin: str
    size: int
    root: bytes
    at: datetime | None = None

    @property
    def text(self) -> str:
        """The text that is signed."""
        time = f"time {rfc3339(self.at)}\n" if self.at else ""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n{time}"


def read_checkpoint(text: str) -> Checkpoint:
    """A checkpoint from a note's text; extension lines other than ``time`` are ignored. Raises `NotANote`."""
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
        raise NotANote("a checkpoint has at least three lines, none of them empty")
    origin, size, encoded, *extensions = lines[:-1]
    root = decode_base64(encoded)
    if not _NUMBER.fullmatch(size) or len(root) != HASH_BYTES:
        raise NotANote("a checkpoint's second line is a number and its third a SHA-256 in base64")
    times = [line.removeprefix("time ") for line in extensions if line.startswith("time ")]
    if len(times) > 1 or not all(_INSTANT.fullmatch(time) for time in times):
        raise NotANote("a checkpoint has one time at most, like 2018-08-06T09:00:00.000000Z")
    return Checkpoint(origin, int(size), root, _read_time(times[0]) if times else None)


def _read_time(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise NotANote(f"{text} is not a time") from None
    if not 1970 <= at.year < 9999:
        raise NotANote(f"{text} is not a time at which a checkpoint can have been made")
    return at


def signed_message(text: str, kind: int, seconds: int) -> bytes:
    """The bytes that a log (kind 1) or a witness (kind 4, dated) signs for a note's text."""
    if kind == LOG_KIND:
        return text.encode()
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def sign_note(text: str, key: SigningKey, seconds: int = 0) -> Signature:
    """Sign a note's text; a witness's key also signs when, in POSIX seconds."""
    signature = key.sign(signed_message(text, key.public.kind, seconds))
    if key.public.kind == WITNESS_KIND:
        signature = seconds.to_bytes(8, "big") + signature
    return Signature(key.public.name, key.public.key_id, signature)


def signature_holds(text: str, signature: Signature, key: VerifyingKey) -> bool:
    """Whether this key signed this text."""
    if not signature.is_by(key) or len(signature.signature) != SIGNATURE_BYTES[key.kind]:
        return False
    if key.kind == WITNESS_KIND and signature.seconds > LATEST_SECOND:
        return False
    message = signed_message(text, key.kind, signature.seconds)
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature.signature[-64:], message)
    except InvalidSignature:
        return False
    return True


def signatures_by(note: Note, keys: Sequence[VerifyingKey]) -> list[tuple[VerifyingKey, Signature, bool]]:
    """Every signature that names one of these keys, and whether it holds. C2SP ignores others."""
    return [
        (key, signature, signature_holds(note.text, signature, key))
        for signature in note.signatures
        for key in keys
        if signature.is_by(key)
    ]
