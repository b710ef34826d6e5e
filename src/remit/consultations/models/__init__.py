"""Tables of consultations."""

from remit.consultations.models.consultations import Consultation, Option, Step
from remit.consultations.models.responses import (
    AS_GP,
    FOR_PRACTICE,
    NEITHER,
    OPPOSES,
    STANCES,
    SUPPORTS,
    Answer,
    Representation,
    Response,
    ResponseVersion,
    Silence,
)
from remit.consultations.models.themes import Coding, Theme

__all__ = [
    "AS_GP",
    "FOR_PRACTICE",
    "NEITHER",
    "OPPOSES",
    "STANCES",
    "SUPPORTS",
    "Answer",
    "Coding",
    "Consultation",
    "Option",
    "Representation",
    "Response",
    "ResponseVersion",
    "Silence",
    "Step",
    "Theme",
]
