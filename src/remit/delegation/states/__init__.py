"""The states of what the delegation programme keeps: who may take each from one to the next."""

from remit.delegation.states.applications import (
    APPROVED,
    CONDITIONAL,
    DECLINED,
    DRAFT,
    OUTCOMES,
    STATE_WORDS,
    STATES,
    STEPS,
    SUBMITTED,
    WITHDRAWN,
    Step,
    may_become,
    step,
)

__all__ = [
    "APPROVED",
    "CONDITIONAL",
    "DECLINED",
    "DRAFT",
    "OUTCOMES",
    "STATES",
    "STATE_WORDS",
    "STEPS",
    "SUBMITTED",
    "WITHDRAWN",
    "Step",
    "may_become",
    "step",
]
