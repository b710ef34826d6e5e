"""What a vote comes to: votes, roll and clauses put before the engine; and the file from which anybody recounts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import Count

from remit.constitutions.models import Clause
from remit.constitutions.queries import rules_of_text
from remit.engines.constitution import (
    FORMAT,
    NOT_VOTED,
    Cell,
    Choice,
    MotionOutcome,
    Part,
    Roll,
    Split,
    Tally,
    Voter,
    decide,
    discordant,
    electorates_of,
)
from remit.kernel.canonical import canonical_json
from remit.motions.models import HandsCounted, Motion, Option, RollEntry, Vote
from remit.motions.models.rolls import GPS, PRACTICES

__all__ = [
    "Concordance",
    "MotionOutcome",
    "Part",
    "as_counted",
    "as_kept",
    "concordance_kept",
    "concordance_of",
    "outcome_of",
    "recount_bytes",
    "tallies_of",
    "turnout_of",
]


@dataclass(frozen=True)
class Concordance:
    """How many practices voted otherwise than most of their own practitioners. `practices`: those of which at least
    one practitioner voted. Codes only where there are five or more of them: fewer would tell who voted how."""

    practices: int
    discordant: int
    codes: tuple[str, ...]


FEWEST = 5
"""Groups smaller than this are not named."""


def outcome_of(held: Motion, tallies: Mapping[str, Tally], *, casting_vote: str = "") -> MotionOutcome:
    """Work out the result by the clauses in force at notice, from votes that are added up."""
    rules = rules_of_text(held.text_id, held.kind)
    options = list(Option.objects.filter(motion=held).values_list("code", flat=True))
    return decide(rules, tallies, options, Choice(casting_vote) if casting_vote else None)


def tallies_of(held: Motion) -> dict[str, Tally]:
    """The votes of each electorate that the clauses name, added up from the rows: by locality and by what was done.

    Nothing of it is public before the result is declared.
    """
    rules = rules_of_text(held.text_id, held.kind)
    return {electorate: _tally(held, electorate) for electorate in electorates_of(rules)}


def _tally(held: Motion, electorate: str) -> Tally:
    rows = RollEntry.objects.filter(motion=held, electorate=electorate).order_by()
    hands = HandsCounted.objects.filter(motion=held, electorate=electorate).first()
    if hands is not None:
        everybody, shown = rows.count(), dict(hands.counts)
        shown[NOT_VOTED] = everybody - sum(shown.values())
        return Tally(
            tuple(Cell("", vote, times, Fraction(times)) for vote, times in sorted(shown.items()) if times)
        )
    grouped = rows.values_list("locality", "weight", "vote__choice").annotate(heads=Count("pk"))
    found: dict[tuple[str, str], tuple[int, Fraction]] = {}
    weights = set()
    for locality, weight, choice, heads in grouped:
        place = locality, choice or NOT_VOTED
        before, together = found.get(place, (0, Fraction(0)))
        found[place] = before + heads, together + Fraction(weight) * heads
        weights.add(weight)
    return Tally(tuple(Cell(*place, *found[place]) for place in sorted(found)), len(weights) > 1)


def engine_roll(held: Motion, electorate: str) -> Roll:
    """One electorate's roll, as the engine takes it."""
    rows = RollEntry.objects.filter(motion=held, electorate=electorate)
    return Roll(
        tuple(
            Voter(voter, Fraction(weight), locality)
            for voter, weight, locality in rows.order_by("voter").values_list("voter", "weight", "locality")
        )
    )


def as_kept(tallies: Mapping[str, Tally]) -> dict[str, Any]:
    """Tallies as they are frozen with a declaration (JSON)."""
    return {
        electorate: {
            "weights_differ": tally.weights_differ,
            "cells": [[cell.locality, cell.vote, cell.heads, str(cell.weight)] for cell in tally.cells],
        }
        for electorate, tally in tallies.items()
    }


def as_counted(kept: Mapping[str, Any]) -> dict[str, Tally]:
    """Tallies as they were frozen."""
    return {
        electorate: Tally(
            tuple(
                Cell(locality, vote, heads, Fraction(weight))
                for locality, vote, heads, weight in row["cells"]
            ),
            row["weights_differ"],
        )
        for electorate, row in kept.items()
    }


def concordance_of(held: Motion) -> Concordance:
    """Practices beside their own practitioners, where both voted for or against."""
    rows = Vote.objects.filter(entry__motion=held, entry__practice__isnull=False).order_by()
    own = rows.filter(entry__electorate=PRACTICES, choice__in=list(Choice))
    positions = dict(own.values_list("entry__practice_id", "choice"))
    inside: dict[str, dict[str, int]] = {}
    theirs = rows.filter(entry__electorate=GPS).values_list("entry__practice_id", "choice")
    for practice, choice, heads in theirs.annotate(heads=Count("pk")):
        inside.setdefault(practice, {})[choice] = heads
    splits = tuple(
        Split(code, Choice(positions[code]), votes.get("for", 0), votes.get("against", 0))
        for code, votes in sorted(inside.items())
        if code in positions
    )
    found = discordant(splits)
    return Concordance(len(splits), len(found), found if len(found) >= FEWEST else ())


def concordance_kept(kept: Mapping[str, Any]) -> Concordance:
    """Concordance as it was frozen with a declaration."""
    return Concordance(kept["practices"], kept["discordant"], tuple(kept["codes"]))


def recount_file(held: Motion, outcome: MotionOutcome, *, casting_vote: str = "") -> dict[str, Any]:
    """Everything that the result follows from, for anybody to count again: clauses, roll and votes. Persons are
    numbered, so that it tells no pseudonym; hands have no names and are numbers."""
    clauses = Clause.objects.filter(text_id=held.text_id) if held.text_id else []
    return {
        "format": FORMAT,
        "motion": held.pk,
        "kind": held.kind,
        "title": held.title,
        "options": list(Option.objects.filter(motion=held).values_list("code", flat=True)),
        "clauses": [{"clause": each.number, "rules": each.rules} for each in clauses if each.rules],
        "electorates": [_counted_roll(held, part.electorate) for part in outcome.parts],
        "casting_vote": casting_vote,
        "declared": {"result": outcome.result.value, "option": outcome.option},
    }


def _counted_roll(held: Motion, electorate: str) -> dict[str, Any]:
    rows = Vote.objects.filter(entry__motion=held, entry__electorate=electorate)
    votes = dict(rows.values_list("entry__voter", "choice"))
    hands = HandsCounted.objects.filter(motion=held, electorate=electorate).first()
    return {
        "electorate": electorate,
        "hands": dict(hands.counts) if hands else {},
        "roll": [
            {
                "voter": _shown(electorate, number, voter.code),
                "weight": str(voter.weight),
                "locality": voter.locality,
                "vote": votes.get(voter.code, NOT_VOTED),
            }
            for number, voter in enumerate(engine_roll(held, electorate).voters, 1)
        ],
    }


def recount_bytes(held: Motion, outcome: MotionOutcome, *, casting_vote: str = "") -> bytes:
    """The recount file as it is published, in canonical JSON: its SHA-256 is the one that was declared."""
    return canonical_json(recount_file(held, outcome, casting_vote=casting_vote))


def turnout_of(held: Motion) -> dict[str, tuple[int, int]]:
    """How many of each electorate took part, of how many. It tells nothing of how they voted."""
    found: dict[str, tuple[int, int]] = {}
    for electorate in (PRACTICES, GPS):
        everybody = RollEntry.objects.filter(motion=held, electorate=electorate).count()
        if everybody:
            hands = HandsCounted.objects.filter(motion=held, electorate=electorate).first()
            by_name = Vote.objects.filter(entry__motion=held, entry__electorate=electorate).count()
            found[electorate] = (sum(hands.counts.values()) if hands else by_name, everybody)
    return found


def _shown(electorate: str, number: int, code: str) -> str:
    return f"practitioner {number}" if electorate == GPS else code
