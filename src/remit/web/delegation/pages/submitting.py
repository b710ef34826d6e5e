"""After an application is submitted: its receipt, and taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django import forms

from remit.delegation.queries import ApplicationPage as Found
from remit.delegation.states import (
    APPROVED,
    CONDITIONAL,
)
from remit.kernel.names import readable_name
from remit.web.delegation.pages.applying import SECTION, application_part_href, own_crumbs
from remit.web.delegation.words import (
    evidence_cell,
    exact_moment,
    level_title,
)
from remit.web.pages import Fact, Page, Problem
from remit.web.register.words import capital


@dataclass(frozen=True, kw_only=True)
class ReceiptPage(Page):
    """What was received, when to the microsecond, and the hash that proves it."""

    facts: tuple[Fact, ...]
    receipt: str
    application_href: str
    round_title: str


@dataclass(frozen=True, kw_only=True)
class WithdrawPage(Page):
    """Withdrawing, with reasons."""

    form: forms.Form
    commissioner: str
    was_approved: bool
    back_href: str


def receipt_page(found: Found, submitted_at: datetime) -> ReceiptPage:
    """For whoever submitted it, to keep."""
    row = found.row
    return ReceiptPage(
        title="Application submitted",
        section=f"Application for Level {row.level}",
        facts=(
            Fact("Commissioner", readable_name(row.name), note=row.commissioner),
            Fact("Round", found.round.title),
            Fact(
                "Received",
                exact_moment(submitted_at),
                note="London time: when the last byte reached this service",
            ),
            Fact("Deadline", capital(found.round.deadline.words)),
            Fact("How members were asked", evidence_cell(row.evidence).text),
        ),
        receipt=found.receipt,
        application_href=application_part_href("application", found),
        round_title=found.round.title,
    )


def withdraw_page(found: Found, form: forms.Form, problems: tuple[Problem, ...]) -> WithdrawPage:
    """Before an application is withdrawn."""
    return WithdrawPage(
        title=f"Withdraw the application for {level_title(found.row.level)}",
        section=SECTION,
        crumbs=own_crumbs(),
        problems=problems,
        form=form,
        commissioner=readable_name(found.row.name),
        was_approved=found.row.state in {APPROVED, CONDITIONAL},
        back_href=application_part_href("application", found),
    )
