"""Every read of motions."""

from remit.motions.queries.elections import ElectionDue, elections_due
from remit.motions.queries.integrity import disagreements
from remit.motions.queries.motions import (
    MotionPage,
    MotionRow,
    RollRow,
    motion_page,
    motions,
    not_voted,
    own_vote,
    roll_of,
)
from remit.motions.queries.outcomes import (
    Concordance,
    MotionOutcome,
    Part,
    concordance_of,
    outcome_of,
    recount_file,
    tallies_of,
)
from remit.motions.queries.requisitions import RequisitionRow, requisition_at, requisitions

__all__ = [
    "Concordance",
    "ElectionDue",
    "MotionOutcome",
    "MotionPage",
    "MotionRow",
    "Part",
    "RequisitionRow",
    "RollRow",
    "concordance_of",
    "disagreements",
    "elections_due",
    "motion_page",
    "motions",
    "not_voted",
    "outcome_of",
    "own_vote",
    "recount_file",
    "requisition_at",
    "requisitions",
    "roll_of",
    "tallies_of",
]
