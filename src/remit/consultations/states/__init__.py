"""State tables of consultations."""

from remit.consultations.states.consultations import (
    ANSWERED,
    CONSULTATION_STATES,
    CONSULTATION_STEPS,
    CONSULTATION_WORDS,
    DRAFT,
    PUBLISHED,
    ConsultationWay,
    consultation_may,
)

__all__ = [
    "ANSWERED",
    "CONSULTATION_STATES",
    "CONSULTATION_STEPS",
    "CONSULTATION_WORDS",
    "DRAFT",
    "PUBLISHED",
    "ConsultationWay",
    "consultation_may",
]
