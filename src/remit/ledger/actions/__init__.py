"""Every write to the ledger: entries, commitments, checkpoints and witnesses' signatures."""

from __future__ import annotations

from remit.ledger.actions.commitments import commit_to, erase_openings
from remit.ledger.actions.recording import NotInTransaction, record
from remit.ledger.actions.signing import add_cosignature, make_checkpoint, name_witness

__all__ = [
    "NotInTransaction",
    "add_cosignature",
    "commit_to",
    "erase_openings",
    "make_checkpoint",
    "name_witness",
    "record",
]
