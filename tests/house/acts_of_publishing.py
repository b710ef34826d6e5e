"""What it takes to make outcomes public once, now: for test_actions.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from remit.delegation import actions
from tests.delegation_factories import PROGRAMME, decide, officer_of
from tests.factories import NOW
from tests.house.acts_of_delegation import CLOSED, CODE, submitted

Act = Callable[[], Any]


def agree_publication() -> Act:
    made = submitted()
    decide(made, "declined", at=CLOSED.at)
    return lambda: actions.agree_publication(application=made.pk, by=officer_of("00A"), at=NOW)


def close_round() -> Act:
    decide(submitted(), "declined", at=CLOSED.at)
    return lambda: actions.close_round(code=CODE, by=PROGRAMME, at=NOW)


STAGES: dict[str, Callable[[], Act]] = {
    f"delegation.{stage.__name__}": stage for stage in (agree_publication, close_round)
}
