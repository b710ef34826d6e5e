"""Assessments, as those who take part may know them. Nobody reads another's scores before both are in, and nobody
with an interest reads anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet

from remit.delegation.models import Application, Assessment, Assignment, Flag, ModeratedScore, Score
from remit.delegation.queries.conflicts import LEFT_BY_INTEREST, kept_out_of
from remit.delegation.queries.scores import both_in, made_lines, seated
from remit.delegation.rules import criteria
from remit.delegation.states import DEFERRED, SUBMITTED
from remit.delegation.states.assessments import ALLOCATED, LOCAL, RAISED
from remit.engines.permissions import Permission, may
from remit.engines.scoring import Line, settled_score, total_of
from remit.kernel.actor import Actor
from remit.kernel.moments import london_day
from remit.register.queries import names_on, place_of

READERS = (
    Permission.ASSESS,
    Permission.MODERATE,
    Permission.ASSIGN_ASSESSORS,
    Permission.DECIDE_APPLICATIONS,
)


@dataclass(frozen=True)
class OwnScore:
    """One's own score for a criterion; None and blank where it is not given yet."""

    criterion: str
    score: int | None
    justification: str


@dataclass(frozen=True)
class AssignmentRow:
    """An application that one assesses: how many of its criteria one has scored, and whether one has handed in."""

    application: str
    round: str
    level: int
    commissioner: str
    name: str
    scored: int
    of: int
    is_finished: bool


@dataclass(frozen=True)
class CalibrationRow:
    """A criterion with both scores side by side, each with why, how far apart they are, and what was settled."""

    criterion: str
    name: str
    first: int
    second: int
    first_why: str
    second_why: str
    difference: int
    moderated: int | None
    moderated_why: str
    settled: int | None


@dataclass(frozen=True)
class ViewRow:
    """What somebody along the chain thought."""

    stage: str
    view: str
    reasons: str
    organisation: str
    made_at: datetime


@dataclass(frozen=True)
class AssessorRow:
    """Who assesses, in which place. Whether they have handed in only the programme knows."""

    person: str
    place: int
    is_finished: bool | None


@dataclass(frozen=True)
class AssessmentPage:
    """An assessment. `calibration` and `total` are empty until both scores are in; `own` is one's own scores, if
    one is an assessor of it. `notice` says, to those who run or moderate it, that a place came free."""

    application: str
    commissioner: str
    round: str
    stage: str
    assessors: tuple[AssessorRow, ...]
    views: tuple[ViewRow, ...]
    calibration: tuple[CalibrationRow, ...]
    total: Decimal | None
    own: tuple[OwnScore, ...]
    is_own_finished: bool | None
    open_flags: int
    notice: str = ""


@dataclass(frozen=True)
class StageRow:
    """An application in a list of those that are assessed. `total` is None until both scores are in and settled."""

    application: str
    round: str
    level: int
    commissioner: str
    name: str
    stage: str
    assessors: int
    is_scored: bool
    to_moderate: int
    open_flags: int
    total: Decimal | None
    notice: str = ""


def assignments_of(by: Actor, at: datetime) -> list[AssignmentRow]:
    """What somebody assesses, those not handed in first. What became an interest of theirs is gone from it."""
    if not may(by, Permission.ASSESS).allowed:
        return []
    held = Assignment.objects.filter(person=by.person, released_at__isnull=True)
    held = held.filter(assessment__application__state__in=(SUBMITTED, DEFERRED))
    rows = list(held.select_related("assessment__application__round"))
    on = london_day(at)
    names = names_on({row.assessment.application.commissioner_id for row in rows}, on)
    counts: dict[str, int] = {}
    for assignment in Score.objects.filter(assignment__in=rows).values_list("assignment", flat=True):
        counts[assignment] = counts.get(assignment, 0) + 1
    found = []
    barred = kept_out_of(by.person, on)
    for row in rows:
        made = row.assessment.application
        if made.commissioner_id in barred:
            continue
        found.append(
            AssignmentRow(
                made.pk,
                made.round_id,
                made.round.level,
                made.commissioner_id,
                names.get(made.commissioner_id, made.commissioner_id),
                counts.get(row.pk, 0),
                len(criteria()),
                row.finished_at is not None,
            )
        )
    return sorted(found, key=lambda row: (row.is_finished, row.name, row.commissioner))


def assessment_of(application: str, by: Actor, at: datetime) -> AssessmentPage | None:
    """The assessment of an application, for those who take part in it; None for everybody else."""
    made = Application.objects.select_related("round").filter(pk=application).first()
    if made is None or made.submitted_at is None or made.round.is_closed_to_readers:
        return None
    if not _takes_part(made, by, at):
        return None
    found = Assessment.objects.filter(application=made).first()
    if found is None:
        return AssessmentPage(
            made.pk, made.commissioner_id, made.round_id, LOCAL, (), (), (), None, (), None, 0
        )
    pair, on = seated(found, london_day(at)), london_day(at)
    own = next((each for each in pair if each.person == by.person), None)
    is_national = any(may(by, each).allowed for each in READERS)
    rows = _calibration(found, pair) if is_national and both_in(pair) else ()
    return AssessmentPage(
        application=made.pk,
        commissioner=made.commissioner_id,
        round=made.round_id,
        stage=found.state,
        assessors=_assessors(pair, by),
        views=tuple(
            ViewRow(each.stage, each.view, each.reasons, each.organisation, each.made_at)
            for each in found.views.all()
        ),
        calibration=rows,
        total=_total(rows),
        own=_own(own) if own else (),
        is_own_finished=own.finished_at is not None if own else None,
        open_flags=found.flags.filter(state__in=(RAISED, ALLOCATED)).count(),
        notice=LEFT_BY_INTEREST if _runs(by) and left_by_interest([found.pk], on) else "",
    )


def assessments_in(round_code: str, by: Actor, at: datetime) -> list[StageRow]:
    """For those who run, moderate or decide a round: where each application stands, in as many queries for many as
    for one. Assessors do not get it: it would tell them whether the other has handed in."""
    if not _runs(by):
        return []
    made = list(
        Application.objects.filter(round=round_code, submitted_at__lte=at)
        .filter(state__in=(SUBMITTED, DEFERRED))
        .select_related("round")
    )
    barred = kept_out_of(by.person, london_day(at))
    made = [
        each for each in made if each.commissioner_id not in barred and not each.round.is_closed_to_readers
    ]
    return listed_with_stages(made, london_day(at))


def listed_with_stages(made: list[Application], on: date) -> list[StageRow]:
    """Applications with where each stands, by name."""
    names = names_on({each.commissioner_id for each in made}, on)
    read, left = stage_rows(made, on), left_by_interest([each.pk for each in made], on)
    rows = [
        StageRow(
            each.pk,
            each.round_id,
            each.round.level,
            each.commissioner_id,
            names.get(each.commissioner_id, each.commissioner_id),
            *read[each.pk],
            LEFT_BY_INTEREST if each.pk in left else "",
        )
        for each in made
    ]
    return sorted(rows, key=lambda row: (row.name, row.commissioner))


def left_by_interest(applications: Collection[str], on: date) -> set[str]:
    """Which of some assessments lack an assessor because one has an interest: declared, or by a role granted since."""
    held = Assignment.objects.filter(assessment__in=list(applications)).order_by()
    left = set(held.filter(released_because=LEFT_BY_INTEREST).values_list("assessment_id", flat=True))
    stay, gone = _seats(held, on)
    here = Counter(key for key, _ in stay)
    return {key for key in left | {key for key, _ in gone} if here[key] < 2}


def _seats(held: QuerySet[Assignment], on: date) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Who assesses what, and whether they have handed in; and apart from them who has come to have an interest."""
    rows = list(
        held.filter(released_at__isnull=True).values_list(
            "assessment_id", "person", "finished_at", "assessment__application__commissioner_id"
        )
    )
    barred = {person: kept_out_of(person, on) for person in {row[1] for row in rows}}
    stay: list[tuple[str, bool]] = []
    gone: list[tuple[str, bool]] = []
    for key, person, finished_at, commissioner in rows:
        (gone if commissioner in barred[person] else stay).append((key, finished_at is not None))
    return stay, gone


def _runs(by: Actor) -> bool:
    """Whether somebody assigns assessors, or moderates."""
    return may(by, Permission.ASSIGN_ASSESSORS).allowed or may(by, Permission.MODERATE).allowed


def is_in(commissioner: str, place: str, about: Iterable[str], on: date) -> bool:
    """Whether a place is that of a commissioner, of one of some kinds, on a day; its region where it has none."""
    places = [place_of(commissioner, kind, on) or place_of(commissioner, "region", on) for kind in about]
    return place in places


def _takes_part(made: Application, by: Actor, at: datetime) -> bool:
    """Whether somebody may read an assessment: national staff, and the local office and region of its commissioner;
    nobody who has an interest."""
    on = london_day(at)
    if made.commissioner_id in kept_out_of(by.person, on):
        return False
    if any(may(by, each).allowed for each in READERS):
        return True
    places = {Permission.ENDORSE: "local_office", Permission.MODERATE_IN_REGION: "region"}
    return any(
        may(by, permission, by.acting_for).allowed and is_in(made.commissioner_id, by.acting_for, [kind], on)
        for permission, kind in places.items()
    )


def _assessors(pair: list[Assignment], by: Actor) -> tuple[AssessorRow, ...]:
    """Who assesses: all of them for those who assign and moderate, only oneself for an assessor."""
    if _runs(by):
        return tuple(AssessorRow(each.person, each.place, each.finished_at is not None) for each in pair)
    return tuple(
        AssessorRow(each.person, each.place, each.finished_at is not None)
        for each in pair
        if each.person == by.person
    )


def _own(held: Assignment) -> tuple[OwnScore, ...]:
    given = {row.criterion: row for row in held.scores.all()}
    return tuple(
        OwnScore(code, row.score if row else None, row.justification if row else "")
        for code in criteria()
        for row in [given.get(code)]
    )


def _calibration(found: Assessment, pair: list[Assignment]) -> tuple[CalibrationRow, ...]:
    scores = Score.objects.filter(assignment__in=pair).select_related("assignment")
    given = {(row.assignment.place, row.criterion): row for row in scores}
    settled = {row.criterion: row for row in ModeratedScore.objects.filter(assessment=found)}
    lines = made_lines(
        {key: row.score for key, row in given.items()}, {code: row.score for code, row in settled.items()}
    )
    return tuple(_calibrated(line, given, settled) for line in lines)


def _calibrated(
    line: Line, given: Mapping[tuple[int, str], Score], settled: Mapping[str, ModeratedScore]
) -> CalibrationRow:
    code = line.criterion.code
    first, second, made = given[1, code], given[2, code], settled.get(code)
    return CalibrationRow(
        code,
        criteria()[code].name,
        first.score,
        second.score,
        first.justification,
        second.justification,
        abs(first.score - second.score),
        made.score if made else None,
        made.reasons if made else "",
        settled_score(line),
    )


def _total(rows: Iterable[CalibrationRow]) -> Decimal | None:
    return total_of(
        Line(criteria()[row.criterion].scored, row.first, row.second, row.moderated) for row in rows
    )


def stage_rows(
    made: list[Application], on: date
) -> dict[str, tuple[str, int, bool, int, int, Decimal | None]]:
    """For many applications: stage, assessors, whether both are in, left to moderate, open flags, total."""
    stages = dict(Assessment.objects.filter(application__in=made).order_by().values_list("pk", "state"))
    given, settled = _scores_of(stages), _settled_of(stages)
    pairs: dict[str, list[bool]] = {}
    for key, is_finished in _seats(Assignment.objects.filter(assessment__in=stages).order_by(), on)[0]:
        pairs.setdefault(key, []).append(is_finished)
    flags = Flag.objects.filter(assessment__in=stages, state__in=(RAISED, ALLOCATED)).order_by()
    open_flags = Counter(flags.values_list("assessment_id", flat=True))
    read: dict[str, tuple[str, int, bool, int, int, Decimal | None]] = {
        each.pk: (LOCAL, 0, False, 0, 0, None) for each in made
    }
    for key, stage in stages.items():
        pair = pairs.get(key, [])
        is_in = len(pair) == 2 and all(pair)
        lines = made_lines(given.get(key, {}), settled.get(key, {})) if is_in else ()
        left = sum(line.needs_moderation for line in lines)
        read[key] = (stage, len(pair), is_in, left, open_flags[key], total_of(lines) if is_in else None)
    return read


def _scores_of(assessments: Iterable[str]) -> dict[str, dict[tuple[int, str], int]]:
    """Of each assessment, the scores that were handed in, by place and criterion."""
    keys = ("assignment__assessment_id", "assignment__place", "criterion", "score")
    scores = Score.objects.filter(
        assignment__assessment__in=list(assessments),
        assignment__released_at__isnull=True,
        assignment__finished_at__isnull=False,
    )
    given: dict[str, dict[tuple[int, str], int]] = {}
    for key, place, criterion, score in scores.order_by().values_list(*keys):
        given.setdefault(key, {})[place, criterion] = score
    return given


def _settled_of(assessments: Iterable[str]) -> dict[str, dict[str, int]]:
    """Of each assessment, the moderated scores by criterion."""
    settled: dict[str, dict[str, int]] = {}
    moderated = ModeratedScore.objects.filter(assessment__in=list(assessments)).order_by()
    for key, criterion, score in moderated.values_list("assessment_id", "criterion", "score"):
        settled.setdefault(key, {})[criterion] = score
    return settled
