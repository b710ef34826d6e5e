"""The Atom feed: new consultations, and objections that representative bodies have made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from remit.consultations.queries import ConsultationRow
from remit.delegation.queries import EvidenceRow
from remit.kernel.moments import rfc3339
from remit.kernel.names import readable_name

MOST = 100
NEVER = "2013-04-01T00:00:00.000000Z"


@dataclass(frozen=True)
class Item:
    """One entry of the feed. Its id is its address, which stays."""

    id: str
    title: str
    summary: str
    updated: str


@dataclass(frozen=True)
class Feed:
    """The feed, the latest first."""

    id: str
    updated: str
    items: tuple[Item, ...]


def feed_entries(
    consultations: Sequence[ConsultationRow], objections: Sequence[EvidenceRow], start: str
) -> Feed:
    """The latest of both. `start` is the address of the site."""
    found: list[tuple[datetime, Item]] = []
    for row in consultations:
        if row.published_at:
            title = f"{readable_name(row.body_name)} consults: {row.title}"
            item = Item(f"{start}consultations/{row.id}/", title, row.badge, rfc3339(row.published_at))
            found.append((row.published_at, item))
    for each in objections:
        about = ", ".join(readable_name(name) for _, name in each.commissioners) or "in general"
        title = f"{readable_name(each.body_name)} objects: {about}"
        item = Item(f"{start}evidence/{each.id}/", title, each.facts["words"], rfc3339(each.recorded_at))
        found.append((each.recorded_at, item))
    found.sort(key=lambda pair: (pair[0], pair[1].id), reverse=True)
    items = tuple(item for _, item in found[:MOST])
    return Feed(f"{start}consultations/feed.atom", items[0].updated if items else NEVER, items)
