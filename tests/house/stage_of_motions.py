"""What the pages of motions need to be there: one with its notice given and a roll contested, one declared, and a
requisition."""

from __future__ import annotations

from datetime import datetime, timedelta

from remit.motions import actions
from remit.motions.actions.declaring import Scrutiny
from remit.motions.actions.enrolling import Seat
from remit.motions.actions.noticing import Notice, Wording
from remit.register.models import STILL, Membership, MembershipBody
from tests.constitution_factories import secretary_of
from tests.factories import OPENED
from tests.motion_factories import manager_of

WORDING = Wording(title="Apply for delegated powers", words="That we apply.")


def pages_of_motions(now: datetime, body: str, practice: str, committee: str) -> dict[str, str]:
    """Motions of a body with one member, and of a committee. Answers the samples that they give."""
    members = MembershipBody.objects.create(code=f"{body}-M", form="ccg", organisation_id=body)
    Membership.objects.create(body=members, practice_id=practice, from_on=OPENED, until_on=STILL)
    by = secretary_of(body)
    made = actions.draft_motion(body=body, wording=WORDING, by=by, at=now)
    notice = Notice(opens_at=now + timedelta(days=20), closes_at=now + timedelta(days=30))
    actions.give_notice(motion=made.pk, notice=notice, by=by, at=now)
    manager = manager_of(practice)
    challenge = actions.contest_roll(motion=made.pk, voter=practice, reasons="It closed.", by=manager, at=now)
    required = actions.open_requisition(
        body=body, kind="ordinary", title="A meeting", words="Ask us.", by=manager, at=now
    )
    return {
        "motion": made.pk,
        "/id/motions/ulid": made.pk,
        "challenge": str(challenge.pk),
        "requisition": required.pk,
        "/id/requisitions/ulid": required.pk,
        "declared": _declared(now, committee),
    }


def _declared(now: datetime, committee: str) -> str:
    by = secretary_of(committee)
    made = actions.draft_motion(body=committee, wording=WORDING, by=by, at=now)
    closes = now + timedelta(milliseconds=1)
    notice = Notice(opens_at=now, closes_at=closes, seats=[Seat("Chair")])
    actions.give_notice(motion=made.pk, notice=notice, by=by, at=now)
    scrutiny = Scrutiny(scrutineer="The clerk")
    actions.declare_result(motion=made.pk, scrutiny=scrutiny, by=by, at=closes)
    return made.pk
