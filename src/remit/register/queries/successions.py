"""Who followed whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

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


def _rows(successions: QuerySet[Succession]) -> list[SuccessionRow]:
    found = [row for row in successions.order_by("on", "predecessor_id", "successor_id") if _stands(row)]
    before = names_on(
        {row.predecessor_id for row in found},
        min((row.on for row in found), default=date.max) - timedelta(days=1),
    )
    after = names_on({row.successor_id for row in found}, max((row.on for row in found), default=date.min))
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


def _stands(row: Succession) -> bool:
    """Maps list every code that ever was: a published step counts if the predecessor commissioned until the
    day before, or if it was never a commissioner."""
    if row.basis == "derived":
        return True
    kinds = Fact.objects.filter(
        organisation_id=row.predecessor_id, about="kind", value__in=COMMISSIONER_KINDS
    )
    return not kinds.exists() or kinds.as_at(row.on - timedelta(days=1)).exists()
