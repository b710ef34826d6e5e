"""The clocks of a round: late requests decided, decisions extended, seals opened, timetables recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from remit.delegation.actions.finding import PROCESS, locked, refusal, subject
from remit.delegation.models import CommissionerTimetable, DecisionExtension, LateDecision, Round
from remit.delegation.queries.clocks import due_now
from remit.delegation.rules import timetable_steps
from remit.delegation.states import DRAFT, SUBMITTED
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.decision import require
from remit.kernel.moments import london_day, rfc3339
from remit.ledger.actions import record
from remit.register.queries import kind_on
from remit.register.rules import COMMISSIONER_KINDS

MOST = 2000
MOST_DAYS = 365


@transaction.atomic
def decide_late_request(
    *,
    application: str,
    is_accepted: bool,
    reasons: str,
    may_submit_until: datetime | None = None,
    by: Actor,
    at: datetime,
) -> LateDecision:
    """Answer the last late request about a draft, in public and with reasons. Who is accepted may submit until the
    instant given, which itself is late. The same again changes nothing.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state`` (submitted, or decided otherwise),
    ``no_reasons``, ``wrong_dates``.
    """
    draft = locked(application)
    require(may(by, Permission.RUN_ROUNDS))
    asked = draft.late_requests.last()
    if asked is None:
        raise refusal("not_found", "Nobody asked that this draft be taken late.")
    reasons = _reasons(reasons)
    earlier = LateDecision.objects.filter(request=asked).first()
    wanted = (is_accepted, reasons, may_submit_until)
    if earlier is not None:
        if (earlier.is_accepted, earlier.reasons, earlier.last_submission_at) != wanted:
            raise refusal("wrong_state", "This request has been decided. A decision stays as it was made.")
        return earlier
    if draft.state != DRAFT:
        raise refusal("wrong_state", "It has been submitted, so there is nothing to decide.")
    if is_accepted != (may_submit_until is not None):
        raise refusal("wrong_dates", "Say until when it may be submitted, but only if it is accepted.")
    if may_submit_until is not None and may_submit_until <= at:
        raise refusal("wrong_dates", "The time until which it may be submitted must be in the future.")
    made = LateDecision.objects.create(
        request=asked,
        is_accepted=is_accepted,
        reasons=reasons,
        last_submission_at=may_submit_until,
        decided_at=at,
        decided_by=by.person,
    )
    record(
        act="application.late_decided",
        by=by,
        at=at,
        subject=subject(draft),
        under=PROCESS,
        details={
            "is_accepted": is_accepted,
            "reasons": reasons,
            "may_submit_until": rfc3339(may_submit_until) if may_submit_until else None,
        },
    )
    return made


@transaction.atomic
def extend_decisions(
    *, round_code: str, application: str = "", until_on: date, reasons: str, by: Actor, at: datetime
) -> DecisionExtension:
    """Publish that the decisions of a round, or one of them, will come later, and why. The same again changes nothing.

    Raises `Refused`: ``not_permitted``, ``not_found``, ``no_reasons``, ``wrong_dates`` (not later than was said, or
    past), ``wrong_state`` where nothing waits.
    """
    require(may(by, Permission.RUN_ROUNDS))
    held = _round(round_code)
    if application and not held.applications.filter(pk=application, submitted_at__isnull=False).exists():
        raise refusal("not_found", "There is no such application in this round.")
    reasons = _reasons(reasons)
    last = DecisionExtension.objects.filter(round=held, application=application or None).last()
    if last is not None and (last.until_on, last.reasons) == (until_on, reasons):
        return last
    if application and not held.applications.filter(pk=application, state=SUBMITTED).exists():
        raise refusal("wrong_state", "This application has been decided, so there is nothing to extend.")
    due = due_now(held, application or None)
    if due is None:
        raise refusal("wrong_dates", "No day was given by which decisions are due, so none can be extended.")
    if until_on <= due:
        raise refusal("wrong_dates", f"Decisions are due by {due} already. Choose a later day.")
    if until_on < london_day(at):
        raise refusal("wrong_dates", "The new day must be today or later.")
    made = DecisionExtension.objects.create(
        round=held,
        application_id=application or None,
        until_on=until_on,
        reasons=reasons,
        published_at=at,
        published_by=by.person,
    )
    record(
        act="decisions.extended",
        by=by,
        at=at,
        subject=f"application/{application}" if application else f"round/{round_code}",
        under=PROCESS,
        details={"until_on": until_on.isoformat(), "reasons": reasons, "round": round_code},
    )
    return made


@transaction.atomic
def open_seal(*, round_code: str, by: Actor, at: datetime) -> Round:
    """Open the seal of a round after its deadline, so that assessors can read it. Again changes nothing.

    Raises `Refused`: ``not_permitted``, ``not_found``, ``not_sealed``, ``too_early``.
    """
    require(may(by, Permission.RUN_ROUNDS))
    held = _round(round_code)
    if not held.is_sealed:
        raise refusal("not_sealed", "This round is not sealed. Its applications can be read as they come.")
    if held.unsealed_at is not None:
        return held
    if not held.deadline.has_passed(at):
        raise refusal("too_early", f"It stays sealed until the deadline: {held.deadline.words}.")
    held.unsealed_at, held.unsealed_by = at, by.person
    held.save(update_fields=["unsealed_at", "unsealed_by"])
    record(
        act="round.unsealed",
        by=by,
        at=at,
        subject=f"round/{round_code}",
        under=PROCESS,
        details={"applications": held.applications.filter(submitted_at__lte=at).count()},
    )
    return held


@transaction.atomic
def record_timetable(
    *,
    commissioner: str,
    from_on: date,
    days: Mapping[str, int],
    meets_on: Sequence[date] = (),
    meets_every: int | None = None,
    source: str,
    by: Actor,
    at: datetime,
) -> CommissionerTimetable:
    """Record what a commissioner's own rules take, in calendar days by step, from a day on. The same again changes
    nothing. Steps that are not named keep their defaults.

    Raises `Refused`: ``not_permitted``, ``not_a_commissioner``, ``no_such_step``, ``wrong_days``, ``no_source``.
    """
    if not may(by, Permission.RUN_ROUNDS).allowed:
        require(may(by, Permission.APPLY, commissioner))
    kind = kind_on(commissioner, london_day(at))
    if kind not in COMMISSIONER_KINDS:
        raise refusal("not_a_commissioner", f"{commissioner} is no commissioner of primary care today.")
    if not set(days) <= set(timetable_steps(kind)):
        raise refusal("no_such_step", f"Choose among these steps: {', '.join(timetable_steps(kind))}.")
    if any(not 0 <= number <= MOST_DAYS for number in days.values()) or (
        meets_every is not None and not 1 <= meets_every <= MOST_DAYS
    ):
        raise refusal("wrong_days", f"Enter whole days, at most {MOST_DAYS}.")
    source = " ".join(source.split())
    if not 0 < len(source) <= 300:
        raise refusal("no_source", "Say where this stands: the clause of the constitution, or who told it.")
    kept = {
        "days": {code: days[code] for code in sorted(days)},
        "meets_on": sorted({day.isoformat() for day in meets_on}),
        "meets_every": meets_every,
        "source": source,
    }
    last = CommissionerTimetable.objects.filter(commissioner_id=commissioner, from_on=from_on).last()
    if last is not None and {name: getattr(last, name) for name in kept} == kept:
        return last
    made = CommissionerTimetable.objects.create(
        commissioner_id=commissioner, from_on=from_on, recorded_at=at, recorded_by=by.person, **kept
    )
    record(
        act="timetable.recorded",
        by=by,
        at=at,
        subject=f"organisation/{commissioner}",
        under=PROCESS,
        details={"from_on": from_on.isoformat(), **kept},
    )
    return made


def _round(code: str) -> Round:
    found = Round.objects.select_for_update(of=("self",)).filter(pk=code).first()
    if found is None:
        raise refusal("not_found", "There is no such round.")
    return found


def _reasons(text: str) -> str:
    text = text.strip()
    if not 0 < len(text) <= MOST:
        raise refusal("no_reasons", f"Enter the reasons, at most {MOST:,} characters. They are public.")
    return text
