"""Whether arrangements, decisions and announcements are still what the ledger says."""

from __future__ import annotations

from collections.abc import Iterator

from remit.delegation.models import Arrangement
from remit.delegation.queries.committed import decisions_and_announcements
from remit.ledger.queries import entries
from remit.register.queries import Disagreement

BROUGHT_ON = ("arrangement.signed", "arrangement.agreed", "arrangement.succeeded", "arrangement.recorded")
PAGE = 500


def disagreements() -> Iterator[Disagreement]:
    """Every arrangement with an entry of its own that is gone, or of another commissioner, level or first day; every
    decision and announcement that is not what was committed to.

    Arrangements that a signed agreement brought on are in that agreement's entry.
    """
    yield from decisions_and_announcements()
    held = {row.pk: row for row in Arrangement.objects.all()}
    for act in BROUGHT_ON:
        before = None
        while page := list(entries(act=act, before=before, limit=PAGE)):
            for entry in page:
                row = held.get(entry.subject.removeprefix("arrangement/"))
                yield from _compared(entry.subject, row, entry.details, entry.index)
            before = page[-1].index


def _compared(
    where: str, row: Arrangement | None, recorded: dict[str, object], index: int
) -> Iterator[Disagreement]:
    if row is None:
        yield Disagreement(where, f"The arrangement of ledger entry {index} is gone.")
        return
    now = {
        "commissioner": row.commissioner_id,
        "level": row.level,
        "effective_on": row.effective_on.isoformat(),
    }
    for name, value in now.items():
        if recorded[name] != value:
            words = (
                f"The {name.replace('_', ' ')} of an arrangement of {recorded['commissioner']} is “{value}”."
            )
            yield Disagreement(where, f"{words} Ledger entry {index} says “{recorded[name]}”.")
