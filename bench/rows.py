"""One measurement as a row, and the arithmetic of many."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median

WRONG = "wrong"
"""The unit of what must never happen, counted."""
BETTER_WHEN_LESS = {"s", "ms", WRONG}


@dataclass(frozen=True)
class Row:
    """What was measured, and what to hold it against.

    `ours` and `theirs` are medians in `unit`; `p95` and `target` are in the same unit. `beside` says in words
    what `theirs` is. None where there is nothing to say.
    """

    name: str
    ours: float
    unit: str
    p95: float | None = None
    beside: str = ""
    theirs: float | None = None
    target: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times as fast as the alternative: below 1, slower."""
        if not self.theirs or not self.ours:
            return None
        return self.theirs / self.ours if self.unit in BETTER_WHEN_LESS else self.ours / self.theirs

    @property
    def is_met(self) -> bool | None:
        """Whether the target holds, at the 95th percentile where there is one; None without a target."""
        if self.target is None:
            return None
        measured = self.ours if self.p95 is None else self.p95
        return measured <= self.target if self.unit in BETTER_WHEN_LESS else measured >= self.target


def seconds(work: Callable[[], object]) -> float:
    """Of wall clock."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def sampled(work: Iterable[Callable[[], object]], *, budget: float) -> list[float]:
    """Milliseconds of each piece of work, until so many seconds are used up; at least three of them."""
    taken: list[float] = []
    for piece in work:
        taken.append(seconds(piece) * 1000)
        if len(taken) >= 3 and sum(taken) > budget * 1000:
            break
    return taken


def late(values: Iterable[float]) -> float:
    """The 95th percentile."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


def middle(values: Iterable[float]) -> float:
    """The median."""
    return median(values)
