"""What the acts share: refusals, and a meeting locked for the length of the act."""

from __future__ import annotations

from remit.kernel.decision import Reason, Refused
from remit.meetings.models import Meeting

CLAUSE = "The body's own rules of meetings"
MOST_WORDS = 5_000


def refusal(code: str, message: str, clause: str = CLAUSE) -> Refused:
    """A refusal for one reason."""
    return Refused(Reason(code, message, clause))


def locked(meeting: str) -> Meeting:
    """The meeting, locked until the transaction ends. Raises `Refused` with ``not_found``."""
    found = Meeting.objects.select_for_update(of=("self",)).filter(pk=meeting).first()
    if found is None:
        raise refusal("not_found", "There is no such meeting.")
    return found


def words_of(text: str, what: str, *, most: int) -> str:
    """Words on one line. Raises `Refused` with ``no_words``."""
    text = " ".join(text.split())
    if not 0 < len(text) <= most:
        raise refusal("no_words", f"Enter {what}, at most {most:,} characters.")
    return text
