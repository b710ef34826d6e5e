"""What pages of bodies and commissioners show of motions: those about them, and elections that are due."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from remit.constitutions.rules import BODY_KINDS
from remit.kernel.actor import ANYONE
from remit.kernel.moments import london_day
from remit.motions import queries
from remit.web.motions.pages.lists import elections_table, motions_table
from remit.web.tables import Table


def motions_about(code: str, at: datetime) -> Table | None:
    """Motions that concern a commissioner, whoever put them; None where there are none."""
    rows = queries.motions(at, ANYONE, about=code)
    return motions_table("about", "Motions that concern it", rows) if rows else None


def tables_of(code: str, kinds: Collection[str], at: datetime) -> tuple[Table, ...]:
    """Motions that concern an organisation, and elections that its own clauses require."""
    about = motions_about(code, at)
    due = queries.elections_due(code, at) if set(kinds) & BODY_KINDS else ()
    elections = elections_table(due, london_day(at)) if due else None
    return tuple(table for table in (about, elections) if table)
