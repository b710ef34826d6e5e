"""Asking the table."""

from __future__ import annotations

from remit.engines.permissions.roles import ROLES, WHAT_IT_MEANS, Permission, Scope
from remit.kernel.actor import ANYONE, Actor
from remit.kernel.decision import ALLOWED, Decision, refuse

CLAUSE = "Permission table"


def may(actor: Actor, permission: Permission, organisation: str = "") -> Decision:
    """Whether an actor may do something, to or for an organisation where one is named.

    A role that reaches the nation gives its permissions everywhere; one at an organisation gives them there
    only. Only roles held at the organisation that the actor acts for count.
    """
    for held in actor.roles:
        role = ROLES.get(held.role)
        if role is None or permission not in role.permissions or held.organisation != actor.acting_for:
            continue
        if role.scope is Scope.NATION or not organisation or held.organisation == organisation:
            return ALLOWED
    if actor.person == ANYONE.person:
        return refuse("sign_in", f"To {_lower(permission)} you need to sign in.", CLAUSE)
    able = sorted(role.name for role in ROLES.values() if permission in role.permissions)
    where = f" for {organisation}" if organisation else ""
    return refuse(
        "not_permitted",
        f"You cannot {_lower(permission)}{where} in your present role. Roles that can: {', '.join(able)}. "
        "Ask your organisation's administrator, or change the organisation you act for.",
        CLAUSE,
    )


def may_hold(role: str, kind: str) -> Decision:
    """Whether a role can be held at an organisation of a kind."""
    known = ROLES.get(role)
    if known is None:
        return refuse("no_such_role", f"There is no role “{role}”.", CLAUSE)
    if known.kinds and kind not in known.kinds:
        places = " or ".join(sorted(name.replace("_", " ") for name in known.kinds))
        return refuse("wrong_kind", f"The role “{known.name}” can only be held at a {places}.", CLAUSE)
    return ALLOWED


def _lower(permission: Permission) -> str:
    text = WHAT_IT_MEANS[permission].replace("their own", "your own").replace("their ", "your ")
    return (text[0].lower() + text[1:]).replace("themselves", "yourself")
