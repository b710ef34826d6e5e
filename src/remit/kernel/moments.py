"""Instants and days. Time is read once, at the edge, and passed down as `at`."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def at_the_edge() -> datetime:
    """The present instant, UTC. Only doors call this; everything below takes `at`."""
    return datetime.now(UTC)  # noqa: TID251 - the one place that reads the clock


def london_day(at: datetime) -> date:
    """The calendar day in London at an instant. Raises `ValueError` for a time without a zone."""
    if at.tzinfo is None:
        raise ValueError("an instant needs a zone")
    return at.astimezone(LONDON).date()


def rfc3339(at: datetime) -> str:
    """An instant as ``2015-04-01T00:00:00.000000Z``: UTC, always six decimals, so text order is time order."""
    if at.tzinfo is None:
        raise ValueError("an instant needs a zone")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
