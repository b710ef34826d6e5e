"""Clocks that anybody can read: late requests and their answers, and by when each decision is due."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max

from remit.delegation.models import Application, DecisionExtension, LateRequest, Round
from remit.delegation.queries.publicity import public_decisions
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.moments import london_day
from remit.register.queries import names_on


@dataclass(frozen=True)
class LateLogRow:
    """A late request and what was answered: `is_accepted` is None while it waits. The reasons are the answer's."""

    application: str
    commissioner: str
    name: str
    number: int
    requested_at: datetime
    is_accepted: bool | None
    reasons: str
    may_submit_until: datetime | None
    decided_at: datetime | None
    submitted_at: datetime | None


@dataclass(frozen=True)
class LateAsked:
    """A late request as the programme sees it: who asks, in which round, and why."""

    round: str
    name: str
    reasons: str


@dataclass(frozen=True)
class ClockRow:
    """By when the decision on an application is due, as far as the public knows. `days_over` counts calendar days.

    `is_extended`: a later day than the round's was published, for `reasons`. `is_told`: its decision is public.
    """

    application: str
    commissioner: str
    due_on: date | None
    is_extended: bool
    reasons: str
    is_told: bool
    days_over: int


@dataclass(frozen=True)
class ExtensionRow:
    """A published extension: of one commissioner's decision, or of all of a round (`commissioner` is empty)."""

    commissioner: str
    until_on: date
    reasons: str
    published_at: datetime


def late_log(code: str, at: datetime) -> list[LateLogRow]:
    """Who asked to be taken late in a round, and the answers made by an instant, in the order of asking."""
    rows = LateRequest.objects.filter(application__round=code, requested_at__lte=at)
    found = list(rows.select_related("application", "decision"))
    then = london_day(max((each.requested_at for each in found), default=at))
    names = names_on({each.application.commissioner_id for each in found}, then)
    number, listed = Counter[str](), []
    for each in found:
        number[each.application_id] += 1
        listed.append(_late(each, number[each.application_id], names, at))
    return listed


def late_request_of(application: str, by: Actor) -> LateAsked | None:
    """For the programme: one late request."""
    found = LateRequest.objects.filter(application=application).select_related("application").last()
    if found is None or not may(by, Permission.RUN_ROUNDS).allowed:
        return None
    code = found.application.commissioner_id
    name = names_on({code}, london_day(found.requested_at)).get(code, code)
    return LateAsked(found.application.round_id, name, found.reasons)


def _late(asked: LateRequest, number: int, names: dict[str, str], at: datetime) -> LateLogRow:
    draft, answer = asked.application, getattr(asked, "decision", None)
    if answer is not None and answer.decided_at > at:
        answer = None
    submitted = draft.submitted_at if draft.submitted_at and draft.submitted_at <= at else None
    return LateLogRow(
        draft.pk,
        draft.commissioner_id,
        names.get(draft.commissioner_id, draft.commissioner_id),
        number,
        asked.requested_at,
        answer.is_accepted if answer else None,
        answer.reasons if answer else "",
        answer.last_submission_at if answer else None,
        answer.decided_at if answer else None,
        submitted,
    )


def extensions_in(code: str, at: datetime) -> list[ExtensionRow]:
    """What was published of a round's decisions taking longer, in order."""
    rows = DecisionExtension.objects.filter(round=code, published_at__lte=at).select_related("application")
    return [
        ExtensionRow(
            row.application.commissioner_id if row.application else "",
            row.until_on,
            row.reasons,
            row.published_at,
        )
        for row in rows
    ]


def due_now(held: Round, application: str | None) -> date | None:
    """By when decisions of a round, or one of them, are due as last published."""
    rows = DecisionExtension.objects.filter(round=held)
    every = [held.decisions_due_on] if held.decisions_due_on else []
    every += [row.until_on for row in rows if row.application_id in {None, application}]
    return max(every, default=None)


def decision_clock(code: str, at: datetime) -> list[ClockRow]:
    """By when each submitted application of a round is due, and which are over, as the public knows it."""
    return decision_clocks(Round.objects.filter(pk=code), at).get(code, [])


def decision_clocks(rounds: Iterable[Round], at: datetime) -> dict[str, list[ClockRow]]:
    """The same of some rounds, by code: as many queries for many as for one."""
    held = {each.pk: each for each in rounds}
    if not held:
        return {}
    submitted = Application.objects.filter(round__in=held, submitted_at__lte=at).order_by("commissioner")
    known = public_decisions(at).filter(application__round__in=held)
    told = set(known.values_list("application", flat=True))
    extended = defaultdict[tuple[str, str | None], list[DecisionExtension]](list)
    for row in DecisionExtension.objects.filter(round__in=held, published_at__lte=at):
        extended[row.round_id, row.application_id].append(row)
    found: dict[str, list[ClockRow]] = {code: [] for code in held}
    for pk, code, commissioner in submitted.values_list("pk", "round_id", "commissioner_id"):
        own = (*extended[code, None], *extended[code, pk])
        last = max(own, key=lambda row: row.until_on, default=None)
        due = last.until_on if last else held[code].decisions_due_on
        found[code].append(_clock(pk, commissioner, due, last, is_told=pk in told, today=london_day(at)))
    return found


def _clock(
    pk: str,
    commissioner: str,
    due: date | None,
    last: DecisionExtension | None,
    *,
    is_told: bool,
    today: date,
) -> ClockRow:
    over = (today - due).days if due and not is_told and today > due else 0
    return ClockRow(pk, commissioner, due, last is not None, last.reasons if last else "", is_told, over)


def extended_to(rounds: Collection[str], at: datetime) -> dict[str, date]:
    """Until when all decisions of some rounds were published to take, by code; none of those where they were not."""
    rows = DecisionExtension.objects.filter(round__in=rounds, application=None, published_at__lte=at)
    last = rows.order_by().values("round").annotate(last=Max("until_on"))
    return dict(last.values_list("round", "last"))
