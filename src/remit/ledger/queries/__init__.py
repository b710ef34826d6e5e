"""Everything that may be read from the ledger: entries, proofs, its verification and its export."""

from __future__ import annotations

from remit.ledger.queries.exporting import export, export_lines
from remit.ledger.queries.proofs import (
    ConsistencyProof,
    InclusionProof,
    LedgerDamaged,
    LedgerHead,
    head,
    prove_consistency,
    prove_inclusion,
    witness_request,
)
from remit.ledger.queries.reading import (
    checkpoint_note,
    checkpoints,
    entries,
    entry_once,
    opening_of,
    witness_keys,
)
from remit.ledger.queries.verification import VerificationReport, verify

__all__ = [
    "ConsistencyProof",
    "InclusionProof",
    "LedgerDamaged",
    "LedgerHead",
    "VerificationReport",
    "checkpoint_note",
    "checkpoints",
    "entries",
    "entry_once",
    "export",
    "export_lines",
    "head",
    "opening_of",
    "prove_consistency",
    "prove_inclusion",
    "verify",
    "witness_keys",
    "witness_request",
]
