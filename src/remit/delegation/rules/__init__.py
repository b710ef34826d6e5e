"""The dated parameters of delegation, read once from the rulebook."""

from remit.delegation.rules.levels import (
    Evidence,
    PublishedBatch,
    PublishedPosition,
    Question,
    evidence_of_support,
    levels,
    powers,
    published_batches,
    published_positions,
    questions,
)
from remit.delegation.rules.processes import (
    FULL,
    SHORT,
    Process,
    contractor_groups,
    form_as_it_stands,
    processes,
)

__all__ = [
    "FULL",
    "SHORT",
    "Evidence",
    "Process",
    "PublishedBatch",
    "PublishedPosition",
    "Question",
    "contractor_groups",
    "evidence_of_support",
    "form_as_it_stands",
    "levels",
    "powers",
    "processes",
    "published_batches",
    "published_positions",
    "questions",
]
