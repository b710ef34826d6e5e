"""Appending to the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from remit.engines.transparency.entry import Draft, find_email, write_body
from remit.engines.transparency.merkle import Peaks, leaf_hash
from remit.kernel.actor import Actor
from remit.kernel.decision import Reason, Refused
from remit.ledger.models import Entry, Head, Subtree
from remit.ledger.queries import LONGEST_WAIT


class NotInTransaction(RuntimeError):
    """An entry must be written in the same transaction as the act it records."""


def record(
    *,
    act: str,
    by: Actor,
    at: datetime,
    subject: str,
    under: str,
    details: Mapping[str, Any],
    once: str | None = None,
) -> Entry:
    """Append one entry, in the caller's transaction. Call it last: until that ends, all others wait for it.

    `act` is a past-tense event (``ballot.opened``), `subject` the identifier of what it is about, `under` the
    rule or power it rests on, `details` JSON with whole numbers only and no personal data, `once` an
    idempotency key. `at` was read at the edge, before this act waited for its turn to write, so others may
    have been written meanwhile: up to ten minutes before the last one, it counts as that one's instant.

    Raises `NotInTransaction`; `Refused` with ``ledger_clock`` (earlier than the last entry), ``already_done``
    (`once` was used), ``personal_data`` (an e-mail address); `ValueError` for a malformed entry.
    """
    require_transaction()
    head = lock_head(at)
    if once is not None and Entry.objects.filter(once=once).exists():
        raise Refused(Reason("already_done", "This was already done. Nothing has been changed."))
    draft = Draft(act, by.person, by.acting_for, in_order(at, head), under, subject, details, once)
    body = write_body(head.size, draft)
    text = body.decode()
    if find_email(text):
        raise Refused(
            Reason(
                "personal_data",
                "The ledger holds no personal data, and this looks like an e-mail address. "
                "Use a commitment instead.",
                "UK GDPR Article 17: what is in the ledger cannot be erased",
            )
        )
    return _append(head, draft, text, leaf_hash(body))


def require_transaction() -> None:
    """Raise `NotInTransaction` unless the caller has one open."""
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransaction("call this inside transaction.atomic, together with the act it records")


def lock_head(at: datetime) -> Head:
    """The head, locked until the transaction ends: by row on PostgreSQL, by SQLite's one writer at a time."""
    head = Head.objects.select_for_update().filter(pk=1).first()
    if head is None:
        Head.objects.bulk_create([Head(pk=1, last_at=at)], ignore_conflicts=True)
        head = Head.objects.select_for_update().get(pk=1)
    return head


def in_order(at: datetime, head: Head) -> datetime:
    """The instant to write down: `at`, or the last one written if a little later. Raises `Refused`."""
    last = head.last_at
    if at >= last:
        return at
    if last - at <= LONGEST_WAIT:
        return last
    raise Refused(
        Reason(
            "ledger_clock",
            f"The ledger's last entry is dated {last.isoformat()}, after this one ({at.isoformat()}). "
            "Check this server's clock.",
        )
    )


def _append(head: Head, draft: Draft, text: str, leaf: bytes) -> Entry:
    entry = Entry.objects.create(
        index=head.size,
        at=draft.at,
        act=draft.act,
        by=draft.by,
        acting_for=draft.acting_for,
        under=draft.under,
        subject=draft.subject,
        once=draft.once,
        body=text,
        leaf_hash=leaf,
    )
    peaks = Peaks.unpack(head.size, bytes(head.peaks))
    for done in peaks.grow(leaf):
        Subtree.objects.create(level=done.level, index=done.index, hash=done.hash)
    head.size, head.peaks, head.last_at = peaks.size, peaks.packed(), draft.at
    head.save(update_fields=["size", "peaks", "last_at"])
    return entry
