"""The decision-makers' pack: every application of a round that waits, side by side, and what a combination comes to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, Q

from remit.delegation.models import Application, DutyLine, StageView
from remit.delegation.queries.assessments import stage_rows
from remit.delegation.queries.conflicts import kept_out_of
from remit.delegation.queries.contents import pounds
from remit.delegation.queries.mandates import mandates_of
from remit.delegation.queries.pack_details import PackDetails, details_of
from remit.delegation.rules import stage_views
from remit.delegation.states import CONDITIONAL, DEFERRED, SUBMITTED
from remit.delegation.states.assessments import LOCAL, NATIONAL, READY, REGIONAL
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.moments import london_day
from remit.register.queries import commissioners_on

READERS = (Permission.DECIDE_APPLICATIONS, Permission.MODERATE, Permission.ASSIGN_ASSESSORS)


NO_AMOUNT = "No amount is stated"


@dataclass(frozen=True)
class PackRow:
    """One application: where it stands, its total out of 100 (None while open), how firmly members stand behind it,
    what each stage of the chain last thought, and the details behind it."""

    application: str
    commissioner: str
    name: str
    region: str
    stage: str
    total: Decimal | None
    mandate: str
    is_against: bool
    local: str
    regional: str
    national: str
    open_flags: int
    duties: int
    unfunded: int
    is_chosen: bool
    details: PackDetails

    @property
    def duties_in_words(self) -> str:
        """ "3 of 12 duties unfunded"; where no duty is listed, that."""
        return f"{self.unfunded} of {self.duties} duties unfunded" if self.duties else "No duties are listed"

    @property
    def gap_in_words(self) -> str:
        """ "£5,000 a year"; where no duty is listed, or no amount is stated for those that are unfunded, that."""
        return _gap_in_words(self.duties, self.unfunded, self.details.gap_pence)


@dataclass(frozen=True)
class Combination:
    """What some applications come to if all of them were approved. `average` is of the totals that are settled;
    `not_ready` have not been through the chain."""

    count: int
    of: int
    regions: tuple[tuple[str, int], ...]
    average: Decimal | None
    not_ready: int
    against: int
    open_flags: int
    duties: int
    unfunded: int
    gap_pence: int

    @property
    def gap_in_words(self) -> str:
        """The same of all that are in it."""
        return _gap_in_words(self.duties, self.unfunded, self.gap_pence)


@dataclass(frozen=True)
class Pack:
    """A round's applications that wait, and the combination that was chosen."""

    round: str
    made_at: datetime
    rows: tuple[PackRow, ...]
    chosen: Combination


def pack_of(round_code: str, chosen: Collection[str], by: Actor, at: datetime) -> Pack | None:
    """The pack of a round, for those who decide; None for others. What a reader has an interest in is not in it."""
    if not any(may(by, each).allowed for each in READERS):
        return None
    on = london_day(at)
    waiting = Application.objects.filter(round=round_code, submitted_at__lte=at)
    waiting = waiting.filter(state__in=(SUBMITTED, DEFERRED, CONDITIONAL)).select_related("round")
    barred = kept_out_of(by.person, on)
    made = [
        each for each in waiting if each.commissioner_id not in barred and not each.round.is_closed_to_readers
    ]
    places = {row.code: row for row in commissioners_on(on)} if made else {}
    told = mandates_of(made, at)
    views = {
        (row.assessment_id, row.stage): stage_views().get(row.view, "Sent back")
        for row in StageView.objects.filter(assessment__in=[each.pk for each in made])
    }
    stages = stage_rows(made, london_day(at))
    duties, details = _duties([each.pk for each in made]), details_of(made)
    rows = []
    for each in made:
        place, (stage, _pair, _in, _left, flags, total) = places.get(each.commissioner_id), stages[each.pk]
        rows.append(
            PackRow(
                each.pk,
                each.commissioner_id,
                place.name if place else each.commissioner_id,
                (place.region_name or "No region is recorded") if place else "No region is recorded",
                stage,
                total,
                told[each.pk].in_words,
                told[each.pk].is_against,
                views.get((each.pk, LOCAL), ""),
                views.get((each.pk, REGIONAL), ""),
                views.get((each.pk, NATIONAL), ""),
                flags,
                *duties.get(each.pk, (0, 0)),
                each.pk in chosen,
                details[each.pk],
            )
        )
    rows.sort(key=lambda row: (row.total is None, -(row.total or 0), row.name, row.commissioner))
    return Pack(round_code, at, tuple(rows), _combined(rows))


def _combined(rows: Collection[PackRow]) -> Combination:
    some = [row for row in rows if row.is_chosen]
    totals = [row.total for row in some if row.total is not None]
    average = sum(totals, Decimal(0)) / len(totals) if totals else None
    return Combination(
        count=len(some),
        of=len(rows),
        regions=tuple(sorted(Counter(row.region for row in some).items())),
        average=average.quantize(Decimal("0.1"), ROUND_HALF_UP) if average is not None else None,
        not_ready=sum(row.stage != READY for row in some),
        against=sum(row.is_against for row in some),
        open_flags=sum(row.open_flags for row in some),
        duties=sum(row.duties for row in some),
        unfunded=sum(row.unfunded for row in some),
        gap_pence=sum(row.details.gap_pence for row in some),
    )


def _gap_in_words(duties: int, unfunded: int, gap_pence: int) -> str:
    if not duties:
        return "No duties are listed"
    if unfunded and not gap_pence:
        return NO_AMOUNT
    return f"{pounds(gap_pence)} a year"


def _duties(applications: Collection[str]) -> dict[str, tuple[int, int]]:
    """How many duties each application lists, and with how many of them no money and nobody comes."""
    lines = DutyLine.objects.filter(application__in=applications).order_by().values("application")
    counted = lines.annotate(every=Count("pk"), without=Count("pk", filter=Q(pence=0, wte=0)))
    return {row["application"]: (row["every"], row["without"]) for row in counted}
