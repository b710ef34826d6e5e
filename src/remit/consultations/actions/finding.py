"""What the acts share: refusals, a consultation locked for the length of the act, and its entry in the ledger."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from remit.consultations.models import Consultation
from remit.consultations.states import consultation_may
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.decision import Reason, Refused, require
from remit.kernel.moments import london_day
from remit.ledger.actions import record

CLAUSE = "Members are asked before anything is decided"
MOST_WORDS = 10_000


def refusal(code: str, message: str, clause: str = CLAUSE) -> Refused:
    """A refusal for one reason."""
    return Refused(Reason(code, message, clause))


def locked(consultation: str) -> Consultation:
    """The consultation, locked until the transaction ends. Raises `Refused` with ``not_found``."""
    found = Consultation.objects.select_for_update(of=("self",)).filter(pk=consultation).first()
    if found is None:
        raise refusal("not_found", "There is no such consultation.")
    return found


def own(consultation: str, verb: str, by: Actor) -> Consultation:
    """The consultation of the body that somebody acts for, in a state that lets them."""
    held = locked(consultation)
    require(may(by, Permission.RUN_CONSULTATIONS, held.body_id))
    require(consultation_may(verb, held.state))
    return held


def is_open(held: Consultation, at: datetime) -> bool:
    """Whether the day is one of those on which it is open."""
    return held.opens_on <= london_day(at) <= held.closes_on


def is_over(held: Consultation, at: datetime) -> bool:
    """Whether its last day has gone by."""
    return london_day(at) > held.closes_on


def words_of(text: str, what: str, *, most: int = MOST_WORDS) -> str:
    """Plain text as typed, with its lines. Raises `Refused` with ``no_words``."""
    text = plain(text)
    if not 0 < len(text) <= most:
        raise refusal("no_words", f"Enter {what}, at most {most:,} characters.")
    return text


def plain(text: str) -> str:
    """Plain text: no control characters but the ends of lines."""
    kept = "".join(letter for letter in text if letter.isprintable() or letter == "\n")
    return "\n".join(line.rstrip() for line in kept.strip().splitlines())


def note(held: Consultation, act: str, by: Actor, at: datetime, **details: Any) -> None:
    """Write an act down."""
    record(
        act=f"consultation.{act}",
        by=by,
        at=at,
        subject=f"consultation/{held.pk}",
        under=CLAUSE,
        details={"body": held.body_id, **details},
    )
