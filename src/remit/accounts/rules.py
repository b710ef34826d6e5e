"""The permission table for Django's own question, `person.has_perm("register.import_files", organisation)`.

The `rules` app finds this module and asks it. The organisation is a code; without one the question is whether
the person may do it anywhere. Actions do not rely on this: they ask `may` with the organisation acted for.
"""

from __future__ import annotations

from rules.permissions import add_perm
from rules.predicates import Predicate

from remit.accounts.models import Person
from remit.accounts.queries import actors_of
from remit.engines.permissions import Permission, may


def allows(person: object, permission: Permission, organisation: str | None) -> bool:
    """Whether some role that a person holds now gives a permission, for one organisation or (None) at all."""
    if not isinstance(person, Person):
        return False
    return any(may(actor, permission, organisation or "").allowed for actor in actors_of(person.pk))


def _predicate(permission: Permission) -> Predicate:
    def holds(person: object, organisation: str | None = None) -> bool:
        return allows(person, permission, organisation)

    return Predicate(holds, name=permission.value)


for _permission in Permission:
    add_perm(_permission.value, _predicate(_permission))  # type: ignore[no-untyped-call]
