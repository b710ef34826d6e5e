"""The states of what the delegation programme keeps: who may take each from one to the next."""

from remit.delegation.states.applications import (
    APPROVED,
    CONDITIONAL,
    DECLINED,
    DEFERRED,
    DRAFT,
    LOWER_LEVEL_OFFERED,
    OUTCOMES,
    RESCINDED,
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
    "DEFERRED",
    "DRAFT",
    "LOWER_LEVEL_OFFERED",
    "OUTCOMES",
    "RESCINDED",
    "STATES",
    "STATE_WORDS",
    "STEPS",
    "SUBMITTED",
    "WITHDRAWN",
    "Step",
    "may_become",
    "step",
]
