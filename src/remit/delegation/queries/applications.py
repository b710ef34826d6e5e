"""Applications, as the public sees them and as those concerned do."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from remit.delegation.models import Application, Challenge, Decision, LateRequest
from remit.delegation.queries.conflicts import free_of_interest, kept_out_of
from remit.delegation.queries.contents import LineRow, contents_of
from remit.delegation.queries.mandates import Mandate, mandates_of
from remit.delegation.queries.publicity import (
    NOT_ANNOUNCED,
    OWN_ACTS,
    SEALED,
    UNAPPROVED,
    public_decisions,
    waiting_rounds,
    with_public_at,
)
from remit.delegation.queries.rounds import RoundRow, round_row
from remit.delegation.queries.signatures import COMMISSIONER, LOCAL_OFFICE, may_complete
from remit.delegation.rules import FULL, Form, Question, levels, processes, rung_of
from remit.delegation.states import APPROVED, CONDITIONAL, DEFERRED, DRAFT, SUBMITTED
from remit.delegation.states.assessments import UPHELD
from remit.engines.permissions import Permission, may
from remit.kernel.actor import ANYONE, Actor
from remit.kernel.moments import london_day
from remit.register.queries import commissioners_of_office, names_then

NO_MEMBERS = "no_members"


@dataclass(frozen=True)
class ApplicationRow:
    """An application in a list. `state` is what whoever asks may know; for the public also ``not_announced``.
    `evidence` is the rung of the mandate ladder; empty for a draft, `NO_MEMBERS` for a board. `is_against`: members
    voted against it, or did not carry it, and no later vote has answered that. `upheld_at`: when a challenge of that
    outcome was upheld; it then does not stand, and is decided again."""

    id: str
    round: str
    level: int
    commissioner: str
    name: str
    state: str
    evidence: str
    submitted_at: datetime | None
    is_against: bool
    upheld_at: datetime | None = None

    @property
    def is_decided_again(self) -> bool:
        """Whether the outcome that the public knows does not stand, and no other one is public."""
        return self.upheld_at is not None


@dataclass(frozen=True)
class LateRequestRow:
    """Who asked that a draft be taken after the deadline, and why."""

    commissioner: str
    name: str
    reasons: str
    requested_at: datetime


@dataclass(frozen=True)
class DecisionRow:
    """One decision, with its conditions as ``{"what", "owner", "due_on"}``."""

    id: str
    outcome: str
    reasons: str
    conditions: tuple[dict[str, str], ...]
    decided_at: datetime


@dataclass(frozen=True)
class ApplicationPage:
    """One application with its round. `answers` are by question, `lines` too, of the tables; `decisions` those that
    the reader may know. `lacking`: what is missing, by question. `unpublished` counts answers that only those
    concerned may read. `side`: for which side the reader fills it in, if for one. `is_late_refused`: the last
    request to be taken late was refused, so another can be made.
    """

    row: ApplicationRow
    round: RoundRow
    form: Form
    asked: tuple[Question, ...]
    answers: dict[str, Any]
    lines: dict[str, tuple[LineRow, ...]]
    lacking: dict[str, str]
    unpublished: int
    side: str
    receipt: str
    late_requested_at: datetime | None
    is_late_refused: bool
    decisions: tuple[DecisionRow, ...]

    @property
    def unanswered(self) -> tuple[Question, ...]:
        """What is still to be answered."""
        return tuple(each for each in self.asked if each.code in self.lacking)


def applications_in(code: str, at: datetime) -> list[ApplicationRow]:
    """What the public may know of the applications in a round: who submitted, how members were asked, and what
    was announced. Drafts are nobody else's business."""
    found = Application.objects.filter(round_id=code, submitted_at__lte=at).exclude(SEALED)
    rows = list(found.select_related("round"))
    upheld = upheld_in(rows, at)
    return [replace(row, upheld_at=upheld.get(row.id)) for row in listed(rows, _public_states(rows, at), at)]


def applications_to_decide(by: Actor, at: datetime) -> list[ApplicationRow]:
    """For assessors: what was submitted, deferred, or approved on conditions, the oldest first; without that of a
    commissioner in which they have an interest."""
    if not may(by, Permission.DECIDE_APPLICATIONS).allowed:
        return []
    rows = list(
        Application.objects.filter(state__in=(SUBMITTED, CONDITIONAL, DEFERRED))
        .exclude(SEALED)
        .exclude(commissioner_id__in=kept_out_of(by.person, london_day(at)))
        .select_related("round")
        .order_by("submitted_at", "pk")
    )
    return listed(rows, {row.pk: row.state for row in rows}, at, in_order=True)


def applications_to_sign(by: Actor, at: datetime) -> list[ApplicationRow]:
    """For the programme: what is approved and not signed yet, where that is done in one act."""
    waiting = _without_agreement(by)
    return listed([row for row in waiting if not _both_sign(row)], _own_states(waiting), at)


def applications_to_issue(by: Actor, at: datetime) -> list[ApplicationRow]:
    """For the programme: what is approved and has no agreement yet, where both sides sign one."""
    waiting = _without_agreement(by)
    return listed([row for row in waiting if _both_sign(row)], _own_states(waiting), at)


def _without_agreement(by: Actor) -> list[Application]:
    if not may(by, Permission.RUN_ROUNDS).allowed:
        return []
    waiting = Application.objects.filter(
        state=APPROVED, arrangements__isnull=True, agreement__isnull=True
    ).select_related("round")
    return list(waiting)


def _own_states(rows: list[Application]) -> dict[str, str]:
    return {row.pk: row.state for row in rows}


def _both_sign(row: Application) -> bool:
    needs = "agreement" in levels()[row.round.level].needs
    return needs and processes()[row.round.process].signatures > 1


def late_requests_in(code: str, by: Actor) -> list[LateRequestRow]:
    """For the programme: who asked to be taken late in a round, and why, in order."""
    if not may(by, Permission.RUN_ROUNDS).allowed:
        return []
    rows = LateRequest.objects.filter(application__round=code).select_related("application__round")
    names = _names([row.application for row in rows], date.max)
    return [
        LateRequestRow(
            row.application.commissioner_id,
            names.get((code, row.application.commissioner_id), row.application.commissioner_id),
            row.reasons,
            row.requested_at,
        )
        for row in rows
    ]


def applications_of(by: Actor, at: datetime) -> list[ApplicationRow]:
    """Of the commissioner that one acts for: all of them, drafts too. Of a local office's commissioners: those that
    it completes together with them."""
    if may(by, Permission.APPLY, by.acting_for).allowed:
        kept = Application.objects.filter(commissioner_id=by.acting_for)
    elif may(by, Permission.COMPLETE_JOINTLY, by.acting_for).allowed:
        theirs = commissioners_of_office(by.acting_for, london_day(at))
        kept = Application.objects.filter(commissioner_id__in=theirs, round__process=FULL)
    else:
        return []
    rows = list(kept.select_related("round"))
    return listed(rows, _known_states(rows, at), at)


def application(pk: str, at: datetime, by: Actor = ANYONE) -> ApplicationPage | None:
    """One application, with what the reader may know: its commissioner and the national team know all of it;
    the public, and whoever of the team has an interest in the commissioner, sees what was submitted but the
    assessor's business, and decisions once they are announced."""
    found = Application.objects.select_related("round").filter(pk=pk).first()
    if found is None:
        return None
    side = _side(by, found, at)
    own = bool(side)
    national = may(by, Permission.DECIDE_APPLICATIONS).allowed or may(by, Permission.RUN_ROUNDS).allowed
    national = national and free_of_interest(by, found.commissioner_id, at).allowed
    is_hidden = found.submitted_at is None or found.submitted_at > at
    is_hidden = is_hidden or round_row(found.round, at).is_closed_to_readers
    if not own and is_hidden:
        return None
    made = Decision.objects.filter(application=found)
    if not national:
        made = made.filter(Q(pk__in=_known(found, at).values("pk")) | Q(outcome__in=OWN_TOLD if own else ()))
    decisions = tuple(_decision(each) for each in made.order_by("decided_at", "pk"))
    state = found.state if national else (decisions[-1].outcome if decisions else _before_decision(found))
    if state == SUBMITTED and not own and not national:
        state = _untold([found], at)[found.pk]
    [row] = listed([found], {found.pk: state}, at)
    contents = contents_of(found)
    asked = contents.asked
    may_read = own or national
    late = (
        LateRequest.objects.filter(application=found, requested_at__lte=at).select_related("decision").last()
    )
    shown = [each for each in asked if may_read or each.is_public]
    lacking = {each.code: contents.lacks(each) for each in contents.unanswered} if may_read else {}
    return ApplicationPage(
        row,
        round_row(found.round, at),
        contents.form,
        asked if may_read else tuple(shown),
        {each.code: found.answers[each.code] for each in shown if each.code in found.answers},
        {each.code: contents.of(each) for each in shown if each.is_kept_apart},
        lacking,
        sum(not each.is_public for each in asked),
        side,
        found.receipt if may_read else "",
        late.requested_at if late else None,
        late is not None and _is_refused(late, at),
        decisions,
    )


def _is_refused(asked: LateRequest, at: datetime) -> bool:
    """Whether a late request was answered by then, and not accepted: it can be made anew."""
    answer = getattr(asked, "decision", None)
    return answer is not None and answer.decided_at <= at and not answer.is_accepted


def upheld_in(rows: Collection[Application], at: datetime) -> dict[str, datetime]:
    """When the challenge of the last outcome that is public was upheld, of applications that wait for another since."""
    last = {
        each.application_id: each
        for each in public_decisions(at).filter(application__in=rows).order_by("decided_at", "pk")
    }
    upheld = Challenge.objects.filter(
        decision__application__in=list(last), state=UPHELD, answered_at__lte=at
    ).select_related("decision")
    found = {}
    for each in upheld.order_by("answered_at", "pk"):
        public = last[each.decision.application_id]
        is_of_this = each.decision_id == public.pk
        is_reopened = public.outcome == DEFERRED and public.decided_at == each.answered_at
        if each.answered_at and (is_of_this or is_reopened):
            found[public.application_id] = each.answered_at
    return found


OWN_TOLD = (*OWN_ACTS, *UNAPPROVED)
"""What a commissioner knows of at once: what it did itself, and outcomes that no announcement holds back."""


def _side(by: Actor, found: Application, at: datetime) -> str:
    """For which side somebody fills an application in."""
    if may(by, Permission.APPLY, found.commissioner_id).allowed:
        return COMMISSIONER
    is_local = may_complete(by, found.commissioner_id, london_day(at)).allowed
    return LOCAL_OFFICE if is_local and found.round.process == FULL else ""


def _known(found: Application, at: datetime) -> Any:
    return public_decisions(at).filter(application=found)


def _before_decision(found: Application) -> str:
    return DRAFT if found.submitted_at is None else SUBMITTED


def _known_states(rows: list[Application], at: datetime) -> dict[str, str]:
    """How applications stand, as far as their commissioners know it: all read at once."""
    known = Q(public_at__lte=at) | Q(outcome__in=OWN_TOLD, decided_at__lte=at)
    last = with_public_at().filter(known, application__in=rows).order_by("decided_at", "pk")
    states = {row.pk: _before_decision(row) for row in rows}
    return states | dict(last.values_list("application_id", "outcome"))


def _public_states(rows: list[Application], at: datetime) -> dict[str, str]:
    states = _untold(rows, at)
    known = public_decisions(at).filter(application__in=list(states)).order_by("decided_at", "pk")
    states.update(known.values_list("application_id", "outcome"))
    return states


def _untold(rows: list[Application], at: datetime) -> dict[str, str]:
    """What the public knows of applications whose outcome is not public: where all in a round is decided, that they
    were not approved; before that only that they were submitted."""
    held = {row.round_id: row.round for row in rows}
    waiting = waiting_rounds(list(held), at)
    done = {code for code, each in held.items() if each.deadline.has_passed(at) and code not in waiting}
    return {row.pk: NOT_ANNOUNCED if row.round_id in done else SUBMITTED for row in rows}


def listed(
    rows: list[Application], states: dict[str, str], at: datetime, *, in_order: bool = False
) -> list[ApplicationRow]:
    """Applications as rows, by name unless they are `in_order` already, each with the state given for it."""
    names, told = _names(rows, london_day(at)), mandates_of(rows, at)
    listed = [
        ApplicationRow(
            row.pk,
            row.round_id,
            row.round.level,
            row.commissioner_id,
            names.get((row.round_id, row.commissioner_id), row.commissioner_id),
            states[row.pk],
            _asked(told[row.pk]) if row.submitted_at else "",
            row.submitted_at,
            bool(row.submitted_at) and told[row.pk].is_against,
        )
        for row in rows
    ]
    return listed if in_order else sorted(listed, key=lambda row: (row.name, row.commissioner))


def _names(rows: list[Application], on: date) -> dict[tuple[str, str], str]:
    """What each commissioner was called when its round closed, or is called now if that is still to come."""
    days = {(row.round_id, row.commissioner_id): min(on, london_day(row.round.deadline_at)) for row in rows}
    named = names_then({(code, day) for (_, code), day in days.items()})
    return {(held, code): named[code, day] for (held, code), day in days.items()}


def _asked(mandate: Mandate) -> str:
    """The rung of how members were asked; what a board has on record about members counts as it is."""
    return mandate.rung.code if mandate.has_members or mandate.rests_on else NO_MEMBERS


def evidence_words(code: str) -> str:
    """How members were asked, in words; “Not specified” for no answer, and for boards that they have none."""
    return "Boards have no members" if code == NO_MEMBERS else rung_of(code).name


def _decision(found: Decision) -> DecisionRow:
    return DecisionRow(found.pk, found.outcome, found.reasons, tuple(found.conditions), found.decided_at)
