"""What every act about roles shares: whether a role fits, and holding it."""

from __future__ import annotations

from datetime import datetime

from remit.accounts.models import Person, RoleHolding
from remit.engines.permissions import may_hold
from remit.kernel.actor import Actor
from remit.kernel.canonical import sha256_hex
from remit.kernel.decision import Reason, Refused, require
from remit.kernel.moments import london_day
from remit.register.queries import kind_on

UNDER = "Permission table"
NONE_OPEN = (
    "There is no organisation {code} in the register that is open today. "
    "Check the code, or first load the file that lists it."
)


def refusal(code: str, message: str) -> Refused:
    """A refusal that rests on the permission table."""
    return Refused(Reason(code, message, UNDER))


def require_role_fits(role: str, organisation: str, at: datetime) -> None:
    """Raise `Refused` unless the organisation is open at `at` and of a kind where the role can be held."""
    kind = kind_on(organisation, london_day(at))
    if kind is None:
        raise refusal("not_found", NONE_OPEN.format(code=organisation))
    require(may_hold(role, kind))


def hold(person: Person, role: str, organisation: str, at: datetime, granted_by: str) -> RoleHolding:
    """The holding of a role, made unless the person holds it already."""
    held = RoleHolding.objects.filter(
        person=person, role=role, organisation_id=organisation, ended_at__isnull=True
    ).first()
    return held or RoleHolding.objects.create(
        person=person, role=role, organisation_id=organisation, granted_at=at, granted_by=granted_by
    )


def once_key(verb: str, by: Actor, once: str) -> str:
    """The ledger's idempotency key. The caller's own is hashed: it can be of any length and hold anything."""
    return f"role.{verb}/{by.person}/{sha256_hex(f'{by.acting_for}/{once}'.encode())}"
