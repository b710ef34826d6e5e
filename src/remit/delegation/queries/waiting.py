"""What waits for somebody at their own stage of the chain, in every round at once."""

from __future__ import annotations

from datetime import datetime

from remit.delegation.models import Application
from remit.delegation.queries.assessments import StageRow, is_in, listed_with_stages
from remit.delegation.queries.conflicts import kept_out_of
from remit.delegation.rules import processes
from remit.delegation.states import DEFERRED, SUBMITTED
from remit.delegation.states.assessments import LOCAL, NATIONAL, READY, REGIONAL
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.moments import london_day


def to_endorse(by: Actor, at: datetime) -> list[StageRow]:
    """For a local office or a region: the applications of its commissioners that wait at its stage. How far their
    assessors are is not told there."""
    places = {Permission.ENDORSE: "local_office", Permission.MODERATE_IN_REGION: "region"}
    about = [kind for permission, kind in places.items() if may(by, permission, by.acting_for).allowed]
    if not about:
        return []
    wanted = {"local_office": LOCAL, "region": REGIONAL}
    stages = {wanted[kind] for kind in about}
    on = london_day(at)
    mine = [
        each
        for each in _open(by, at)
        if _stage(each) in stages and is_in(each.commissioner_id, by.acting_for, about, on)
    ]
    names = {row.application: row.name for row in listed_with_stages(mine, on)}
    return [
        StageRow(
            each.pk,
            each.round_id,
            each.round.level,
            each.commissioner_id,
            names[each.pk],
            _stage(each),
            0,
            False,
            0,
            0,
            None,
        )
        for each in mine
    ]


def waiting_for(by: Actor, at: datetime) -> list[StageRow]:
    """What waits for whoever asks: at their stage for a local office, a region and a national moderator; for the
    programme what lacks an assessor, where its round has a pair of them or one had to leave."""
    found = {row.application: row for row in to_endorse(by, at)}
    moderates = may(by, Permission.MODERATE).allowed
    assigns = may(by, Permission.ASSIGN_ASSESSORS).allowed
    if not (moderates or assigns):
        return list(found.values())
    made = _open(by, at)
    pairs = {each.pk for each in made if processes()[each.round.process].has_assessor_pair}
    for row in listed_with_stages(made, london_day(at)):
        lacks = row.assessors < 2 and row.stage != READY and row.application in pairs
        if (moderates and row.stage == NATIONAL) or (assigns and (lacks or row.notice)):
            found[row.application] = row
    return sorted(found.values(), key=lambda row: (row.name, row.commissioner))


def _open(by: Actor, at: datetime) -> list[Application]:
    """What waits for a decision and may be read, without what somebody has an interest in, the oldest first."""
    rows = Application.objects.filter(state__in=(SUBMITTED, DEFERRED), submitted_at__lte=at)
    barred = kept_out_of(by.person, london_day(at))
    return [
        each
        for each in rows.select_related("round", "assessment").order_by("submitted_at", "pk")
        if not each.round.is_closed_to_readers and each.commissioner_id not in barred
    ]


def _stage(made: Application) -> str:
    held = getattr(made, "assessment", None)
    return held.state if held else LOCAL
