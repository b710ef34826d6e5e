"""Every read of consultations."""

from remit.consultations.models import STANCES
from remit.consultations.queries.audience import audience_of
from remit.consultations.queries.consultations import (
    Check,
    ConsultationPage,
    ConsultationRow,
    RepresentationRow,
    StepRow,
    ThemeRow,
    checklist,
    consultation_page,
    consultations,
    consultations_about,
    drafts_of,
)
from remit.consultations.queries.lengths import rule_of
from remit.consultations.queries.responses import (
    Member,
    OwnResponse,
    Word,
    not_answered,
    own_response,
    words_to_code,
)
from remit.consultations.queries.tabling import may_table
from remit.consultations.queries.tallies import OptionTally, Tallies, Tally, tallies

__all__ = [
    "STANCES",
    "Check",
    "ConsultationPage",
    "ConsultationRow",
    "Member",
    "OptionTally",
    "OwnResponse",
    "RepresentationRow",
    "StepRow",
    "Tallies",
    "Tally",
    "ThemeRow",
    "Word",
    "audience_of",
    "checklist",
    "consultation_page",
    "consultations",
    "consultations_about",
    "drafts_of",
    "may_table",
    "not_answered",
    "own_response",
    "rule_of",
    "tallies",
    "words_to_code",
]
