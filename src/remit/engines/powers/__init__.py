"""Engine: powers. Who may do what, by the arrangement in force on a day."""

from remit.engines.powers.catalogue import Held, Level, Power
from remit.engines.powers.holding import Grant, Holding, grant_on, holding_of, holds

__all__ = ["Grant", "Held", "Holding", "Level", "Power", "grant_on", "holding_of", "holds"]
