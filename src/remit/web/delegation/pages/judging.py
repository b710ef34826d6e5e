"""For those who assess: what is assigned, scoring, the chain, calibration, moderation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.urls import reverse

from remit.delegation.queries import (
    AssessmentPage as Found,
)
from remit.delegation.queries import (
    AssignmentRow,
    DeclaredInterestRow,
    FlagRow,
    StageRow,
)
from remit.delegation.rules import Criterion, CriterionGroup, criterion_groups, scale, stage_views
from remit.delegation.states.assessments import FLAG_WORDS, STAGE_WORDS
from remit.kernel.names import readable_name
from remit.web.delegation.forms.judging import ScoreForm
from remit.web.delegation.pages.rounds import UNDER
from remit.web.delegation.words import level_title
from remit.web.formats import nhs_date, nhs_moment
from remit.web.pages import Fact, Page, Problem
from remit.web.register.links import crumbs
from remit.web.tables import Cell, Column, Table

STAGE_COLOURS = {
    "local_endorsement": "grey",
    "regional_moderation": "blue",
    "national_moderation": "purple",
    "ready": "green",
}
MINE = ("Your assessments", "assignments")


@dataclass(frozen=True, kw_only=True)
class ListPage(Page):
    """A table with a line above it, and perhaps links under it as (words, address)."""

    lede: str
    table: Table
    ways: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class ScorePage(Page):
    """One group of criteria to score."""

    number: str
    application_href: str
    criteria: tuple[Criterion, ...]
    scale: tuple[Fact, ...]
    form: ScoreForm


@dataclass(frozen=True, kw_only=True)
class HandInPage(Page):
    """One's own scores before they are handed in, or after."""

    table: Table
    is_finished: bool
    missing: str


@dataclass(frozen=True, kw_only=True)
class AssessmentPage(Page):
    """An assessment: where it stands, what was thought along the chain, both scores once both are in."""

    tag: Cell
    facts: tuple[Fact, ...]
    views: Table
    calibration: Table | None
    blind: str
    flags: Table
    ways: tuple[tuple[str, str], ...]
    notice: str


@dataclass(frozen=True, kw_only=True)
class FormPage(Page):
    """A form about an application. `kind` says which of its fields to show; `lines` are read before it."""

    kind: str
    lines: tuple[str, ...]
    form: forms.Form
    button: str


@dataclass(frozen=True, kw_only=True)
class InterestsPage(Page):
    """One's own declared interests, and the form for another."""

    table: Table
    form: forms.Form


def stage_cell(stage: str) -> Cell:
    """Where an assessment stands, as a tag."""
    return Cell(STAGE_WORDS[stage], colour=STAGE_COLOURS[stage])


def assignments_page(rows: Sequence[AssignmentRow]) -> ListPage:
    """What somebody assesses."""
    return ListPage(
        title="Your assessments",
        section="Delegation",
        crumbs=crumbs(None, UNDER),
        lede="You score each application by yourself. Nobody sees your scores before both assessors have handed in.",
        table=Table(
            id="assignments",
            caption="Applications assigned to you",
            columns=(
                Column("Commissioner"),
                Column("Level", numeric=True),
                Column("Scored"),
                Column("State"),
            ),
            rows=[
                (
                    Cell(
                        readable_name(row.name),
                        href=reverse("hand_in", args=[row.application]),
                        note=f"{row.commissioner}, round {row.round}",
                    ),
                    row.level,
                    f"{row.scored} of {row.of} criteria",
                    Cell("Handed in", colour="green") if row.is_finished else Cell("To score", colour="blue"),
                )
                for row in rows
            ],
            stacked=True,
            empty="Nothing is assigned to you.",
        ),
        ways=(("Declare an interest", reverse("declared_interests")),),
    )


def score_page(
    found: Found, name: str, group: CriterionGroup, form: ScoreForm, problems: tuple[Problem, ...]
) -> ScorePage:
    """One group of criteria to score."""
    codes = list(criterion_groups())
    return ScorePage(
        title=f"{group.name}: {readable_name(name)}",
        section="Your assessments",
        crumbs=crumbs(None, UNDER, MINE),
        problems=problems,
        number=f"Page {codes.index(group.code) + 1} of {len(codes)}",
        application_href=reverse("application", args=[found.application]),
        criteria=group.criteria,
        scale=tuple(Fact(f"{each.score}: {each.name}", each.meaning) for each in scale().values()),
        form=form,
    )


def hand_in_page(found: Found, name: str) -> HandInPage:
    """One's own scores, to look at and to hand in."""
    given = {row.criterion: row for row in found.own}
    rows = [
        (
            Cell(each.name, href=reverse("score", args=[found.application, group.code])),
            Cell("Not scored yet", colour="grey")
            if (row := given[each.code]).score is None
            else f"{row.score}",
            row.justification,
        )
        for group in criterion_groups().values()
        for each in group.criteria
    ]
    left = sum(row.score is None for row in found.own)
    return HandInPage(
        title=f"Your scores: {readable_name(name)}",
        section="Your assessments",
        crumbs=crumbs(None, UNDER, MINE),
        table=Table(
            id="own-scores",
            caption="Your scores",
            columns=(Column("Criterion"), Column("Score", numeric=True), Column("Why")),
            rows=rows,
            stacked=True,
        ),
        is_finished=bool(found.is_own_finished),
        missing=f"{left} of {len(rows)} criteria are not scored yet." if left else "",
    )


def assessment_page(
    found: Found,
    name: str,
    flags: Sequence[FlagRow],
    ways: tuple[tuple[str, str], ...],
    *,
    may_settle: bool,
) -> AssessmentPage:
    """An assessment for those who take part in it. `may_settle`: whether whoever reads it settles scores."""
    total = (
        f"{found.total} out of 100"
        if found.total is not None
        else "Open until both scores are in and settled"
    )
    return AssessmentPage(
        title=f"Assessment: {readable_name(name)}",
        section="Assessments",
        crumbs=crumbs(None, UNDER),
        tag=stage_cell(found.stage),
        facts=(
            Fact("Application", "See the application", reverse("application", args=[found.application])),
            Fact("Round", found.round, reverse("round", args=[found.round])),
            Fact("Weighted total", total),
            Fact("Flags open", str(found.open_flags)),
        ),
        views=Table(
            id="views",
            caption="Along the chain",
            columns=(Column("Stage"), Column("View"), Column("Reasons"), Column("When")),
            rows=[
                (
                    STAGE_WORDS[row.stage],
                    stage_views().get(row.view, "Sent back"),
                    row.reasons,
                    nhs_moment(row.made_at),
                )
                for row in found.views
            ],
            stacked=True,
            empty="Nobody has said anything yet.",
        ),
        calibration=_calibration(found, may_settle=may_settle) if found.calibration else None,
        blind="" if found.calibration else "Scores are shown here once both assessors have handed theirs in.",
        flags=flags_table(flags),
        ways=ways,
        notice=found.notice,
    )


def flags_table(rows: Sequence[FlagRow]) -> Table:
    """Flags with what was done about each."""
    return Table(
        id="flags",
        caption="Flags",
        columns=(Column("What"), Column("State"), Column("Allocated to"), Column("Last said")),
        rows=[
            (
                Cell(row.what, href=reverse("flag", args=[row.id]), note=readable_name(row.name)),
                FLAG_WORDS[row.state],
                row.allocated_name or "Nobody yet",
                row.steps[-1].words if row.steps else "",
            )
            for row in rows
        ],
        stacked=True,
        empty="No flag has been raised.",
    )


def flags_page(rows: Sequence[FlagRow]) -> ListPage:
    """Flags that whoever asks has to do with."""
    return ListPage(
        title="Flags",
        section="Assessments",
        crumbs=crumbs(None, UNDER),
        lede="Each flag is allocated to somebody, and resolved or stopped with a reason.",
        table=flags_table(rows),
    )


def _calibration(found: Found, *, may_settle: bool) -> Table:
    """Both scores side by side, those furthest apart first."""
    rows = sorted(found.calibration, key=lambda row: -row.difference)
    return Table(
        id="calibration",
        caption="Both scores, the widest difference first",
        columns=(
            Column("Criterion"),
            Column("First", numeric=True),
            Column("Second", numeric=True),
            Column("Apart", numeric=True),
            Column("Stands", numeric=True),
        ),
        rows=[
            (
                Cell(
                    row.name,
                    href=reverse("moderate_score", args=[found.application, row.criterion])
                    if may_settle and row.difference
                    else "",
                    note=row.moderated_why,
                ),
                Cell(str(row.first), note=row.first_why),
                Cell(str(row.second), note=row.second_why),
                row.difference,
                Cell("To moderate", colour="orange") if row.settled is None else str(row.settled),
            )
            for row in rows
        ],
        stacked=True,
    )


def stages_page(title: str, rows: Sequence[StageRow], ways: tuple[tuple[str, str], ...]) -> ListPage:
    """Applications with where the assessment of each stands."""
    return ListPage(
        title=title,
        section="Assessments",
        crumbs=crumbs(None, UNDER),
        lede="Local endorsement, regional moderation, national moderation, then a decision.",
        table=Table(
            id="stages",
            caption="Applications",
            columns=(
                Column("Commissioner"),
                Column("Stage"),
                Column("Assessors", numeric=True),
                Column("To moderate", numeric=True),
                Column("Flags open", numeric=True),
                Column("Total", numeric=True),
            ),
            rows=[
                (
                    Cell(
                        readable_name(row.name),
                        href=reverse("assessment", args=[row.application]),
                        note=f"{row.commissioner}, {level_title(row.level)}",
                    ),
                    stage_cell(row.stage),
                    Cell(f"{row.assessors} of 2", note=row.notice),
                    row.to_moderate,
                    row.open_flags,
                    str(row.total) if row.total is not None else "Open",
                )
                for row in rows
            ],
            stacked=True,
            empty="Nothing waits.",
        ),
        ways=ways,
    )


def form_page(
    title: str,
    kind: str,
    form: forms.Form,
    problems: tuple[Problem, ...],
    *,
    button: str,
    lines: tuple[str, ...] = (),
) -> FormPage:
    """A form about an application."""
    return FormPage(
        title=title,
        section="Assessments",
        crumbs=crumbs(None, UNDER),
        problems=problems,
        kind=kind,
        lines=lines,
        form=form,
        button=button,
    )


def interests_page(
    rows: Sequence[DeclaredInterestRow], form: forms.Form, problems: tuple[Problem, ...]
) -> InterestsPage:
    """One's own interests."""
    return InterestsPage(
        title="Your declared interests",
        section="Assessments",
        crumbs=crumbs(None, UNDER),
        problems=problems,
        table=Table(
            id="interests",
            caption="What you have declared",
            columns=(
                Column("Organisation"),
                Column("Kind"),
                Column("What"),
                Column("Days"),
                Column("Change"),
            ),
            rows=[
                (
                    Cell(readable_name(row.name), note=row.organisation),
                    row.kind_name,
                    row.what,
                    f"{nhs_date(row.began_on)} to {nhs_date(row.ended_on) if row.ended_on else 'today'}",
                    Cell(
                        "Say that it ended",
                        href=reverse("end_interest", args=[row.id]),
                        hidden=f": {readable_name(row.name)}",
                    )
                    if row.ended_on is None
                    else "",
                )
                for row in rows
            ],
            stacked=True,
            empty="You have declared no interest.",
        ),
        form=form,
    )
