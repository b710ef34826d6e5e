"""Engine: powers. Who may do what over which contractors, by the arrangement in force on a day and its scope."""

from remit.engines.powers.catalogue import GENERAL_PRACTICE, Group, Held, Level, Power, Provision
from remit.engines.powers.holding import (
    Holding,
    Spell,
    Wording,
    first_held,
    grant_on,
    holding_of,
    holds,
    reference_on,
    said_day,
    spells,
)
from remit.engines.powers.scope import Grant, Scope, Variation, over, scope_on

__all__ = [
    "GENERAL_PRACTICE",
    "Grant",
    "Group",
    "Held",
    "Holding",
    "Level",
    "Power",
    "Provision",
    "Scope",
    "Spell",
    "Variation",
    "Wording",
    "first_held",
    "grant_on",
    "holding_of",
    "holds",
    "over",
    "reference_on",
    "said_day",
    "scope_on",
    "spells",
]
