"""Every read of constitutions."""

from remit.constitutions.models import DOCUMENTS
from remit.constitutions.queries.amendments import AmendmentStatus, amendment_status
from remit.constitutions.queries.differences import ClauseChange, Piece, difference
from remit.constitutions.queries.integrity import disagreements
from remit.constitutions.queries.texts import (
    ClauseRow,
    RuleRow,
    StepRow,
    TextPage,
    TextRow,
    bodies_with_texts,
    clashes_of,
    in_force,
    rules_of_motion,
    rules_of_text,
    text_on,
    text_page,
    texts_of,
    written_on,
)

__all__ = [
    "DOCUMENTS",
    "AmendmentStatus",
    "ClauseChange",
    "ClauseRow",
    "Piece",
    "RuleRow",
    "StepRow",
    "TextPage",
    "TextRow",
    "amendment_status",
    "bodies_with_texts",
    "clashes_of",
    "difference",
    "disagreements",
    "in_force",
    "rules_of_motion",
    "rules_of_text",
    "text_on",
    "text_page",
    "texts_of",
    "written_on",
]
