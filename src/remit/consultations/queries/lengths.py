"""How long a consultation has to last: by the constitution in force, otherwise by guidance."""

from __future__ import annotations

from datetime import date

from remit.constitutions.queries import rules_of_motion
from remit.constitutions.rules import layers_on
from remit.consultations.models import Consultation
from remit.engines.constitution import Adequacy, ConsultationRule, adequacy

KIND = "consultation"
NOBODY = ConsultationRule("No rule is known of that day", 0)


def rule_of(body: str, motion: str, on: date) -> ConsultationRule:
    """The rule for a kind of motion on a day: the constitution's clause, or else guidance."""
    own = rules_of_motion(body, motion, on).consultation
    if own is not None:
        return ConsultationRule(f"Clause {own.clause}", own.days)
    stated = (each for each in layers_on(on) if each.kind == KIND)
    return next((ConsultationRule(each.clause, int(each.value)) for each in stated), NOBODY)


def length_of(held: Consultation) -> Adequacy:
    """How long it lasts beside the rule that it was published under."""
    rule = ConsultationRule(held.clause, held.minimum_days or 0)
    return adequacy(rule, held.opens_on, held.closes_on)
