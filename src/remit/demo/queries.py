"""What of the demo is on this installation."""

from __future__ import annotations

from datetime import datetime

from remit.delegation.queries import announcement, programme, round_of
from remit.register.queries import sources

FIRST_PROGRAMME, ONE_ROUND, ONE_ANNOUNCEMENT = "2015-16", "2018-level-3", "2015-03-05-level-2"


def is_invented(publisher: str, title: str) -> bool:
    """Whether a source is the demonstration's own invention."""
    return "invent" in f"{publisher} {title}".lower()


def was_replayed(at: datetime) -> bool:
    """Whether the invented nation was loaded here, and its delegation programme replayed from its beginning."""
    return _is_loaded() and programme(FIRST_PROGRAMME, at) is not None


def has_invented_nation(at: datetime) -> bool:
    """Whether the invented nation was loaded here, and its delegation programme replayed as far as pages show it."""
    if not _is_loaded():
        return False
    return round_of(ONE_ROUND, at) is not None and announcement(ONE_ANNOUNCEMENT, at) is not None


def _is_loaded() -> bool:
    return any(is_invented(source.publisher, source.title) for source in sources())
