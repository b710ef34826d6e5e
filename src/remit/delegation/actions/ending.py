"""Agreements end: the commissioner gives notice, or NHS England revokes, with notice too."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from remit.delegation.actions.agreeing import locked_agreement, said_of, state_of
from remit.delegation.actions.finding import refusal
from remit.delegation.actions.novating import brings_it_all
from remit.delegation.actions.scope import narrow_scope
from remit.delegation.models import Agreement, Notice
from remit.delegation.rules import notice_rule, revocation_rule
from remit.delegation.states import UNDER_NOTICE, agreement_may
from remit.engines.permissions import Permission, may
from remit.engines.powers import said_day
from remit.kernel.actor import Actor
from remit.kernel.decision import require
from remit.kernel.moments import london_day
from remit.kernel.period import ONE_DAY
from remit.ledger.actions import record


@transaction.atomic
def give_notice(*, agreement: str, reasons: str, by: Actor, at: datetime) -> Notice:
    """The commissioner withdraws from its agreement: by the rule's day it ends on the next 1 April, after that a
    year later. NHS England need not consent. Giving notice again changes nothing.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``no_reasons``, ``wrong_state``.
    """
    found = locked_agreement(agreement)
    require(may(by, Permission.APPLY, found.commissioner_id))
    earlier = _notice_of(found, is_revocation=False)
    if earlier is not None:
        return earlier
    require(agreement_may("give notice of withdrawal", state_of(found, at)))
    rule = notice_rule()
    ends_on = _within_term(found, rule.ends_on(london_day(at)))
    return _given(found, False, ends_on, reasons, rule.rule.clause, by, at)


@transaction.atomic
def revoke_agreement(*, agreement: str, ends_on: date, reasons: str, by: Actor, at: datetime) -> Notice:
    """NHS England ends an agreement from a day on, which leaves the days of notice. The same again changes nothing.
    Under the commissioner's own notice it may still do so, for a day before the one on which that takes effect.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``no_reasons``, ``wrong_state``, ``notice_too_short``,
    ``not_earlier``.
    """
    require(may(by, Permission.RUN_ROUNDS))
    found = locked_agreement(agreement)
    rule = revocation_rule()
    earlier = _notice_of(found, is_revocation=True)
    if earlier is not None and earlier.ends_on == ends_on:
        return earlier
    require(agreement_may("give notice of revocation", state_of(found, at)))
    if earlier is not None:
        raise refusal("wrong_state", "Notice of its revocation has been given already.", rule.rule.clause)
    _require_earlier(found, ends_on, rule.rule.clause)
    earliest = rule.earliest(london_day(at))
    if ends_on < earliest:
        raise refusal(
            "notice_too_short",
            f"Revocation takes {rule.days} days’ notice. The first day without the agreement can be "
            f"{earliest.day} {earliest:%B} {earliest.year}, or later.",
            rule.rule.clause,
        )
    return _given(found, True, _within_term(found, ends_on), reasons, rule.rule.clause, by, at)


def _notice_of(found: Agreement, *, is_revocation: bool) -> Notice | None:
    return Notice.objects.filter(agreement=found, is_revocation=is_revocation).first()


def _require_earlier(found: Agreement, ends_on: date, clause: str) -> None:
    """A revocation ends it before the commissioner's notice does, if that was given."""
    given = _notice_of(found, is_revocation=False)
    if given is not None and given.ends_on <= ends_on:
        raise refusal(
            "not_earlier",
            f"The commissioner's notice ends it on {said_day(given.ends_on)}. Choose an earlier day.",
            clause,
        )


def _within_term(found: Agreement, ends_on: date) -> date:
    """The term may end first."""
    return min(ends_on, found.term_last_on + ONE_DAY) if found.term_last_on else ends_on


def _given(
    found: Agreement,
    is_revocation: bool,
    ends_on: date,
    reasons: str,
    clause: str,
    by: Actor,
    at: datetime,
) -> Notice:
    """Keep the notice, and end what the agreement brought on the day before."""
    reasons = reasons.strip()
    if not 0 < len(reasons) <= 2000:
        raise refusal("no_reasons", "Enter your reasons, at most 2,000 characters.", clause)
    made = Notice.objects.create(
        agreement=found,
        is_revocation=is_revocation,
        ends_on=ends_on,
        reasons=reasons,
        given_at=at,
        given_by=by.person,
    )
    found.state = UNDER_NOTICE
    found.save(update_fields=["state"])
    _end_what_it_brought(found, ends_on, by, at)
    record(
        act="agreement.revoked" if is_revocation else "agreement.notice_given",
        by=by,
        at=at,
        subject=f"agreement/{found.pk}",
        under=clause,
        details={**said_of(found), "ends_on": ends_on.isoformat(), "reasons": reasons},
    )
    return made


def _end_what_it_brought(found: Agreement, ends_on: date, by: Actor, at: datetime) -> None:
    """The arrangement ends the day before, unless it ends sooner; groups that were added to one go again."""
    brought = found.arrangement
    if brought is not None and not brings_it_all(found, brought, ends_on):
        about = f"of application {found.application_id}" if found.application_id else found.pk
        narrow_scope(brought, found.groups, ends_on, f"The agreement {about}", by, at)
        return
    if brought is None or (brought.last_on is not None and brought.last_on < ends_on):
        return
    brought.last_on = max(ends_on - ONE_DAY, brought.effective_on)
    brought.save(update_fields=["last_on"])
