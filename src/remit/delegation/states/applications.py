"""The states of an application: who may take it from one to the next, and on what that rests."""

from __future__ import annotations

from dataclasses import dataclass

from remit.engines.permissions import Permission
from remit.kernel.decision import ALLOWED, Decision, refuse

DRAFT, SUBMITTED = "draft", "submitted"
APPROVED, CONDITIONAL, DECLINED = "approved", "conditional", "declined"
DEFERRED, LOWER_LEVEL_OFFERED = "deferred", "lower_level_offered"
WITHDRAWN, RESCINDED = "withdrawn", "rescinded"
STATES = (
    DRAFT,
    SUBMITTED,
    APPROVED,
    CONDITIONAL,
    DEFERRED,
    LOWER_LEVEL_OFFERED,
    DECLINED,
    WITHDRAWN,
    RESCINDED,
)
OUTCOMES = (APPROVED, CONDITIONAL, DEFERRED, LOWER_LEVEL_OFFERED, DECLINED)
"""What an assessor can decide."""

STATE_WORDS = {
    DRAFT: "Draft",
    SUBMITTED: "Submitted",
    APPROVED: "Approved",
    CONDITIONAL: "Approved on conditions",
    DEFERRED: "Deferred",
    LOWER_LEVEL_OFFERED: "Offered a lower level",
    DECLINED: "Declined",
    WITHDRAWN: "Withdrawn",
    RESCINDED: "Rescinded after a vote of members",
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
_RESCIND = "Round's process: an application falls when members then vote against it"

_DECIDED = Permission.DECIDE_APPLICATIONS
STEPS = (
    Step("submit", DRAFT, SUBMITTED, Permission.APPLY, _APPLY),
    Step("approve", SUBMITTED, APPROVED, _DECIDED, _DECIDE),
    Step("approve on conditions", SUBMITTED, CONDITIONAL, _DECIDED, _DECIDE),
    Step("defer", SUBMITTED, DEFERRED, _DECIDED, _DECIDE),
    Step("offer a lower level", SUBMITTED, LOWER_LEVEL_OFFERED, _DECIDED, _DECIDE),
    Step("decline", SUBMITTED, DECLINED, _DECIDED, _DECIDE),
    Step("approve, its conditions met", CONDITIONAL, APPROVED, _DECIDED, _DECIDE),
    Step("decline, its conditions not met", CONDITIONAL, DECLINED, _DECIDED, _DECIDE),
    Step("approve what was deferred", DEFERRED, APPROVED, _DECIDED, _DECIDE),
    Step("approve on conditions what was deferred", DEFERRED, CONDITIONAL, _DECIDED, _DECIDE),
    Step("offer a lower level after deferring", DEFERRED, LOWER_LEVEL_OFFERED, _DECIDED, _DECIDE),
    Step("decline what was deferred", DEFERRED, DECLINED, _DECIDED, _DECIDE),
    *(
        Step(verb, before, WITHDRAWN, Permission.APPLY, _WITHDRAW)
        for verb, before in (
            ("withdraw", SUBMITTED),
            ("withdraw after approval", APPROVED),
            ("withdraw after approval on conditions", CONDITIONAL),
            ("withdraw what was deferred", DEFERRED),
            ("turn down the lower level", LOWER_LEVEL_OFFERED),
        )
    ),
    *(
        Step(verb, before, RESCINDED, Permission.APPLY, _RESCIND)
        for verb, before in (
            ("rescind", SUBMITTED),
            ("rescind after approval", APPROVED),
            ("rescind after approval on conditions", CONDITIONAL),
            ("rescind what was deferred", DEFERRED),
            ("rescind after a lower level was offered", LOWER_LEVEL_OFFERED),
        )
    ),
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
