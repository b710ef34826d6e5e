"""Entries, checkpoints, witnesses, and what commitments stand for."""

from __future__ import annotations

from django.db.models import QuerySet

from remit.ledger.models import Checkpoint, Entry, Opening, Witness

MOST_ENTRIES = 500


def entry_once(once: str) -> Entry | None:
    """The entry made under an idempotency key, so that asking twice can answer the same."""
    return Entry.objects.filter(once=once).first()


def entries(
    *, before: int | None = None, subject: str | None = None, act: str | None = None, limit: int = 50
) -> QuerySet[Entry]:
    """Entries, newest first: below index `before`, about `subject`, of an `act`; at most `limit` (1 to 500).

    Raises `ValueError` for another limit.
    """
    if not 1 <= limit <= MOST_ENTRIES:
        raise ValueError(f"ask for 1 to {MOST_ENTRIES} entries, not {limit}")
    found = Entry.objects.order_by("-index")
    if before is not None:
        found = found.filter(index__lt=before)
    if subject is not None:
        found = found.filter(subject=subject)
    if act is not None:
        found = found.filter(act=act)
    return found[:limit]


def checkpoints(*, limit: int = 50) -> QuerySet[Checkpoint]:
    """Checkpoints, newest first, at most `limit`."""
    return Checkpoint.objects.order_by("-id")[:limit]


def checkpoint_note(checkpoint: Checkpoint) -> str:
    """A checkpoint as text to hand out: the signed note with every witness's line."""
    lines = checkpoint.cosignatures.order_by("id").values_list("line", flat=True)
    return checkpoint.note + "".join(f"{line}\n" for line in lines)


def witness_keys() -> list[str]:
    """The public keys (C2SP vkeys) of the witnesses named so far, in the order of naming."""
    return list(Witness.objects.order_by("id").values_list("vkey", flat=True))


def opening_of(commitment: str) -> Opening | None:
    """The salt and value behind a commitment; None once erased, or where there never was one."""
    return Opening.objects.filter(commitment=commitment).first()
