"""Where no source speaks, the answer is “not known”: never “none”, and never the end of what is known."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from remit.delegation import actions, queries
from remit.kernel.decision import Refused
from tests.delegation_factories import (
    EFFECTIVE_ON,
    PROGRAMME,
    london,
    make_commissioners,
    make_round,
    officer_of,
)

pytestmark = pytest.mark.django_db

EVE = EFFECTIVE_ON - timedelta(days=1)
AFTER = date(2016, 4, 1)
"""The day after the last one of which the source speaks."""


@pytest.fixture(autouse=True)
def _stated() -> None:
    """Of three commissioners a source names one, for the first year and again from 2021 on."""
    make_commissioners("00A", "00B", "00C")
    for first, last in ((EFFECTIVE_ON, date(2016, 3, 31)), (date(2021, 4, 1), None)):
        actions.record_position(
            commissioner="00A",
            level=3,
            effective_on=first,
            last_on=last,
            source="A report",
            source_href="",
            by=PROGRAMME,
            at=london(2014, 10, 1),
        )


def levels_on(on: date) -> list[int | None]:
    return [row.level for row in sorted(queries.positions_on(on), key=lambda row: row.code)]


def reason(commissioner: str, power: str, on: date) -> tuple[str, str]:
    decision = queries.holds_power_on(commissioner, power, on)
    assert not decision.allowed
    return decision.reasons[0].code, decision.reasons[0].message


def test_what_a_source_states_is_known_for_exactly_its_days() -> None:
    assert levels_on(EVE) == [0, 0, 0], "before there were levels nobody had one"
    assert levels_on(EFFECTIVE_ON) == [3, None, None]
    assert levels_on(AFTER) == [None, None, None]
    assert levels_on(date(2021, 4, 1)) == [3, None, None]


def test_who_is_not_known_is_counted_beside_the_levels() -> None:
    counts = [queries.uptake_on(day) for day in (EVE, EFFECTIVE_ON, AFTER)]
    assert [each.not_known for each in counts] == [0, 2, 3]
    assert [each.level_3 for each in counts] == [0, 1, 0]
    [region] = queries.uptake_by_region(EFFECTIVE_ON)
    assert region.uptake.not_known == 2


def test_the_end_of_what_is_known_is_not_the_end_of_the_power() -> None:
    code, said = reason("00A", "approve_mergers", AFTER)
    assert code == "position_not_known"
    assert said == (
        "It is not known whether The ccg 00A could do this on 1 April 2016. The sources held here state its position "
        "from 1 April 2015 to 31 March 2016 (Level 3, delegated commissioning) and from 1 April 2021 on (Level 3, "
        "delegated commissioning), and on no other day."
    )
    code, said = reason("00B", "approve_mergers", AFTER)
    assert code == "position_not_known"
    assert said.endswith("No source held here states its position on any day.")


def test_what_is_stated_is_answered_and_what_nobody_can_hold_is_refused() -> None:
    assert queries.holds_power_on("00A", "approve_mergers", EFFECTIVE_ON).allowed
    assert reason("00B", "manage_performers", AFTER)[0] == "power_not_held", "reserved at every level"
    assert reason("00A", "approve_mergers", EVE)[0] == "power_not_held", "before there were levels"


def test_the_powers_of_who_is_not_known_are_not_known() -> None:
    how = {row.code: row.how for row in queries.powers_of("00B", AFTER)}
    assert how["approve_mergers"] == "not_known"
    assert how["manage_performers"] == "none"
    assert queries.not_known_of("00B", AFTER) == "No source held here states its position on any day."
    assert queries.not_known_of("00A", EFFECTIVE_ON) == ""


def test_a_power_whose_holder_is_not_known_cannot_be_used() -> None:
    with pytest.raises(Refused) as refused:
        actions.use_power(
            commissioner="00B",
            power="approve_mergers",
            what="A merger.",
            once="once",
            by=officer_of("00B"),
            at=london(2022, 1, 10),
        )
    assert refused.value.code == "position_not_known"


def test_from_the_first_round_run_here_on_everything_is_known() -> None:
    make_round("2020-level-3", effective_on=date(2020, 4, 1))
    assert levels_on(date(2020, 3, 31)) == [None, None, None]
    assert levels_on(date(2020, 4, 1)) == [0, 0, 0]
    assert levels_on(date(2021, 4, 1)) == [3, 0, 0]
    assert queries.uptake_on(date(2020, 4, 1)).not_known == 0
    assert reason("00B", "approve_mergers", date(2020, 4, 1))[0] == "power_not_held"
