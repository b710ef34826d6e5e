"""Every write of consultations."""

from remit.consultations.actions.drafting import attach_document, attach_event, draft_consultation
from remit.consultations.actions.publishing import extend_consultation, publish_consultation
from remit.consultations.actions.representing import explain_silence, log_representation
from remit.consultations.actions.responding import respond_as_gp, respond_for_practice
from remit.consultations.actions.theming import answer_theme, code_response, name_theme

__all__ = [
    "answer_theme",
    "attach_document",
    "attach_event",
    "code_response",
    "draft_consultation",
    "explain_silence",
    "extend_consultation",
    "log_representation",
    "name_theme",
    "publish_consultation",
    "respond_as_gp",
    "respond_for_practice",
]
