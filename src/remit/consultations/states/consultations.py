"""The states of a consultation: whether it is open or closed follows from the day, so neither is a state."""

from __future__ import annotations

from dataclasses import dataclass

from remit.engines.permissions import Permission
from remit.kernel.decision import ALLOWED, Decision, refuse

DRAFT, PUBLISHED, ANSWERED = "draft", "published", "answered"
CONSULTATION_STATES = (DRAFT, PUBLISHED, ANSWERED)
CONSULTATION_WORDS = {DRAFT: "Draft", PUBLISHED: "Published", ANSWERED: "Answered"}


@dataclass(frozen=True)
class ConsultationWay:
    """A way from one state to another: who owns it, and what it rests on."""

    verb: str
    before: str
    after: str
    permission: Permission
    clause: str


_OWN = "Members are asked before anything is decided"
_RUN = Permission.RUN_CONSULTATIONS

CONSULTATION_STEPS = (
    ConsultationWay("write", DRAFT, DRAFT, _RUN, _OWN),
    ConsultationWay("attach", DRAFT, DRAFT, _RUN, _OWN),
    ConsultationWay("attach", PUBLISHED, PUBLISHED, _RUN, _OWN),
    ConsultationWay("publish", DRAFT, PUBLISHED, _RUN, _OWN),
    ConsultationWay("extend", PUBLISHED, PUBLISHED, _RUN, _OWN),
    ConsultationWay("respond for a practice", PUBLISHED, PUBLISHED, Permission.RESPOND_FOR_PRACTICE, _OWN),
    ConsultationWay("respond as a GP", PUBLISHED, PUBLISHED, Permission.RESPOND_AS_GP, _OWN),
    ConsultationWay("explain silence", PUBLISHED, PUBLISHED, Permission.RESPOND_FOR_PRACTICE, _OWN),
    ConsultationWay("log a representation", PUBLISHED, PUBLISHED, _RUN, _OWN),
    ConsultationWay("log a representation", ANSWERED, ANSWERED, _RUN, _OWN),
    ConsultationWay("name a theme", PUBLISHED, PUBLISHED, _RUN, _OWN),
    ConsultationWay("code a response", PUBLISHED, PUBLISHED, _RUN, _OWN),
    ConsultationWay("answer a theme", PUBLISHED, PUBLISHED, _RUN, _OWN),
    ConsultationWay("answer the last theme", PUBLISHED, ANSWERED, _RUN, _OWN),
)


def consultation_may(verb: str, state: str) -> Decision:
    """Whether something can be done with a consultation in a state."""
    ways = [each for each in CONSULTATION_STEPS if each.verb == verb]
    if any(each.before == state for each in ways):
        return ALLOWED
    needed = " or ".join(f"“{CONSULTATION_WORDS[each.before].lower()}”" for each in ways)
    return refuse(
        "wrong_state",
        f"This consultation is “{CONSULTATION_WORDS[state].lower()}”. To {verb}, it has to be {needed}.",
        "States of a consultation",
    )
