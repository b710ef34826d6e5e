"""Every read of motions."""

from remit.motions.queries.elections import ElectionDue, elections_due
from remit.motions.queries.integrity import disagreements
from remit.motions.queries.motions import (
    Ballot,
    MotionPage,
    MotionRow,
    RollRow,
    ballots_of,
    bodies_with_motions,
    motion_page,
    motions,
    not_voted,
    own_vote,
    recount_of,
    roll_of,
)
from remit.motions.queries.outcomes import (
    Concordance,
    MotionOutcome,
    Part,
    concordance_of,
    outcome_of,
    tallies_of,
)
from remit.motions.queries.requisitions import RequisitionRow, requisition_at, requisition_of, requisitions

__all__ = [
    "Ballot",
    "Concordance",
    "ElectionDue",
    "MotionOutcome",
    "MotionPage",
    "MotionRow",
    "Part",
    "RequisitionRow",
    "RollRow",
    "ballots_of",
    "bodies_with_motions",
    "concordance_of",
    "disagreements",
    "elections_due",
    "motion_page",
    "motions",
    "not_voted",
    "outcome_of",
    "own_vote",
    "recount_of",
    "requisition_at",
    "requisition_of",
    "requisitions",
    "roll_of",
    "tallies_of",
]
