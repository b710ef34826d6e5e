"""What it takes to call each act of programmes, interests and clocks once, now: for test_actions.py."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from remit.delegation import actions
from tests.delegation_factories import (
    PROGRAMME,
    draft,
    make_commissioners,
    make_programme,
    make_round,
    officer_of,
    submit,
)
from tests.factories import NOW
from tests.house.acts_of_delegation import CLOSED, CODE, OPEN, TODAY

Act = Callable[[], Any]
YEAR = "this-year"


def a_programme() -> None:
    make_commissioners("00A")
    make_programme(YEAR, at=NOW)


def set_up_programme() -> Act:
    return lambda: actions.set_up_programme(code=YEAR, title="This year", by=PROGRAMME, at=NOW)


def plan_round() -> Act:
    a_programme()
    return lambda: actions.plan_round(
        programme=YEAR,
        code=CODE,
        title="From April",
        level=3,
        opens_at=NOW,
        deadline=OPEN,
        decisions_due_on=None,
        effective_on=TODAY + timedelta(days=60),
        by=PROGRAMME,
        at=NOW,
    )


def publish_document() -> Act:
    a_programme()
    return lambda: actions.publish_document(
        programme=YEAR, kind="process", words="How to apply.", by=PROGRAMME, at=NOW
    )


def express_interest() -> Act:
    a_programme()
    return lambda: actions.express_interest(
        programme=YEAR,
        commissioner="00A",
        level=3,
        would_manage_performance=True,
        by=officer_of("00A"),
        at=NOW,
    )


def convert_interest() -> Act:
    found = express_interest()()
    make_round(CODE, deadline=OPEN, effective_on=TODAY + timedelta(days=60), programme=YEAR, at=NOW)
    return lambda: actions.convert_interest(interest=found.pk, round_code=CODE, by=officer_of("00A"), at=NOW)


def state_position() -> Act:
    a_programme()
    return lambda: actions.state_position(
        programme=YEAR, commissioner="00A", answer="undecided", by=officer_of("00A"), at=NOW
    )


def decide_late_request() -> Act:
    make_commissioners("00A")
    make_round(CODE, deadline=CLOSED, effective_on=TODAY + timedelta(days=60))
    made = draft(CODE, "00A", answers={}, at=CLOSED.at - timedelta(hours=1))
    actions.request_late_acceptance(
        application=made.pk, reasons="The lines were down.", by=officer_of("00A"), at=NOW
    )
    return lambda: actions.decide_late_request(
        application=made.pk,
        is_accepted=True,
        reasons="They were.",
        may_submit_until=NOW + timedelta(days=1),
        by=PROGRAMME,
        at=NOW,
    )


def a_closed_round(*, is_sealed: bool = False) -> None:
    make_commissioners("00A")
    due = TODAY - timedelta(days=1)
    effective = TODAY + timedelta(days=60)
    make_round(CODE, deadline=CLOSED, decisions_due_on=due, effective_on=effective, is_sealed=is_sealed)
    submit(CODE, "00A", at=CLOSED.at - timedelta(hours=1))


def extend_decisions() -> Act:
    a_closed_round()
    return lambda: actions.extend_decisions(
        round_code=CODE, until_on=TODAY + timedelta(days=30), reasons="More came.", by=PROGRAMME, at=NOW
    )


def open_seal() -> Act:
    a_closed_round(is_sealed=True)
    return lambda: actions.open_seal(round_code=CODE, by=PROGRAMME, at=NOW)


def record_timetable() -> Act:
    make_commissioners("00A")
    return lambda: actions.record_timetable(
        commissioner="00A",
        from_on=TODAY,
        days={"notice": 21},
        source="Constitution, clause 7",
        by=officer_of("00A"),
        at=NOW,
    )


STAGES = {
    "delegation.set_up_programme": set_up_programme,
    "delegation.plan_round": plan_round,
    "delegation.publish_document": publish_document,
    "delegation.express_interest": express_interest,
    "delegation.convert_interest": convert_interest,
    "delegation.state_position": state_position,
    "delegation.decide_late_request": decide_late_request,
    "delegation.extend_decisions": extend_decisions,
    "delegation.open_seal": open_seal,
    "delegation.record_timetable": record_timetable,
}
