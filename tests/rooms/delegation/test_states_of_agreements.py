"""Every state of an agreement × everything that can be done with it."""

from __future__ import annotations

from datetime import date

import pytest

from remit.delegation.states import (
    AGREEMENT_STATES,
    AGREEMENT_STEPS,
    AGREEMENT_WORDS,
    KEPT,
    PASSINGS,
    Standing,
    agreement_may,
    agreement_state,
)

FIRST, LAST = date(2015, 4, 1), date(2017, 3, 31)
VERBS = sorted({each.verb for each in AGREEMENT_STEPS})
ALLOWED = {
    ("return", "issued"),
    ("sign", "returned"),
    *(
        (f"give notice of {what}", before)
        for what in ("withdrawal", "revocation")
        for before in ("signed", "in_effect")
    ),
    ("give notice of revocation", "under_notice"),
}


@pytest.mark.parametrize("state", AGREEMENT_STATES)
@pytest.mark.parametrize("verb", VERBS)
def test_each_act_in_each_state(verb: str, state: str) -> None:
    decision = agreement_may(verb, state)
    assert decision.allowed is ((verb, state) in ALLOWED)
    if not decision.allowed:
        assert AGREEMENT_WORDS[state].lower() in decision.reasons[0].message


@pytest.mark.parametrize(
    ("kept", "is_live", "last_on", "is_revoked", "on", "state"),
    [
        ("issued", True, None, False, FIRST, "issued"),
        ("issued", False, None, False, FIRST, "lapsed"),
        ("returned", False, None, False, FIRST, "lapsed"),
        ("signed", True, None, False, date(2015, 3, 31), "signed"),
        ("signed", True, None, False, FIRST, "in_effect"),
        ("signed", True, LAST, False, LAST, "in_effect"),
        ("signed", True, LAST, False, date(2017, 4, 1), "ended"),
        ("under_notice", True, LAST, False, LAST, "under_notice"),
        ("under_notice", True, LAST, False, date(2017, 4, 1), "ended"),
        ("under_notice", True, LAST, True, date(2017, 4, 1), "revoked"),
    ],
)
def test_what_follows_from_the_day(
    kept: str, is_live: bool, last_on: date | None, is_revoked: bool, on: date, state: str
) -> None:
    effective_on = FIRST if kept in ("signed", "under_notice") else None
    assert agreement_state(Standing(kept, is_live, effective_on, last_on, is_revoked), on) == state


def test_every_state_is_reached_and_named() -> None:
    reached = {each.after for each in AGREEMENT_STEPS} | {each.after for each in PASSINGS} | {"issued"}
    assert reached == set(AGREEMENT_STATES) == set(AGREEMENT_WORDS)
    assert {each.after for each in AGREEMENT_STEPS} < set(KEPT)
