"""Rounds, applications, decisions, arrangements and announcements for tests: made by the room's own actions.

Every act happens at an instant. Where none is given it is the usual one for the round (an hour before the deadline
for a submission, then a week apart: decided, announced, signed), or that of the ledger's last entry if that is later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from remit.delegation import actions
from remit.delegation.actions.deciding import Condition
from remit.delegation.models import (
    Agreement,
    Announcement,
    Application,
    Arrangement,
    Decision,
    Evidence,
    PlannedRound,
    Round,
)
from remit.delegation.queries.contents import contents_of
from remit.documents.actions import keep_document
from remit.engines.deadlines import Deadline, by_time, london_instant
from remit.kernel.actor import Actor, RoleAt
from remit.ledger.models import Head
from remit.register.models import STILL, Membership, MembershipBody, Organisation
from tests.factories import NATIONAL_BODY, OPENED, make_organisation

WEEK = timedelta(days=7)
DEADLINE = by_time(date(2015, 1, 9), time(12))
"""Noon on Friday 9 January 2015: noon itself is late."""
EFFECTIVE_ON = date(2015, 4, 1)
ANSWERS = {
    "evidence": "ballot",
    "asked_on": "2014-12-01",
    "constitution": "amended",
    "benefits": "Care nearer home.",
}
CONDITION = Condition("Change how the committee is chaired", "The group's chair", date(2015, 3, 31))

ASSESSOR = Actor("test-assessor", NATIONAL_BODY, frozenset({RoleAt("national_assessor", NATIONAL_BODY)}))
PROGRAMME = Actor("test-programme", NATIONAL_BODY, frozenset({RoleAt("programme_officer", NATIONAL_BODY)}))


def officer_of(commissioner: str) -> Actor:
    """Somebody who applies for a commissioner and uses its powers."""
    return Actor("test-officer", commissioner, frozenset({RoleAt("commissioner_officer", commissioner)}))


def london(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """An instant by London's clocks."""
    return london_instant(date(year, month, day), time(hour, minute))


def make_commissioners(*codes: str, region: str = "Y54", region_name: str = "North of England") -> list[str]:
    """Clinical commissioning groups of one region, which is made if it is missing. Answers their codes."""
    if region and not Organisation.objects.filter(pk=region).exists():
        make_organisation(region, "region", region_name)
    return [make_organisation(code, "ccg", **({"region": region} if region else {})) for code in codes]


def make_members(commissioner: str, *practices: str) -> None:
    """Practices that are members of a clinical commissioning group from the day it opened."""
    body = MembershipBody.objects.create(code=f"ccg-{commissioner}", form="ccg", organisation_id=commissioner)
    for code in practices:
        make_organisation(code, "practice", commissioner=commissioner)
        Membership.objects.create(body=body, practice_id=code, from_on=OPENED, until_on=STILL)


def make_round(
    code: str = "2015-level-3",
    *,
    level: int = 3,
    title: str = "",
    opens_at: datetime | None = None,
    deadline: Deadline = DEADLINE,
    decisions_due_on: date | None = None,
    effective_on: date = EFFECTIVE_ON,
    process: str = "short",
    groups: Sequence[str] = ("general_practice",),
    is_sealed: bool = False,
    programme: str = "",
    is_strict: bool = False,
    at: datetime | None = None,
) -> Round:
    """A round, open for the 60 days before its deadline unless `opens_at` says otherwise. A programme is set up
    for it, with its documents, where its process needs them and none is given; it is planned in its programme."""
    opens = opens_at or deadline.at - timedelta(days=60)
    moment = _moment(at, opens)
    if process == "full" and not programme:
        programme = make_programme(f"{code}-programme", process=process, at=moment)
    if programme:
        plan(programme, code, level, title, opens, deadline, decisions_due_on, effective_on, at=moment)
        publish_all(programme, at=moment)
    return actions.open_round(
        code=code,
        title=title or f"Level {level} from {effective_on.year}",
        level=level,
        opens_at=opens,
        deadline=deadline,
        decisions_due_on=decisions_due_on,
        effective_on=effective_on,
        process=process,
        groups=groups,
        is_sealed=is_sealed,
        programme=programme,
        is_strict=is_strict,
        by=PROGRAMME,
        at=moment,
    )


def make_programme(code: str = "2015-16", *, process: str = "short", at: datetime | None = None) -> str:
    """The application process of a year. Answers its code."""
    moment = _moment(at, DEADLINE.at - timedelta(days=90))
    made = actions.set_up_programme(
        code=code, title=f"Co-commissioning {code}", process=process, by=PROGRAMME, at=moment
    )
    return made.pk


def plan(
    programme: str,
    code: str,
    level: int = 3,
    title: str = "",
    opens_at: datetime | None = None,
    deadline: Deadline = DEADLINE,
    decisions_due_on: date | None = None,
    effective_on: date = EFFECTIVE_ON,
    *,
    at: datetime | None = None,
) -> PlannedRound:
    """A round planned in a programme."""
    opens = opens_at or deadline.at - timedelta(days=60)
    return actions.plan_round(
        programme=programme,
        code=code,
        title=title or f"Level {level} from {effective_on.year}",
        level=level,
        opens_at=opens,
        deadline=deadline,
        decisions_due_on=decisions_due_on,
        effective_on=effective_on,
        by=PROGRAMME,
        at=_moment(at, DEADLINE.at - timedelta(days=90)),
    )


def publish_all(programme: str, *, at: datetime | None = None) -> None:
    """The documents that a full process must publish: how to apply in words, the others built from the data."""
    moment = _moment(at, DEADLINE.at - timedelta(days=80))
    for kind in ("process", "form", "criteria", "timetable"):
        words = "Apply by the deadline. Both sign." if kind == "process" else ""
        actions.publish_document(programme=programme, kind=kind, words=words, by=PROGRAMME, at=moment)


def draft(
    round_code: str,
    commissioner: str,
    *,
    answers: Mapping[str, str] = ANSWERS,
    at: datetime | None = None,
    by: Actor | None = None,
) -> Application:
    """A commissioner's draft with these answers; empty ones, and those that its form does not ask, are left out."""
    found = Round.objects.get(pk=round_code)
    moment, who = _moment(at, found.deadline_at - timedelta(hours=1)), by or officer_of(commissioner)
    made = actions.begin_application(round_code=round_code, commissioner=commissioner, by=who, at=moment)
    asked = contents_of(made).form.questions
    for question, answer in answers.items():
        if answer and (question in asked or question not in ANSWERS):
            actions.save_answer(application=made.pk, question=question, answer=answer, by=who, at=moment)
    return Application.objects.get(pk=made.pk)


def submit(
    round_code: str,
    commissioner: str,
    *,
    answers: Mapping[str, str] = ANSWERS,
    at: datetime | None = None,
    by: Actor | None = None,
) -> Application:
    """A commissioner's application, begun, answered and submitted at one instant."""
    made = draft(round_code, commissioner, answers=answers, at=at, by=by)
    moment = _moment(at, made.round.deadline_at - timedelta(hours=1))
    return actions.submit_application(application=made.pk, by=by or officer_of(commissioner), at=moment)


def decide(
    application: Application | str,
    outcome: str,
    *,
    reasons: str = "As the application says.",
    conditions: Sequence[Condition] = (),
    at: datetime | None = None,
    by: Actor = ASSESSOR,
) -> Decision:
    """A decision; one on conditions has `CONDITION` unless others are given."""
    return actions.decide_application(
        application=_id(application),
        outcome=outcome,
        reasons=reasons,
        conditions=conditions or ((CONDITION,) if outcome == "conditional" else ()),
        by=by,
        at=_moment(at, _after(application, 1)),
    )


def approve(application: Application | str, *, at: datetime | None = None, by: Actor = ASSESSOR) -> Decision:
    """Approved, without conditions."""
    return decide(application, "approved", at=at, by=by)


def announce(
    round_code: str | Sequence[str],
    code: str = "",
    *,
    headline: str = "Commissioners approved",
    event: str = "",
    quotes: Sequence[actions.Quoted] = (),
    embargo_until: datetime | None = None,
    at: datetime | None = None,
    by: Actor = PROGRAMME,
) -> Announcement:
    """All that was approved in a round, or in several, and not announced. Its code is the round's with “-told” unless
    given."""
    rounds = [round_code] if isinstance(round_code, str) else round_code
    deadline = max(each.deadline_at for each in Round.objects.filter(pk__in=rounds))
    return actions.announce_decisions(
        code=code or f"{rounds[0]}-told",
        rounds=rounds,
        headline=headline,
        event=event,
        quotes=quotes,
        embargo_until=embargo_until,
        by=by,
        at=_moment(at, deadline + 2 * WEEK),
    )


def withdraw(
    application: Application | str, *, reasons: str = "Not this year.", at: datetime | None = None
) -> Decision:
    """The commissioner withdraws its application."""
    found = Application.objects.get(pk=_id(application))
    return actions.withdraw_application(
        application=found.pk,
        reasons=reasons,
        by=officer_of(found.commissioner_id),
        at=_moment(at, _after(application, 2)),
    )


def sign(application: Application | str, *, at: datetime | None = None, by: Actor = PROGRAMME) -> Arrangement:
    """What was approved, signed: its powers come on on the round's day. It is announced first, if it was not."""
    moment = _moment(at, _after(application, 3))
    found = Application.objects.get(pk=_id(application))
    if found.state == "approved" and not found.decisions.filter(announced__isnull=False).exists():
        announce(found.round_id, f"{found.round_id}-{found.commissioner_id}", at=moment)
    return actions.sign_arrangement(application=found.pk, by=by, at=moment)


def agreement_text(at: datetime) -> str:
    """The id of an agreement's text, kept."""
    return keep_document(
        name="agreement.txt",
        content=b"NHS England delegates the functions named.\n",
        owner=NATIONAL_BODY,
        is_public=True,
        by=PROGRAMME,
        at=at,
    ).pk


def issue(*applications: Application | str, at: datetime | None = None, **said: Any) -> list[Agreement]:
    """The agreements of what was approved, issued. It is announced first, if it was not."""
    moment = _moment(at, _after(applications[0], 3))
    for each in applications:
        found = Application.objects.get(pk=_id(each))
        if not found.decisions.filter(announced__isnull=False).exists():
            announce(found.round_id, f"{found.round_id}-{found.commissioner_id}", at=moment)
    said.setdefault("document", agreement_text(moment))
    return list(
        actions.issue_agreements(
            applications=[_id(each) for each in applications], by=PROGRAMME, at=moment, **said
        )
    )


def give_back(agreement: Agreement, *, at: datetime | None = None, **said: Any) -> Agreement:
    """An agreement signed by the commissioner and returned."""
    return actions.return_agreement(
        agreement=agreement.pk,
        signed_as="Accountable officer",
        by=officer_of(agreement.commissioner_id),
        at=_moment(at, agreement.issued_at),
        **said,
    )


def countersign(*agreements: Agreement, at: datetime | None = None, by: Actor = PROGRAMME) -> list[Agreement]:
    """Agreements signed by NHS England."""
    return list(
        actions.sign_agreements(
            agreements=[each.pk for each in agreements],
            signed_as="Regional director",
            by=by,
            at=_moment(at, agreements[0].issued_at),
        )
    )


def make_agreement(round_code: str, commissioner: str, **said: Any) -> Agreement:
    """An application of a commissioner: submitted, approved, announced; its agreement signed by both."""
    made = submit(round_code, commissioner)
    approve(made)
    return countersign(give_back(issue(made, **said)[0]))[0]


def make_arrangement(round_code: str, commissioner: str) -> Arrangement:
    """An application of a commissioner in a round: submitted, approved, announced and signed."""
    made = submit(round_code, commissioner)
    approve(made)
    return sign(made)


def _id(application: Application | str) -> str:
    return application if isinstance(application, str) else application.pk


def _after(application: Application | str, weeks: int) -> datetime:
    found = Application.objects.select_related("round").get(pk=_id(application))
    return found.round.deadline_at + weeks * WEEK


def _moment(given: datetime | None, usual: datetime) -> datetime:
    """The instant given; else the usual one, or that of the ledger's last entry if that is later."""
    if given is not None:
        return given
    head = Head.objects.filter(pk=1).first()
    return max(usual, head.last_at) if head else usual


def record_vote(
    commissioner: str,
    *,
    kind: str = "ballot",
    held_on: date = date(2014, 12, 1),
    application: Application | str = "",
    document: str = "",
    at: datetime | None = None,
    by: Actor | None = None,
    **facts: object,
) -> Evidence:
    """A vote of a commissioner's members, recorded by hand and carried unless `facts` say otherwise; attached to an
    application if one is given."""
    moment = london_instant(held_on, time(18)) + timedelta(days=1)
    return actions.record_evidence(
        kind=kind,
        commissioners=[commissioner],
        held_on=held_on,
        facts={"in_favour": 30, "against": 4, **facts},
        application=_id(application) if application else "",
        source="Minutes of the members' meeting",
        document=document,
        by=by or officer_of(commissioner),
        at=_moment(at, moment),
    )
