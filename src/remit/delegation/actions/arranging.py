"""Arrangements come on: signed, taken over by a successor, or recorded from a source."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from remit.delegation.actions.chain import require_no_interest_in
from remit.delegation.actions.finding import locked, refusal
from remit.delegation.actions.novating import lasts_until, novate
from remit.delegation.actions.scope import carry_scope, narrow_scope, widen_scope
from remit.delegation.models import Agreement, Application, Arrangement
from remit.delegation.queries.publicity import public_decisions
from remit.delegation.queries.scope import grant_from
from remit.delegation.rules import levels, processes
from remit.delegation.states import APPROVED, SIGNED
from remit.engines.permissions import Permission, may
from remit.engines.powers import scope_on
from remit.kernel.actor import Actor
from remit.kernel.decision import require
from remit.kernel.moments import london_day
from remit.kernel.period import ONE_DAY
from remit.ledger.actions import record
from remit.register.queries import kind_on, succession_steps
from remit.register.rules import COMMISSIONER_KINDS

AGREEMENT = "National Health Service Act 2006, s. 13Z; delegation agreement"


@transaction.atomic
def sign_arrangement(*, application: str, by: Actor, at: datetime) -> Arrangement:
    """Sign what was approved: its powers come on on the round's day, or today if that has gone by.

    A lower level that the commissioner holds ends the day before. Signing again gives the same arrangement.
    Raises `Refused`: ``not_found``, ``not_permitted``, ``conflicted``, ``wrong_state`` unless it is approved,
    ``not_announced``, ``agreement_first`` where both sides sign, ``no_commissioner`` if it will have closed by then,
    ``already_held``.
    """
    require(may(by, Permission.RUN_ROUNDS))
    found = locked(application)
    require_no_interest_in([found.commissioner_id], by, at)
    earlier = _earlier(found)
    if earlier is not None:
        return earlier
    if found.state != APPROVED:
        raise refusal(
            "wrong_state", "Only what is approved, with every condition met, can be signed.", AGREEMENT
        )
    if not public_decisions(at).filter(application=found, outcome=APPROVED).exists():
        raise refusal("not_announced", "Announce the approval first: what is signed is public.", AGREEMENT)
    _require_one_act(found)
    made = bring_on(found, by, at)
    is_signed = bool(_signature(found.round.level, by, at))
    if is_signed:
        _agreed_at_once(found, made, by, at)
    _record("arrangement.signed" if is_signed else "arrangement.agreed", made, by, at, AGREEMENT)
    return made


def _earlier(found: Application) -> Arrangement | None:
    """What was signed for an application before."""
    agreed = Agreement.objects.filter(application=found, signed_at__isnull=False).first()
    return agreed.arrangement if agreed else Arrangement.objects.filter(application=found).first()


def _held(commissioner: str, level: int, on: date) -> Arrangement | None:
    """The arrangement of a commissioner at a level on a day, locked."""
    rows = Arrangement.objects.select_for_update().filter(
        Q(last_on__isnull=True) | Q(last_on__gte=on),
        commissioner_id=commissioner,
        level=level,
        effective_on__lte=on,
    )
    return rows.first()


def _require_one_act(found: Application) -> None:
    """Signing in one act is for a process with one signature, and where no agreement was issued."""
    needs_both = processes()[found.round.process].signatures > 1
    if "agreement" in levels()[found.round.level].needs and needs_both:
        raise refusal("agreement_first", "Issue the agreement: the commissioner signs it first.", AGREEMENT)
    if Agreement.objects.filter(application=found).exists():
        raise refusal("agreement_first", "An agreement was issued: it is that which is signed.", AGREEMENT)


def bring_on(found: Application, by: Actor, at: datetime, *, last_on: date | None = None) -> Arrangement:
    """What an approved application leads to, from the round's day, or today if that has gone by; a lower level over
    the same contractors ends the day before. `last_on` is the last day of its term. Where the level is held already,
    without some of the round's contractor groups, those are added to it. Part of another act, in its transaction."""
    level = found.round.level
    effective_on = max(found.round.effective_on, london_day(at))
    _require_commissioner(found.commissioner_id, effective_on)
    held = _held(found.commissioner_id, level, effective_on)
    instrument = f"The agreement of application {found.pk}"
    if held is not None and widen_scope(held, found.round.groups, effective_on, instrument, by, at):
        _end_lower(found, effective_on, by, at, spared=held.pk)
        return held
    _end_lower(found, effective_on, by, at)
    return Arrangement.objects.create(
        commissioner_id=found.commissioner_id,
        level=level,
        effective_on=effective_on,
        last_on=last_on,
        application=found,
        groups=found.round.groups,
        made_at=at,
        made_by=by.person,
        **_signature(level, by, at),
    )


def _agreed_at_once(found: Application, made: Arrangement, by: Actor, at: datetime) -> None:
    """The agreement of a short process: issued, returned and signed in one act, recorded by whoever signs."""
    Agreement.objects.create(
        application=found,
        commissioner_id=found.commissioner_id,
        level=made.level,
        groups=found.round.groups,
        state=SIGNED,
        arrangement=made,
        effective_on=max(found.round.effective_on, london_day(at)),
        issued_at=at,
        issued_by=by.person,
        returned_at=at,
        returned_by=by.person,
        signed_at=at,
        signed_by=by.person,
    )


@transaction.atomic
def succeed_arrangement(
    *, arrangement: str, successor: str, on: date, by: Actor, at: datetime
) -> Arrangement:
    """A successor takes an arrangement over on a day; the predecessor's ends the day before.

    Where several predecessors bring the same level, the successor's arrangement is made once; where one brought a
    higher level that day, a lower one only ends, and so does a lower one that the successor had. Take over the
    highest first. What it covers goes with it, and so does each agreement that it rests on: the successor has one
    of its own, with the same text, term and notice.
    Raises `Refused`: ``not_found``, ``not_permitted``, ``no_succession`` where the register knows of none on that
    day, ``ended``.
    """
    require(may(by, Permission.RUN_ROUNDS))
    before = Arrangement.objects.select_for_update().filter(pk=arrangement).first()
    if before is None:
        raise refusal("not_found", "There is no such arrangement.")
    if (successor, on) not in succession_steps({before.commissioner_id}).get(before.commissioner_id, ()):
        raise refusal("no_succession", f"The register knows of no succession to {successor} on {on}.")
    if before.effective_on >= on or (before.last_on and before.last_on < on - ONE_DAY):
        raise refusal("ended", f"That arrangement is not in force on the day before {on}.")
    before.last_on = on - ONE_DAY
    before.save(update_fields=["last_on"])
    made = _joins(before, successor, on) or _taken_over(before, successor, on, by, at)
    carry_scope(before, made, on)
    novated = [each.pk for each in novate(before, made, on, by, at)]
    _record("arrangement.succeeded", made, by, at, AGREEMENT, succeeds=before.pk, agreements=novated)
    return made


def _joins(before: Arrangement, successor: str, on: date) -> Arrangement | None:
    """The arrangement of a successor that an arrangement becomes part of: of the same level, or of a higher one over
    any of the same contractors."""
    covered = scope_on(grant_from(before), on).groups
    for each in _in_force(successor, on).filter(level__gte=before.level, effective_on__lte=on):
        if each.level == before.level or scope_on(grant_from(each), on).groups & covered:
            return each
    return None


def _taken_over(before: Arrangement, successor: str, on: date, by: Actor, at: datetime) -> Arrangement:
    """The successor's arrangement; a lower level of its own over any of the same contractors ends the day before."""
    covered = scope_on(grant_from(before), on).groups
    for each in _in_force(successor, on).filter(level__lt=before.level, effective_on__lt=on):
        if scope_on(grant_from(each), on).groups & covered:
            each.last_on = on - ONE_DAY
            each.save(update_fields=["last_on"])
    return Arrangement.objects.create(
        commissioner_id=successor,
        level=before.level,
        effective_on=on,
        last_on=lasts_until(before, on),
        succeeds=before,
        made_at=at,
        made_by=by.person,
        **_signature(before.level, by, at),
    )


@transaction.atomic
def record_position(
    *,
    commissioner: str,
    level: int,
    effective_on: date,
    last_on: date | None,
    source: str,
    source_href: str,
    by: Actor,
    at: datetime,
) -> Arrangement:
    """Record an arrangement that a source states, for days on which it was not made here. Again changes nothing.

    Raises `Refused`: ``not_permitted``, ``no_such_level``, ``no_source``, ``wrong_dates``, ``no_commissioner``.
    """
    require(may(by, Permission.RUN_ROUNDS))
    if level not in levels():
        raise refusal("no_such_level", f"There is no Level {level}. Choose 1, 2 or 3.")
    if not source.strip():
        raise refusal("no_source", "Say which source states it.")
    if last_on is not None and last_on < effective_on:
        raise refusal("wrong_dates", "It ends before it begins.")
    _require_commissioner(commissioner, effective_on)
    earlier = Arrangement.objects.filter(
        commissioner_id=commissioner, level=level, effective_on=effective_on
    ).first()
    if earlier is not None:
        return earlier
    made = Arrangement.objects.create(
        commissioner_id=commissioner,
        level=level,
        effective_on=effective_on,
        last_on=last_on,
        source=source.strip(),
        source_href=source_href.strip(),
        made_at=at,
        made_by=by.person,
    )
    _record("arrangement.recorded", made, by, at, "As the source states", source=made.source)
    return made


def _signature(level: int, by: Actor, at: datetime) -> dict[str, Any]:
    """When and by whom it is signed; nothing at a level that needs no agreement."""
    return {"signed_at": at, "signed_by": by.person} if "agreement" in levels()[level].needs else {}


def _require_commissioner(code: str, on: date) -> None:
    if kind_on(code, on) not in COMMISSIONER_KINDS:
        raise refusal(
            "no_commissioner", f"{code} is no commissioner of primary care on {on}.", "The register"
        )


def _end_lower(found: Application, effective_on: date, by: Actor, at: datetime, *, spared: str = "") -> None:
    """End what the new arrangement, or `spared` that was widened, takes the place of: over the contractor groups of
    the round alone. What a lower level covers besides goes on. Raises `Refused` where it would not be a step up."""
    wanted = set(found.round.groups)
    for each in _in_force(found.commissioner_id, effective_on).exclude(pk=spared):
        covered = scope_on(grant_from(each), effective_on).groups
        if not covered & wanted:
            continue
        if each.level >= found.round.level or each.effective_on >= effective_on:
            raise refusal("already_held", f"It has {levels()[each.level].title}, from {each.effective_on}.")
        if covered - wanted:
            instrument = f"The agreement of application {found.pk}"
            narrow_scope(each, covered & wanted, effective_on, instrument, by, at)
            continue
        each.last_on = effective_on - ONE_DAY
        each.save(update_fields=["last_on"])


def _in_force(commissioner: str, on: date) -> QuerySet[Arrangement]:
    """Arrangements of a commissioner that have not ended by a day, locked."""
    rows = Arrangement.objects.select_for_update().prefetch_related("variations")
    return rows.filter(Q(last_on__isnull=True) | Q(last_on__gte=on), commissioner_id=commissioner)


def _record(act: str, made: Arrangement, by: Actor, at: datetime, under: str, **more: object) -> None:
    record(
        act=act,
        by=by,
        at=at,
        subject=f"arrangement/{made.pk}",
        under=under,
        details={
            "commissioner": made.commissioner_id,
            "level": made.level,
            "effective_on": made.effective_on.isoformat(),
            "last_on": made.last_on.isoformat() if made.last_on else None,
            **more,
        },
    )
