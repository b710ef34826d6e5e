"""Who followed whom."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from remit.kernel.period import ONE_DAY
from remit.register.models import Fact, Succession
from remit.register.queries.naming import names_on
from remit.register.rules import COMMISSIONER_KINDS


@dataclass(frozen=True)
class SuccessionRow:
    """One step. `basis` is published or derived; if derived, `practices` of the `of` followed went there."""

    predecessor: str
    predecessor_name: str
    successor: str
    successor_name: str
    on: date
    basis: str
    practices: int | None
    of: int | None


def successors_of(code: str) -> list[SuccessionRow]:
    """Who took over from an organisation."""
    return _rows(Succession.objects.filter(predecessor_id=code))


def predecessors_of(code: str) -> list[SuccessionRow]:
    """Whose work an organisation took over."""
    return _rows(Succession.objects.filter(successor_id=code))


def succession_steps(predecessors: Collection[str] | None = None) -> dict[str, list[tuple[str, date]]]:
    """Who took over and when, as (successor, day), by predecessor: for many codes, or all, without their names."""
    found: dict[str, list[tuple[str, date]]] = {}
    rows = Succession.objects.order_by("on", "predecessor_id", "successor_id")
    if predecessors is not None:
        rows = rows.filter(predecessor_id__in=predecessors)
    for step in _standing(list(rows)):
        found.setdefault(step.predecessor_id, []).append((step.successor_id, step.on))
    return found


def _rows(successions: QuerySet[Succession]) -> list[SuccessionRow]:
    found = _standing(list(successions.order_by("on", "predecessor_id", "successor_id")))
    if not found:
        return []
    before = names_on({row.predecessor_id for row in found}, found[0].on - ONE_DAY)
    after = names_on({row.successor_id for row in found}, found[-1].on)
    return [
        SuccessionRow(
            row.predecessor_id,
            before.get(row.predecessor_id, row.predecessor_id),
            row.successor_id,
            after.get(row.successor_id, row.successor_id),
            row.on,
            row.basis,
            row.practices,
            row.of,
        )
        for row in found
    ]


def _standing(rows: list[Succession]) -> list[Succession]:
    """Maps list every code that ever was: a published step counts if the predecessor commissioned until the
    day before, or if it was never a commissioner. One that several sources publish counts once."""
    commissioned: dict[str, list[tuple[date, date]]] = {}
    kinds = Fact.objects.filter(about="kind", value__in=COMMISSIONER_KINDS)
    kinds = kinds.filter(organisation_id__in={row.predecessor_id for row in rows if row.basis == "published"})
    for code, first, last in kinds.values_list("organisation_id", "from_on", "until_on"):
        commissioned.setdefault(code, []).append((first, last))

    def stands(row: Succession) -> bool:
        spans = commissioned.get(row.predecessor_id)
        if row.basis == "derived" or spans is None:
            return True
        return any(first <= row.on - ONE_DAY <= last for first, last in spans)

    once = {(row.predecessor_id, row.successor_id, row.on, row.basis): row for row in rows}
    return [row for row in once.values() if stands(row)]
