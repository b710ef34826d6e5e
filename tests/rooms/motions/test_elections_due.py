"""Elections that a clause asks for come up by themselves: once powers are approved, and known to the public."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from remit.kernel.moments import london_day
from remit.motions import queries
from tests.constitution_factories import CLAUSES, make_constitution
from tests.delegation_factories import (
    DEADLINE,
    WEEK,
    announce,
    approve,
    make_commissioners,
    make_round,
    submit,
)

pytestmark = pytest.mark.django_db
ROUND = "2015-level-3"
ANEW = {"kind": "reelection", "days": 90, "motions": ["delegation"]}
RULES = {**CLAUSES, "20.3": ("After new powers the board is elected anew within 90 days.", [ANEW])}
TOLD = DEADLINE.at + 2 * WEEK


@pytest.mark.seed("S2-41")
def test_approval_sets_up_an_election_where_a_clause_asks_for_one() -> None:
    make_commissioners("00A", "00B")
    early = DEADLINE.at - 8 * WEEK
    make_constitution("00A", RULES, at=early, in_force_on=date(2014, 1, 1))
    make_constitution("00B", at=early + timedelta(minutes=1), in_force_on=date(2014, 1, 1))
    make_round()
    for made in [submit(ROUND, code) for code in ("00A", "00B")]:
        approve(made)
    announce(ROUND, at=TOLD)
    assert queries.elections_due("00A", TOLD - timedelta(seconds=1)) == ()
    [due] = queries.elections_due("00A", TOLD)
    day = london_day(TOLD)
    assert (due.clause, due.arose_on, due.due_on) == ("20.3", day, day + timedelta(days=90))
    assert due.why.startswith("Approved: ")
    assert (due.is_overdue(due.due_on), due.is_overdue(due.due_on + timedelta(days=1))) == (False, True)
    assert queries.elections_due("00B", TOLD) == ()
