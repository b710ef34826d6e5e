"""Coded lists of consultations, read from the rulebook."""

from remit.consultations.rules.lists import channels, silence_reasons, smallest_group, told_ways

__all__ = ["channels", "silence_reasons", "smallest_group", "told_ways"]
