"""Using a power: refused unless it is held, and kept, so that its first use can be told."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from remit.delegation.actions.finding import refusal
from remit.delegation.models import PowerUse
from remit.delegation.queries.positions import arrangement_on
from remit.delegation.queries.powers import holds_power, power_of
from remit.engines.permissions import Permission, may
from remit.engines.powers import GENERAL_PRACTICE
from remit.kernel.actor import Actor
from remit.kernel.canonical import sha256_hex
from remit.kernel.decision import require
from remit.kernel.moments import london_day
from remit.ledger.actions import record
from remit.ledger.queries import entry_once


@transaction.atomic
def use_power(
    *,
    commissioner: str,
    power: str,
    what: str,
    by: Actor,
    at: datetime,
    once: str,
    group: str = GENERAL_PRACTICE,
) -> PowerUse:
    """Record what a commissioner does under a power over a contractor group, now. The same `once` again
    gives the same record.

    Raises `Refused`: ``not_permitted``, ``no_such_power``, ``no_such_group``, ``power_not_held`` (which power, why
    not, from when), ``no_words``.
    """
    require(may(by, Permission.USE_POWERS, commissioner))
    require(holds_power(commissioner, power, at, group))
    what = " ".join(what.split())
    if not 0 < len(what) <= 300:
        raise refusal("no_words", "Say in at most 300 characters what was done.")
    key = f"power.used/{by.person}/{sha256_hex(f'{commissioner}/{once}'.encode())}"
    earlier = entry_once(key)
    if earlier is not None:
        return PowerUse.objects.get(pk=earlier.subject.removeprefix("power_use/"))
    arrangement = arrangement_on(commissioner, london_day(at), group)
    made = PowerUse.objects.create(
        commissioner_id=commissioner,
        power=power_of(power).code,
        group=group,
        arrangement_id=arrangement.id if arrangement else "",
        what=what,
        used_at=at,
        used_by=by.person,
    )
    record(
        act="power.used",
        by=by,
        at=at,
        subject=f"power_use/{made.pk}",
        under=made.power,
        details={"commissioner": commissioner, "power": made.power, "group": group, "what": what},
        once=key,
    )
    return made
