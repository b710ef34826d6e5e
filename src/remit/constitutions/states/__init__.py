"""State tables of constitutions."""

from remit.constitutions.states.texts import (
    ADOPTED,
    AGREED,
    DRAFT,
    LOST,
    PROPOSED,
    REFUSED,
    SENT,
    TEXT_STATES,
    TEXT_STEPS,
    TEXT_WORDS,
    WITHDRAWN,
    TextWay,
    text_may,
)

__all__ = [
    "ADOPTED",
    "AGREED",
    "DRAFT",
    "LOST",
    "PROPOSED",
    "REFUSED",
    "SENT",
    "TEXT_STATES",
    "TEXT_STEPS",
    "TEXT_WORDS",
    "WITHDRAWN",
    "TextWay",
    "text_may",
]
