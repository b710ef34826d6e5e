"""The claims of the articles, each checked against the figures as they are recorded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from remit.engines.figures import check
from remit.figures.queries.reading import KeptVersion, figures
from remit.figures.rules import PrintedClaim, claims, vocabulary

REFERENCE = re.compile(r"((?:N\d|ext-)[\w-]*)(?:\.(base|percent))?")
PERCENTAGES = frozenset({"percent", "percents"})


@dataclass(frozen=True)
class CheckedClaim:
    """A claim: what is said, whether it holds, and its arithmetic, a sentence for each step."""

    key: str
    article: str
    says: str
    holds: bool
    arithmetic: tuple[str, ...]


class NoSuchFigure(LookupError):
    """A claim of the rulebook rests on a figure that was never recorded."""


def claims_checked(
    *, at: datetime | None, article: str | None = None, then: datetime | None = None
) -> list[CheckedClaim]:
    """Every claim, checked now; those of one article, if one is given. None before the articles are recorded. Of a
    past instant `then`, only those whose figures had all been published.

    Raises `NoSuchFigure` where the rulebook names a figure that is not there.
    """
    known = {version.figure: version for version in figures(at=at, then=then)}
    if not any(version.article for version in known.values()):
        return []
    asked = [claim for claim in claims() if article in (None, claim.article)]
    if then is not None:
        asked = [claim for claim in asked if named_in(claim) <= known.keys()]
    return [_checked(claim, known) for claim in asked]


def named_in(claim: PrintedClaim) -> set[str]:
    """The figures that a claim names."""
    return {found[1] for _, arguments in claim.checks for found in REFERENCE.finditer(str(arguments))}


def _checked(claim: PrintedClaim, known: Mapping[str, KeptVersion]) -> CheckedClaim:
    outcomes = [
        check(kind, {name: _meant(name, given, known) for name, given in arguments.items()}, vocabulary())
        for kind, arguments in claim.checks
    ]
    return CheckedClaim(
        key=claim.key,
        article=claim.article,
        says=claim.says,
        holds=all(outcome.holds for outcome in outcomes),
        arithmetic=tuple(dict.fromkeys(outcome.arithmetic for outcome in outcomes)),
    )


def _meant(name: str, given: Any, known: Mapping[str, KeptVersion]) -> Any:
    """An argument with the figures it names put in; percentages as decimals."""
    if isinstance(given, list):
        return [_meant(name, each, known) for each in given]
    reference = REFERENCE.fullmatch(given) if isinstance(given, str) else None
    if reference is None:
        return Decimal(given) if name in PERCENTAGES and given is not None else given
    version = known.get(reference[1])
    if version is None:
        raise NoSuchFigure(f"no figure {reference[1]} is recorded")
    if reference[2] == "percent":
        return version.published_percent
    return version.base if reference[2] == "base" else version.numerator
