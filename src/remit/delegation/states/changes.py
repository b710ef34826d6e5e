"""The states of a change that an assessor asks for: who may take it from one to the next, and on what that rests."""

from __future__ import annotations

from remit.delegation.states.applications import Step
from remit.engines.permissions import Permission
from remit.kernel.decision import ALLOWED, Decision, refuse

ASKED, ANSWERED, CLOSED = "asked", "answered", "closed"
CHANGE_STATES = (ASKED, ANSWERED, CLOSED)
CHANGE_WORDS = {ASKED: "Asked", ANSWERED: "Answered", CLOSED: "Closed"}

_RULE = "Round's process: only what an assessor asks for is changed after submission"

CHANGE_STEPS = (
    Step("answer", ASKED, ANSWERED, Permission.APPLY, _RULE),
    Step("close", ANSWERED, CLOSED, Permission.DECIDE_APPLICATIONS, _RULE),
    Step("close, as no longer needed", ASKED, CLOSED, Permission.DECIDE_APPLICATIONS, _RULE),
)


def change_may_become(before: str, after: str) -> Decision:
    """Whether a change that was asked for can be taken from one state to another."""
    if any((each.before, each.after) == (before, after) for each in CHANGE_STEPS):
        return ALLOWED
    return refuse(
        "wrong_state",
        f"This was {CHANGE_WORDS[before].lower()}, so it cannot become {CHANGE_WORDS[after].lower()} now.",
        "States of a change that is asked for",
    )
