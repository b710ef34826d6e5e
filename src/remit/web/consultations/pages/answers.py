"""What came back, for the body that asks: who has not answered; and once it has closed, words, themes and answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.urls import reverse

from remit.consultations.queries import ConsultationPage as Found
from remit.consultations.queries import Member, Word
from remit.kernel.names import readable_name
from remit.web.pages import Crumb, Page, Problem
from remit.web.tables import Cell, Column, Table


@dataclass(frozen=True, kw_only=True)
class ResponsesPage(Page):
    """Nothing here says how anybody answered before the close. `form` names a theme, once it has closed."""

    waiting: Table | None
    words: Table | None
    themes: Table | None
    form: forms.Form | None
    tabling: str


def responses_page(
    found: Found,
    waiting: Sequence[Member] | None,
    words: Sequence[Word],
    form: forms.Form,
    problems: tuple[Problem, ...],
    trail: tuple[Crumb, ...],
    tabling: str,
) -> ResponsesPage:
    """The page of the body that asks."""
    is_over = found.row.stage in {"closed", "answered"}
    return ResponsesPage(
        title="What members said" if is_over else "Who has not answered",
        section="Consultations",
        crumbs=trail,
        problems=problems,
        waiting=None if waiting is None else _waiting(waiting),
        words=_words(found, words) if is_over else None,
        themes=_themes(found) if is_over else None,
        form=form if found.row.stage == "closed" else None,
        tabling=tabling,
    )


def _waiting(rows: Sequence[Member]) -> Table:
    return Table(
        id="waiting",
        caption="Members without a response or a reason for none",
        columns=(Column("Practice"), Column("Code")),
        rows=[(readable_name(each.name), each.code) for each in rows],
        stacked=True,
        empty="All have answered.",
    )


def _words(found: Found, words: Sequence[Word]) -> Table:
    return Table(
        id="words",
        caption="In their words",
        columns=(Column("Who"), Column("What"), Column("Themes")),
        rows=[
            (
                Cell(
                    readable_name(each.name) if each.tier == "practice" else each.name,
                    href=reverse("consultation_code", args=[found.row.id, each.id]),
                    hidden=f": choose the themes of response {each.id}",
                ),
                each.words,
                ", ".join(str(number) for number in each.themes) or Cell("None yet", colour="red"),
            )
            for each in words
        ],
        stacked=True,
        empty="No response says anything in words.",
    )


def _themes(found: Found) -> Table:
    return Table(
        id="themes",
        caption="Themes",
        columns=(Column("Number", numeric=True), Column("You said"), Column("We did")),
        rows=[
            (
                each.number,
                Cell(each.said, href=reverse("consultation_theme", args=[found.row.id, each.number])),
                each.did or Cell("Not answered yet", colour="red"),
            )
            for each in found.themes
        ],
        row_header=False,
        stacked=True,
        empty="No theme is named.",
    )
