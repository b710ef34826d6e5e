"""The scores of a pair of assessors, side by side. Nobody reads them here before both are in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from remit.delegation.models import Assessment, Assignment, ModeratedScore, Score
from remit.delegation.queries.conflicts import conflicts_of
from remit.delegation.rules import criteria
from remit.engines.scoring import Line


def seated(found: Assessment, on: date) -> list[Assignment]:
    """The assessors of an application, by place, without whoever has come to have an interest in it since: a role
    granted later frees the place as a declaration does."""
    pair = list(found.assignments.filter(released_at__isnull=True).order_by("place"))
    barred = conflicts_of({each.person for each in pair}, found.application.commissioner_id, on)
    return [each for each in pair if each.person not in barred]


def lines_of(found: Assessment, on: date) -> tuple[Line, ...] | None:
    """The criteria with both scores of each; None until both assessors have handed theirs in."""
    pair = seated(found, on)
    if not both_in(pair):
        return None
    rows = Score.objects.filter(assignment__in=pair).values_list("assignment__place", "criterion", "score")
    given = {(place, criterion): score for place, criterion, score in rows}
    settled = dict(ModeratedScore.objects.filter(assessment=found).values_list("criterion", "score"))
    return made_lines(given, settled)


def both_in(pair: list[Assignment]) -> bool:
    """Whether two assessors have handed in their scores."""
    return len(pair) == 2 and all(each.finished_at is not None for each in pair)


def made_lines(given: Mapping[tuple[int, str], int], settled: Mapping[str, int]) -> tuple[Line, ...]:
    """A line for each criterion, from scores by (place, criterion) and moderated ones by criterion."""
    return tuple(
        Line(each.scored, given.get((1, code)), given.get((2, code)), settled.get(code))
        for code, each in criteria().items()
    )
