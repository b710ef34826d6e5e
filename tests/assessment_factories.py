"""Assessments for tests: pairs of assessors, scores, flags, and applications taken along the chain."""

from __future__ import annotations

from datetime import datetime

from remit.delegation import actions
from remit.delegation.models import Flag
from remit.delegation.rules import criteria
from remit.delegation.states.assessments import LOCAL, NATIONAL, READY, REGIONAL
from remit.kernel.actor import Actor, RoleAt
from tests.delegation_factories import PROGRAMME
from tests.factories import NATIONAL_BODY

REGION = "Y54"


def _national(person: str, role: str) -> Actor:
    return Actor(person, NATIONAL_BODY, frozenset({RoleAt(role, NATIONAL_BODY)}))


FIRST = _national("test-first", "national_assessor")
SECOND = _national("test-second", "national_assessor")
MODERATOR = _national("test-moderator", "national_moderator")
LOCAL_OFFICER = Actor("test-local", REGION, frozenset({RoleAt("local_office_officer", REGION)}))
"""Of the region's office: the commissioners of tests have no local office of their own."""
REGIONAL_MODERATOR = Actor("test-regional", REGION, frozenset({RoleAt("regional_moderator", REGION)}))


def scores(score: int, **others: int) -> dict[str, tuple[int, str]]:
    """One score for every criterion but `others`, each with why."""
    return {
        code: (others.get(code, score), f"Because of page {number}.")
        for number, code in enumerate(criteria(), 1)
    }


def assign_pair(application: str, *, at: datetime) -> None:
    """Two assessors."""
    for each in (FIRST, SECOND):
        actions.assign_assessor(application=application, person=each.person, by=PROGRAMME, at=at)


def score_pair(
    application: str,
    first: dict[str, tuple[int, str]],
    second: dict[str, tuple[int, str]],
    *,
    at: datetime,
) -> None:
    """Two assessors, whose scores are in."""
    assign_pair(application, at=at)
    for each, given in ((FIRST, first), (SECOND, second)):
        actions.score_criteria(application=application, scores=given, by=each, at=at)
        actions.hand_in_scores(application=application, by=each, at=at)


def through_chain(application: str, stage: str, *, at: datetime) -> None:
    """An application taken to a stage. At national moderation both scores are in and agree."""
    order = (LOCAL, REGIONAL, NATIONAL, READY)
    far = order.index(stage)
    if far >= 1:
        actions.endorse_application(
            application=application, view="supports", reasons="Ready.", by=LOCAL_OFFICER, at=at
        )
    if far >= 2:
        actions.moderate_in_region(
            application=application, view="supports", reasons="Ready.", by=REGIONAL_MODERATOR, at=at
        )
        score_pair(application, scores(3), scores(3), at=at)
    if far >= 3:
        actions.conclude_assessment(
            application=application, view="supports", reasons="Ready.", by=MODERATOR, at=at
        )


def flag(application: str, *, at: datetime, what: str = "The lease runs out.") -> Flag:
    """A flag that an assessor raised."""
    return actions.raise_flag(application=application, what=what, by=FIRST, at=at, once=what)
