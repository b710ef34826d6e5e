"""The states of an agreement: what either side does, and what follows from the day alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from remit.delegation.states.applications import Step
from remit.engines.permissions import Permission
from remit.kernel.decision import ALLOWED, Decision, refuse

ISSUED, RETURNED, SIGNED, UNDER_NOTICE = "issued", "returned", "signed", "under_notice"
IN_EFFECT, ENDED, REVOKED, LAPSED = "in_effect", "ended", "revoked", "lapsed"
KEPT = (ISSUED, RETURNED, SIGNED, UNDER_NOTICE)
"""What is written down. The others follow from the day, and are never written."""
AGREEMENT_STATES = (*KEPT, IN_EFFECT, ENDED, REVOKED, LAPSED)

AGREEMENT_WORDS = {
    ISSUED: "Issued",
    RETURNED: "Returned",
    SIGNED: "Signed by both",
    IN_EFFECT: "In effect",
    UNDER_NOTICE: "Under notice",
    ENDED: "Ended",
    REVOKED: "Revoked",
    LAPSED: "Lapsed",
}

_RETURN = "Delegation agreement: the commissioner signs first"
_SIGN = "National Health Service Act 2006, s. 13Z; delegation agreement"
_NOTICE = "Delegation agreement: withdrawal by notice"
_REVOKE = "Delegation agreement: revocation with notice"

AGREEMENT_STEPS = (
    Step("return", ISSUED, RETURNED, Permission.APPLY, _RETURN),
    Step("sign", RETURNED, SIGNED, Permission.RUN_ROUNDS, _SIGN),
    *(
        each
        for before in (SIGNED, IN_EFFECT)
        for each in (
            Step("give notice of withdrawal", before, UNDER_NOTICE, Permission.APPLY, _NOTICE),
            Step("give notice of revocation", before, UNDER_NOTICE, Permission.RUN_ROUNDS, _REVOKE),
        )
    ),
    Step("give notice of revocation", UNDER_NOTICE, UNDER_NOTICE, Permission.RUN_ROUNDS, _REVOKE),
)
"""Under the commissioner's notice, NHS England may still revoke, for an earlier day."""


@dataclass(frozen=True)
class Passing:
    """A way from one state to another that nobody takes: it comes with a day, or with what happens elsewhere."""

    before: str
    after: str
    when: str


PASSINGS = (
    Passing(ISSUED, LAPSED, "its application no longer stands"),
    Passing(RETURNED, LAPSED, "its application no longer stands"),
    Passing(SIGNED, IN_EFFECT, "its first day comes"),
    Passing(IN_EFFECT, ENDED, "its last day has gone by, or a successor took it over"),
    Passing(UNDER_NOTICE, ENDED, "the commissioner's notice has run out"),
    Passing(UNDER_NOTICE, REVOKED, "NHS England's notice has run out"),
)


@dataclass(frozen=True)
class Standing:
    """What an agreement's state on a day follows from. `is_live`: its application still stands."""

    kept: str
    is_live: bool
    effective_on: date | None
    last_on: date | None
    is_revoked: bool


def agreement_state(found: Standing, on: date) -> str:
    """The state on a day."""
    if found.kept in (ISSUED, RETURNED):
        return found.kept if found.is_live else LAPSED
    if found.last_on is not None and found.last_on < on:
        return REVOKED if found.is_revoked else ENDED
    if found.kept == SIGNED and found.effective_on is not None and found.effective_on <= on:
        return IN_EFFECT
    return found.kept


def agreement_may(verb: str, state: str) -> Decision:
    """Whether something can be done with an agreement in a state."""
    ways = [each for each in AGREEMENT_STEPS if each.verb == verb]
    if any(each.before == state for each in ways):
        return ALLOWED
    needed = sorted({AGREEMENT_WORDS[each.before].lower() for each in ways})
    return refuse(
        "wrong_state",
        f"The agreement is {AGREEMENT_WORDS[state].lower()}. To {verb}, it has to be {' or '.join(needed)}.",
        "States of an agreement",
    )
