"""Engine: scoring. Two assessors' scores, where they differ, what they come to."""

from remit.engines.scoring.pair import Criterion, Line, settled_score, total_of

__all__ = ["Criterion", "Line", "settled_score", "total_of"]
