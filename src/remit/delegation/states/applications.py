"""The states of an application: who may take it from one to the next, and on what that rests."""

from __future__ import annotations

from dataclasses import dataclass

from remit.engines.permissions import Permission
from remit.kernel.decision import ALLOWED, Decision, refuse

DRAFT, SUBMITTED = "draft", "submitted"
APPROVED, CONDITIONAL, DECLINED = "approved", "conditional", "declined"
WITHDRAWN = "withdrawn"
STATES = (DRAFT, SUBMITTED, APPROVED, CONDITIONAL, DECLINED, WITHDRAWN)
OUTCOMES = (APPROVED, CONDITIONAL, DECLINED)
"""What an assessor can decide."""

STATE_WORDS = {
    DRAFT: "Draft",
    SUBMITTED: "Submitted",
    APPROVED: "Approved",
    CONDITIONAL: "Approved on conditions",
    DECLINED: "Declined",
    WITHDRAWN: "Withdrawn",
}


@dataclass(frozen=True)
class Step:
    """A way from one state to another: who owns it, and the rule it rests on."""

    verb: str
    before: str
    after: str
    permission: Permission
    clause: str


_APPLY = "Round's process: a commissioner applies for itself"
_DECIDE = "National Health Service Act 2006, s. 13Z: NHS England decides"
_WITHDRAW = "Round's process: a commissioner may withdraw until its powers are in effect"

STEPS = (
    Step("submit", DRAFT, SUBMITTED, Permission.APPLY, _APPLY),
    Step("approve", SUBMITTED, APPROVED, Permission.DECIDE_APPLICATIONS, _DECIDE),
    Step("approve on conditions", SUBMITTED, CONDITIONAL, Permission.DECIDE_APPLICATIONS, _DECIDE),
    Step("decline", SUBMITTED, DECLINED, Permission.DECIDE_APPLICATIONS, _DECIDE),
    Step("approve, its conditions met", CONDITIONAL, APPROVED, Permission.DECIDE_APPLICATIONS, _DECIDE),
    Step("decline, its conditions not met", CONDITIONAL, DECLINED, Permission.DECIDE_APPLICATIONS, _DECIDE),
    Step("withdraw", SUBMITTED, WITHDRAWN, Permission.APPLY, _WITHDRAW),
    Step("withdraw after approval", APPROVED, WITHDRAWN, Permission.APPLY, _WITHDRAW),
    Step("withdraw after approval on conditions", CONDITIONAL, WITHDRAWN, Permission.APPLY, _WITHDRAW),
)


def step(before: str, after: str) -> Step | None:
    """The way from one state to another; None if there is none."""
    return next((each for each in STEPS if (each.before, each.after) == (before, after)), None)


def may_become(before: str, after: str) -> Decision:
    """Whether an application in one state can be taken to another."""
    if step(before, after) is not None:
        return ALLOWED
    ways = [STATE_WORDS[each.after].lower() for each in STEPS if each.before == before]
    onward = f"From there it can only become: {', '.join(ways)}." if ways else "Nothing follows from there."
    return refuse(
        "wrong_state",
        f"The application is {STATE_WORDS[before].lower()}, so it cannot become {STATE_WORDS[after].lower()}. {onward}",
        "States of an application",
    )
