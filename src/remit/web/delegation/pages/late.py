"""Too late: by how much, what became of the draft, and the way forward."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.urls import reverse

from remit.delegation.queries import ApplicationPage as Found
from remit.delegation.queries import RoundRow
from remit.kernel.names import readable_name
from remit.web.delegation.pages.applying import SECTION, own_crumbs
from remit.web.delegation.words import level_title
from remit.web.pages import Fact, Page, Problem
from remit.web.register.words import capital


@dataclass(frozen=True, kw_only=True)
class LatePage(Page):
    """What is late, and what can be done. The addresses are empty where no draft was begun."""

    reasons: tuple[str, ...]
    draft_href: str
    request_href: str
    next_rounds: tuple[Fact, ...]
    level: str


@dataclass(frozen=True, kw_only=True)
class LateRequestPage(Page):
    """Asking to be taken although it is late."""

    form: forms.Form
    commissioner: str
    round: str
    back_href: str


def late_page(
    level: int, reasons: Sequence[str], next_rounds: Sequence[RoundRow], draft: str = ""
) -> LatePage:
    """The deadline has passed. `draft` is the application that is kept, if one was begun."""
    return LatePage(
        title="The deadline has passed",
        section=SECTION,
        crumbs=own_crumbs(),
        reasons=tuple(reasons),
        draft_href=reverse("application", args=[draft]) if draft else "",
        request_href=reverse("late_request", args=[draft]) if draft else "",
        next_rounds=tuple(
            Fact(row.title, capital(row.deadline.words), reverse("round", args=[row.code]))
            for row in next_rounds
        ),
        level=level_title(level),
    )


def late_request_page(found: Found, form: forms.Form, problems: tuple[Problem, ...]) -> LateRequestPage:
    """Before somebody asks."""
    return LateRequestPage(
        title="Ask to be taken late",
        section=SECTION,
        crumbs=own_crumbs(),
        problems=problems,
        form=form,
        commissioner=readable_name(found.row.name),
        round=found.round.title,
        back_href=reverse("application", args=[found.row.id]),
    )
