"""What it takes to fill an application in, sign it, and change what an assessor asks for: for test_actions.py."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from remit.delegation import actions
from remit.delegation.models import Application, ChangeRequest
from tests.delegation_factories import ASSESSOR, draft, officer_of
from tests.delegation_filling import FULL_ROUND, LINES, SIGNATORY, filled, make_full_round, submit_full
from tests.factories import NOW
from tests.house.acts_of_delegation import CLOSED, OPEN, TODAY

Act = Callable[[], Any]


def _draft() -> Application:
    make_full_round(FULL_ROUND, "00A", deadline=OPEN, effective_on=TODAY + timedelta(days=60))
    return draft(FULL_ROUND, "00A", answers={}, at=NOW)


def save_line() -> Act:
    made = _draft()
    return lambda: actions.save_line(
        application=made.pk, question="benefits", values=LINES["benefits"][0], by=officer_of("00A"), at=NOW
    )


def remove_line() -> Act:
    made = _draft()
    kept = actions.save_line(
        application=made.pk, question="benefits", values=LINES["benefits"][0], by=officer_of("00A"), at=NOW
    )
    return lambda: actions.remove_line(
        application=made.pk, question="benefits", line=kept.pk, by=officer_of("00A"), at=NOW
    )


def sign_application() -> Act:
    make_full_round(FULL_ROUND, "00A", deadline=OPEN, effective_on=TODAY + timedelta(days=60))
    made = filled("00A", at=NOW)
    return lambda: actions.sign_application(application=made.pk, **SIGNATORY, by=officer_of("00A"), at=NOW)


def request_change() -> Act:
    make_full_round(FULL_ROUND, "00A", deadline=CLOSED, effective_on=TODAY)
    made = submit_full("00A", at=CLOSED.at - timedelta(hours=1))
    return lambda: actions.request_change(
        application=made.pk, question="strategy", words="Which plan?", by=ASSESSOR, at=NOW
    )


def _asked() -> ChangeRequest:
    request_change()()
    return ChangeRequest.objects.get()


def answer_change() -> Act:
    asked = _asked()
    return lambda: actions.answer_change(change=asked.pk, answer="This one.", by=officer_of("00A"), at=NOW)


def close_change() -> Act:
    asked = _asked()
    return lambda: actions.close_change(change=asked.pk, by=ASSESSOR, at=NOW)


STAGES: dict[str, Callable[[], Act]] = {
    f"delegation.{stage.__name__}": stage
    for stage in (save_line, remove_line, sign_application, request_change, answer_change, close_change)
}
