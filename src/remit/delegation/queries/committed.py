"""Whether decisions and announcements are still what the ledger committed to when they were made."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from remit.delegation.models import Announced, Announcement, Decision
from remit.delegation.queries.announcements import frozen_hash
from remit.delegation.queries.openings import ANNOUNCED, DECIDED, FIELDS
from remit.kernel.canonical import canonical_json
from remit.ledger.queries import openings_of, told
from remit.register.queries import Disagreement

ANEW = "The challenge was upheld, so it is decided anew."
"""How the reasons of a decision begin that follows from a challenge, whose answer is the act."""


def decisions_and_announcements() -> Iterator[Disagreement]:
    """Every decision that no entry committed to, or that is gone; and every announcement whose list is not the frozen
    one, or that its entry does not state. What was committed to is in `decision` and `announcement` of the entry."""
    entries = list(told(FIELDS))
    kept = openings_of(entry.details[FIELDS[entry.act]] for entry in entries)
    values = [(entry, kept[entry.details[FIELDS[entry.act]]][1]) for entry in entries if _held(entry, kept)]
    yield from _decisions([(entry.subject, value) for entry, value in values if entry.act in DECIDED])
    yield from _announcements([json.loads(value) for entry, value in values if entry.act == ANNOUNCED])


def _held(entry: Any, kept: Any) -> bool:
    return entry.details[FIELDS[entry.act]] in kept


def _decisions(said: list[tuple[str, str]]) -> Iterator[Disagreement]:
    committed = Counter(said)
    rows = Decision.objects.exclude(outcome="deferred", reasons__startswith=ANEW)
    now = Counter(
        (
            f"application/{row.application_id}",
            canonical_json(
                {"outcome": row.outcome, "reasons": row.reasons, "conditions": row.conditions}
            ).decode(),
        )
        for row in rows.iterator()
    )
    for where, value in sorted((now - committed).keys()):
        yield Disagreement(
            where, f"A decision “{json.loads(value)['outcome']}” is not what the ledger committed to."
        )
    for where, value in sorted((committed - now).keys()):
        yield Disagreement(
            where, f"The decision “{json.loads(value)['outcome']}” of the ledger is not there."
        )


def _announcements(said: list[dict[str, Any]]) -> Iterator[Disagreement]:
    committed = {value["code"]: value for value in said}
    rows: dict[str, list[Announced]] = {}
    lists = Announced.objects.select_related("decision__application").order_by("pk")
    for row in lists:
        rows.setdefault(row.announcement_id, []).append(row)
    for found in Announcement.objects.order_by("code"):
        where, value = f"announcement/{found.code}", committed.pop(found.code, None)
        if value is None:
            yield Disagreement(where, "An announcement is kept that the ledger did not commit to.")
            continue
        now = {"headline": found.headline, "list_sha256": found.sha256}
        for name, words in now.items():
            if value[name] != words:
                yield Disagreement(where, f"Its {name} is “{words}”, and the ledger says “{value[name]}”.")
        if frozen_hash(rows.get(found.pk, [])) != found.sha256:
            yield Disagreement(where, "Its list is not the one that was frozen.")
    for code in committed:
        yield Disagreement(f"announcement/{code}", "The announcement of the ledger is not there.")
