"""What must come before a deadline unless a commissioner's own rules say otherwise, and what a programme publishes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from remit.delegation.rules.reading import read


@dataclass(frozen=True)
class DefaultStep:
    """A step before a deadline, in calendar days. `groups`: the contractor groups it is about, empty for all.
    `is_weak`: an assumption, for no source states it for everybody."""

    code: str
    name: str
    days: int
    levels: tuple[int, ...]
    groups: tuple[str, ...]
    reference: str
    is_weak: bool

    def is_about(self, groups: Collection[str]) -> bool:
        """Whether it is taken at all in a round about some contractor groups."""
        return not self.groups or not set(self.groups).isdisjoint(groups)


@dataclass(frozen=True)
class DocumentKind:
    """A kind of document that a programme publishes. `is_built`: it can be made from the data."""

    code: str
    name: str
    is_built: bool


@cache
def timetable_steps(kind: str) -> Mapping[str, DefaultStep]:
    """The steps of a kind of commissioner, by code, in the order in which they are taken."""
    return {
        row["code"]: DefaultStep(
            row["code"],
            row["name"],
            row["days"],
            tuple(row["levels"]),
            tuple(row.get("groups", ())),
            row["reference"],
            row["is_weak"],
        )
        for row in read("timetable.yaml")["steps"]
        if kind in row.get("asked_of", (kind,))
    }


@cache
def bank_holidays() -> frozenset[date]:
    """The bank holidays of England and Wales, as far as they are announced."""
    return frozenset(day for days in read("timetable.yaml")["bank_holidays"]["days"].values() for day in days)


@cache
def document_kinds() -> Mapping[str, DocumentKind]:
    """The kinds of document, by code, in the order in which they are shown."""
    rows = read("timetable.yaml")["documents"]
    return {row["code"]: DocumentKind(row["code"], row["name"], row["built"]) for row in rows}
