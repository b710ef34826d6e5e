"""Where an assessment stands in its chain, what becomes of a flag, and of a challenge: who may take each onward."""

from __future__ import annotations

from collections.abc import Mapping

from remit.delegation.states.applications import Step
from remit.engines.permissions import Permission
from remit.kernel.decision import ALLOWED, Decision, refuse

LOCAL, REGIONAL, NATIONAL, READY = (
    "local_endorsement",
    "regional_moderation",
    "national_moderation",
    "ready",
)
STAGES = (LOCAL, REGIONAL, NATIONAL, READY)
STAGE_WORDS = {
    LOCAL: "Local endorsement",
    REGIONAL: "Regional moderation",
    NATIONAL: "National moderation",
    READY: "Ready for a decision",
}
_CHAIN = "Round's process: local endorsement, regional moderation, national moderation, then a decision"

STAGE_STEPS = (
    Step("endorse", LOCAL, REGIONAL, Permission.ENDORSE, _CHAIN),
    Step("moderate in the region", REGIONAL, NATIONAL, Permission.MODERATE_IN_REGION, _CHAIN),
    Step("send back to the local office", REGIONAL, LOCAL, Permission.MODERATE_IN_REGION, _CHAIN),
    Step("conclude", NATIONAL, READY, Permission.MODERATE, _CHAIN),
    Step("send back to the region", NATIONAL, REGIONAL, Permission.MODERATE, _CHAIN),
    Step("take up again", READY, NATIONAL, Permission.MODERATE, _CHAIN),
)
"""The chain of an assessment."""

RAISED, ALLOCATED, RESOLVED, STOPPED = "raised", "allocated", "resolved", "stopped"
FLAG_STATES = (RAISED, ALLOCATED, RESOLVED, STOPPED)
FLAG_WORDS = {RAISED: "Raised", ALLOCATED: "Allocated", RESOLVED: "Resolved", STOPPED: "Stopped"}
_FLAG = "Round's process: a flag is allocated to somebody, and resolved or stopped with a reason"

FLAG_STEPS = (
    Step("allocate", RAISED, ALLOCATED, Permission.ASSIGN_ASSESSORS, _FLAG),
    Step("allocate to somebody else", ALLOCATED, ALLOCATED, Permission.ASSIGN_ASSESSORS, _FLAG),
    Step("resolve", ALLOCATED, RESOLVED, Permission.ASSIGN_ASSESSORS, _FLAG),
    Step("stop", ALLOCATED, STOPPED, Permission.ASSIGN_ASSESSORS, _FLAG),
    Step("stop before it is allocated", RAISED, STOPPED, Permission.ASSIGN_ASSESSORS, _FLAG),
)
"""What becomes of a flag."""

LODGED, ACKNOWLEDGED, UPHELD, REJECTED = "lodged", "acknowledged", "upheld", "rejected"
CHALLENGE_STATES = (LODGED, ACKNOWLEDGED, UPHELD, REJECTED)
CHALLENGE_WORDS = {
    LODGED: "Lodged",
    ACKNOWLEDGED: "Acknowledged",
    UPHELD: "Upheld",
    REJECTED: "Not upheld",
}
_CHALLENGE = "Round's process: a challenge is decided by somebody who did not take the decision"

CHALLENGE_STEPS = (
    Step("acknowledge", LODGED, ACKNOWLEDGED, Permission.ASSIGN_ASSESSORS, _CHALLENGE),
    Step("uphold", ACKNOWLEDGED, UPHELD, Permission.MODERATE, _CHALLENGE),
    Step("reject", ACKNOWLEDGED, REJECTED, Permission.MODERATE, _CHALLENGE),
)
"""What becomes of a challenge."""


def way(steps: tuple[Step, ...], before: str, after: str) -> Step | None:
    """The step from one state to another; None if there is none."""
    return next((each for each in steps if (each.before, each.after) == (before, after)), None)


def may_move(
    steps: tuple[Step, ...], words: Mapping[str, str], what: str, before: str, after: str
) -> Decision:
    """Whether something in one state can be taken to another; a refusal names the ways onward."""
    if way(steps, before, after) is not None:
        return ALLOWED
    ways = [words[each.after].lower() for each in steps if each.before == before]
    onward = f"From there it goes to: {', '.join(ways)}." if ways else "Nothing follows from there."
    message = f"The {what} stands at “{words[before].lower()}”, so it cannot go to “{words[after].lower()}”. {onward}"
    return refuse("wrong_state", message, f"States of the {what}")
