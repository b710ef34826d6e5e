"""The mandate ladder, the kinds of evidence with what each can state, and the standards of representative bodies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from remit.delegation.rules.catalogue import powers
from remit.delegation.rules.reading import read
from remit.engines.mandates import FactKind, Requirement, Rung, Standard, Threshold

FILE = "standards.yaml"
NOT_SPECIFIED = "not_specified"
ONE, SOME, ANY = "one", "some", "any"


@dataclass(frozen=True)
class EvidenceKind:
    """A kind of evidence. `concerns`: one commissioner, some, or any number; `rung` where it stands on the ladder,
    `raised_to` another rung once all facts of `raised_by` are stated and its document is public; `by` the fact that
    holds whose words they are; `must` the facts that have to be there."""

    code: str
    name: str
    what: str
    concerns: str
    rung: str
    raised_to: str
    raised_by: tuple[str, ...]
    is_vote: bool
    by: str
    facts: tuple[FactKind, ...]
    must: tuple[str, ...]

    @property
    def asked(self) -> tuple[FactKind, ...]:
        """The facts that somebody states by hand."""
        return tuple(each for each in self.facts if not each.by_room)


@dataclass(frozen=True)
class Route:
    """How far an amendment of a constitution has gone; `is_shown`: far enough for an application."""

    code: str
    name: str
    is_shown: bool


@dataclass(frozen=True)
class AmendmentRule:
    """At which levels an application shows by which route the constitution is amended, and in which processes it
    cannot be submitted without."""

    levels: tuple[int, ...]
    strict_in: tuple[str, ...]
    reference: str


@cache
def ladder() -> Mapping[str, Rung]:
    """The rungs by code, the firmest first."""
    rows = read(FILE)["ladder"]
    return {row["code"]: Rung(row["code"], row["name"], row["grade"], row["family"]) for row in rows}


def rung_of(code: str) -> Rung:
    """The rung of that code; “not specified” for what is none."""
    return ladder().get(code, ladder()[NOT_SPECIFIED])


@cache
def rung_families() -> Mapping[str, str]:
    """The three plain answers, in words, by code."""
    found: Mapping[str, str] = read(FILE)["families"]
    return found


@cache
def thresholds() -> Mapping[str, Threshold]:
    """The rules by which a vote is carried, by code; the first is meant where none is named."""
    return {
        row["code"]: Threshold(
            row["code"], row["name"], Fraction(row["share"]), row["of_members"], row["is_strict"]
        )
        for row in read(FILE)["thresholds"]
    }


@cache
def routes() -> Mapping[str, Route]:
    """How far an amendment can have gone, by code."""
    return {row["code"]: Route(row["code"], row["name"], row["is_shown"]) for row in read(FILE)["routes"]}


@cache
def amendment_rule() -> AmendmentRule:
    """When the constitution's amendment has to be shown."""
    row = read(FILE)["amendment"]
    return AmendmentRule(tuple(row["levels"]), tuple(row["strict_in"]), row["reference"])


@cache
def evidence_kinds() -> Mapping[str, EvidenceKind]:
    """The kinds of evidence, by code."""
    known = {row["code"]: _fact(row) for row in read(FILE)["facts"]}
    return {
        row["code"]: EvidenceKind(
            row["code"],
            row["name"],
            row["what"],
            row["concerns"],
            row.get("rung", ""),
            row.get("raised", {}).get("rung", ""),
            tuple(row.get("raised", {}).get("facts", ())),
            row.get("is_vote", False),
            row.get("by", ""),
            tuple(known[code] for code in row["facts"]),
            tuple(row["must"]),
        )
        for row in read(FILE)["kinds"]
    }


def _fact(row: Mapping[str, object]) -> FactKind:
    lists = {
        "thresholds": lambda: [(each.code, each.name) for each in thresholds().values()],
        "routes": lambda: [(each.code, each.name) for each in routes().values()],
        "powers": lambda: [(each.code, each.name) for each in powers().values()],
    }
    own = row.get("choices", {})
    choices = lists[str(row["of"])]() if "of" in row else list(own.items())  # type: ignore[attr-defined]
    return FactKind(
        str(row["code"]),
        str(row["name"]),
        str(row.get("hint", "")),
        str(row["kind"]),
        tuple(choices),
        bool(row.get("by_room", False)),
    )


@cache
def standards() -> tuple[Standard, ...]:
    """What representative bodies ask of a mandate, the oldest first."""
    rows = sorted(read(FILE)["standards"], key=lambda row: (row["since"], row["code"]))
    return tuple(
        Standard(
            row["code"],
            row["short"],
            row["body"],
            row["name"],
            row["since"],
            row["source"],
            row["is_weak"],
            tuple(_requirement(each) for each in row["requirements"]),
        )
        for row in rows
    )


def _requirement(row: Mapping[str, object]) -> Requirement:
    tests = {key: value for key, value in row.items() if key not in {"code", "words", "unmet"}}
    as_kept = {key: tuple(value) if isinstance(value, list) else value for key, value in tests.items()}
    return Requirement(str(row["code"]), str(row["words"]), str(row["unmet"]), **as_kept)  # type: ignore[arg-type]
