"""How far the applications of a round came, each stage counted apart: applied, approved, signed, in effect."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from remit.delegation.models import Agreement, Arrangement
from remit.delegation.queries.applications import ApplicationRow
from remit.delegation.queries.publicity import NOT_ANNOUNCED, OWN_ACTS, UNAPPROVED
from remit.delegation.states import APPROVED, CONDITIONAL, SUBMITTED
from remit.kernel.moments import london_day
from remit.kernel.period import Period


@dataclass(frozen=True)
class FunnelStage:
    """A stage as the public knows it at an instant: which applications came so far, and stand there. Approved,
    signed and effective overlap; the others share out those that applied."""

    code: str
    name: str
    applications: frozenset[str]
    applied: int

    @property
    def count(self) -> int:
        """How many."""
        return len(self.applications)


def funnel_of(round_code: str, rows: list[ApplicationRow], at: datetime) -> tuple[FunnelStage, ...]:
    """The stages of a round, of `rows`, its applications as the public knows them at that instant. Where a challenge
    was upheld the outcome does not stand: it waits for another."""
    made = Arrangement.objects.filter(application__round=round_code, made_at__lte=at)
    on = london_day(at)
    signed = {each.application_id for each in made if each.signed_at and each.signed_at <= at}
    effective = {each.application_id for each in made if on in Period(each.effective_on, each.last_on)}
    for each in Agreement.objects.filter(application__round=round_code, signed_at__lte=at).select_related(
        "arrangement"
    ):
        signed.add(each.application_id)
        if (
            each.arrangement
            and each.effective_on
            and on in Period(each.effective_on, each.arrangement.last_on)
        ):
            effective.add(each.application_id)

    again = {row.id for row in rows if row.is_decided_again}

    def of(*states: str) -> set[str]:
        return {row.id for row in rows if row.state in states} - again

    found = (
        ("applied", "Applied", {row.id for row in rows}),
        ("waiting", "Waiting for a decision to be announced", of(SUBMITTED) | again),
        ("approved", "Approved", of(APPROVED)),
        ("conditional", "Approved on conditions", of(CONDITIONAL)),
        ("not-approved", "Not approved", of(*UNAPPROVED, NOT_ANNOUNCED)),
        ("withdrawn", "Withdrawn or rescinded", of(*OWN_ACTS)),
        ("signed", "Signed", signed),
        ("effective", "In effect today", effective),
    )
    return tuple(
        FunnelStage(code, name, frozenset(each for each in which if each), len(rows))
        for code, name, which in found
    )


def decided_of(rows: list[ApplicationRow]) -> FunnelStage:
    """Those of a round's applications whose outcome the public was told."""
    told = frozenset(row.id for row in rows if row.state not in (SUBMITTED, NOT_ANNOUNCED))
    return FunnelStage("decided", "Decisions announced", told, len(rows))
