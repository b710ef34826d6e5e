"""Outcomes that no announcement lists become public: the commissioner agrees, or the programme closes the round."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from remit.delegation.actions.finding import locked, refusal, subject
from remit.delegation.models import PublicationAgreement, Round, RoundClosure
from remit.delegation.queries.publicity import UNAPPROVED, waits
from remit.delegation.rules import publication_rule
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.decision import require
from remit.kernel.moments import london_day
from remit.ledger.actions import record

CLAUSE = "Outcomes other than approvals: public with the announcement if agreed, or when the round is closed"


@transaction.atomic
def agree_publication(*, application: str, by: Actor, at: datetime) -> PublicationAgreement:
    """A commissioner agrees that its outcome, which is no approval, is published with the next announcement of its
    round, or now if that has been. Agreeing again changes nothing.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state`` unless its outcome is other than approval,
    ``no_rule``.
    """
    found = locked(application)
    require(may(by, Permission.APPLY, found.commissioner_id))
    earlier = PublicationAgreement.objects.filter(application=found).first()
    if earlier is not None:
        return earlier
    if found.state not in UNAPPROVED:
        raise refusal(
            "wrong_state",
            "Only an outcome other than an approval needs your agreement. Approvals are announced.",
            CLAUSE,
        )
    rule = publication_rule(london_day(at))
    if rule is None or not rule.with_announcement_if_agreed:
        raise refusal("no_rule", "The rules of this day do not publish outcomes by agreement.", CLAUSE)
    made = PublicationAgreement.objects.create(application=found, agreed_at=at, agreed_by=by.person)
    record(
        act="application.publication_agreed",
        by=by,
        at=at,
        subject=subject(found),
        under=CLAUSE,
        details={},
    )
    return made


@transaction.atomic
def close_round(*, code: str, by: Actor, at: datetime) -> RoundClosure:
    """Close a round in which nothing waits to be decided or announced: every outcome in it is public from now on.
    Closing again changes nothing.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``not_over`` before its deadline, ``still_waiting``,
    ``no_rule``.
    """
    require(may(by, Permission.RUN_ROUNDS))
    found = Round.objects.select_for_update().filter(pk=code).first()
    if found is None:
        raise refusal("not_found", "There is no such round.")
    earlier = RoundClosure.objects.filter(round=found).first()
    if earlier is not None:
        return earlier
    if not found.deadline.has_passed(at):
        raise refusal("not_over", f"Its deadline has not passed. It is {found.deadline.words}.")
    if waits(found.pk, at):
        raise refusal(
            "still_waiting",
            "Something in it still waits. Decide every application, and announce every approval, first.",
            CLAUSE,
        )
    rule = publication_rule(london_day(at))
    if rule is None or not rule.when_round_is_closed:
        raise refusal("no_rule", "The rules of this day do not publish outcomes when a round closes.", CLAUSE)
    made = RoundClosure.objects.create(round=found, closed_at=at, closed_by=by.person)
    record(act="round.closed", by=by, at=at, subject=f"round/{code}", under=CLAUSE, details={"round": code})
    return made
