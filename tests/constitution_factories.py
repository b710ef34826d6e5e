"""Bodies with members, their texts and their secretaries, for tests: through the room's own actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from remit.constitutions import actions
from remit.constitutions.models import Text
from remit.kernel.actor import Actor, RoleAt
from remit.kernel.moments import london_day
from tests.factories import NATIONAL_BODY, NOW, make_organisation

TODAY = london_day(NOW)
APPROVER = Actor("approver", NATIONAL_BODY, frozenset({RoleAt("programme_officer", NATIONAL_BODY)}))

SIMPLE: dict[str, Any] = {"kind": "majority", "share": "1/2"}
THREE_QUARTERS: dict[str, Any] = {"kind": "majority", "share": "75%", "is_strict": False}
SIXTY_OF_ALL: dict[str, Any] = {"kind": "majority", "share": "60%", "is_strict": False, "basis": "all"}
CLAUSES: Mapping[str, tuple[str, Sequence[Mapping[str, Any]]]] = {
    "4.1": ("Each practice has one vote.", [{"kind": "weights"}]),
    "7.1": ("Half of the practices are a quorum.", [{"kind": "quorum", "share": "1/2"}]),
    "8.2": ("A motion is carried by more than half of the votes cast.", [SIMPLE]),
    "9.1": ("Members have 14 days of notice.", [{"kind": "notice", "days": 14, "urgent_days": 2}]),
}


def secretary_of(body: str) -> Actor:
    """Who keeps the rules of a body."""
    return Actor(f"secretary-{body}", body, frozenset({RoleAt("members_secretary", body)}))


def make_draft(
    body: str = "00A",
    clauses: Mapping[str, tuple[str, Sequence[Mapping[str, Any]]]] = CLAUSES,
    *,
    title: str = "Constitution",
    kind: str = "ccg",
    at: datetime = NOW,
    **more: Any,
) -> Text:
    """A draft of a body, which is made if it is not there, with these clauses."""
    from remit.register.models import Organisation

    if not Organisation.objects.filter(pk=body).exists():
        make_organisation(body, kind)
    by = secretary_of(body)
    made = actions.draft_text(body=body, title=title, by=by, at=at, **more)
    for number, (words, rules) in clauses.items():
        actions.write_clause(text=made.pk, number=number, heading="", words=words, rules=rules, by=by, at=at)
    return made


def make_constitution(
    body: str = "00A",
    clauses: Mapping[str, tuple[str, Sequence[Mapping[str, Any]]]] = CLAUSES,
    *,
    in_force_on: date | None = None,
    at: datetime = NOW,
    **more: Any,
) -> Text:
    """A constitution in force, adopted by hand."""
    day = in_force_on or london_day(at) - timedelta(days=400)
    made = make_draft(body, clauses, at=at, **more)
    return actions.record_adoption(
        text=made.pk,
        agreed_on=day,
        approved_on=day,
        in_force_on=day,
        source="Constitution as published",
        by=secretary_of(body),
        at=at,
    )


def amend(body: str, clauses: Mapping[str, tuple[str, Sequence[Mapping[str, Any]]]], *, at: datetime) -> Text:
    """An amendment of a constitution, agreed, sent and approved on one day."""
    by, today = secretary_of(body), london_day(at)
    made = make_draft(body, clauses, title="Amendment", at=at)
    actions.propose_amendment(text=made.pk, by=by, at=at)
    actions.record_members_answer(text=made.pk, is_agreed=True, on=today, source="Minutes", by=by, at=at)
    actions.send_amendment(text=made.pk, by=by, at=at)
    return actions.approve_amendment(text=made.pk, in_force_on=today, by=APPROVER, at=at)
