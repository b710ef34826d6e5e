"""Who is asked: the members of a body, or the practices of a commissioner, on the day on which it opens."""

from __future__ import annotations

from remit.consultations.models import Consultation
from remit.register.queries import kind_on, member_codes_on, practice_codes_in


def audience_of(held: Consultation) -> frozenset[str] | None:
    """The practices that are asked; None where the register does not say who a body's members are."""
    members = member_codes_on(held.body_id, held.opens_on)
    if members is not None:
        return members
    return frozenset(practice_codes_in({held.body_id}, held.opens_on)) or None


def is_asked(held: Consultation, practice: str) -> bool:
    """Whether a practice is asked: one of the audience, or any that is open where that is not known."""
    audience = audience_of(held)
    if audience is None:
        return kind_on(practice, held.opens_on) == "practice"
    return practice in audience
