"""Whether adopted texts still say what the ledger says that they did."""

from __future__ import annotations

from collections.abc import Iterator

from remit.constitutions.models import Clause, Text
from remit.constitutions.queries.texts import digest_of
from remit.ledger.queries import entries
from remit.register.queries import Disagreement

PAGE = 500


def disagreements() -> Iterator[Disagreement]:
    """Every text that is gone since it was adopted, or whose clauses are others."""
    before = None
    while page := list(entries(act="text.adopted", before=before, limit=PAGE)):
        held = {each.pk: each for each in Text.objects.filter(pk__in=[_id(entry.subject) for entry in page])}
        for entry in page:
            found = held.get(_id(entry.subject))
            if found is None:
                yield Disagreement(entry.subject, f"The text of ledger entry {entry.index} is gone.")
            elif digest_of(Clause.objects.filter(text=found)) != entry.details["sha256"]:
                words = f"Its clauses are not those that ledger entry {entry.index} commits to."
                yield Disagreement(entry.subject, words)
        before = page[-1].index


def _id(subject: str) -> str:
    return subject.removeprefix("text/")
