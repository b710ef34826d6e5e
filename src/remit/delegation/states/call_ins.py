"""The states of a decision that NHS England may call in: who may take it from one to the next."""

from __future__ import annotations

from remit.delegation.states.applications import Step
from remit.engines.permissions import Permission
from remit.kernel.decision import ALLOWED, Decision, refuse

IN_FORCE, CALLED_IN = "in_force", "called_in"
RELEASED, TAKEN_OVER = "released", "taken_over"
CALL_IN_STATES = (IN_FORCE, CALLED_IN, RELEASED, TAKEN_OVER)
CALL_IN_OUTCOMES = (RELEASED, TAKEN_OVER)
"""How a call-in can end."""

CALL_IN_WORDS = {
    IN_FORCE: "In force",
    CALLED_IN: "Called in by NHS England",
    RELEASED: "Called in and released",
    TAKEN_OVER: "Taken over by NHS England",
}

_CALL_IN = "National Health Service Act 2006, s. 13Z: NHS England keeps the liability for what it delegates"

CALL_IN_STEPS = (
    Step("call in", IN_FORCE, CALLED_IN, Permission.CALL_IN, _CALL_IN),
    Step("release", CALLED_IN, RELEASED, Permission.CALL_IN, _CALL_IN),
    Step("take over", CALLED_IN, TAKEN_OVER, Permission.CALL_IN, _CALL_IN),
)


def may_be_called_in(before: str, after: str) -> Decision:
    """Whether a decision in one of these states can be taken to another."""
    if any((each.before, each.after) == (before, after) for each in CALL_IN_STEPS):
        return ALLOWED
    ways = [CALL_IN_WORDS[each.after].lower() for each in CALL_IN_STEPS if each.before == before]
    onward = f"From there it can only be: {', '.join(ways)}." if ways else "Nothing follows from there."
    return refuse(
        "wrong_state",
        f"The decision is “{CALL_IN_WORDS[before].lower()}”, so it cannot become “{CALL_IN_WORDS[after].lower()}”. "
        f"{onward}",
        "States of a call-in",
    )
