"""The states of a text: a draft, what members and NHS England make of it, and in force."""

from __future__ import annotations

from dataclasses import dataclass

from remit.engines.permissions import Permission
from remit.kernel.decision import ALLOWED, Decision, refuse

DRAFT, PROPOSED, AGREED, SENT = "draft", "proposed", "agreed", "sent"
ADOPTED, LOST, REFUSED, WITHDRAWN = "adopted", "lost", "refused", "withdrawn"
TEXT_STATES = (DRAFT, PROPOSED, AGREED, SENT, ADOPTED, LOST, REFUSED, WITHDRAWN)

TEXT_WORDS = {
    DRAFT: "Draft",
    PROPOSED: "Put to the members",
    AGREED: "Agreed by the members",
    SENT: "With NHS England for approval",
    ADOPTED: "Adopted",
    LOST: "Not carried by the members",
    REFUSED: "Not approved by NHS England",
    WITHDRAWN: "Withdrawn",
}


@dataclass(frozen=True)
class TextWay:
    """A way from one state to another: who owns it, and what it rests on."""

    verb: str
    before: str
    after: str
    permission: Permission
    clause: str


_OWN = "The body's own procedure of amendment"
_STATUTE = (
    "National Health Service Act 2006, ss. 14B and 14E: NHS England approves a constitution and its variation"
)

TEXT_STEPS = (
    TextWay("record as adopted", DRAFT, ADOPTED, Permission.KEEP_CONSTITUTION, _STATUTE),
    TextWay("put to the members", DRAFT, PROPOSED, Permission.KEEP_CONSTITUTION, _OWN),
    TextWay("record that members agreed", PROPOSED, AGREED, Permission.KEEP_CONSTITUTION, _OWN),
    TextWay("record that members did not agree", PROPOSED, LOST, Permission.KEEP_CONSTITUTION, _OWN),
    TextWay("send for approval", AGREED, SENT, Permission.KEEP_CONSTITUTION, _STATUTE),
    TextWay("adopt without approval", AGREED, ADOPTED, Permission.KEEP_CONSTITUTION, _OWN),
    TextWay("approve", SENT, ADOPTED, Permission.APPROVE_CONSTITUTION, _STATUTE),
    TextWay("refuse", SENT, REFUSED, Permission.APPROVE_CONSTITUTION, _STATUTE),
    *(
        TextWay("withdraw", before, WITHDRAWN, Permission.KEEP_CONSTITUTION, _OWN)
        for before in (DRAFT, PROPOSED, AGREED, SENT)
    ),
)


def text_may(verb: str, state: str) -> Decision:
    """Whether something can be done with a text in a state."""
    ways = [each for each in TEXT_STEPS if each.verb == verb]
    if any(each.before == state for each in ways):
        return ALLOWED
    needed = " or ".join(f"“{TEXT_WORDS[each.before].lower()}”" for each in ways)
    return refuse(
        "wrong_state",
        f"This text is “{TEXT_WORDS[state].lower()}”. To {verb}, it has to be {needed}.",
        "States of a text",
    )
