"""The pages where a figure is tried, and where it is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.urls import reverse

from remit.kernel.decision import Decision
from remit.web.pages import Crumb, Page, Problem
from remit.web.tables import Cell


@dataclass(frozen=True)
class Verdict:
    """Whether something that is said of a figure holds, and its arithmetic."""

    tag: Cell
    said: str


@dataclass(frozen=True, kw_only=True)
class CheckPage(Page):
    """Anybody tries what is said of a figure. `verdicts` are empty before anything was asked."""

    form: forms.Form
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, kw_only=True)
class NewPage(Page):
    """A figure is recorded."""

    form: forms.Form


def check_page(form: forms.Form, decisions: Sequence[Decision], problems: tuple[Problem, ...]) -> CheckPage:
    """The question, and the answer to the one before."""
    return CheckPage(
        title="Does the figure hold?",
        section="Figures",
        crumbs=_crumbs(),
        problems=problems,
        form=form,
        verdicts=tuple(_verdict(decision) for decision in decisions),
    )


def new_page(form: forms.Form, problems: tuple[Problem, ...]) -> NewPage:
    """A figure to record."""
    return NewPage(title="Record a figure", section="Figures", crumbs=_crumbs(), problems=problems, form=form)


def _verdict(decision: Decision) -> Verdict:
    tag = Cell("It holds", colour="green") if decision.allowed else Cell("It does not hold", colour="red")
    return Verdict(tag, decision.reasons[0].message)


def _crumbs() -> tuple[Crumb, ...]:
    return (Crumb("Home", reverse("home")), Crumb("Figures", reverse("figures")))
