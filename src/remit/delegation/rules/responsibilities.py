"""Who was responsible for each function, era by era."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from remit.delegation.rules.reading import read
from remit.kernel.period import Period

HOLDERS = {
    "pct": "Primary care trusts",
    "area_team": "NHS England’s area teams",
    "local_office": "NHS England’s local offices",
    "national_body": "NHS England",
    "ccg": "Clinical commissioning groups",
    "icb": "Integrated care boards",
}
"""Who can be responsible, in words, by kind of body."""
HOW = {
    "held": "All of them",
    "as_delegated": "Those to which it was delegated",
    "where_not_delegated": "Where it was not delegated",
    "joint": "Together",
}


@dataclass(frozen=True)
class Responsible:
    """Bodies of a kind that were responsible over a period, how, and where that is laid down."""

    holder: str
    period: Period
    how: str
    reference: str
    is_weak: bool

    @property
    def who(self) -> str:
        """Who it was, in words."""
        return HOLDERS[self.holder]

    @property
    def how_in_words(self) -> str:
        """Which of them, in words."""
        return HOW[self.how]


@dataclass(frozen=True)
class Function:
    """A function of commissioning and who was responsible for it. `power` and `group` are those under which a
    commissioner holds it; empty where it needs none."""

    code: str
    name: str
    about: str
    power: str
    group: str
    spells: tuple[Responsible, ...]


@cache
def functions() -> Mapping[str, Function]:
    """The functions, by code, in the order in which they are shown."""
    return {
        row["code"]: Function(
            row["code"],
            row["name"],
            row["about"],
            row["power"],
            row["group"],
            tuple(_spell(each) for each in row["spells"]),
        )
        for row in read("responsibilities.yaml")["functions"]
    }


def _spell(row: Mapping[str, Any]) -> Responsible:
    return Responsible(
        row["holder"],
        Period(row["from"], row["until"]),
        row["how"],
        row["reference"],
        row.get("is_weak", False),
    )
