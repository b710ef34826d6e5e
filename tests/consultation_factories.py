"""Consultations, and practices and doctors that answer them, for tests: through the room's own actions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from remit.consultations import actions
from remit.consultations.models import Consultation, Response
from remit.kernel.actor import Actor, RoleAt
from remit.kernel.moments import london_day
from tests.constitution_factories import secretary_of
from tests.factories import NOW

OPTIONS = ("Full delegation", "Joint commissioning", "Neither: stay as it is")
YES, NO, NEITHER = "supports", "opposes", "neither"


def manager_of(practice: str) -> Actor:
    """Who acts for a practice."""
    return Actor(f"manager-{practice}", practice, frozenset({RoleAt("practice_manager", practice)}))


def doctor_of(practice: str, number: int = 1) -> Actor:
    """A general practitioner of a practice."""
    return Actor(f"gp-{practice}-{number}", practice, frozenset({RoleAt("general_practitioner", practice)}))


def make_consultation(
    body: str = "00A", *, days: int = 28, at: datetime = NOW, publish: bool = True, **more: Any
) -> Consultation:
    """A consultation that opens on the day of `at` and is open for so many days, both ends counted."""
    first = london_day(at)
    given = {
        "title": "Which level of powers?",
        "purpose": "Whether to apply for delegated powers.",
        "options": OPTIONS,
        "opens_on": first,
        "closes_on": first + timedelta(days=days - 1),
        "told": ["letter"],
        **more,
    }
    made = actions.draft_consultation(body=body, **given, by=secretary_of(body), at=at)
    if publish:
        made = actions.publish_consultation(consultation=made.pk, by=secretary_of(body), at=at)
    return made


def answer(
    made: Consultation,
    practice: str,
    *stances: str,
    splits: dict[int, Sequence[int]] | None = None,
    words: str = "",
    at: datetime = NOW,
) -> Response:
    """The position of a practice: what it says of the options in their order; the rest neither."""
    return actions.respond_for_practice(
        consultation=made.pk,
        practice=practice,
        stances=whole(stances),
        splits=splits,
        words=words,
        by=manager_of(practice),
        at=at,
    )


def answer_as_gp(
    made: Consultation, practice: str, *stances: str, number: int = 1, words: str = "", at: datetime = NOW
) -> Response:
    """What a doctor says in their own right."""
    return actions.respond_as_gp(
        consultation=made.pk, stances=whole(stances), words=words, by=doctor_of(practice, number), at=at
    )


def whole(stances: Sequence[str]) -> dict[int, str]:
    """A stance for each of the options."""
    return dict(enumerate([*stances, *[NEITHER] * (len(OPTIONS) - len(stances))], 1))
