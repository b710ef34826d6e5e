"""What the events of the replay know of each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from remit.delegation.queries import PositionRow, positions_on
from remit.demo.invention.chance import Chance
from remit.demo.timeline.applicants import Applicants
from remit.demo.timeline.events import PROGRAMME
from remit.documents.actions import keep_document
from remit.register.queries import commissioners_on, succession_steps

SEED = 1948


def keep_paper(name: str, words: str, at: datetime) -> str:
    """Keep a public document of NHS England. Answers its id."""
    return keep_document(
        name=name,
        content=words.encode(),
        owner=PROGRAMME.acting_for,
        is_public=True,
        by=PROGRAMME,
        at=at,
    ).pk


@dataclass(frozen=True)
class Applicant:
    """Somebody who applies in a round: what it answers, what comes of it, its place, and whether members refused it."""

    commissioner: str
    outcome: str
    answers: Mapping[str, str]
    number: int
    is_lost: bool


@dataclass
class Story:
    """The replay so far.

    `chance` draws who applies; every other topic draws from its own. `interests`: the expression of interest of each
    commissioner and its level. `outcomes`: by round, what comes of each application. `agreements`: by round, the
    agreements issued with their commissioners.
    """

    chance: Chance = field(default_factory=lambda: Chance(SEED, "delegation"))
    interests: dict[str, tuple[str, int]] = field(default_factory=dict)
    outcomes: dict[str, dict[str, str]] = field(default_factory=dict)
    agreements: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    papers: dict[str, str] = field(default_factory=dict)
    _practices: dict[date, Mapping[str, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.applicants = Applicants(self.chance)
        self.steps = succession_steps()

    def topic(self, name: str) -> Chance:
        """A stream of draws for a topic, so that a change to one leaves the others as they were."""
        return Chance(SEED, name)

    def closes_by(self, commissioner: str, day: date) -> bool:
        """Whether others follow a commissioner by a day."""
        return any(on <= day for _, on in self.steps.get(commissioner, ()))

    def practices_of(self, commissioner: str, on: date) -> int:
        """How many practices a commissioner has; at least one."""
        if on not in self._practices:
            self._practices[on] = {row.code: row.practices for row in commissioners_on(on)}
        return max(1, self._practices[on].get(commissioner, 1))

    def paper(self, name: str, words: str, at: datetime) -> str:
        """The id of a public document of NHS England, kept once."""
        if name not in self.papers:
            self.papers[name] = keep_paper(name, words, at)
        return self.papers[name]


def commissioners_in_order(chance: Chance, on: date) -> list[PositionRow]:
    """The commissioners of a day, in a drawn order: the same whatever they are called."""
    return chance.shuffled(sorted(positions_on(on), key=lambda row: row.code))
