"""Rounds, as the public sees them at an instant."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from remit.delegation.models import Application, LateRequest, Round
from remit.delegation.queries.clocks import decision_clocks, extended_to
from remit.delegation.queries.publicity import public_decisions, waiting_rounds
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
    """Every round that was set up by then, the one that closes last first: as many queries for many as for one."""
    return round_rows(list(Round.objects.filter(made_at__lte=at).order_by("-deadline_at", "code")), at)


def round_of(code: str, at: datetime) -> RoundRow | None:
    """One round."""
    return next(iter(round_rows(list(Round.objects.filter(pk=code)), at)), None)


def round_row(found: Round, at: datetime) -> RoundRow:
    """A round as it stands at an instant."""
    [row] = round_rows([found], at)
    return row


def round_rows(found: list[Round], at: datetime) -> list[RoundRow]:
    """Rounds as they stand at an instant, in the order given."""
    codes = [each.pk for each in found]
    submitted = Application.objects.filter(round__in=codes, submitted_at__lte=at).order_by()
    told = public_decisions(at).filter(application__round__in=codes).order_by()
    asked = LateRequest.objects.filter(application__round__in=codes, requested_at__lte=at).order_by()
    applied = Counter(submitted.values_list("round_id", flat=True))
    decided = Counter(code for code, _ in set(told.values_list("application__round", "application")))
    late = Counter(code for code, _ in set(asked.values_list("application__round", "application")))
    waiting = waiting_rounds(codes, at)
    states = {
        each.pk: _state(each, at, is_done=applied[each.pk] > 0 and each.pk not in waiting) for each in found
    }
    due = [each for each in found if states[each.pk] == CLOSED and applied[each.pk] and _is_past(each, at)]
    clocks = decision_clocks(due, at)
    until = extended_to(list(clocks), at) if clocks else {}
    return [
        _row(
            each,
            at,
            state=states[each.pk],
            applied=applied[each.pk],
            decided=decided[each.pk],
            is_overdue=any(row.days_over for row in clocks.get(each.pk, ())),
            late_requests=late[each.pk],
            extended_to=until.get(each.pk),
        )
        for each in found
    ]


def _state(found: Round, at: datetime, *, is_done: bool) -> str:
    if at < found.opens_at:
        return COMING
    if not found.deadline.has_passed(at):
        return OPEN
    return DECIDED if is_done else CLOSED


def _is_past(found: Round, at: datetime) -> bool:
    return found.decisions_due_on is not None and london_day(at) > found.decisions_due_on


def _row(found: Round, at: datetime, **known: Any) -> RoundRow:
    unsealed_at = found.unsealed_at if found.unsealed_at and found.unsealed_at <= at else None
    return RoundRow(
        code=found.code,
        title=found.title,
        level=found.level,
        opens_at=found.opens_at,
        deadline=found.deadline,
        decisions_due_on=found.decisions_due_on,
        effective_on=found.effective_on,
        process=found.process,
        groups=tuple(found.groups),
        is_sealed=found.is_sealed,
        is_closed_to_readers=found.is_sealed and unsealed_at is None,
        unsealed_at=unsealed_at,
        programme=found.programme_id or "",
        **known,
    )
