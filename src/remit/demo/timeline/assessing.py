"""A full application assessed: endorsed, moderated, scored by two who do not see each other's scores, concluded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from remit.delegation import actions
from remit.delegation.rules import criteria
from remit.demo.timeline.events import (
    FIRST,
    MODERATOR,
    PROGRAMME,
    SECOND,
    Event,
    local_officer_at,
    regional_moderator_at,
)
from remit.kernel.actor import Actor
from remit.kernel.moments import london_day
from remit.register.queries import place_of

Scores = Mapping[str, tuple[int, str]]
WHY = {
    0: "Nothing in the application answers this.",
    1: "It says so, and shows nothing.",
    2: "Some of it is shown. The section names what is still open.",
    3: "Shown, with small gaps that have an owner and a day.",
    4: "Shown, with documents that can be checked.",
}
DIFFER = ("members", "capacity")
"""The criteria that two assessors saw differently, wherever they differ."""


@dataclass(frozen=True)
class Team:
    """Who assesses: the pair, whoever moderates in the nation, whoever assigns."""

    first: Actor = FIRST
    second: Actor = SECOND
    moderator: Actor = MODERATOR
    programme: Actor = PROGRAMME


def scores(number: int, *, is_stricter: bool = False) -> Scores:
    """An assessor's scores of one application, each with why. A stricter one gives less to what they differ on."""
    given = {}
    for place, code in enumerate(criteria()):
        score = 2 + (number + place) % 3
        if is_stricter and code in DIFFER:
            score -= 2
        given[code] = score, WHY[score]
    return given


def endorse(application: str, commissioner: str, by: Actor | None, at: datetime) -> None:
    """The local office, or the region where there is none, endorses it."""
    on = london_day(at)
    place = place_of(commissioner, "local_office", on) or place_of(commissioner, "region", on)
    actions.endorse_application(
        application=application,
        view="supports",
        reasons="Completed together with us. The local committee supports it.",
        by=by or local_officer_at(place),
        at=at,
    )


def moderate_region(application: str, commissioner: str, by: Actor | None, at: datetime) -> None:
    """The region gives its view."""
    place = place_of(commissioner, "region", london_day(at))
    actions.moderate_in_region(
        application=application,
        view="supports",
        reasons="It agrees with what the region knows of the commissioner.",
        by=by or regional_moderator_at(place),
        at=at,
    )


def assign(application: str, team: Team, at: datetime) -> None:
    """The pair is assigned."""
    for each in (team.first, team.second):
        actions.assign_assessor(application=application, person=each.person, by=team.programme, at=at)


def score(application: str, given: Scores, by: Actor, at: datetime) -> None:
    """An assessor scores, and hands the scores in."""
    actions.score_criteria(application=application, scores=given, by=by, at=at)
    actions.hand_in_scores(application=application, by=by, at=at + timedelta(seconds=1))


def flag(application: str, team: Team, at: datetime) -> str:
    """The first assessor raises a flag, which is allocated to the second. Answers its id."""
    made = actions.raise_flag(
        application=application,
        what="The lease of the largest practice ends next year. Who pays for the new building?",
        criterion="finance",
        by=team.first,
        at=at,
        once=f"flag of {application}",
    )
    actions.allocate_flag(flag=made.pk, person=team.second.person, by=team.programme, at=at)
    return made.pk


def conclude(application: str, number: int, is_disputed: bool, team: Team, at: datetime) -> None:
    """The nation settles what the two saw differently, and concludes."""
    if is_disputed:
        for code in DIFFER:
            between = scores(number)[code][0] - 1
            actions.moderate_score(
                application=application,
                criterion=code,
                score=between,
                reasons="Between the two: what is claimed is shown in part.",
                by=team.moderator,
                at=at,
            )
    actions.conclude_assessment(
        application=application,
        view="supports",
        reasons="The scores are settled and no flag is open.",
        by=team.moderator,
        at=at,
    )


def assessed(application: str, commissioner: str, number: int, since: datetime) -> Iterator[Event]:
    """The whole chain for one application, in six weeks from an instant. Of every third the two differ."""
    team, is_disputed = Team(), number % 3 == 0
    minute = timedelta(minutes=number)

    def later(days: int) -> datetime:
        return since + timedelta(days=days) + minute

    yield Event(later(7), lambda at: endorse(application, commissioner, None, at))
    yield Event(later(14), lambda at: moderate_region(application, commissioner, None, at))
    yield Event(later(16), lambda at: assign(application, team, at))
    yield Event(later(24), partial(score, application, scores(number), team.first))
    stricter = scores(number, is_stricter=is_disputed)
    yield Event(later(31), partial(score, application, stricter, team.second))
    if number == 1:
        yield Event(later(32), lambda at: _flagged(application, team, at))
    yield Event(later(42), lambda at: conclude(application, number, is_disputed, team, at))


def _flagged(application: str, team: Team, at: datetime) -> None:
    actions.settle_flag(
        flag=flag(application, team, at),
        is_resolved=True,
        words="NHS Property Services pays. Its letter is with the application.",
        by=team.second,
        at=at + timedelta(minutes=1),
    )
