"""The real nation's positions: only those that a source at hand states, each with its source."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime

from remit.delegation.actions import record_position
from remit.delegation.rules import published_positions
from remit.demo.timeline.events import PROGRAMME
from remit.register.queries import commissioner_names_on, kinds_on

NOT_OF_THE_NAME = re.compile(r"\b(nhs|ccg|clinical commissioning group)\b|[^a-z0-9 ]")


def plain_name(name: str) -> str:
    """A name without what differs from file to file: "NHS FYLDE & WYRE CCG" is "fylde wyre"."""
    words = NOT_OF_THE_NAME.sub(" ", name.lower()).split()
    return " ".join(word for word in words if word != "and")


def record_published_positions(*, at: Callable[[], datetime]) -> int:
    """Record them all, at the commissioners that the register knows by those names. Again changes nothing.

    Answers how many there are. A body that the register does not know on that day is left out.
    """
    recorded = 0
    for position in published_positions():
        for code in _bodies(position.names, position.kind, position.first):
            record_position(
                commissioner=code,
                level=position.level,
                effective_on=position.first,
                last_on=position.last,
                source=position.source,
                source_href=position.href,
                by=PROGRAMME,
                at=at(),
            )
            recorded += 1
    return recorded


def _bodies(names: tuple[str, ...], kind: str, on: date) -> list[str]:
    known = {plain_name(name): code for code, name in commissioner_names_on(on)}
    if not kind:
        return [known[plain_name(name)] for name in names if plain_name(name) in known]
    kinds = kinds_on(set(known.values()), on)
    return sorted(code for code in known.values() if kinds[code] == kind)
