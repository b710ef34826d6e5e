"""The conditions of approvals that the public knows: whose they are, by when, and whether they were met."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from remit.delegation.models import Decision
from remit.delegation.queries.publicity import public_decisions
from remit.kernel.moments import london_day
from remit.register.queries import last_days_of_commissioners, names_then

WAITING, OVERDUE, MET, NOT_MET, CLOSED = "waiting", "overdue", "met", "not_met", "closed"
CONDITION_WORDS = {
    WAITING: "Not settled yet",
    OVERDUE: "Overdue",
    MET: "Met",
    NOT_MET: "Not met",
    CLOSED: "Not met before it closed",
}
"""How a condition stands. Overdue: its day has gone by, and nobody has said whether it was met. Closed: nor will
anybody, because the commissioner has closed."""


@dataclass(frozen=True)
class ConditionLine:
    """A condition of a decision that is public. `number` counts within the decision, from 1; `name` is that of then.
    `closed_on`: the last day of its commissioner, where that has closed and left it unsettled."""

    decision: str
    application: str
    round: str
    level: int
    commissioner: str
    name: str
    number: int
    what: str
    owner: str
    due_on: date
    state: str
    evidence: str
    settled_at: datetime | None
    closed_on: date | None = None


def conditions(at: datetime) -> list[ConditionLine]:
    """Every condition that the public knows at an instant, those of the latest decision first."""
    found = public_decisions(at).exclude(conditions=[]).select_related("application__round")
    rows = list(found.prefetch_related("condition_outcomes").order_by("-decided_at", "pk"))
    then = [(each.application.commissioner_id, london_day(each.decided_at)) for each in rows]
    names = names_then(set(then))
    lines = [line for each, key in zip(rows, then, strict=True) for line in _lines(each, names[key], at)]
    today, closed = london_day(at), last_days_of_commissioners() if lines else {}
    return [
        replace(line, state=CLOSED, closed_on=closed[line.commissioner])
        if line.state in {WAITING, OVERDUE} and closed.get(line.commissioner, today) < today
        else line
        for line in lines
    ]


def _lines(found: Decision, name: str, at: datetime) -> list[ConditionLine]:
    made, settled = found.application, {}
    for outcome in found.condition_outcomes.all():
        if outcome.settled_at <= at:
            settled[outcome.number] = outcome
    lines = []
    for number, said in enumerate(found.conditions, 1):
        due_on, last = date.fromisoformat(said["due_on"]), settled.get(number)
        state = WAITING if due_on >= london_day(at) else OVERDUE
        lines.append(
            ConditionLine(
                found.pk,
                made.pk,
                made.round_id,
                made.round.level,
                made.commissioner_id,
                name,
                number,
                said["what"],
                said["owner"],
                due_on,
                (MET if last.is_met else NOT_MET) if last else state,
                last.evidence if last else "",
                last.settled_at if last else None,
            )
        )
    return lines
