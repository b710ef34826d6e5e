"""Whether rolls, votes and results are still what was declared, and what the ledger says of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from remit.kernel.canonical import sha256_hex
from remit.ledger.queries import entries
from remit.motions.models import Declaration
from remit.motions.queries.outcomes import (
    as_counted,
    as_kept,
    concordance_of,
    outcome_of,
    recount_bytes,
    tallies_of,
)
from remit.register.queries import Disagreement

PAGE = 500


def disagreements() -> Iterator[Disagreement]:
    """Every declared result that does not follow from its rows, or that its entry in the ledger does not state."""
    said = _declared()
    for found in Declaration.objects.select_related("motion").order_by("pk"):
        where = f"motion/{found.motion_id}"
        recorded = said.pop(where, None)
        if recorded is None:
            yield Disagreement(where, "A result is kept that the ledger does not know.")
            continue
        yield from _compared(where, found, recorded)
    for where in said:
        yield Disagreement(where, "The result that the ledger states is gone.")


def _declared() -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = {}
    before = None
    while page := list(entries(act="motion.declared", before=before, limit=PAGE)):
        found |= {entry.subject: dict(entry.details) for entry in page}
        before = page[-1].index
    return found


def _compared(where: str, found: Declaration, recorded: dict[str, object]) -> Iterator[Disagreement]:
    tallies = tallies_of(found.motion)
    if as_kept(tallies) != found.tally or asdict(concordance_of(found.motion)) != _listed(found.concordance):
        yield Disagreement(where, "Its votes do not add up to the tally that was declared.")
    counted = outcome_of(found.motion, as_counted(found.tally), casting_vote=found.casting_vote)
    if sha256_hex(recount_bytes(found.motion, counted, casting_vote=found.casting_vote)) != found.sha256:
        yield Disagreement(where, "Its roll, votes or rules are not those of its recount file.")
    if (counted.result.value, counted.option) != (found.result, found.option):
        yield Disagreement(where, f"Its result is kept as “{found.result}”, and is “{counted.result.value}”.")
    now = {"result": found.result, "option": found.option, "sha256": found.sha256}
    for name, value in now.items():
        if recorded[name] != value:
            yield Disagreement(where, f"Its {name} is “{value}”, and the ledger says “{recorded[name]}”.")


def _listed(concordance: dict[str, object]) -> dict[str, object]:
    return {**concordance, "codes": tuple(concordance["codes"])}  # type: ignore[arg-type]
