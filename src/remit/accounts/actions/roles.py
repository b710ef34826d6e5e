"""Giving and ending roles: never one's own."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from remit.accounts.actions.holding import UNDER, hold, once_key, refusal, require_role_fits
from remit.accounts.models import Person, RoleHolding
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.decision import require
from remit.ledger.actions import record
from remit.ledger.queries import entry_once


@transaction.atomic
def grant_role(
    *, person: str, role: str, organisation: str, by: Actor, at: datetime, once: str
) -> RoleHolding:
    """Give somebody of the organisation a role there; never oneself. The same `once` again changes nothing.

    Raises `Refused`: ``not_permitted``, ``own_role``, ``wrong_kind``, ``not_found`` for anybody who has never
    worked at the organisation, ``already_done`` where they hold the role.
    """
    require(may(by, Permission.GRANT_ROLES, organisation))
    if person == by.person:
        raise refusal("own_role", "You cannot give yourself a role. Ask another administrator.")
    require_role_fits(role, organisation, at)
    colleagues = RoleHolding.objects.filter(organisation_id=organisation, person_id=person)
    somebody = Person.objects.select_for_update().filter(pk=person, is_active=True).first()
    if somebody is None or not colleagues.exists():
        raise refusal("not_found", "There is no such person at your organisation.")
    earlier = entry_once(once_key("granted", by, once))
    if earlier is not None:
        return RoleHolding.objects.get(pk=earlier.subject.removeprefix("holding/"))
    if colleagues.filter(role=role, ended_at__isnull=True).exists():
        raise refusal("already_done", "They already hold this role.")
    holding = hold(somebody, role, organisation, at, by.person)
    record(
        act="role.granted",
        by=by,
        at=at,
        subject=f"holding/{holding.pk}",
        under=UNDER,
        details={"person": person, "role": role, "organisation": organisation},
        once=once_key("granted", by, once),
    )
    return holding


@transaction.atomic
def end_role(*, holding: str, by: Actor, at: datetime, once: str) -> RoleHolding:
    """End a role that somebody else holds at the organisation. One that has ended stays as it is.

    Raises `Refused`: ``not_found`` for a holding of another organisation, ``not_permitted``, ``own_role``.
    """
    held = RoleHolding.objects.select_for_update().filter(pk=holding).first()
    if held is None or held.organisation_id != by.acting_for:
        raise refusal("not_found", "There is no such role at your organisation.")
    require(may(by, Permission.END_ROLES, held.organisation_id))
    if held.person_id == by.person:
        raise refusal("own_role", "You cannot end your own role. Ask another administrator.")
    if held.ended_at is not None:
        return held
    held.ended_at, held.ended_by = at, by.person
    held.save(update_fields=["ended_at", "ended_by"])
    record(
        act="role.ended",
        by=by,
        at=at,
        subject=f"holding/{held.pk}",
        under=UNDER,
        details={"person": held.person_id, "role": held.role, "organisation": held.organisation_id},
        once=once_key("ended", by, once),
    )
    return held
