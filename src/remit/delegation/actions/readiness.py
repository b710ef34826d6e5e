"""Whether a round may open: it is as planned, what must be public is, and its timetable is possible."""

from __future__ import annotations

from datetime import date, datetime

from remit.delegation.actions.finding import refusal
from remit.delegation.models import PlannedRound, Programme, Round
from remit.delegation.queries.programmes import missing_documents
from remit.delegation.queries.timetables import LintRow, lint_round
from remit.delegation.rules import document_kinds, processes
from remit.kernel.moments import london_day
from remit.kernel.names import readable_name

AS_PLANNED = (
    "title",
    "level",
    "opens_at",
    "deadline_at",
    "deadline_is_inclusive",
    "decisions_due_on",
    "effective_on",
)
NAMED = 5
"""How many commissioners a refusal names; the round's timetable page names them all."""
LINTER = "Timetable linter: consultation, notice, ballot and amendment fit before the deadline"


def require_dates(
    opens_at: datetime, deadline_at: datetime, decisions_due_on: date | None, effective_on: date
) -> None:
    """Refuse dates that cannot follow each other: ``closes_first``, ``effective_first``, ``wrong_due_day``."""
    last = london_day(deadline_at)
    if opens_at >= deadline_at:
        raise refusal("closes_first", "The round closes before it opens. Check the two times.")
    if effective_on <= last:
        raise refusal("effective_first", "Powers would come on before the round closes. Choose a later day.")
    if decisions_due_on is not None and not last <= decisions_due_on <= effective_on:
        raise refusal("wrong_due_day", "Decisions are due after the deadline, and before powers come on.")


def require_published(wanted: Round) -> None:
    """Refuse unless the round is as its programme plans it and the documents of its process are public before it
    opens. A round without a programme cannot follow a process that has to publish any."""
    must = processes()[wanted.process].must_publish
    if not wanted.programme_id:
        if must:
            raise refusal(
                "not_published", f"{_names(must)} must be public first. Publish them in a programme."
            )
        return
    found = Programme.objects.filter(pk=wanted.programme_id).first()
    if found is None:
        raise refusal("not_found", "There is no such programme.")
    planned = PlannedRound.objects.filter(pk=wanted.code, programme=found).first()
    if planned is None:
        raise refusal("not_as_planned", f"{found.title} plans no round {wanted.code}. Plan it first.")
    other = [name for name in AS_PLANNED if getattr(planned, name) != getattr(wanted, name)]
    if other or wanted.process != found.process:
        what = ", ".join(name.replace("_", " ") for name in other) or "process"
        raise refusal(
            "not_as_planned", f"It differs from what {found.title} plans: {what}. Plan it anew first."
        )
    missing = missing_documents(found, min(wanted.opens_at, wanted.made_at))
    if missing:
        raise refusal(
            "not_published", f"{_names(missing)} must be public before the round opens. Publish them first."
        )


def require_feasible(wanted: Round) -> None:
    """Refuse a round with impossible dates, or with a deadline that some commissioners cannot keep."""
    found = lint_round(wanted)
    if found.faults:
        said = " ".join(f"{fault.what}: {fault.message}" for fault in found.faults[:NAMED])
        raise refusal("impossible_dates", said, LINTER)
    late = found.infeasible
    if late:
        named = "; ".join(
            f"{readable_name(row.name)} ({row.commissioner}): {_start(row)}" for row in late[:NAMED]
        )
        more = f"; and {len(late) - NAMED} more" if len(late) > NAMED else ""
        raise refusal(
            "infeasible",
            f"{len(late)} of {len(found.rows)} commissioners cannot be ready by {found.deadline}. "
            f"Latest start of each: {named}{more}. Open earlier, or close later.",
            LINTER,
        )


def _start(row: LintRow) -> str:
    return row.plan.latest_start.isoformat() if row.plan.latest_start else "no committee meets in time"


def _names(kinds: tuple[str, ...]) -> str:
    return ", ".join(document_kinds()[kind].name for kind in kinds)
