"""Who acts, and for which organisation."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class RoleAt:
    """A role held at an organisation; `organisation` is its code, empty for a national role."""

    role: str
    organisation: str = ""


@dataclass(frozen=True)
class Actor:
    """Somebody doing something.

    `person` is a pseudonymous id (a ULID, or ``system`` for the command line of the server's owner), never a
    name or an e-mail address, because it goes into the ledger. `acting_for` is an organisation's code.
    """

    person: str
    acting_for: str = ""
    roles: frozenset[RoleAt] = frozenset()


ANYONE = Actor(person="anyone")
