"""What a witness does: sign a checkpoint only if it continues the last one that the witness signed.

A request has the shape of C2SP tlog-witness's add-checkpoint: a line ``old N``, the hashes of the consistency
proof from N in base64, an empty line, the checkpoint.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta

from remit.engines.transparency.merkle import EMPTY_ROOT, HASH_BYTES, consistency_holds
from remit.engines.transparency.notes import (
    NotANote,
    Signature,
    SigningKey,
    VerifyingKey,
    decode_base64,
    read_checkpoint,
    read_note,
    sign_note,
    signature_holds,
)
from remit.kernel.decision import Reason, Refused

LONGEST_PROOF = 63
FRESH = timedelta(hours=1)
CLOCK_SKEW = timedelta(seconds=1)


@dataclass(frozen=True)
class Remembered:
    """The newest checkpoint that a witness has signed for a log."""

    size: int = 0
    root: bytes = EMPTY_ROOT


@dataclass(frozen=True)
class Request:
    """A log's request to sign: the checkpoint's note, and the proof that it continues the tree of `old`."""

    old: int
    path: tuple[bytes, ...]
    note: str

    def __str__(self) -> str:
        hashes = "".join(f"{b64encode(step).decode()}\n" for step in self.path)
        return f"old {self.old}\n{hashes}\n{self.note}"


def read_request(text: str) -> Request:
    """A request from its text. Raises `NotANote`."""
    head, gap, note = text.partition("\n\n")
    first, *hashes = head.split("\n")
    number = first.removeprefix("old ")
    if (
        not gap
        or not first.startswith("old ")
        or not (number.isascii() and number.isdigit())
        or len(number) > 19
    ):
        raise NotANote(
            "a request starts with “old” and a number, then hashes, an empty line and the checkpoint"
        )
    path = tuple(decode_base64(line) for line in hashes)
    if len(path) > LONGEST_PROOF or any(len(step) != HASH_BYTES for step in path):
        raise NotANote(f"a proof has at most {LONGEST_PROOF} hashes of {HASH_BYTES} bytes")
    return Request(int(number), path, note)


def cosign(
    request: Request, *, log: VerifyingKey, key: SigningKey, remembered: Remembered, at: datetime
) -> tuple[Signature, Remembered]:
    """Sign, and answer what to remember from now on (write that down before handing out the signature).

    Raises `NotANote` for what is not a checkpoint, and `Refused` with ``not_signed`` (not by that log),
    ``not_fresh`` (made more than an hour ago or in the future, or undated), ``shrunk`` (fewer entries than
    before), ``old_size`` (the proof starts elsewhere; the message names the size to start from), or
    ``forked`` (does not continue what was signed before: keep the request, it proves misbehaviour).
    """
    note = read_note(request.note)
    checkpoint = read_checkpoint(note.text)
    if checkpoint.origin != log.name or not any(
        signature_holds(note.text, signature, log) for signature in note.signatures
    ):
        raise _refusal("not_signed", f"This checkpoint is not signed by {log.name}.")
    if checkpoint.at is None or not at - FRESH <= checkpoint.at <= at + CLOCK_SKEW:
        raise _refusal(
            "not_fresh",
            "This checkpoint was not made within the last hour by this computer's clock. Ask for a new one.",
        )
    _must_continue(Remembered(checkpoint.size, checkpoint.root), request, remembered)
    return sign_note(note.text, key, int(at.timestamp())), Remembered(checkpoint.size, checkpoint.root)


def _must_continue(new: Remembered, request: Request, remembered: Remembered) -> None:
    if new.size < remembered.size:
        raise _refusal(
            "shrunk",
            f"This checkpoint has {new.size} entries; one with {remembered.size} was signed before. "
            "Entries have been removed, or this is an old checkpoint.",
        )
    if request.old != remembered.size:
        raise _refusal("old_size", f"The proof must start from {remembered.size} entries, not {request.old}.")
    if not consistency_holds(remembered.size, new.size, remembered.root, new.root, request.path):
        raise _refusal(
            "forked",
            f"This checkpoint does not continue the one with {remembered.size} entries signed before. "
            "Keep it: the ledger's history has been rewritten, or two histories exist.",
        )


def _refusal(code: str, message: str) -> Refused:
    return Refused(Reason(code, message, "C2SP tlog-witness"))
