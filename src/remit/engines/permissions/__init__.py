"""What each role may do: one table, in code, that can be listed, tested and published."""

from remit.engines.permissions.may import may, may_hold
from remit.engines.permissions.roles import ROLES, Permission, Role, Scope

__all__ = ["ROLES", "Permission", "Role", "Scope", "may", "may_hold"]
