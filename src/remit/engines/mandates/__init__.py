"""Engine: mandates. How firmly members stand behind an application, and whether that meets a published standard."""

from remit.engines.mandates.counts import Count, Result, Threshold, reconcile, result_of
from remit.engines.mandates.facts import FactKind, WrongFact, count_of, fit_facts
from remit.engines.mandates.ladder import Rung, Vote, firmest, unanswered_losses
from remit.engines.mandates.standards import Comparison, Requirement, Shown, Standard, compare

__all__ = [
    "Comparison",
    "Count",
    "FactKind",
    "Requirement",
    "Result",
    "Rung",
    "Shown",
    "Standard",
    "Threshold",
    "Vote",
    "WrongFact",
    "compare",
    "count_of",
    "firmest",
    "fit_facts",
    "reconcile",
    "result_of",
    "unanswered_losses",
]
