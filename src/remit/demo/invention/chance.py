"""Repeatable chance: the same seed gives the same draws on every machine and Python version."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import TypeVar

Thing = TypeVar("Thing")


class Chance:
    """One stream of draws, named by its topic so that a change to one topic leaves the others as they were.

    Only `random.Random.random` is used: it is the one method whose sequence Python promises to keep.
    """

    def __init__(self, seed: int, topic: str) -> None:
        self.share = random.Random(f"{seed}:{topic}").random  # noqa: S311 - an invention, not a secret

    def below(self, limit: int) -> int:
        """A whole number from 0 to `limit` - 1."""
        return int(self.share() * limit)

    def between(self, low: float, high: float) -> float:
        """A number from `low` to `high`, evenly spread."""
        return low + (high - low) * self.share()

    def happens(self, likelihood: float) -> bool:
        """True in this share of cases."""
        return self.share() < likelihood

    def pick(self, things: Sequence[Thing]) -> Thing:
        """One of them."""
        return things[int(self.share() * len(things))]

    def shuffled(self, things: Sequence[Thing]) -> list[Thing]:
        """All of them in another order (Fisher and Yates)."""
        mixed = list(things)
        for last in range(len(mixed) - 1, 0, -1):
            other = self.below(last + 1)
            mixed[last], mixed[other] = mixed[other], mixed[last]
        return mixed

    def lognormal(self, median: float, sigma: float) -> float:
        """A positive number around `median`, skewed like list sizes are (Box and Muller)."""
        normal = math.sqrt(-2.0 * math.log(1.0 - self.share())) * math.cos(2.0 * math.pi * self.share())
        return median * math.exp(sigma * normal)
