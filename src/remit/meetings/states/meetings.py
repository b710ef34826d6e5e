"""The states of a meeting: called, and then held or cancelled."""

from __future__ import annotations

from dataclasses import dataclass

from remit.engines.permissions import Permission
from remit.kernel.decision import ALLOWED, Decision, refuse

CALLED, HELD, CANCELLED = "called", "held", "cancelled"
MEETING_STATES = (CALLED, HELD, CANCELLED)
MEETING_WORDS = {CALLED: "Called", HELD: "Held", CANCELLED: "Cancelled"}


@dataclass(frozen=True)
class MeetingWay:
    """A way from one state to another: who owns it, and what it rests on."""

    verb: str
    before: str
    after: str
    permission: Permission
    clause: str


_OWN = "The body's own rules of meetings"

MEETING_STEPS = (
    MeetingWay("record attendance", CALLED, HELD, Permission.CALL_MEETINGS, _OWN),
    MeetingWay("record attendance", HELD, HELD, Permission.CALL_MEETINGS, _OWN),
    MeetingWay("cancel", CALLED, CANCELLED, Permission.CALL_MEETINGS, _OWN),
)


def meeting_may(verb: str, state: str) -> Decision:
    """Whether something can be done with a meeting in a state."""
    ways = [each for each in MEETING_STEPS if each.verb == verb]
    if any(each.before == state for each in ways):
        return ALLOWED
    needed = " or ".join(f"“{MEETING_WORDS[each.before].lower()}”" for each in ways)
    return refuse(
        "wrong_state",
        f"This meeting is “{MEETING_WORDS[state].lower()}”. To {verb}, it has to be {needed}.",
        "States of a meeting",
    )
