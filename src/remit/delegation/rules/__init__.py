"""The dated parameters of delegation, read once from the rulebook."""

from remit.delegation.rules.catalogue import (
    Guidance,
    OptOut,
    contractor_groups,
    groups,
    guidance,
    opt_outs,
    powers,
    powers_over,
)
from remit.delegation.rules.levels import (
    Evidence,
    PublishedBatch,
    PublishedPosition,
    Question,
    evidence_of_support,
    levels,
    published_batches,
    published_positions,
    questions,
)
from remit.delegation.rules.processes import (
    FULL,
    SHORT,
    Process,
    form_as_it_stands,
    processes,
)

__all__ = [
    "FULL",
    "SHORT",
    "Evidence",
    "Guidance",
    "OptOut",
    "Process",
    "PublishedBatch",
    "PublishedPosition",
    "Question",
    "contractor_groups",
    "evidence_of_support",
    "form_as_it_stands",
    "groups",
    "guidance",
    "levels",
    "opt_outs",
    "powers",
    "powers_over",
    "processes",
    "published_batches",
    "published_positions",
    "questions",
]
