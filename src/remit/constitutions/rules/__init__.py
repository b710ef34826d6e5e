"""Dated parameters of constitutions, read from the rulebook."""

from remit.constitutions.rules.texts import (
    BODIES,
    BODY_KINDS,
    ModelAmendment,
    ModelClause,
    MotionKind,
    layers_on,
    model_amendments,
    motion_kinds,
)

__all__ = [
    "BODIES",
    "BODY_KINDS",
    "ModelAmendment",
    "ModelClause",
    "MotionKind",
    "layers_on",
    "model_amendments",
    "motion_kinds",
]
