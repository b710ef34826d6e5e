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
    LONGEST_WAIT,
    Told,
    WitnessAt,
    checkpoint_note,
    checkpoints,
    entries,
    entry_once,
    opening_of,
    openings_of,
    told,
    values_behind,
    witness_keys,
    witnesses,
)
from remit.ledger.queries.verification import VerificationReport, verify

__all__ = [
    "LONGEST_WAIT",
    "ConsistencyProof",
    "InclusionProof",
    "LedgerDamaged",
    "LedgerHead",
    "Told",
    "VerificationReport",
    "WitnessAt",
    "checkpoint_note",
    "checkpoints",
    "entries",
    "entry_once",
    "export",
    "export_lines",
    "head",
    "opening_of",
    "openings_of",
    "prove_consistency",
    "prove_inclusion",
    "told",
    "values_behind",
    "verify",
    "witness_keys",
    "witness_request",
    "witnesses",
]
