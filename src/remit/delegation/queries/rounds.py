"""Rounds, as the public sees them at an instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from remit.delegation.models import Application, LateRequest, Round
from remit.delegation.queries.clocks import decision_clock, extensions_in
from remit.delegation.queries.publicity import public_decisions, waits
from remit.engines.deadlines import Deadline
from remit.kernel.moments import london_day

COMING, OPEN, CLOSED, DECIDED = "coming", "open", "closed", "decided"


@dataclass(frozen=True)
class RoundRow:
    """A round at an instant. `state` is coming, open, closed, or decided once nothing that was submitted waits to be
    decided or announced; `applied` counts what was submitted, `decided` what the public was told.
    `is_overdue`: decisions were due, and some still wait. `late_requests`: drafts that were asked to be taken late.
    `extended_to`: until when all its decisions were published to take. `is_closed_to_readers`: sealed, not opened."""

    code: str
    title: str
    level: int
    opens_at: datetime
    deadline: Deadline
    decisions_due_on: date | None
    effective_on: date
    state: str
    applied: int
    decided: int
    is_overdue: bool
    late_requests: int
    process: str
    groups: tuple[str, ...]
    is_sealed: bool
    is_closed_to_readers: bool
    unsealed_at: datetime | None
    programme: str
    extended_to: date | None


def rounds(at: datetime) -> list[RoundRow]:
    """Every round, the one that closes last first."""
    return [round_row(each, at) for each in Round.objects.order_by("-deadline_at", "code")]


def round_of(code: str, at: datetime) -> RoundRow | None:
    """One round."""
    found = Round.objects.filter(pk=code).first()
    return round_row(found, at) if found else None


def round_row(found: Round, at: datetime) -> RoundRow:
    """A round as it stands at an instant."""
    submitted = Application.objects.filter(round=found, submitted_at__lte=at)
    applied = submitted.count()
    decided = public_decisions(at).filter(application__round=found).values("application").distinct().count()
    state = COMING if at < found.opens_at else OPEN if not found.deadline.has_passed(at) else CLOSED
    if state == CLOSED and applied and not waits(found.pk, at):
        state = DECIDED
    due = found.decisions_due_on
    extended_to = None
    is_overdue = state == CLOSED and due is not None and london_day(at) > due and applied > 0
    if is_overdue:
        extended_to = max(
            (row.until_on for row in extensions_in(found.pk, at) if not row.commissioner), default=None
        )
        is_overdue = any(row.days_over for row in decision_clock(found.pk, at))
    unsealed_at = found.unsealed_at if found.unsealed_at and found.unsealed_at <= at else None
    return RoundRow(
        found.code,
        found.title,
        found.level,
        found.opens_at,
        found.deadline,
        due,
        found.effective_on,
        state,
        applied,
        decided,
        is_overdue,
        LateRequest.objects.filter(application__round=found, requested_at__lte=at).count(),
        found.process,
        tuple(found.groups),
        found.is_sealed,
        found.is_sealed and unsealed_at is None,
        unsealed_at,
        found.programme_id or "",
        extended_to,
    )
