"""Declaring an interest, which keeps its holder from whatever it concerns."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from remit.delegation.actions.chain import ASSESSED, committed, said, vacate
from remit.delegation.actions.finding import refusal
from remit.delegation.models import Assignment, DeclaredInterest
from remit.delegation.queries.conflicts import INTERESTS, LEFT_BY_INTEREST, kept_out_of
from remit.delegation.rules import interest_kinds
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.decision import require
from remit.kernel.moments import london_day
from remit.ledger.actions import record
from remit.register.queries import exists


@transaction.atomic
def declare_interest(
    *, organisation: str, kind: str, what: str, began_on: date, by: Actor, at: datetime
) -> DeclaredInterest:
    """Declare an interest of one's own in an organisation, by its code. The same again changes nothing.

    Whoever declares it leaves the places of assessor that it concerns, until a decision is taken.

    Raises `Refused`: ``not_permitted``, ``no_such_organisation``, ``no_such_kind``, ``nothing_said``, ``wrong_dates``.
    """
    require(may(by, Permission.DECLARE_INTERESTS))
    code = organisation.strip().upper()
    if not exists(code):
        raise refusal("no_such_organisation", "Enter the code of an organisation in the register.", INTERESTS)
    if kind not in interest_kinds():
        raise refusal("no_such_kind", "Select what kind of interest it is.", INTERESTS)
    kept = said(what, most=500, code="nothing_said", what="what the interest is")
    if began_on > london_day(at):
        raise refusal(
            "wrong_dates", "An interest is declared from the day it began: today or earlier.", INTERESTS
        )
    earlier = DeclaredInterest.objects.filter(
        person=by.person, organisation=code, kind=kind, what=kept, began_on=began_on
    ).first()
    if earlier is not None:
        return earlier
    made = DeclaredInterest.objects.create(
        person=by.person,
        organisation=code,
        kind=kind,
        what=kept,
        began_on=began_on,
        declared_at=at,
        declared_by=by.person,
    )
    left = _left(by, at)
    record(
        act="interest.declared",
        by=by,
        at=at,
        subject=f"interest/{made.pk}",
        under=INTERESTS,
        details={
            "interest": committed(
                {
                    "organisation": code,
                    "kind": kind,
                    "what": kept,
                    "began_on": began_on.isoformat(),
                    "left": left,
                },
                f"person/{by.person}",
            )
        },
    )
    return made


def _left(by: Actor, at: datetime) -> list[str]:
    """Free the places of assessor of somebody who now has an interest in what they assess: which they were."""
    held = Assignment.objects.select_for_update(of=("self",)).filter(
        person=by.person,
        released_at__isnull=True,
        assessment__application__state__in=ASSESSED,
        assessment__application__commissioner__in=kept_out_of(by.person, london_day(at)),
    )
    left = list(held.select_related("assessment"))
    for each in left:
        vacate(each, LEFT_BY_INTEREST, by, at)
    return [each.pk for each in left]


@transaction.atomic
def end_interest(*, interest: str, ended_on: date, by: Actor, at: datetime) -> DeclaredInterest:
    """Say on which day an interest of one's own ended. It is kept. The same again changes nothing.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_dates``, ``ended_already``.
    """
    require(may(by, Permission.DECLARE_INTERESTS))
    found = DeclaredInterest.objects.select_for_update().filter(pk=interest, person=by.person).first()
    if found is None:
        raise refusal("not_found", "You have declared no such interest.", INTERESTS)
    if found.ended_on == ended_on:
        return found
    if found.ended_on is not None:
        raise refusal(
            "ended_already", "You have said when it ended. Declare a new interest if it goes on.", INTERESTS
        )
    if not found.began_on <= ended_on <= london_day(at):
        raise refusal("wrong_dates", "An interest ends after it began, and by today.", INTERESTS)
    found.ended_on = ended_on
    found.save(update_fields=["ended_on"])
    record(
        act="interest.ended",
        by=by,
        at=at,
        subject=f"interest/{found.pk}",
        under=INTERESTS,
        details={"ended_on": committed({"ended_on": ended_on.isoformat()}, f"person/{by.person}")},
    )
    return found
