"""For the national team: what waits for a decision, deciding, and signing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.urls import reverse

from remit.delegation.queries import ApplicationPage as Found
from remit.delegation.queries import ApplicationRow
from remit.delegation.rules import levels, processes
from remit.delegation.states import LOWER_LEVEL_OFFERED, OUTCOMES, STEPS
from remit.kernel.names import readable_name
from remit.web.delegation.forms import MOST_CONDITIONS, DecideForm
from remit.web.delegation.pages.applying import (
    AnswerLine,
    DecisionLine,
    answer_lines,
    decision_line,
)
from remit.web.delegation.pages.mandates import MandatePanel
from remit.web.delegation.pages.rounds import UNDER
from remit.web.delegation.words import evidence_cell, exact_moment, level_title, state_tag
from remit.web.formats import nhs_date, nhs_moment
from remit.web.pages import Fact, Page, Problem
from remit.web.register.links import crumbs
from remit.web.tables import Cell, Column, Table


@dataclass(frozen=True, kw_only=True)
class WaitingPage(Page):
    """Applications that wait for somebody of the national team."""

    lede: str
    table: Table
    ways: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class DecidePage(Page):
    """An application as its assessor reads it, and the form. `conditions` are the numbers of those shown."""

    tag: Cell
    facts: tuple[Fact, ...]
    answers: tuple[AnswerLine, ...]
    decisions: tuple[DecisionLine, ...]
    mandate: MandatePanel
    seen: str
    form: forms.Form
    conditions: tuple[int, ...]
    may_offer: bool
    may_add: bool


@dataclass(frozen=True, kw_only=True)
class SignPage(Page):
    """Before an approval is signed."""

    facts: tuple[Fact, ...]
    needs: tuple[str, ...]


def _waiting(id: str, caption: str, rows: Sequence[ApplicationRow], leads_to: str) -> Table:  # noqa: A002
    return Table(
        id=id,
        caption=caption,
        columns=(
            Column("Commissioner"),
            Column("Level", numeric=True),
            Column("State"),
            Column("How members were asked"),
            Column("Received"),
        ),
        rows=[
            (
                Cell(
                    readable_name(row.name),
                    href=reverse(leads_to, args=[row.id]),
                    note=f"{row.commissioner}, round {row.round}",
                ),
                row.level,
                state_tag(row.state),
                evidence_cell(row.evidence, is_against=row.is_against),
                nhs_moment(row.submitted_at),
            )
            for row in rows
        ],
        stacked=True,
        empty="Nothing waits.",
    )


def assessments_page(rows: Sequence[ApplicationRow]) -> WaitingPage:
    """What waits for a decision, the oldest first."""
    return WaitingPage(
        title="Applications to decide",
        section="Delegation",
        crumbs=crumbs(None, UNDER),
        lede="The oldest first. Those approved on conditions wait until the conditions are met, or are not.",
        table=_waiting("waiting", "Waiting for a decision", rows, "decide"),
    )


def signatures_page(rows: Sequence[ApplicationRow]) -> WaitingPage:
    """What is approved and not signed."""
    return WaitingPage(
        title="Approvals to sign",
        section="Delegation",
        crumbs=crumbs(None, UNDER),
        lede="Powers come on on the day of the round, once the agreement is signed. Announce first, then sign.",
        table=_waiting("waiting", "Approved, not signed yet", rows, "sign"),
        ways=(
            ("Issue agreements, for the commissioners to sign first", reverse("agreements_issue")),
            ("Sign agreements that were returned", reverse("agreements_sign")),
            ("Announce decisions", reverse("announce")),
        ),
    )


def decide_page(
    found: Found, form: DecideForm, problems: tuple[Problem, ...], mandate: MandatePanel
) -> DecidePage:
    """An application to decide."""
    row = found.row
    return DecidePage(
        title=f"Decide: {readable_name(row.name)}, {level_title(row.level)}",
        section="Applications to decide",
        crumbs=crumbs(None, UNDER, ("Applications to decide", "assessments")),
        problems=problems,
        tag=state_tag(row.state),
        facts=(
            Fact("Round", found.round.title, reverse("round", args=[row.round])),
            Fact("Received", exact_moment(row.submitted_at) if row.submitted_at else ""),
            Fact("Decisions due by", nhs_date(found.round.decisions_due_on) or "No day has been given"),
            *_pack(found),
        ),
        answers=answer_lines(found, may_change=False),
        decisions=tuple(decision_line(each) for each in found.decisions),
        mandate=mandate,
        seen=found.decisions[-1].id if found.decisions else "",
        form=form,
        conditions=tuple(range(1, form.shown + 1)),
        may_offer=row.level > 1 and LOWER_LEVEL_OFFERED in outcomes_from(row.state),
        may_add=form.shown < MOST_CONDITIONS,
    )


def _pack(found: Found) -> tuple[Fact, ...]:
    """Where the scores of a pair of assessors can be read, in a process that has one."""
    if not processes()[found.round.process].has_assessor_pair:
        return ()
    return (Fact("Assessment", "Scores, in the pack of its round", reverse("pack", args=[found.row.round])),)


def outcomes_from(state: str) -> set[str]:
    """What an application in a state can be decided to be."""
    return {step.after for step in STEPS if step.before == state and step.after in OUTCOMES}


def lower_levels(level: int) -> list[tuple[int, str]]:
    """The levels that can be offered to whoever applied for one, the highest first."""
    return [(below, levels()[below].title) for below in range(level - 1, 0, -1)]


def sign_page(found: Found) -> SignPage:
    """What is about to be signed."""
    row = found.row
    return SignPage(
        title=f"Sign: {readable_name(row.name)}, {level_title(row.level)}",
        section="Approvals to sign",
        crumbs=crumbs(None, UNDER, ("Approvals to sign", "signatures")),
        facts=(
            Fact("Commissioner", readable_name(row.name), reverse("commissioner", args=[row.commissioner])),
            Fact("Application", "See the application", reverse("application", args=[row.id])),
            Fact("Round", found.round.title, reverse("round", args=[row.round])),
            Fact(
                "Powers come on",
                nhs_date(found.round.effective_on),
                note="Or today, if that day has gone by. A lower level that it holds ends the day before.",
            ),
        ),
        needs=levels()[row.level].needs_in_words,
    )
