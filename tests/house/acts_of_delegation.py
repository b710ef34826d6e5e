"""What it takes to call each act of the delegation programme once, now: for test_actions.py."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from remit.delegation import actions
from remit.delegation.models import Application
from remit.engines.deadlines import Deadline
from remit.kernel.moments import london_day
from remit.kernel.period import ONE_DAY
from remit.register.models import Succession
from tests.delegation_factories import (
    ASSESSOR,
    PROGRAMME,
    announce,
    approve,
    draft,
    make_arrangement,
    make_commissioners,
    make_round,
    officer_of,
    sign,
    submit,
)
from tests.factories import NOW, make_organisation

Act = Callable[[], Any]

TODAY = london_day(NOW)
OPEN = Deadline(NOW + timedelta(days=1))
CLOSED = Deadline(NOW - timedelta(days=30))
CODE = "now"


def a_round(deadline: Deadline) -> None:
    make_commissioners("00A")
    make_round(CODE, deadline=deadline, effective_on=london_day(deadline.at) + ONE_DAY)


def submitted() -> Application:
    a_round(CLOSED)
    return submit(CODE, "00A", at=CLOSED.at - timedelta(hours=1))


def approved() -> Application:
    made = submitted()
    approve(made, at=CLOSED.at)
    return made


def open_round() -> Act:
    return lambda: actions.open_round(
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


def begin_application() -> Act:
    a_round(OPEN)
    return lambda: actions.begin_application(
        round_code=CODE, commissioner="00A", by=officer_of("00A"), at=NOW
    )


def save_answer() -> Act:
    a_round(OPEN)
    made = draft(CODE, "00A", answers={}, at=NOW)
    return lambda: actions.save_answer(
        application=made.pk, question="benefits", answer="Care nearer home.", by=officer_of("00A"), at=NOW
    )


def submit_application() -> Act:
    a_round(OPEN)
    made = draft(CODE, "00A", at=NOW)
    return lambda: actions.submit_application(application=made.pk, by=officer_of("00A"), at=NOW)


def request_late_acceptance() -> Act:
    a_round(CLOSED)
    made = draft(CODE, "00A", answers={}, at=CLOSED.at - timedelta(hours=1))
    return lambda: actions.request_late_acceptance(
        application=made.pk, reasons="The lines were down.", by=officer_of("00A"), at=NOW
    )


def withdraw_application() -> Act:
    made = submitted()
    return lambda: actions.withdraw_application(
        application=made.pk, reasons="Not yet.", by=officer_of("00A"), at=NOW
    )


def decide_application() -> Act:
    made = submitted()
    return lambda: actions.decide_application(
        application=made.pk, outcome="approved", reasons="It is ready.", by=ASSESSOR, at=NOW
    )


def announce_decisions() -> Act:
    approved()
    return lambda: actions.announce_decisions(
        code="told", rounds=[CODE], headline="Approved", by=PROGRAMME, at=NOW
    )


def sign_arrangement() -> Act:
    made = approved()
    announce(CODE, at=CLOSED.at)
    return lambda: actions.sign_arrangement(application=made.pk, by=PROGRAMME, at=NOW)


def succeed_arrangement() -> Act:
    made = sign(approved(), at=CLOSED.at)
    make_organisation("00M", "ccg", first=TODAY)
    Succession.objects.create(predecessor_id="00A", successor_id="00M", on=TODAY, basis="published")
    return lambda: actions.succeed_arrangement(
        arrangement=made.pk, successor="00M", on=TODAY, by=PROGRAMME, at=NOW
    )


def record_position() -> Act:
    make_commissioners("00A")
    return lambda: actions.record_position(
        commissioner="00A",
        level=3,
        effective_on=TODAY,
        last_on=None,
        source="Vale Gazette",
        source_href="",
        by=PROGRAMME,
        at=NOW,
    )


def use_power() -> Act:
    a_round(CLOSED)
    make_arrangement(CODE, "00A")
    return lambda: actions.use_power(
        commissioner="00A", power="approve_mergers", what="A merger", by=officer_of("00A"), at=NOW, once="1"
    )


STAGES: dict[str, Callable[[], Act]] = {
    f"delegation.{stage.__name__}": stage
    for stage in (
        open_round,
        begin_application,
        save_answer,
        submit_application,
        request_late_acceptance,
        withdraw_application,
        decide_application,
        announce_decisions,
        sign_arrangement,
        succeed_arrangement,
        record_position,
        use_power,
    )
}
