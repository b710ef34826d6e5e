"""What it takes to vary a scope, and to call a decision in, once, now: for test_actions.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from remit.delegation import actions
from remit.delegation.actions import ScopeChange
from remit.delegation.models import PowerUse
from tests.delegation_factories import PROGRAMME, make_arrangement, officer_of
from tests.factories import NOW
from tests.house.acts_of_delegation import CLOSED, CODE, TODAY, a_round

Act = Callable[[], Any]


def used() -> PowerUse:
    a_round(CLOSED)
    make_arrangement(CODE, "00A")
    return actions.use_power(
        commissioner="00A", power="approve_mergers", what="A merger", by=officer_of("00A"), at=NOW, once="1"
    )


def vary_scope() -> Act:
    a_round(CLOSED)
    made = make_arrangement(CODE, "00A")
    return lambda: actions.vary_scope(
        arrangement=made.pk,
        change=ScopeChange(reserved=("performance_manage",)),
        effective_on=TODAY,
        instrument="Deed of variation",
        reasons="Its members asked for it.",
        by=PROGRAMME,
        at=NOW,
    )


def call_in_decision() -> Act:
    made = used()
    return lambda: actions.call_in_decision(use=made.pk, reasons="It is contested.", by=PROGRAMME, at=NOW)


def settle_call_in() -> Act:
    made = used()
    actions.call_in_decision(use=made.pk, reasons="It is contested.", by=PROGRAMME, at=NOW)
    return lambda: actions.settle_call_in(
        use=made.pk, outcome="released", reasons="It stands.", by=PROGRAMME, at=NOW
    )


STAGES: dict[str, Callable[[], Act]] = {
    f"delegation.{stage.__name__}": stage for stage in (vary_scope, call_in_decision, settle_call_in)
}
