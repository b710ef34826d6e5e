"""State tables of motions."""

from remit.motions.states.motions import (
    CLOSED,
    DECLARED,
    DRAFT,
    KEPT,
    MOTION_STATES,
    MOTION_STEPS,
    MOTION_WORDS,
    NOTICED,
    OPEN,
    REPLACED,
    WITHDRAWN,
    MotionStep,
    motion_may,
    motion_state,
)

__all__ = [
    "CLOSED",
    "DECLARED",
    "DRAFT",
    "KEPT",
    "MOTION_STATES",
    "MOTION_STEPS",
    "MOTION_WORDS",
    "NOTICED",
    "OPEN",
    "REPLACED",
    "WITHDRAWN",
    "MotionStep",
    "motion_may",
    "motion_state",
]
