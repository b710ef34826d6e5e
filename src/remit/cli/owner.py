"""Who acts when somebody types a command."""

from __future__ import annotations

from remit.engines.permissions import ROLES
from remit.kernel.actor import Actor, RoleAt

PLACE = "SYSTEM"


def owner() -> Actor:
    """The system's owner: whoever has its shell.

    They hold every role, because they could write to the database by hand anyway. What they do through the
    commands is at least written into the ledger, as done by ``system``, and goes through the same rules.
    """
    return Actor(person="system", acting_for=PLACE, roles=frozenset(RoleAt(role, PLACE) for role in ROLES))
