"""A successor takes agreements over with the arrangement: the same text, term and notice, in its own name."""

from __future__ import annotations

from datetime import date, datetime

from remit.delegation.models import Agreement, Arrangement, Notice
from remit.delegation.queries.agreements import known_end
from remit.delegation.queries.scope import grant_from
from remit.engines.powers import scope_on
from remit.kernel.actor import Actor


def lasts_until(before: Arrangement, on: date) -> date | None:
    """The last day of what a successor takes over on a day, by the longest of the terms and notices of the
    agreements that go on; None where one of them has no end, or it rests on none."""
    ends = [known_end(each) for each in _going_on(before, on)]
    known = [day for day in ends if day is not None]
    return max(known) if known and len(known) == len(ends) else None


def novate(before: Arrangement, made: Arrangement, on: date, by: Actor, at: datetime) -> list[Agreement]:
    """The successor's agreements: each of the predecessor's that goes on, where it takes the whole level over and
    has none for those groups yet. Part of another act, in its transaction."""
    if made.level != before.level:
        return []
    agreed = {code for each in made.agreements.all() for code in each.groups}
    novated = []
    for each in _going_on(before, on):
        groups = [code for code in each.groups if code not in agreed]
        if groups:
            novated.append(_novated(each, made, groups, on, by, at))
            agreed |= set(groups)
    return novated


def brings_it_all(found: Agreement, brought: Arrangement, on: date) -> bool:
    """Whether an arrangement ends with an agreement, rather than lose some contractor groups with it."""
    if found.application_id:
        return brought.application_id == found.application_id
    return scope_on(grant_from(brought), on).groups <= set(found.groups)


def _going_on(before: Arrangement, on: date) -> list[Agreement]:
    """The agreements of an arrangement that would have been in effect on a day, had nobody taken it over."""
    rows = before.agreements.prefetch_related("notices").order_by("issued_at", "pk")
    ends = [(each, known_end(each)) for each in rows]
    return [each for each, last in ends if last is None or last >= on]


def _novated(
    was: Agreement, made: Arrangement, groups: list[str], on: date, by: Actor, at: datetime
) -> Agreement:
    novated = Agreement.objects.create(
        novates=was,
        commissioner_id=made.commissioner_id,
        level=was.level,
        groups=groups,
        state=was.state,
        term_last_on=was.term_last_on,
        document=was.document,
        terms_of_reference=was.terms_of_reference,
        arrangement=made,
        effective_on=on,
        issued_at=at,
        issued_by=by.person,
        returned_at=at,
        returned_by=by.person,
        signed_at=at,
        signed_by=by.person,
    )
    for notice in was.notices.all():
        Notice.objects.create(
            agreement=novated,
            is_revocation=notice.is_revocation,
            ends_on=notice.ends_on,
            reasons=notice.reasons,
            given_at=notice.given_at,
            given_by=notice.given_by,
        )
    return novated
