"""The states of a motion: some are taken, others come with the hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from remit.engines.permissions import Permission
from remit.kernel.decision import ALLOWED, Decision, refuse

DRAFT, NOTICED, DECLARED, WITHDRAWN, REPLACED = "draft", "noticed", "declared", "withdrawn", "replaced"
OPEN, CLOSED = "open", "closed"
KEPT = (DRAFT, NOTICED, DECLARED, WITHDRAWN, REPLACED)
"""What is written down. Whether a motion is open or closed follows from the hour."""
MOTION_STATES = (DRAFT, NOTICED, OPEN, CLOSED, DECLARED, WITHDRAWN, REPLACED)

MOTION_WORDS = {
    DRAFT: "Draft",
    NOTICED: "Notice given",
    OPEN: "Open for votes",
    CLOSED: "Closed, not declared",
    DECLARED: "Declared",
    WITHDRAWN: "Withdrawn",
    REPLACED: "Replaced by another wording",
}


@dataclass(frozen=True)
class MotionStep:
    """Something that can be done with a motion in a state: who may, what comes of it, and what it rests on."""

    verb: str
    before: str
    after: str
    permission: Permission
    clause: str


_NOTICE = "The notice clause of the body's constitution"
_ROLL = "The roll is frozen at notice and can be contested until voting opens"
_VOTE = "Members vote once each, while the vote is open"
_COUNT = "The result follows from the clauses in force at notice"
_RUN = Permission.RUN_VOTES

MOTION_STEPS = (
    MotionStep("give notice", DRAFT, NOTICED, _RUN, _NOTICE),
    MotionStep("contest the roll", NOTICED, NOTICED, Permission.VOTE_FOR_PRACTICE, _ROLL),
    MotionStep("settle a challenge", NOTICED, NOTICED, _RUN, _ROLL),
    MotionStep("replace it by another wording", NOTICED, REPLACED, _RUN, _NOTICE),
    *(
        MotionStep(
            "give a proxy",
            before,
            before,
            Permission.VOTE_FOR_PRACTICE,
            "The proxy clause of the constitution",
        )
        for before in (NOTICED, OPEN)
    ),
    MotionStep("vote", OPEN, OPEN, Permission.VOTE_FOR_PRACTICE, _VOTE),
    *(MotionStep("enter what was counted", before, before, _RUN, _COUNT) for before in (OPEN, CLOSED)),
    MotionStep("declare the result", CLOSED, DECLARED, _RUN, _COUNT),
    *(MotionStep("withdraw", before, WITHDRAWN, _RUN, _NOTICE) for before in (DRAFT, NOTICED)),
)


def motion_state(kept: str, opens_at: datetime | None, closes_at: datetime | None, at: datetime) -> str:
    """The state at an instant. It opens at `opens_at`, and at `closes_at` it is closed: that instant is too late."""
    if kept != NOTICED or opens_at is None or closes_at is None or at < opens_at:
        return kept
    return OPEN if at < closes_at else CLOSED


def motion_may(verb: str, state: str) -> Decision:
    """Whether something can be done with a motion in a state."""
    ways = [each for each in MOTION_STEPS if each.verb == verb]
    if any(each.before == state for each in ways):
        return ALLOWED
    needed = " or ".join(dict.fromkeys(f"“{MOTION_WORDS[each.before].lower()}”" for each in ways))
    return refuse(
        "wrong_state",
        f"This motion is “{MOTION_WORDS[state].lower()}”. To {verb}, it has to be {needed}.",
        ways[0].clause,
    )
