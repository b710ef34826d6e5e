"""The dated parameters of agreements: notice, revocation, review, assurance, and what words in print mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from remit.delegation.rules.reading import read


@dataclass(frozen=True)
class Rule:
    """Where a parameter comes from. `is_weak`: no source at hand states it in full; `note` says what it rests on."""

    clause: str
    reference: str
    since: date
    is_weak: bool
    note: str


@dataclass(frozen=True)
class NoticeRule:
    """By which day of a year notice is given for the next first day without the agreement."""

    by: tuple[int, int]
    is_inclusive: bool
    ends: tuple[int, int]
    rule: Rule

    def ends_on(self, given_on: date) -> date:
        """The first day without the agreement, for notice given on a day."""
        last = date(given_on.year, *self.by)
        in_time = given_on <= last if self.is_inclusive else given_on < last
        return date(given_on.year + (1 if in_time else 2), *self.ends)


@dataclass(frozen=True)
class RevocationRule:
    """How many calendar days NHS England's notice takes."""

    days: int
    rule: Rule

    def earliest(self, given_on: date) -> date:
        """The first day without the agreement, at the earliest."""
        return given_on + timedelta(days=self.days + 1)


@dataclass(frozen=True)
class Stage:
    """A stage of the programme that is counted apart; `words` are those that print uses for it."""

    code: str
    name: str
    meaning: str
    words: tuple[str, ...]


def _rule(part: str) -> Rule:
    row = read("agreements.yaml")[part]
    return Rule(row.get("clause", ""), row["reference"], row["since"], row["is_weak"], row["note"].strip())


@cache
def notice_rule() -> NoticeRule:
    """By when a commissioner gives notice."""
    row = read("agreements.yaml")["notice"]
    return NoticeRule(
        (row["by_month"], row["by_day"]),
        row["is_inclusive"],
        (row["ends_month"], row["ends_day"]),
        _rule("notice"),
    )


@cache
def revocation_rule() -> RevocationRule:
    """How much notice NHS England gives."""
    return RevocationRule(read("agreements.yaml")["revocation"]["notice_days"], _rule("revocation"))


@cache
def review_rule() -> tuple[int, Rule]:
    """After how many months a review is due."""
    return int(read("agreements.yaml")["review"]["months"]), _rule("review")


@cache
def assurance_rule() -> Rule:
    """Where the areas and ratings of assurance come from."""
    return _rule("assurance")


@cache
def committee_rule() -> tuple[frozenset[int], Rule]:
    """At which levels a joint committee has to be there first."""
    return frozenset(read("agreements.yaml")["joint_committee"]["levels"]), _rule("joint_committee")


@cache
def review_outcomes() -> Mapping[str, str]:
    """What can follow from a review, by code."""
    return {row["code"]: row["name"] for row in read("agreements.yaml")["reviews"]}


@cache
def assurance_areas() -> Mapping[str, str]:
    """The areas that are rated, by code."""
    return {row["code"]: row["name"] for row in read("agreements.yaml")["assurance"]["areas"]}


@cache
def assurance_ratings() -> Mapping[str, str]:
    """The ratings, by code, the best first."""
    return {row["code"]: row["name"] for row in read("agreements.yaml")["assurance"]["ratings"]}


@cache
def stages() -> Mapping[str, Stage]:
    """The stages that are counted apart, by code, in order."""
    return {
        row["code"]: Stage(row["code"], row["name"], row["meaning"], tuple(row["words"]))
        for row in read("agreements.yaml")["stages"]
    }


@cache
def words_of_counts() -> Mapping[str, tuple[str, ...]]:
    """The words for what an announcement counts, by code: its stages, and those that narrow or widen “approved”."""
    own = {code: tuple(words) for code, words in read("agreements.yaml")["counts"].items()}
    return {code: stage.words for code, stage in stages().items()} | own
