"""What other people have done before a story of a full round begins; `other_people` calls it by name.

Everything goes through the rooms' actions, now. It needs Django to be set up, so no story imports it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Any

from remit.accounts.models import Person
from remit.delegation import actions
from remit.delegation.models import Application
from remit.delegation.queries.contents import contents_of
from remit.engines.deadlines import before_day, by_time
from remit.kernel.actor import Actor, RoleAt
from remit.kernel.moments import at_the_edge, london_day
from remit.register.queries import place_of
from tests.assessment_factories import MODERATOR, score_pair, scores
from tests.delegation_factories import (
    ASSESSOR,
    PROGRAMME,
    announce,
    approve,
    draft,
    make_programme,
    make_round,
    officer_of,
    plan,
    publish_all,
    sign,
    submit,
)
from tests.delegation_filling import fill_in, local_officer, sign_both

Told = dict[str, str]


def open_round(code: str, level: str = "3", process: str = "full") -> Told:
    """A round opens now: until noon on 9 January 2015, with powers from 1 April."""
    made = make_round(code, level=int(level), process=process, opens_at=at_the_edge(), at=at_the_edge())
    return {"code": made.pk}


def open_round_before(code: str, day: str) -> Told:
    """A round for Level 3 in the short process opens now: for applications before a day of autumn, with powers from
    the next 1 April."""
    at, first_late_day = at_the_edge(), date.fromisoformat(day)
    effective_on = date(first_late_day.year + 1, 4, 1)
    made = make_round(
        code, opens_at=at, deadline=before_day(first_late_day), effective_on=effective_on, at=at
    )
    return {"code": made.pk}


def plan_round(programme: str, code: str, last_day: str) -> Told:
    """A programme of the full process has its documents, and a round for Level 3 that is not set up yet: from now
    until noon of a day, with powers from the next 1 April."""
    at, last = at_the_edge(), date.fromisoformat(last_day)
    make_programme(programme, process="full", at=at)
    effective_on = date(last.year + (last.month > 3), 4, 1)
    deadline = by_time(last, time(12))
    plan(programme, code, 3, "Delegated commissioning for all", at, deadline, None, effective_on, at=at)
    publish_all(programme, at=at)
    return {"programme": programme}


def office(commissioner: str) -> Told:
    """The local office that completes a commissioner's applications with it, and its region."""
    on = london_day(at_the_edge())
    return {"office": _office(commissioner), "region": place_of(commissioner, "region", on)}


def begin(round_code: str, commissioner: str, leave: str = "", leave_duty: str = "") -> Told:
    """A colleague begins an application and answers all but some questions, whose codes have spaces between them,
    and one of the duties if that is named."""
    at, by = at_the_edge(), officer_of(commissioner)
    made = fill_in(draft(round_code, commissioner, answers={}, at=at), at=at, leave=tuple(leave.split()))
    for row in contents_of(made).lines["duties"]:
        if row.key == leave_duty:
            actions.remove_line(application=made.pk, question="duties", line=row.id, by=by, at=at)
    return {"application": made.pk}


def sign_application(application: str) -> Told:
    """Both sides sign it."""
    found = Application.objects.get(pk=application)
    sign_both(found, at=at_the_edge(), office=_office(found.commissioner_id))
    return {"application": application}


def send(round_code: str, commissioner: str) -> Told:
    """A whole application: begun, answered, signed by both sides, submitted."""
    made = begin(round_code, commissioner)
    sign_application(**made)
    actions.submit_application(**made, by=officer_of(commissioner), at=at_the_edge())
    return made


def take_to_the_nation(application: str) -> Told:
    """The local office and the region support it."""
    commissioner = Application.objects.get(pk=application).commissioner_id
    region = office(commissioner)["region"]
    said: dict[str, Any] = {
        "application": application,
        "view": "supports",
        "reasons": "It is ready.",
        "at": at_the_edge(),
    }
    actions.endorse_application(**said, by=local_officer(_office(commissioner)))
    regional = Actor("other-regional", region, frozenset({RoleAt("regional_moderator", region)}))
    actions.moderate_in_region(**said, by=regional)
    return {"application": application}


def assign(application: str, emails: str) -> Told:
    """The programme assigns assessors by their e-mail addresses, which have spaces between them."""
    for email in emails.split():
        person = Person.objects.get(email=email).pk
        actions.assign_assessor(application=application, person=person, by=PROGRAMME, at=at_the_edge())
    return {"application": application}


def approve_and_announce(application: str) -> Told:
    """It is assessed by all who have to, approved and announced."""
    at = at_the_edge()
    take_to_the_nation(application)
    score_pair(application, scores(3), scores(3), at=at)
    actions.conclude_assessment(
        application=application, view="supports", reasons="It is ready.", by=MODERATOR, at=at
    )
    approve(application, at=at, by=ASSESSOR)
    told = announce(Application.objects.get(pk=application).round_id, at=at)
    return {"announcement": told.pk}


def bring_on_level_1(commissioner: str) -> Told:
    """A commissioner has applied for Level 1 in a short round of its own; it was approved, announced and signed."""
    at = at_the_edge()
    made = submit(open_round("2015-level-1", "1", "short")["code"], commissioner, at=at)
    approve(made, at=at)
    sign(made, at=at)
    return {"application": made.pk}


def _office(commissioner: str) -> str:
    on = london_day(at_the_edge())
    return place_of(commissioner, "local_office", on) or place_of(commissioner, "region", on)


ACTS: dict[str, Callable[..., Told]] = {
    each.__name__: each
    for each in (
        open_round,
        open_round_before,
        plan_round,
        office,
        begin,
        sign_application,
        send,
        take_to_the_nation,
        assign,
        approve_and_announce,
        bring_on_level_1,
    )
}
