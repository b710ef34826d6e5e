"""How many had come how far by a day: applied, approved, signed, in effect; and words held against that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms

from remit.delegation.queries import StageCounts, WordsChecked
from remit.delegation.rules import stages
from remit.web.delegation.pages.rounds import UNDER
from remit.web.delegation.words import level_title
from remit.web.formats import nhs_date, number
from remit.web.pages import Fact, Page, Problem
from remit.web.register.links import crumbs
from remit.web.tables import Column, Table


@dataclass(frozen=True, kw_only=True)
class StagesPage(Page):
    """Four counts, kept apart, and words held against them. `base` is the name of the count of whoever ever applied,
    and how many commissioners were open."""

    meanings: tuple[Fact, ...]
    table: Table
    base: tuple[str, str]
    form: forms.Form
    checked: WordsChecked | None
    verdict: str


def stages_page(
    counts: Sequence[StageCounts],
    form: forms.Form,
    problems: tuple[Problem, ...],
    checked: WordsChecked | None,
    open_then: int,
) -> StagesPage:
    """Counts of a day by level and stage; words, if any, held against them."""
    day = nhs_date(counts[0].on)
    return StagesPage(
        title="Applied, approved, signed, in effect",
        section="Delegation",
        crumbs=crumbs(None, UNDER),
        problems=problems,
        meanings=tuple(
            Fact(each.name, each.meaning, note=f"In print: {', '.join(each.words)}")
            for each in stages().values()
        ),
        table=Table(
            id="stages",
            caption=f"How many had come how far by {day}, and still stood there",
            columns=(Column("Level"), *(Column(each.name, numeric=True) for each in stages().values())),
            rows=[
                (level_title(each.level), *(number(each.of(code)) for code in stages())) for each in counts
            ],
            stacked=True,
        ),
        base=(stages()["applied"].name, number(open_then)),
        form=form,
        checked=checked,
        verdict=_verdict(checked),
    )


def _verdict(checked: WordsChecked | None) -> str:
    if checked is None:
        return ""
    if not checked.says:
        return "None of the words is one that says how far anybody had come."
    return checked.flag or f"The words say “{stages()[checked.says].name.lower()}”, and the count is right."
