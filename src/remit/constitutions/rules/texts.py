"""Kinds of motion, model amendments, and what law and guidance state of the same things as constitutions do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

import yaml
from django.conf import settings

from remit.engines.constitution import Layer, Stated

FILE = "constitutions.yaml"
BODIES = {
    "ccg": "Clinical commissioning group",
    "lmc": "Local medical committee",
    "pcn": "Primary care network",
    "federation": "Federation",
    "representative_body": "Representative body",
}
"""Kinds of bodies with members, that have rules of their own. A board has no members (Health and Care Act 2022)."""
BODY_KINDS = frozenset(BODIES)


@dataclass(frozen=True)
class MotionKind:
    """A kind of motion, for which clauses may have rules of their own."""

    code: str
    name: str
    what: str


@dataclass(frozen=True)
class ModelClause:
    """A clause of a model amendment: a number to be fitted in, its words, and the rules that it carries."""

    number: str
    heading: str
    words: str
    rules: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class ModelAmendment:
    """Clauses that anybody may take over, for a purpose such as joint or delegated powers."""

    code: str
    name: str
    purpose: str
    source: str
    clauses: tuple[ModelClause, ...]


@cache
def _read() -> Any:
    return yaml.safe_load((settings.RULEBOOK / FILE).read_text(encoding="utf-8"))


@cache
def motion_kinds() -> Mapping[str, MotionKind]:
    """The kinds of motion, by code."""
    return {row["code"]: MotionKind(row["code"], row["name"], row["what"]) for row in _read()["motions"]}


@cache
def model_amendments() -> Mapping[str, ModelAmendment]:
    """Model amendments, by code."""
    return {
        row["code"]: ModelAmendment(
            row["code"],
            row["name"],
            row["purpose"],
            row["source"],
            tuple(
                ModelClause(
                    each["number"], each["heading"], each["words"].strip(), tuple(each.get("rules", ()))
                )
                for each in row["clauses"]
            ),
        )
        for row in _read()["models"]
    }


def layers_on(on: date) -> tuple[Stated, ...]:
    """What law and guidance state on a day: floors that a body's own clauses may not go below."""
    return tuple(
        Stated(row["of"], Fraction(row["value"]), Layer[row["layer"].upper()], row["clause"], row["is_floor"])
        for row in _read()["layers"]
        if row["from"] <= on <= row.get("until", date.max)
    )
