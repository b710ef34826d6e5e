"""What stands behind each line of a pack: scores by criterion, reasons, conditions, flags, money and signatures.

Read for all its applications at once, in as many queries for many as for one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Sum

from remit.delegation.models import (
    Application,
    Assignment,
    Decision,
    DutyLine,
    Flag,
    ModeratedScore,
    Score,
    Signature,
    StageView,
)
from remit.delegation.queries.signatures import SIDE_WORDS
from remit.delegation.rules import criteria, stage_views
from remit.delegation.states import STATE_WORDS, WITHDRAWN
from remit.delegation.states.assessments import ALLOCATED, FLAG_WORDS, RAISED, STAGE_WORDS
from remit.engines.scoring import Line, settled_score


@dataclass(frozen=True)
class PackScore:
    """A criterion: both scores, what was settled (None while open), and why, in the words of each who scored."""

    criterion: str
    first: int
    second: int
    settled: int | None
    why: tuple[str, ...]


@dataclass(frozen=True)
class PackReason:
    """What somebody along the chain thought, or what was decided before, with reasons."""

    who: str
    view: str
    reasons: str


@dataclass(frozen=True)
class PackCondition:
    """A condition of the last decision; `is_met` is None until somebody has said so."""

    what: str
    owner: str
    due_on: date
    is_met: bool | None


@dataclass(frozen=True)
class PackFlag:
    """A flag that is open, in words."""

    what: str
    state: str


@dataclass(frozen=True)
class PackDetails:
    """All of that about one application. `gap_pence` is the money that its duties still lack, each year."""

    scores: tuple[PackScore, ...] = ()
    reasons: tuple[PackReason, ...] = ()
    conditions: tuple[PackCondition, ...] = ()
    flags: tuple[PackFlag, ...] = ()
    gap_pence: int = 0
    signatures: tuple[str, ...] = ()


def details_of(made: Sequence[Application]) -> dict[str, PackDetails]:
    """By application."""
    keys = [each.pk for each in made]
    scores, views, decided = _scores(keys), _views(keys), _decided(keys)
    flags, gaps, signed = _flags(keys), _gaps(keys), _signed(keys)
    return {
        key: PackDetails(
            scores.get(key, ()),
            (*views[key], *_before(decided.get(key))),
            _conditions(decided.get(key)),
            tuple(flags[key]),
            gaps.get(key, 0),
            tuple(signed[key]),
        )
        for key in keys
    }


def _scores(keys: Sequence[str]) -> dict[str, tuple[PackScore, ...]]:
    """Of each whose two assessors have handed in."""
    held = Assignment.objects.filter(assessment__in=keys, released_at__isnull=True, finished_at__isnull=False)
    pairs: dict[str, list[str]] = defaultdict(list)
    for pk, assessment in held.order_by("place").values_list("pk", "assessment_id"):
        pairs[assessment].append(pk)
    whole = {pk for pair in pairs.values() if len(pair) == 2 for pk in pair}
    given: dict[str, dict[tuple[int, str], Score]] = defaultdict(dict)
    for row in Score.objects.filter(assignment__in=whole).select_related("assignment"):
        given[row.assignment.assessment_id][row.assignment.place, row.criterion] = row
    settled: dict[str, dict[str, ModeratedScore]] = defaultdict(dict)
    for moderated in ModeratedScore.objects.filter(assessment__in=list(given)):
        settled[moderated.assessment_id][moderated.criterion] = moderated
    return {key: _lines(rows, settled[key]) for key, rows in given.items()}


def _lines(
    given: Mapping[tuple[int, str], Score], settled: Mapping[str, ModeratedScore]
) -> tuple[PackScore, ...]:
    rows = []
    for code, each in criteria().items():
        first, second, made = given[1, code], given[2, code], settled.get(code)
        line = Line(each.scored, first.score, second.score, made.score if made else None)
        why = (first.justification, second.justification, *((made.reasons,) if made else ()))
        rows.append(PackScore(each.name, first.score, second.score, settled_score(line), why))
    return tuple(rows)


def _views(keys: Sequence[str]) -> dict[str, list[PackReason]]:
    """The last view of each stage, in the order of the chain."""
    last: dict[tuple[str, str], StageView] = {}
    for row in StageView.objects.filter(assessment__in=keys).order_by("made_at", "pk"):
        last[row.assessment_id, row.stage] = row
    found: dict[str, list[PackReason]] = defaultdict(list)
    for row in sorted(last.values(), key=lambda row: list(STAGE_WORDS).index(row.stage)):
        view = stage_views().get(row.view, "Sent back")
        found[row.assessment_id].append(PackReason(STAGE_WORDS[row.stage], view, row.reasons))
    return found


def _decided(keys: Sequence[str]) -> dict[str, Decision]:
    """The last decision about each, where there was one."""
    rows = Decision.objects.filter(application__in=keys).exclude(outcome=WITHDRAWN)
    return {row.application_id: row for row in rows.prefetch_related("condition_outcomes")}


def _before(made: Decision | None) -> tuple[PackReason, ...]:
    return (PackReason("Decided before", STATE_WORDS[made.outcome], made.reasons),) if made else ()


def _conditions(made: Decision | None) -> tuple[PackCondition, ...]:
    if made is None:
        return ()
    told: dict[int, tuple[datetime, bool]] = {}
    for each in made.condition_outcomes.all():
        told[each.number] = max(
            told.get(each.number, (each.settled_at, each.is_met)), (each.settled_at, each.is_met)
        )
    return tuple(
        PackCondition(
            said["what"],
            said["owner"],
            date.fromisoformat(said["due_on"]),
            told[number][1] if number in told else None,
        )
        for number, said in enumerate(made.conditions, 1)
    )


def _flags(keys: Sequence[str]) -> dict[str, list[PackFlag]]:
    found: dict[str, list[PackFlag]] = defaultdict(list)
    for row in Flag.objects.filter(assessment__in=keys, state__in=(RAISED, ALLOCATED)):
        found[row.assessment_id].append(PackFlag(row.what, FLAG_WORDS[row.state]))
    return found


def _gaps(keys: Iterable[str]) -> dict[str, int]:
    lines = DutyLine.objects.filter(application__in=list(keys)).order_by().values("application")
    return {row["application"]: row["gap"] for row in lines.annotate(gap=Sum("gap_pence"))}


def _signed(keys: Sequence[str]) -> dict[str, list[str]]:
    """The signatures that stand, in words."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in Signature.objects.filter(application__in=keys, voided_at__isnull=True):
        who = f"{row.name}, {row.post}" if row.name else "The name was not kept"
        found[row.application_id].append(f"{who} (for {SIDE_WORDS[row.side]})")
    return found
