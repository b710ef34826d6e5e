"""Bodies with member practices and their meetings, for tests: through the room's own actions."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from remit.meetings import actions
from remit.meetings.models import Meeting
from remit.register.models import STILL, Membership, MembershipBody
from tests.constitution_factories import secretary_of
from tests.factories import NOW, OPENED, make_organisation


def make_members(
    body: str, *practices: str, kind: str = "ccg", first: date = OPENED, last: date = STILL
) -> list[str]:
    """A body, made if it is not there, with these practices as its members."""
    if not MembershipBody.objects.filter(organisation=body).exists():
        make_organisation(body, kind)
        MembershipBody.objects.create(code=f"{body}-members", form=kind, organisation_id=body)
    for code in practices:
        make_organisation(code, "practice", commissioner=body)
        Membership.objects.create(body_id=f"{body}-members", practice_id=code, from_on=first, until_on=last)
    return list(practices)


def call(body: str = "00A", *, days: int = 30, at: datetime = NOW, **more: Any) -> Meeting:
    """A meeting called by a body's secretary, `days` after the notice."""
    given = {
        "kind": "ordinary",
        "title": "Members’ meeting",
        "place": "Town hall",
        "meets_at": at + timedelta(days=days),
        "by": secretary_of(body),
        **more,
    }
    return actions.call_meeting(body=body, at=at, **given)
