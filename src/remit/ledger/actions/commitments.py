"""Personal data stays out of the ledger: a salted commitment stands for it, and its opening can be erased."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from remit.engines.transparency.commitments import SALT_BYTES, commitment
from remit.kernel.actor import Actor
from remit.ledger.actions.recording import record, require_transaction
from remit.ledger.models import Entry, Opening


def commit_to(value: str, *, concerning: str) -> str:
    """``sha256:…`` to put into an entry's details instead of `value`; the opening is kept until it is erased.

    `concerning` is the pseudonymous id of the person whose data it is. Call it in the transaction of the act.
    Raises `NotInTransaction`.
    """
    require_transaction()
    salt = secrets.token_bytes(SALT_BYTES)
    made = commitment(salt, value)
    Opening.objects.create(commitment=made, salt=salt, value=value, concerning=concerning)
    return made


@transaction.atomic
def erase_openings(
    *,
    concerning: str,
    also: Collection[str] = (),
    details: Mapping[str, Any] | None = None,
    by: Actor,
    at: datetime,
) -> Entry:
    """Erase every value and salt kept about a person; what stands in the ledger then says nothing about them.

    One act, one entry: `also` are other pseudonyms of the same person, `details` whatever else the act did.
    The entry counts what was erased. UK GDPR Article 17.
    """
    erased, _ = Opening.objects.filter(concerning__in={concerning, *also}).delete()
    return record(
        act="ledger.openings_erased",
        by=by,
        at=at,
        subject=concerning,
        under="UK GDPR Article 17",
        details={"erased": erased, **(details or {})},
    )
