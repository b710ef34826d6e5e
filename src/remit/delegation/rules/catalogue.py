"""The catalogue of powers, the contractor groups, and the register of guidance that powers rest on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from remit.delegation.rules.reading import read
from remit.engines.powers import GENERAL_PRACTICE, Group, Held, Power, Provision
from remit.kernel.period import Period

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True)
class Guidance:
    """A document that powers rest on. `published` is a day or a month, as ISO 8601; `is_at_hand` whether its words
    were, when its clauses were noted: else they are noted as other documents cite them."""

    code: str
    title: str
    issuer: str
    published: str
    version: str
    is_at_hand: bool
    href: str

    @property
    def published_in_words(self) -> str:
        """6 November 2014, or November 2014."""
        year, month, *day = self.published.split("-")
        return " ".join([*(str(int(each)) for each in day), MONTHS[int(month) - 1], year])

    @property
    def citation(self) -> str:
        """Who issued it, its title and its date."""
        return f"{self.issuer}, {self.title}, {self.published_in_words}"


@dataclass(frozen=True)
class OptOut:
    """A choice that a delegation can make: powers that NHS England keeps over some groups."""

    code: str
    name: str
    reserves: tuple[str, ...]
    groups: tuple[str, ...]
    reference: str


@cache
def guidance() -> Mapping[str, Guidance]:
    """The register of guidance, by code, the oldest first."""
    return {
        row["code"]: Guidance(
            row["code"],
            row["title"],
            row["issuer"],
            row["published"],
            row["version"],
            row["text"] == "whole",
            row["href"],
        )
        for row in sorted(read("guidance.yaml")["guidance"], key=lambda row: str(row["published"]))
    }


@cache
def groups() -> Mapping[str, Group]:
    """The contractor groups, by code, in the order in which they are shown."""
    return {
        row["code"]: Group(
            row["code"],
            row["name"],
            row["since"],
            row["everywhere_from"],
            row["note"],
            row["guidance"],
        )
        for row in read("powers.yaml")["groups"]
    }


@cache
def contractor_groups() -> Mapping[str, str]:
    """The groups of contractors whose services can be delegated: their names, as a line begins, by code."""
    return {code: each.name[0].upper() + each.name[1:] for code, each in groups().items()}


def subject_of(level: int | None, about: Collection[str]) -> str:
    """What a round is about, as a sentence says it: its level, or its contractor groups where general practice is not
    among them. Without a level: all that is counted together with it."""
    if GENERAL_PRACTICE in about:
        return f"Level {level}" if level else "Level 2 or 3"
    *most, last = [group.name for code, group in groups().items() if code in about]
    return f"{', '.join(most)} and {last}" if most else last


def naming_of(level: int, about: Collection[str]) -> tuple[str, ...]:
    """The words by which a text speaks of a round: its level, or the names and codes of its contractor groups."""
    if GENERAL_PRACTICE in about:
        return (f"Level {level}",)
    named = [words for code, group in groups().items() if code in about for words in (code, group.name)]
    return tuple(dict.fromkeys(named))


@cache
def powers() -> Mapping[str, Power]:
    """The powers, by code, in the order in which they are shown."""
    return {
        row["code"]: Power(
            row["code"],
            row["name"],
            row["about"].strip(),
            tuple(_provision(each) for each in row["provisions"]),
            tuple(row.get("formerly", ())),
            row.get("names_over", {}),
        )
        for row in read("powers.yaml")["powers"]
    }


def powers_over(group: str) -> Mapping[str, Power]:
    """The powers that are about a contractor group."""
    return {code: power for code, power in powers().items() if group in power.groups}


@cache
def opt_outs() -> Mapping[str, OptOut]:
    """The choices that a delegation can make, by code."""
    return {
        row["code"]: OptOut(
            row["code"],
            row["name"],
            tuple(row["reserves"]),
            tuple(row["groups"]),
            row["reference"].strip(),
        )
        for row in read("powers.yaml")["opt_outs"]
    }


def _provision(row: Mapping[str, Any]) -> Provision:
    first: date = row["from"]
    return Provision(
        groups=tuple(row["groups"]),
        period=Period(first, row["until"]),
        held={level: Held(how) for level, how in row["held"].items()},
        guidance=row["guidance"],
        clause=row["clause"],
        reference=f"{guidance()[row['guidance']].citation}: {row['clause']}",
    )
