"""When outcomes other than approvals become public: a dated rule of the rulebook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from remit.delegation.rules.reading import read


@dataclass(frozen=True)
class PublicationRule:
    """Whether a commissioner's agreement publishes its outcome with the next announcement, and whether closing the
    round does. `is_weak`: no source states it."""

    since: date
    with_announcement_if_agreed: bool
    when_round_is_closed: bool
    reference: str
    is_weak: bool


@cache
def _rules() -> tuple[PublicationRule, ...]:
    return tuple(
        PublicationRule(
            row["since"],
            row["with_announcement_if_agreed"],
            row["when_round_is_closed"],
            row["reference"],
            row["is_weak"],
        )
        for row in read("publication.yaml")["outcomes"]
    )


def publication_rule(on: date) -> PublicationRule | None:
    """The rule of a day; None before the first."""
    return max((rule for rule in _rules() if rule.since <= on), key=lambda rule: rule.since, default=None)
