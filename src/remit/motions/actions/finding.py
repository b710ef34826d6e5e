"""What the acts share: refusals, a motion locked for the length of the act, its state and its rules."""

from __future__ import annotations

from datetime import datetime

from remit.kernel.decision import Reason, Refused, require
from remit.motions.models import Motion
from remit.motions.states import REPLACED, motion_may, motion_state

CLAUSE = "Members decide by the rules of their own constitution"
MOST_WORDS = 20_000


def refusal(code: str, message: str, clause: str = CLAUSE) -> Refused:
    """A refusal for one reason."""
    return Refused(Reason(code, message, clause))


def locked(motion: str) -> Motion:
    """The motion, locked until the transaction ends. Raises `Refused` with ``not_found``."""
    found = Motion.objects.select_for_update(of=("self",)).filter(pk=motion).first()
    if found is None:
        raise refusal("not_found", "There is no such motion.")
    return found


def read(motion: str) -> Motion:
    """The motion, without a lock: many vote at once. Raises `Refused` with ``not_found``."""
    found = Motion.objects.select_related("text").filter(pk=motion).first()
    if found is None:
        raise refusal("not_found", "There is no such motion.")
    return found


def state_of(held: Motion, at: datetime) -> str:
    """Its state at an instant."""
    return motion_state(held.state, held.opens_at, held.closes_at, at)


def require_may(held: Motion, verb: str, at: datetime) -> None:
    """Refuse what cannot be done with a motion in its state; of a replaced one, say by which."""
    if held.state == REPLACED:
        newer = Motion.objects.filter(replaces=held).values_list("pk", flat=True).first()
        message = f"This motion was replaced by another wording. Its votes do not count: see motion {newer}."
        raise refusal(
            "replaced", message, "A motion that is amended is another motion, with notice of its own"
        )
    require(motion_may(verb, state_of(held, at)))


def words_of(text: str, what: str, *, most: int = 300) -> str:
    """Words on one line. Raises `Refused` with ``no_words``."""
    text = " ".join(text.split())
    if not 0 < len(text) <= most:
        raise refusal("no_words", f"Enter {what}, at most {most:,} characters.")
    return text


def long_words(text: str, what: str) -> str:
    """Words with their lines. Raises `Refused` with ``no_words``."""
    text = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if not 0 < len(text) <= MOST_WORDS:
        raise refusal("no_words", f"Enter {what}, at most {MOST_WORDS:,} characters.")
    return text


def subject(held: Motion) -> str:
    """What the ledger calls it."""
    return f"motion/{held.pk}"
