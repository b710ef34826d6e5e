"""Changes that assessors ask for: the list, asking, answering and closing; and what a round's applications say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.urls import reverse

from remit.delegation.queries import ApplicationPage as Found
from remit.delegation.queries import ChangeRow, RoundRow, Tally
from remit.delegation.queries.changes import Said
from remit.delegation.rules import Question
from remit.delegation.states import CHANGE_WORDS
from remit.web.delegation.pages.filling import question_href
from remit.web.delegation.pages.rounds import UNDER
from remit.web.delegation.words import answer_words
from remit.web.formats import nhs_moment, number
from remit.web.pages import Page, Problem
from remit.web.register.links import crumbs, twins
from remit.web.tables import Cell, Column, Table

COLOURS = {"asked": "yellow", "answered": "blue", "closed": "green"}


@dataclass(frozen=True, kw_only=True)
class ChangesPage(Page):
    """The changes asked for of one application; `ask_href` is for assessors."""

    table: Table
    ask_href: str
    sign_href: str
    back_href: str


@dataclass(frozen=True, kw_only=True)
class AskPage(Page):
    """Asking for a change of one answer."""

    form: forms.Form
    back_href: str


@dataclass(frozen=True, kw_only=True)
class ChangePage(Page):
    """One change: what was asked and answered, what the answer said `before` and `after`, and what became of it.

    `edit_href`: where the question is; `may_close`: for assessors; `close` what the button says.
    """

    row: ChangeRow
    tag: Cell
    asked: str
    answered: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    became: str
    close: str
    form: forms.Form
    may_answer: bool
    may_close: bool
    edit_href: str
    back_href: str


@dataclass(frozen=True)
class TallyTable:
    """One question counted, with the number that was asked and the number that answered."""

    table: Table
    base: str


@dataclass(frozen=True, kw_only=True)
class TalliesPage(Page):
    """What the applications of a round say, counted."""

    tallies: tuple[TallyTable, ...]
    round_href: str
    applied: int


def changes_page(found: Found, rows: Sequence[ChangeRow], *, may_ask: bool) -> ChangesPage:
    """The changes asked for of one application."""
    return ChangesPage(
        title="Changes that assessors asked for",
        section=f"Application for Level {found.row.level}",
        table=Table(
            id="changes",
            caption="Changes",
            columns=(Column("Question"), Column("What was asked"), Column("State"), Column("Asked")),
            rows=[
                (
                    Cell(row.question, href=reverse("change", args=[row.application, row.id])),
                    row.words,
                    Cell(CHANGE_WORDS[row.state], colour=COLOURS[row.state]),
                    nhs_moment(row.asked_at),
                )
                for row in rows
            ],
            stacked=True,
            empty="None was asked for.",
        ),
        ask_href=reverse("ask_change", args=[found.row.id]) if may_ask else "",
        sign_href=reverse("application_signature", args=[found.row.id]) if found.side and rows else "",
        back_href=reverse("application", args=[found.row.id]),
    )


def ask_page(found: Found, form: forms.Form, problems: tuple[Problem, ...]) -> AskPage:
    """Asking for a change."""
    return AskPage(
        title="Ask for an answer to be changed",
        section=f"Application for Level {found.row.level}",
        problems=problems,
        form=form,
        back_href=reverse("changes", args=[found.row.id]),
    )


def change_page(
    found: Found, row: ChangeRow, form: forms.Form, problems: tuple[Problem, ...], *, may_close: bool
) -> ChangePage:
    """One change, with what the reader can do about it."""
    question = found.form.questions[row.code]
    may_answer = bool(found.side) and row.state == "asked"
    return ChangePage(
        title=row.question,
        section=f"Application for Level {found.row.level}",
        problems=problems,
        row=row,
        tag=Cell(CHANGE_WORDS[row.state], colour=COLOURS[row.state]),
        asked=nhs_moment(row.asked_at) or "",
        answered=nhs_moment(row.answered_at) or "",
        before=_said(found, question, row.before),
        after=() if row.after is None else _said(found, question, row.after),
        became=_became(row),
        close="Close this change" if row.answered_at else "Close it, as it is no longer needed",
        form=form,
        may_answer=may_answer,
        may_close=may_close and row.state != "closed",
        edit_href=question_href(found, question) if may_answer else "",
        back_href=reverse("changes", args=[found.row.id]),
    )


def _said(found: Found, question: Question, said: Said) -> tuple[str, ...]:
    """What an answer said then, in words: a line for each line of a table."""
    if isinstance(said, str):
        return (answer_words(question, said),) if said else ("Not answered",)
    columns = found.form.table_of(question).columns
    lines = [[(each, row[each.code]) for each in columns if row.get(each.code)] for row in said]
    return tuple(
        "; ".join(f"{column.question}: {answer_words(column, value)}" for column, value in line)
        for line in lines
    ) or ("Not answered",)


def _became(row: ChangeRow) -> str:
    """What became of a change, as it is."""
    if row.answered_at is None:
        return (
            "It was closed without an answer, as no longer needed. Nothing was changed."
            if row.closed_at
            else ""
        )
    what = "The answer was not changed." if row.after == row.before else "The answer was changed."
    return f"{what} An assessor closed it on {nhs_moment(row.closed_at)}." if row.closed_at else what


def tallies_page(held: RoundRow, tallies: Sequence[Tally]) -> TalliesPage:
    """What the applications of a round say, counted."""
    return TalliesPage(
        title=f"What applicants say: {held.title}",
        section="Delegation",
        crumbs=crumbs(None, UNDER, ("Rounds", "rounds")),
        alternates=twins(f"rounds/{held.code}/tallies", "Answers of this round, counted"),
        tallies=tuple(_counted(each) for each in tallies),
        round_href=reverse("round", args=[held.code]),
        applied=held.applied,
    )


def _counted(tally: Tally) -> TallyTable:
    rows = [(each.words, number(each.count)) for each in tally.rows]
    several = " One application can give several answers." if tally.is_several else ""
    return TallyTable(
        Table(
            id=f"tally-{tally.code}",
            caption=tally.question,
            columns=(Column("Answer"), Column("Applications", numeric=True)),
            rows=[*rows, ("No answer", number(tally.not_answered))],
        ),
        f"{number(tally.answered)} of the {number(tally.asked)} applications submitted answered.{several}",
    )
