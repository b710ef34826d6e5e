"""Every write of constitutions."""

from remit.constitutions.actions.adopting import record_adoption
from remit.constitutions.actions.amending import (
    adopt_amendment,
    approve_amendment,
    keep_members_answer,
    propose_amendment,
    record_members_answer,
    refuse_amendment,
    send_amendment,
    withdraw_text,
)
from remit.constitutions.actions.drafting import draft_text, strike_clause, write_clause

__all__ = [
    "adopt_amendment",
    "approve_amendment",
    "draft_text",
    "keep_members_answer",
    "propose_amendment",
    "record_adoption",
    "record_members_answer",
    "refuse_amendment",
    "send_amendment",
    "strike_clause",
    "withdraw_text",
    "write_clause",
]
