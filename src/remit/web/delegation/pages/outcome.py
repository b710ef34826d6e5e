"""What followed a decision: conditions met or not, a level offered, the day for a challenge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.urls import reverse

from remit.delegation.queries import (
    CONDITION_WORDS,
    FINAL,
    ApplicationPage,
    ChallengeNews,
    ConditionLine,
    OutcomePage,
    RoundRow,
)
from remit.delegation.rules import decision_reasons
from remit.delegation.states import STATE_WORDS
from remit.delegation.states.assessments import CHALLENGE_WORDS
from remit.kernel.moments import london_day
from remit.kernel.names import readable_name
from remit.web.as_at import AsAt
from remit.web.delegation.pages.rounds import UNDER
from remit.web.delegation.words import level_title, state_tag
from remit.web.formats import nhs_date
from remit.web.pages import Fact, Page, Problem
from remit.web.register.links import address, crumbs, twins
from remit.web.register.pages.dated import DatedPage
from remit.web.register.words import counted
from remit.web.tables import Cell, Column, Table


@dataclass(frozen=True, kw_only=True)
class AfterPage(Page):
    """What followed the last decision, and what the reader can do about it."""

    tag: Cell
    facts: tuple[Fact, ...]
    conditions: Table
    ways: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class TakeUpPage(Page):
    """Taking up the lower level that was offered, in one of the rounds that are left."""

    form: forms.Form
    rounds: int


@dataclass(frozen=True, kw_only=True)
class ConditionsPage(DatedPage):
    """Every condition that the public knew on a day."""

    lede: str
    table: Table


def conditions_page(day: AsAt, lines: Sequence[ConditionLine]) -> ConditionsPage:
    """The register of conditions as it was on a day."""
    late = sum(each.state == "overdue" for each in lines)
    return ConditionsPage(
        title="Conditions of approvals",
        section="Delegation",
        crumbs=crumbs(day, UNDER),
        chooser=day,
        as_at=day.day,
        alternates=() if day.is_past else twins("conditions", "Conditions"),
        lede="Some are approved on conditions. Each has somebody who sees to it and a day; whether it was met is said "
        f"here, with what shows it. {counted(late, 'is', 'are')} overdue.",
        table=Table(
            id="conditions",
            caption="Conditions, those of the latest decision first",
            columns=(
                Column("Commissioner"),
                Column("Condition"),
                Column("Who sees to it"),
                Column("By"),
                Column("How it stands"),
            ),
            rows=[
                (
                    Cell(
                        readable_name(each.name),
                        href=address("application", each.application, day=day),
                        note=level_title(each.level),
                    ),
                    each.what,
                    each.owner,
                    nhs_date(each.due_on),
                    Cell(_stands(each), note=each.evidence),
                )
                for each in lines
            ],
            stacked=True,
            empty="Nobody has been approved on conditions.",
        ),
    )


def _stands(line: ConditionLine) -> str:
    """How a condition stands, in words; with the day on which whose it was closed."""
    words = CONDITION_WORDS[line.state]
    return f"{words} on {nhs_date(line.closed_on)}" if line.closed_on else words


def after_page(found: ApplicationPage, outcome: OutcomePage, ways: tuple[tuple[str, str], ...]) -> AfterPage:
    """What followed a decision."""
    return AfterPage(
        title=f"After the decision: {readable_name(found.row.name)}",
        section="Delegation",
        crumbs=crumbs(None, UNDER),
        tag=state_tag(outcome.outcome),
        facts=_facts(found, outcome),
        conditions=_conditions(outcome),
        ways=ways,
    )


def challenge_facts(news: ChallengeNews | None) -> tuple[Fact, ...]:
    """What anybody may know about challenging the decision on an application."""
    if news is None:
        return ()
    facts = []
    if news.by_on:
        facts.append(Fact("Can be challenged until the end of", nhs_date(news.by_on)))
    if news.lodged_at:
        said = f"Lodged on {nhs_date(london_day(news.lodged_at))}"
        if news.answered_at:
            said = f"{CHALLENGE_WORDS[news.state]} on {nhs_date(london_day(news.answered_at))}. {said}"
        facts.append(Fact("Challenge", f"{said}."))
    if news.is_decided_again:
        facts.append(Fact("Decision", "It no longer stands: the application is being decided again."))
    return tuple(facts)


def standing_tag(state: str, news: ChallengeNews | None) -> Cell:
    """Where an application stands, as a tag; after a challenge that was upheld, that it is being decided again."""
    is_again = news is not None and news.is_decided_again
    return Cell("Being decided again", colour="orange") if is_again else state_tag(state)


def take_up_page(
    found: ApplicationPage, rounds: Sequence[RoundRow], form: forms.Form, problems: tuple[Problem, ...]
) -> TakeUpPage:
    """Taking up a lower level."""
    return TakeUpPage(
        title=f"Take up a lower level: {readable_name(found.row.name)}",
        section="Delegation",
        crumbs=crumbs(None, UNDER),
        problems=problems,
        form=form,
        rounds=len(rounds),
    )


def _facts(found: ApplicationPage, outcome: OutcomePage) -> tuple[Fact, ...]:
    reasons = "; ".join(decision_reasons()[code].name for code in outcome.reason_codes)
    facts = [
        Fact("Application", "See the application", reverse("application", args=[outcome.application])),
        Fact("Decision", STATE_WORDS[outcome.outcome]),
        Fact("Kinds of reasons", reasons or "None is recorded"),
        Fact("Told on", nhs_date(outcome.told_at.date()) if outcome.told_at else "No letter has gone yet"),
    ]
    if outcome.outcome not in FINAL:
        day = nhs_date(outcome.challenge_by_on) or "No day is running"
        facts.append(Fact("Can be challenged until the end of", day))
    if outcome.offered_level:
        taken = reverse("application", args=[outcome.taken_up]) if outcome.taken_up else ""
        note = "Taken up" if taken else "Not taken up"
        facts.append(Fact("Level offered", level_title(outcome.offered_level), taken, note))
    if outcome.challenge:
        answered = nhs_date(outcome.challenge.answered_at.date()) if outcome.challenge.answered_at else ""
        facts.append(Fact("Challenge", CHALLENGE_WORDS[outcome.challenge.state], note=answered))
    return tuple(facts)


def _conditions(outcome: OutcomePage) -> Table:
    def met(is_met: bool | None) -> Cell:
        if is_met is None:
            return Cell("Open", colour="yellow")
        return Cell("Met", colour="green") if is_met else Cell("Not met", colour="red")

    return Table(
        id="conditions",
        caption="Conditions",
        columns=(Column("What"), Column("Who"), Column("By"), Column("Met"), Column("What shows it")),
        rows=[
            (row.what, row.owner, nhs_date(row.due_on), met(row.is_met), row.evidence)
            for row in outcome.conditions
        ],
        stacked=True,
        empty="The decision has no conditions.",
    )
