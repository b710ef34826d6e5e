"""Applied, approved, signed and in effect, counted apart; and words in print held against the counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from remit.delegation.models import Application
from remit.delegation.queries.positions import LEVELS, end_of, recorded
from remit.delegation.rules import stages


@dataclass(frozen=True)
class StageCounts:
    """How many commissioners had come how far at a level by the end of a day, and still stood there."""

    level: int
    on: date
    applied: int
    approved: int
    signed: int
    effective: int

    def of(self, stage: str) -> int:
        """The count of a stage by its code."""
        return {
            "applied": self.applied,
            "approved": self.approved,
            "signed": self.signed,
            "effective": self.effective,
        }[stage]


@dataclass(frozen=True)
class WordsChecked:
    """Words in print with a count, held against the stages: which stage the words mean (empty: none that is
    known), and what is wrong with them (empty: nothing)."""

    words: str
    count: int
    on: date
    says: str
    counts: tuple[StageCounts, ...]
    flag: str


def stages_on(level: int, on: date, at: datetime | None = None) -> StageCounts:
    """The counts of one level on a day; `at` as in `recorded`."""
    return stages_of_levels(on, at)[level]


def stages_of_levels(on: date, at: datetime | None = None) -> dict[int, StageCounts]:
    """The counts of every level on a day, everything read once."""
    standing = recorded(at).on(on)
    until = min(end_of(on), at) if at else end_of(on)
    submitted = Application.objects.filter(submitted_at__lt=until).values_list(
        "round__level", "commissioner_id"
    )
    applied: dict[int, set[str]] = {level: set() for level in LEVELS}
    for level, commissioner in submitted:
        applied[level].add(commissioner)
    effective = [row.level for row in standing.in_effect.values()]
    return {
        level: StageCounts(
            level,
            on,
            len(applied[level]),
            len(standing.approved[level]),
            len(standing.signed[level]),
            effective.count(level),
        )
        for level in LEVELS
    }


def check_words(words: str, count: int, on: date, at: datetime | None = None) -> WordsChecked:
    """Hold words such as “had signed up” with a count, over the levels with agreements, against the counts of a day."""
    found = [each for level, each in stages_of_levels(on, at).items() if level > 1]
    said, phrase = _meant(words)
    return WordsChecked(words, count, on, said, tuple(found), _flag(said, phrase, count, on, found))


def _meant(words: str) -> tuple[str, str]:
    """The stage that words mean, and the longest phrase by which they say so."""
    known = [
        (phrase, stage.code)
        for stage in stages().values()
        for phrase in stage.words
        if re.search(rf"\b{re.escape(phrase)}\b", words, re.IGNORECASE)
    ]
    phrase, code = max(known, key=lambda each: len(each[0]), default=("", ""))
    return code, phrase


def _flag(said: str, phrase: str, count: int, on: date, found: list[StageCounts]) -> str:
    if not said:
        return ""
    totals = {stage: _totals(stage, found) for stage in stages()}
    if count in totals[said]:
        return ""
    fits = [stages()[code].name.lower() for code, counts in totals.items() if count in counts]
    spoken = phrase.removeprefix("had ").removeprefix("been ")
    day = f"{on.day} {on:%B} {on.year}"
    truth = f"{max(totals[said])} {_had(said)}"
    if not fits:
        return f"“{spoken.capitalize()}” is said of {count}. On {day} {truth}; no stage had {count}."
    return (
        f"“{spoken.capitalize()}” is said of {count}. On {day} that was the number {fits[-1]}; {truth}. "
        f"{fits[-1].capitalize()} is not {stages()[said].name.lower()}."
    )


def _totals(stage: str, found: list[StageCounts]) -> set[int]:
    """What can be meant by a stage: one level's count, or that of all."""
    counts = [each.of(stage) for each in found]
    return {*counts, sum(counts)}


def _had(stage: str) -> str:
    return {"signed": "had signed", "approved": "were approved", "applied": "had applied"}.get(
        stage, "were in effect"
    )
