"""What it takes to call each act about agreements once, now: for test_actions.py."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from remit.delegation import actions
from remit.delegation.models import Agreement
from tests.delegation_factories import (
    PROGRAMME,
    agreement_text,
    announce,
    give_back,
    issue,
    make_agreement,
    officer_of,
)
from tests.factories import NOW
from tests.house.acts_of_delegation import CLOSED, CODE, TODAY, Act, a_round, approved


def issue_agreements() -> Act:
    made = approved()
    announce(CODE, at=CLOSED.at)
    text = agreement_text(CLOSED.at)
    return lambda: actions.issue_agreements(applications=[made.pk], document=text, by=PROGRAMME, at=NOW)


def issued() -> Agreement:
    return issue(approved(), at=CLOSED.at)[0]


def return_agreement() -> Act:
    made = issued()
    return lambda: actions.return_agreement(
        agreement=made.pk, signed_as="Accountable officer", by=officer_of("00A"), at=NOW
    )


def sign_agreements() -> Act:
    made = give_back(issued())
    return lambda: actions.sign_agreements(
        agreements=[made.pk], signed_as="Regional director", by=PROGRAMME, at=NOW
    )


def in_effect() -> Agreement:
    a_round(CLOSED)
    return make_agreement(CODE, "00A")


def give_notice() -> Act:
    made = in_effect()
    return lambda: actions.give_notice(
        agreement=made.pk, reasons="Members asked for it.", by=officer_of("00A"), at=NOW
    )


def revoke_agreement() -> Act:
    made = in_effect()
    return lambda: actions.revoke_agreement(
        agreement=made.pk, ends_on=TODAY + timedelta(days=90), reasons="It failed.", by=PROGRAMME, at=NOW
    )


def review_agreement() -> Act:
    made = in_effect()
    return lambda: actions.review_agreement(
        agreement=made.pk, held_on=TODAY, outcome="continue", findings="All is well.", by=PROGRAMME, at=NOW
    )


def rate_assurance() -> Act:
    made = in_effect()
    return lambda: actions.rate_assurance(
        agreement=made.pk,
        area="finance",
        rating="substantial",
        rated_on=TODAY,
        source="Internal audit report",
        by=PROGRAMME,
        at=NOW,
    )


STAGES: dict[str, Callable[[], Callable[[], Any]]] = {
    f"delegation.{stage.__name__}": stage
    for stage in (
        issue_agreements,
        return_agreement,
        sign_agreements,
        give_notice,
        revoke_agreement,
        review_agreement,
        rate_assurance,
    )
}
