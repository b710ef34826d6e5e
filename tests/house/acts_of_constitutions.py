"""What it takes to call each act of the constitutions room once, now: for test_actions.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from remit.constitutions import actions
from remit.constitutions.models import Text
from tests.constitution_factories import (
    APPROVER,
    CLAUSES,
    TODAY,
    make_constitution,
    make_draft,
    secretary_of,
)
from tests.factories import NOW, make_organisation

Act = Callable[[], Any]
BY = secretary_of("00A")


def an_amendment(*, needs_approval: bool = True) -> Text:
    rule = {"kind": "amendment", "needs_approval": needs_approval}
    make_constitution(clauses={**CLAUSES, "15": ("Amendment.", [rule])})
    return make_draft(clauses={"1": ("New.", [])}, title="Amendment")


def agreed(*, needs_approval: bool = True) -> Text:
    made = an_amendment(needs_approval=needs_approval)
    actions.propose_amendment(text=made.pk, by=BY, at=NOW)
    actions.record_members_answer(text=made.pk, is_agreed=True, on=TODAY, source="Minutes", by=BY, at=NOW)
    return made


def sent() -> Text:
    made = agreed()
    actions.send_amendment(text=made.pk, by=BY, at=NOW)
    return made


def draft_text() -> Act:
    make_organisation("00A", "ccg")
    return lambda: actions.draft_text(body="00A", title="Constitution", by=BY, at=NOW)


def write_clause() -> Act:
    made = make_draft(clauses={})
    return lambda: actions.write_clause(text=made.pk, number="1", heading="", words="One.", by=BY, at=NOW)


def strike_clause() -> Act:
    made = make_draft()
    return lambda: actions.strike_clause(text=made.pk, number="4.1", by=BY, at=NOW)


def record_adoption() -> Act:
    made = make_draft()
    return lambda: actions.record_adoption(
        text=made.pk, agreed_on=TODAY, in_force_on=TODAY, source="Minutes", by=BY, at=NOW
    )


def propose_amendment() -> Act:
    made = an_amendment()
    return lambda: actions.propose_amendment(text=made.pk, by=BY, at=NOW)


def record_members_answer() -> Act:
    made = an_amendment()
    actions.propose_amendment(text=made.pk, by=BY, at=NOW)
    return lambda: actions.record_members_answer(
        text=made.pk, is_agreed=True, on=TODAY, source="Minutes", by=BY, at=NOW
    )


def keep_members_answer() -> Act:
    made = an_amendment()
    actions.propose_amendment(text=made.pk, by=BY, at=NOW)
    return lambda: actions.keep_members_answer(text=made.pk, is_agreed=False, on=TODAY, by=BY, at=NOW)


def send_amendment() -> Act:
    made = agreed()
    return lambda: actions.send_amendment(text=made.pk, by=BY, at=NOW)


def adopt_amendment() -> Act:
    made = agreed(needs_approval=False)
    return lambda: actions.adopt_amendment(text=made.pk, in_force_on=TODAY, by=BY, at=NOW)


def approve_amendment() -> Act:
    made = sent()
    return lambda: actions.approve_amendment(text=made.pk, in_force_on=TODAY, by=APPROVER, at=NOW)


def refuse_amendment() -> Act:
    made = sent()
    return lambda: actions.refuse_amendment(text=made.pk, reasons="Why", by=APPROVER, at=NOW)


def withdraw_text() -> Act:
    made = make_draft()
    return lambda: actions.withdraw_text(text=made.pk, reasons="Why", by=BY, at=NOW)


STAGES: dict[str, Callable[[], Act]] = {
    f"constitutions.{stage.__name__}": stage
    for stage in (
        adopt_amendment,
        approve_amendment,
        draft_text,
        keep_members_answer,
        propose_amendment,
        record_adoption,
        record_members_answer,
        refuse_amendment,
        send_amendment,
        strike_clause,
        withdraw_text,
        write_clause,
    )
}
