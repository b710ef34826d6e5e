"""Law, guidance, the constitution and standing orders are layers: where they clash, it is said; none is guessed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from itertools import combinations


class Layer(IntEnum):
    """Where a rule is written. The lower number goes before the higher."""

    LAW = 1
    GUIDANCE = 2
    CONSTITUTION = 3
    STANDING_ORDERS = 4


LAYER_WORDS = {
    Layer.LAW: "the law",
    Layer.GUIDANCE: "guidance",
    Layer.CONSTITUTION: "the constitution",
    Layer.STANDING_ORDERS: "standing orders",
}


@dataclass(frozen=True)
class Stated:
    """A number that a layer states for one kind of rule, such as days of notice for one kind of motion.

    `is_floor`: at least that; otherwise exactly that.
    """

    kind: str
    value: Fraction
    layer: Layer
    clause: str
    is_floor: bool = False


@dataclass(frozen=True)
class Clash:
    """Two clauses that cannot both be kept. `prevails` is the one that goes before; None where both are of one layer,
    which only an amendment can mend."""

    one: Stated
    other: Stated
    prevails: Stated | None
    words: str


def clashes(stated: Sequence[Stated]) -> tuple[Clash, ...]:
    """Every two that clash, in the order given."""
    return tuple(
        _clash(one, other)
        for one, other in combinations(stated, 2)
        if one.kind == other.kind and not _agree(one, other)
    )


def _agree(one: Stated, other: Stated) -> bool:
    if one.is_floor and other.is_floor:
        return True
    if one.is_floor:
        return other.value >= one.value
    if other.is_floor:
        return one.value >= other.value
    return one.value == other.value


def _clash(one: Stated, other: Stated) -> Clash:
    if one.layer == other.layer:
        words = (
            f"Clauses {one.clause} and {other.clause} of {LAYER_WORDS[one.layer]} contradict each other on {one.kind}. "
            "Amend one of them."
        )
        return Clash(one, other, None, words)
    first, second = sorted((one, other), key=lambda each: each.layer)
    words = (
        f"Clause {second.clause} of {LAYER_WORDS[second.layer]} clashes with {first.clause} of "
        f"{LAYER_WORDS[first.layer]} on {one.kind}; {LAYER_WORDS[first.layer]} prevails."
    )
    return Clash(one, other, first, words)
