"""What two independent scores come to.

Source: the round's process: two assessors score each criterion by themselves, each with a reason; where they agree
that score stands, and where they differ a moderator settles it, with a reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True)
class Criterion:
    """Something that is scored from 0 to `most`; `weight` says how much it counts."""

    code: str
    weight: int
    most: int


@dataclass(frozen=True)
class Line:
    """The scores of one criterion: of the first and second assessor and of the moderator, where there is one."""

    criterion: Criterion
    first: int | None
    second: int | None
    moderated: int | None = None

    @property
    def difference(self) -> int | None:
        """How far apart the two are; None until both are there."""
        if self.first is None or self.second is None:
            return None
        return abs(self.first - self.second)

    @property
    def needs_moderation(self) -> bool:
        """Whether the two differ and nobody has settled it."""
        return bool(self.difference) and self.moderated is None


def settled_score(line: Line) -> int | None:
    """The moderated score, or what both gave; None while neither is there."""
    if line.moderated is not None:
        return line.moderated
    return line.first if line.difference == 0 else None


def total_of(lines: Iterable[Line]) -> Decimal | None:
    """The weighted total out of 100, rounded half up to one place; None while a criterion is not settled."""
    every = list(lines)
    scores = [settled_score(line) for line in every]
    most = sum(line.criterion.weight * line.criterion.most for line in every)
    if not most or None in scores:
        return None
    got = sum(
        line.criterion.weight * score for line, score in zip(every, scores, strict=True) if score is not None
    )
    return (Decimal(got) * 100 / Decimal(most)).quantize(Decimal("0.1"), ROUND_HALF_UP)
