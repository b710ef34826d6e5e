"""Whether the register still holds what its files said, and only what follows from that.

The ledger keeps, for each file loaded, a digest of everything it said. Whoever edits the register behind the
ledger's back changes a digest, or leaves a fact that no longer follows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from remit.engines.timelines import resolve
from remit.ledger.queries import entry_once
from remit.register.models import STILL, UNKNOWN_START, Fact, Organisation, Source
from remit.register.queries.claims import claims_about

BATCH = 2000
CHUNK = 400
type_of_fact = tuple[str, str, date, str, date, str]


@dataclass(frozen=True)
class Disagreement:
    """Something in the register that its files do not bear out. `where` is a source or an organisation's fact."""

    where: str
    message: str


def disagreements(progress: Callable[[str, int, int], None] | None = None) -> Iterator[Disagreement]:
    """Every source whose words were changed since it was loaded, and every fact that does not follow from them."""
    loaded = list(Source.objects.order_by("as_of", "sha256"))
    for number, source in enumerate(loaded, 1):
        recorded = _recorded_digest(source)
        if recorded is None:
            yield Disagreement(
                f"source/{source.pk}", f"“{source.title}” is in the register but not in the ledger."
            )
        elif said_digest(source) != recorded:
            message = f"What “{source.title}” said was changed after it was loaded."
            yield Disagreement(f"source/{source.pk}", message)
        if progress is not None:
            progress("Checking files", number, len(loaded))
    yield from _facts_that_do_not_follow({source.pk: source for source in loaded}, progress)


def _recorded_digest(source: Source) -> str | None:
    entry = entry_once(f"register.file_loaded/{source.pk}")
    return None if entry is None else str(json.loads(entry.body)["details"]["said_sha256"])


def _facts_that_do_not_follow(
    sources: dict[str, Source], progress: Callable[[str, int, int], None] | None
) -> Iterator[Disagreement]:
    codes = list(Organisation.objects.order_by("code").values_list("code", flat=True))
    for start in range(0, len(codes), CHUNK):
        chunk = codes[start : start + CHUNK]
        held = set(
            Fact.objects.filter(organisation_id__in=chunk).values_list(
                "organisation_id", "about", "from_on", "value", "until_on", "basis"
            )
        )
        follows = set(facts_that_follow(chunk, sources))
        for code, about, first, value, _, _ in sorted(held ^ follows):
            there = (
                "is there but does not follow from any file"
                if (code, about, first, value) in {fact[:4] for fact in held - follows}
                else "is missing"
            )
            yield Disagreement(
                f"{code} {about} {first}", f"{code}: the {about} “{value}” from {first} {there}."
            )
        if progress is not None:
            progress("Checking facts", min(start + CHUNK, len(codes)), len(codes))


def facts_that_follow(codes: list[str], sources: dict[str, Source]) -> Iterator[type_of_fact]:
    """The facts about some organisations that follow from everything their sources say:
    (organisation, about, first day, value, last day, basis)."""
    for (code, about), said in claims_about(codes, sources).items():
        for span in resolve(said):
            yield code, about, span.first or UNKNOWN_START, span.value, span.last or STILL, str(span.basis)


def said_digest(source: Source) -> str:
    """SHA-256 over everything that a source's rows say, in order of organisation, as lines of compact JSON.

    The ledger keeps this digest, so that a later edit of the register's raw material is found.
    """
    digest = hashlib.sha256()
    sightings = source.sightings.order_by("organisation_id").values_list("organisation_id", "row", "claims")
    for code, row, claims in sightings.iterator(chunk_size=BATCH):
        digest.update(_line("sighting", code, row, claims))
    lists = source.lists.order_by("organisation_id").values_list(
        "organisation_id", "on", "quarter", "registered", "weighted", "bands"
    )
    for code, on, quarter, registered, weighted, bands in lists.iterator(chunk_size=BATCH):
        digest.update(_line("list", code, str(on), quarter, _number(registered), _number(weighted), bands))
    payments = source.payments.order_by("organisation_id").values_list(
        "organisation_id", "year", "commissioner", "total_pence", "amounts"
    )
    for payment in payments.iterator(chunk_size=BATCH):
        digest.update(_line("payments", *payment))
    return digest.hexdigest()


def _line(*parts: Any) -> bytes:
    """Only text, whole numbers, null and lists are in it, so compact JSON has one spelling. (RFC 8785 in pure
    Python would take as long as the rest of the import.)"""
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _number(number: Decimal | None) -> str | None:
    return None if number is None else format(number.normalize(), "f")
