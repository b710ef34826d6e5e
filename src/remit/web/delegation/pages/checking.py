"""Checking the answers of a draft before it is submitted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from remit.delegation.queries import ApplicationPage as Found
from remit.kernel.names import readable_name
from remit.web.delegation.pages.applying import AnswerLine, answer_lines, application_part_href
from remit.web.delegation.pages.filling import Lack, lacks_of, others_of
from remit.web.delegation.pages.mandates import Notice
from remit.web.delegation.pages.rounds import time_left
from remit.web.delegation.pages.sections import Part
from remit.web.delegation.words import deadline_line
from remit.web.pages import Page, Problem


@dataclass(frozen=True, kw_only=True)
class CheckPage(Page):
    """The answers before they are sent. `lacking`: what is not answered yet; `unsigned`: who has not signed."""

    answers: tuple[AnswerLine, ...]
    lacking: tuple[Lack, ...]
    others: tuple[str, ...]
    unsigned: tuple[str, ...]
    signature_href: str
    parts: tuple[Part, ...]
    back_href: str
    deadline: str
    left: str
    made_at: datetime
    commissioner: str
    losses: tuple[Notice, ...]


def check_page(
    found: Found,
    at: datetime,
    problems: tuple[Problem, ...] = (),
    *,
    parts: tuple[Part, ...] = (),
    losses: tuple[Notice, ...] = (),
    unsigned: tuple[str, ...] = (),
) -> CheckPage:
    """All answers, each with a way to change it."""
    last = found.asked[-1].code if found.asked else ""
    return CheckPage(
        title="Check your answers before you submit",
        section=f"Application for Level {found.row.level}",
        problems=problems,
        answers=answer_lines(found, may_change=True, then="check"),
        lacking=lacks_of(found),
        others=others_of(found),
        unsigned=unsigned,
        signature_href=application_part_href("application_signature", found) if unsigned else "",
        parts=parts,
        back_href=application_part_href("application", found)
        if parts or not last
        else reverse("answer", args=[found.row.id, last]),
        deadline=deadline_line(found.round.deadline, at),
        left=time_left(found.round, at),
        made_at=at,
        commissioner=readable_name(found.row.name),
        losses=losses,
    )
