"""The steps of a text, each with what is asked for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms

from remit.constitutions.queries import TextRow
from remit.engines.permissions import Permission
from remit.kernel.names import readable_name
from remit.web.constitutions.forms.steps import (
    AdoptForm,
    ApproveForm,
    MembersForm,
    NothingForm,
    ReasonsForm,
    RecordForm,
)
from remit.web.constitutions.pages.reading import trail_to
from remit.web.delegation.pages.asking import Asked, AskingPage
from remit.web.pages import Crumb, Problem
from remit.web.register.links import address

SOURCE = Asked("text", "source", "Where is this written?", "Such as the minutes, with their day and item")
IN_FORCE = Asked("date", "in_force", "From which day does it count?", "Today or later. For example, 1 4 2027")
KEEP, APPROVE = Permission.KEEP_CONSTITUTION, Permission.APPROVE_CONSTITUTION


@dataclass(frozen=True)
class StepKind:
    """A step as a page: the verb of the state table that leads to it, its form and its words. `fields` says beside
    which field a refusal is shown; `first` where it is none of these."""

    code: str
    verb: str
    title: str
    lead: tuple[str, ...]
    form: type[forms.Form]
    asked: tuple[Asked, ...]
    button: str
    said: str
    permission: Permission = KEEP
    field: str | None = None
    fields: Mapping[str, str] | None = None


_STEPS = (
    StepKind(
        "propose",
        "put to the members",
        "Put it to the members",
        (
            "From here on its words stand: they can no longer be changed, and everybody can read them.",
            "It is not in force before the members have agreed and NHS England, where it has to, has approved.",
        ),
        NothingForm,
        (),
        "Put it to the members",
        "It is with the members, and public",
    ),
    StepKind(
        "record",
        "record as adopted",
        "Record it as adopted already",
        ("For a body’s first text, or one from before it was kept here. Every day is today or in the past.",),
        RecordForm,
        (
            Asked("date", "agreed", "On which day did members agree?", "For example, 12 3 2013"),
            Asked("date", "approved", "On which day did NHS England approve it? (optional)"),
            Asked("date", "in_force", "From which day did it count?"),
            SOURCE,
        ),
        "Record",
        "It is in force",
        fields={"wrong_date": "agreed_day", "no_words": "source"},
        field="source",
    ),
    StepKind(
        "answer",
        "record that members agreed",
        "Record what the members decided",
        ("For a vote held elsewhere. Where it is written is public, for everybody to look up.",),
        MembersForm,
        (
            Asked("radio", "answer", "What did the members decide?"),
            Asked("date", "decided", "On which day?", "For example, 12 3 2027"),
            SOURCE,
        ),
        "Record",
        "The answer of the members is recorded",
        fields={"wrong_date": "decided_day", "no_words": "source"},
        field="source",
    ),
    StepKind(
        "send",
        "send for approval",
        "Send it to NHS England for approval",
        ("NHS England approves a constitution and its variation before it counts.",),
        NothingForm,
        (),
        "Send it",
        "It is with NHS England",
    ),
    StepKind(
        "adopt",
        "adopt without approval",
        "Adopt it without approval",
        ("Only where a clause in force says that nobody else has to approve an amendment.",),
        AdoptForm,
        (IN_FORCE,),
        "Adopt it",
        "It is adopted",
        field="in_force_day",
    ),
    StepKind(
        "approve",
        "approve",
        "Approve it for NHS England",
        ("It counts from the day that you give, and never for what was noticed before.",),
        ApproveForm,
        (IN_FORCE, Asked("area", "words", "Anything to say with it? (optional)", "At most 2,000 characters")),
        "Approve it",
        "It is approved",
        permission=APPROVE,
        field="in_force_day",
    ),
    StepKind(
        "refuse",
        "refuse",
        "Do not approve it",
        ("The reasons are public.",),
        ReasonsForm,
        (Asked("area", "reasons", "Why is it not approved?", "At most 5,000 characters"),),
        "Do not approve it",
        "It is not approved, and the reasons are public",
        permission=APPROVE,
        field="reasons",
    ),
    StepKind(
        "withdraw",
        "withdraw",
        "Withdraw it",
        ("This cannot be undone. The reasons are public, and so are then its words.",),
        ReasonsForm,
        (Asked("area", "reasons", "Why is it withdrawn?", "At most 5,000 characters"),),
        "Withdraw it",
        "It is withdrawn",
        field="reasons",
    ),
)
STEPS: Mapping[str, StepKind] = {each.code: each for each in _STEPS}
"""The steps, by the word in their address."""


def step_page(row: TextRow, step: StepKind, form: forms.Form, problems: tuple[Problem, ...]) -> AskingPage:
    """A step of one text."""
    return AskingPage(
        title=step.title,
        section=f"{row.title}, {readable_name(row.body_name)}",
        crumbs=(*trail_to(row), Crumb(row.title, address("text", row.id))),
        problems=problems,
        lead=step.lead,
        form=form,
        asked=step.asked,
        button=step.button,
    )
