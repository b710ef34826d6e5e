"""A decision and its reasons; a refusal that says what is wrong and how to put it right."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """Why something is allowed or refused.

    `code` is stable and machine-readable (``not_permitted``); `message` is plain English and says what
    to do; `clause` names the rule it rests on (statute, guidance, or our own permission table).
    """

    code: str
    message: str
    clause: str = ""


@dataclass(frozen=True)
class Decision:
    """Whether an act is allowed, with every reason."""

    allowed: bool
    reasons: tuple[Reason, ...] = ()


ALLOWED = Decision(True)


def refuse(code: str, message: str, clause: str = "") -> Decision:
    """A decision that refuses for one reason."""
    return Decision(False, (Reason(code, message, clause),))


class Refused(Exception):
    """An act was refused. Doors translate it: a page, problem+json, or an exit code."""

    def __init__(self, *reasons: Reason) -> None:
        self.reasons = reasons
        super().__init__(" ".join(reason.message for reason in reasons))

    @property
    def code(self) -> str:
        """The code of the first reason."""
        return self.reasons[0].code if self.reasons else "refused"


def require(decision: Decision) -> None:
    """Do nothing if allowed; raise `Refused` with the reasons if not."""
    if not decision.allowed:
        raise Refused(*decision.reasons)
