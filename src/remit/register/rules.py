"""The register's dated parameters, read once from the rulebook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from typing import Any

import yaml
from django.conf import settings


@dataclass(frozen=True)
class Era:
    """Which kind of body commissioned primary care, from `first` to `last` (None: still)."""

    kind: str
    name: str
    plural: str
    first: date
    last: date | None
    reference: str


def _read(name: str) -> Any:
    return yaml.safe_load((settings.RULEBOOK / name).read_text(encoding="utf-8"))


@cache
def eras() -> tuple[Era, ...]:
    """The eras, oldest first."""
    return tuple(
        Era(row["kind"], row["name"], row["plural"], row["from"], row["until"], row["reference"])
        for row in _read("eras.yaml")["eras"]
    )


def era_on(day: date) -> Era | None:
    """The era that a day falls in; None before the first."""
    for era in reversed(eras()):
        if era.first <= day:
            return era
    return None


def commissioner_kind_on(day: date) -> str:
    """The kind of the commissioners of primary care on a day; the first kind before any."""
    return (era_on(day) or eras()[0]).kind


def era_of(kind: str) -> Era:
    """The era of a kind of commissioner. Raises `KeyError` for a kind that never was one."""
    for era in eras():
        if era.kind == kind:
            return era
    raise KeyError(kind)


@cache
def networks_began() -> date:
    """The first day of primary care networks."""
    began: date = _read("eras.yaml")["networks"]["from"]
    return began


COMMISSIONER_KINDS = ("pct", "ccg", "icb")


@cache
def least_share_of_a_successor() -> Fraction:
    """The smallest share of a closed commissioner's practices that makes a successor."""
    return Fraction(_read("register.yaml")["least_share_of_a_successor"]["value"])


@cache
def longest_formation() -> timedelta:
    """How long before a merger the directory may open the body that is made by it."""
    return timedelta(days=_read("register.yaml")["longest_formation_of_a_successor"]["value"])
