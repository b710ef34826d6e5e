"""What followed decisions: letters, conditions, offers, challenges; and flags with their history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from remit.accounts.queries import person_name
from remit.delegation.models import Application, Challenge, Decision, Flag, OutcomeLetter
from remit.delegation.queries.conflicts import free_of_interest, kept_out_of
from remit.delegation.queries.publicity import UNAPPROVED, public_decisions
from remit.delegation.states import APPROVED, DEFERRED, RESCINDED, WITHDRAWN
from remit.delegation.states.assessments import UPHELD
from remit.engines.permissions import Permission, may
from remit.kernel.actor import ANYONE, Actor
from remit.kernel.moments import london_day
from remit.register.queries import names_on, names_then

FINAL = (APPROVED, WITHDRAWN, RESCINDED)
"""Outcomes that nobody challenges."""


@dataclass(frozen=True)
class ConditionRow:
    """A condition of the decision that holds. `is_met` is None until it is settled."""

    number: int
    what: str
    owner: str
    due_on: date
    is_met: bool | None
    evidence: str
    settled_at: datetime | None


@dataclass(frozen=True)
class ChallengeRow:
    """A challenge of a decision, and what became of it."""

    state: str
    grounds: str
    lodged_at: datetime
    acknowledged_at: datetime | None
    answer: str
    answered_at: datetime | None


@dataclass(frozen=True)
class OutcomePage:
    """What followed the last decision, as far as the reader may know it. `challenge_by_on` is the last day for a
    challenge, None where no letter has gone; `offered_level` the level offered, and `taken_up` the application that
    came of it, if one did."""

    application: str
    outcome: str
    reason_codes: tuple[str, ...]
    told_at: datetime | None
    challenge_by_on: date | None
    conditions: tuple[ConditionRow, ...]
    offered_level: int | None
    taken_up: str
    challenge: ChallengeRow | None


@dataclass(frozen=True)
class ChallengeNews:
    """What anybody may know about challenging a decision that is public: its last day, that one was lodged, and what
    became of it, without its words. `is_decided_again`: it was upheld, and no new decision is public."""

    by_on: date | None
    state: str
    lodged_at: datetime | None
    answered_at: datetime | None
    is_decided_again: bool


@dataclass(frozen=True)
class FlagStepRow:
    """One thing done about a flag."""

    state: str
    allocated_to: str
    words: str
    made_at: datetime


@dataclass(frozen=True)
class FlagRow:
    """A flag with its history."""

    id: str
    application: str
    commissioner: str
    name: str
    what: str
    criterion: str
    state: str
    allocated_to: str
    allocated_name: str
    raised_at: datetime
    steps: tuple[FlagStepRow, ...]


def outcome_of(application: str, at: datetime, by: Actor = ANYONE) -> OutcomePage | None:
    """What followed the last decision. The national team knows it all; the commissioner what it was told, and the
    public what is public, without what a challenge says."""
    found = Application.objects.filter(pk=application).first()
    last = found.decisions.last() if found else None
    if found is None or last is None:
        return None
    national = may(by, Permission.DECIDE_APPLICATIONS).allowed or may(by, Permission.ASSIGN_ASSESSORS).allowed
    national = national or may(by, Permission.MODERATE).allowed
    national = national and free_of_interest(by, found.commissioner_id, at).allowed
    own = may(by, Permission.APPLY, found.commissioner_id).allowed
    letter = OutcomeLetter.objects.filter(decision=last, sent_at__lte=at).first()
    told = own and (letter is not None or last.outcome in UNAPPROVED)
    if not (national or told or _is_public(last, at)):
        return None
    offer = getattr(last, "offer", None)
    challenge = Challenge.objects.filter(decision__application=found, lodged_at__lte=at).last()
    return OutcomePage(
        application=found.pk,
        outcome=last.outcome,
        reason_codes=tuple(last.reason_codes),
        told_at=letter.sent_at if letter else None,
        challenge_by_on=letter.challenge_by_on if letter and last.outcome not in FINAL else None,
        conditions=_conditions(last, at),
        offered_level=offer.level if offer else None,
        taken_up=offer.application_id or "" if offer else "",
        challenge=_challenge(challenge, whole=national or own) if challenge else None,
    )


def challenge_news(application: str, at: datetime) -> ChallengeNews | None:
    """What anybody may know about challenging the decision that is public; None where there is nothing to know."""
    known = list(public_decisions(at).filter(application=application).order_by("decided_at", "pk"))
    if not known or known[-1].outcome in FINAL:
        return None
    made = Challenge.objects.filter(decision__in=known, lodged_at__lte=at).last()
    if made is not None and made.decision != known[-1] and known[-1].outcome != DEFERRED:
        made = None
    letter = OutcomeLetter.objects.filter(
        decision=made.decision_id if made else known[-1].pk, sent_at__lte=at
    ).first()
    if letter is None and made is None:
        return None
    is_answered = made is not None and made.answered_at is not None and made.answered_at <= at
    return ChallengeNews(
        by_on=letter.challenge_by_on if letter else None,
        state=made.state if made else "",
        lodged_at=made.lodged_at if made else None,
        answered_at=made.answered_at if made and is_answered else None,
        is_decided_again=made is not None and is_answered and made.state == UPHELD,
    )


def flags_of(by: Actor, at: datetime, application: str = "") -> list[FlagRow]:
    """The flags about an application, or those allocated to whoever asks; all of them for the programme."""
    able = (Permission.ASSESS, Permission.MODERATE, Permission.ASSIGN_ASSESSORS)
    if not any(may(by, each).allowed for each in able):
        return []
    rows = Flag.objects.select_related("assessment__application").prefetch_related("steps")
    if application:
        rows = rows.filter(assessment=application)
    elif not may(by, Permission.ASSIGN_ASSESSORS).allowed:
        rows = rows.filter(allocated_to=by.person)
    on = london_day(at)
    barred = kept_out_of(by.person, on)
    kept = [each for each in rows if each.assessment.application.commissioner_id not in barred]
    then = [(each.assessment.application.commissioner_id, london_day(each.raised_at)) for each in kept]
    names = names_then(set(then))
    return [_flag(each, names[key]) for each, key in zip(kept, then, strict=True)]


def challenges_waiting(by: Actor, at: datetime) -> list[tuple[str, str, str, str]]:
    """For those who answer challenges: (application, commissioner, name, state) of each that waits, oldest first."""
    if not (may(by, Permission.ASSIGN_ASSESSORS).allowed or may(by, Permission.MODERATE).allowed):
        return []
    rows = list(
        Challenge.objects.filter(state__in=("lodged", "acknowledged")).select_related("decision__application")
    )
    made = [row.decision.application for row in rows]
    names = names_on({each.commissioner_id for each in made}, london_day(at))
    return [
        (each.pk, each.commissioner_id, names.get(each.commissioner_id, each.commissioner_id), row.state)
        for row, each in zip(rows, made, strict=True)
    ]


def _is_public(last: Decision, at: datetime) -> bool:
    return public_decisions(at).filter(pk=last.pk).exists()


def _conditions(last: Decision, at: datetime) -> tuple[ConditionRow, ...]:
    settled = {row.number: row for row in last.condition_outcomes.filter(settled_at__lte=at)}
    return tuple(
        ConditionRow(
            number,
            each["what"],
            each["owner"],
            date.fromisoformat(each["due_on"]),
            row.is_met if row else None,
            row.evidence if row else "",
            row.settled_at if row else None,
        )
        for number, each in enumerate(last.conditions, 1)
        for row in [settled.get(number)]
    )


def _challenge(found: Challenge, *, whole: bool) -> ChallengeRow:
    return ChallengeRow(
        found.state,
        found.grounds if whole else "",
        found.lodged_at,
        found.acknowledged_at,
        found.answer if whole else "",
        found.answered_at,
    )


def _name(person: str) -> str:
    """Who a flag is allocated to; where there is no name, not the pseudonym."""
    found = person_name(person) if person else ""
    return "An assessor" if person and found == person else found


def _flag(found: Flag, name: str) -> FlagRow:
    made = found.assessment.application
    return FlagRow(
        found.pk,
        made.pk,
        made.commissioner_id,
        name,
        found.what,
        found.criterion,
        found.state,
        found.allocated_to,
        _name(found.allocated_to),
        found.raised_at,
        tuple(
            FlagStepRow(step.state, step.allocated_to, step.words, step.made_at) for step in found.steps.all()
        ),
    )
