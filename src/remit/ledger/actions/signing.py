"""Checkpoints: signed by the ledger, cosigned by witnesses outside.

They are statements about the ledger, not acts in it, so making one adds no entry; naming a witness does.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import transaction

from remit.engines.permissions import Permission, may
from remit.engines.transparency.merkle import Peaks
from remit.engines.transparency.notes import (
    WITNESS_KIND,
    NotANote,
    Note,
    Signature,
    read_note,
    read_signature,
    read_vkey,
    sign_note,
    signature_holds,
)
from remit.engines.transparency.notes import Checkpoint as SignedHead
from remit.kernel.actor import Actor
from remit.kernel.canonical import sha256_hex
from remit.kernel.decision import Reason, Refused, require
from remit.ledger.actions.recording import in_order, lock_head, record
from remit.ledger.keys import log_key
from remit.ledger.models import Checkpoint, Cosignature, Entry, Witness

CLOCK_SKEW = timedelta(seconds=2)
WITNESS_RULE = "C2SP tlog-witness"


@transaction.atomic
def make_checkpoint(*, by: Actor, at: datetime, unless_since: timedelta = timedelta(0)) -> Checkpoint:
    """Sign the ledger's present head. Nothing can be dated before this afterwards.

    The last checkpoint is answered instead if it was made within `unless_since` and nothing was written after it:
    a button pressed twice counts once, and a quiet ledger can still be signed afresh.
    Raises `Refused` with ``not_permitted`` or ``ledger_clock``, and `KeyUnsafe`.
    """
    require(may(by, Permission.SIGN_CHECKPOINT))
    head = lock_head(at)
    last = Checkpoint.objects.order_by("-id").first() if unless_since else None
    if last is not None and last.size == head.size and at - last.made_at < unless_since:
        return last
    at = in_order(at, head)
    root = Peaks.unpack(head.size, bytes(head.peaks)).root()
    text = SignedHead(settings.REMIT_LEDGER_ORIGIN, head.size, root, at).text
    note = Note(text, (sign_note(text, log_key()),))
    head.last_at = at
    head.save(update_fields=["last_at"])
    return Checkpoint.objects.create(size=head.size, note=str(note), made_at=at, made_by=by.person)


@transaction.atomic
def name_witness(*, vkey: str, by: Actor, at: datetime, once: str = "") -> Witness:
    """Trust somebody outside to cosign, by their public key (a C2SP vkey of kind 4).

    The same `once` again, where there is one, gives the same witness. Raises `Refused` with ``not_permitted``,
    ``not_a_key``, ``own_key`` (a witness must be somebody else) or ``already_named``.
    """
    require(may(by, Permission.SIGN_CHECKPOINT))
    once_key = f"ledger.witness_named/{by.person}/{sha256_hex(once.encode())}" if once else None
    earlier = Entry.objects.filter(once=once_key).first() if once_key else None
    if earlier is not None:
        return Witness.objects.get(name=earlier.subject)
    try:
        key = read_vkey(vkey.strip())
    except NotANote as error:
        raise _refusal("not_a_key", f"This is not a witness's key: {error}.") from error
    if key.kind != WITNESS_KIND:
        raise _refusal(
            "not_a_key", f"{key.name} gave a key for signing logs. Ask for a witness's key (kind 4)."
        )
    if key.public == log_key().public.public:
        raise _refusal("own_key", "The ledger cannot be its own witness. Ask somebody outside.")
    if Witness.objects.filter(name=key.name).exists():
        raise _refusal("already_named", f"{key.name} is a witness already.")
    record(
        act="ledger.witness_named",
        by=by,
        at=at,
        subject=key.name,
        under=WITNESS_RULE,
        details={"vkey": key.vkey},
        once=once_key,
    )
    return Witness.objects.create(name=key.name, vkey=key.vkey, named_at=at, named_by=by.person)


@transaction.atomic
def add_cosignature(*, size: int, line: str, by: Actor, at: datetime) -> Cosignature:
    """Keep a witness's signature line on the checkpoint of `size` entries. Twice is the same as once.

    Raises `Refused` with ``not_permitted``, ``unknown_witness``, ``signature_bad`` (also where it is for another
    checkpoint, or its time does not fit) or ``not_a_signature``.
    """
    require(may(by, Permission.COSIGN_CHECKPOINT))
    try:
        signature = read_signature(line.strip())
    except NotANote as error:
        raise _refusal("not_a_signature", f"This is not a signature line: {error}.") from error
    witness = Witness.objects.filter(name=signature.name).first()
    if witness is None or not signature.is_by(read_vkey(witness.vkey)):
        raise _refusal("unknown_witness", f"No witness called {signature.name} with this key has been named.")
    checkpoint = _signed_checkpoint(size, signature, witness)
    if checkpoint is None:
        words = f"This is not {witness.name}'s signature on a checkpoint of {size} entries."
        raise _refusal("signature_bad", words)
    made = checkpoint.made_at
    signed = datetime.fromtimestamp(signature.seconds, UTC)
    if not made - CLOCK_SKEW <= signed <= at + CLOCK_SKEW:
        words = (
            f"{witness.name} says that they signed at {signed.isoformat()}. The checkpoint was made at "
            f"{made.isoformat()}, and it is now {at.isoformat()}. Check the clocks."
        )
        raise _refusal("signature_bad", words)
    kept, _ = Cosignature.objects.get_or_create(
        checkpoint=checkpoint,
        witness=witness,
        defaults={"line": signature.line, "added_at": at, "added_by": by.person},
    )
    return kept


def _signed_checkpoint(size: int, signature: Signature, witness: Witness) -> Checkpoint | None:
    """The newest checkpoint of a size that this signature is on."""
    key = read_vkey(witness.vkey)
    for checkpoint in Checkpoint.objects.filter(size=size).order_by("-id"):
        if signature_holds(read_note(checkpoint.note).text, signature, key):
            return checkpoint
    return None


def _refusal(code: str, message: str) -> Refused:
    return Refused(Reason(code, message, WITNESS_RULE))
