"""Where commissioners stand on a day: what is in effect, and what has been approved. Every count is of rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from remit.delegation.models import Arrangement, Notice
from remit.delegation.queries.knowing import is_whole, recorded_from
from remit.delegation.queries.publicity import with_public_at
from remit.delegation.queries.scope import grant_from
from remit.delegation.states import APPROVED, CONDITIONAL
from remit.engines.deadlines import london_instant
from remit.engines.powers import GENERAL_PRACTICE, grant_on
from remit.kernel.period import Period
from remit.register.queries import commissioners_on
from remit.register.queries.nation import commissioner_codes_on

LEVELS = (1, 2, 3)
OWN, SUCCEEDED, PUBLISHED = "application", "succeeded", "source"


@dataclass(frozen=True)
class ArrangementRow:
    """An arrangement: from its first to its last day (None: it lasts), and what it rests on.

    `basis` is application, succeeded or source; `ref` is the application or the predecessor it leads back to.
    """

    id: str
    commissioner: str
    level: int
    effective_on: date
    last_on: date | None
    basis: str
    ref: str
    source: str
    source_href: str
    signed_at: datetime | None


@dataclass(frozen=True)
class PositionRow:
    """A commissioner on a day. `level` is in effect, 0 for none, None where nobody says; `approved` the highest level
    whose approval had been announced by then, 0 for none; `conditional` one approved on conditions still to be met."""

    code: str
    name: str
    region: str
    region_name: str
    level: int | None
    since: date | None
    basis: str
    approved: int
    conditional: int
    source: str
    source_href: str


@dataclass(frozen=True)
class Uptake:
    """Counts on a day. `level_n`: powers in effect; `approved_n`: approvals announced by then and standing;
    `signed_n`: arrangements signed by then and standing, in effect or not. `not_known`: those whose position no
    source gives, so that each count is of what is known."""

    on: date
    commissioners: int
    level_1: int
    level_2: int
    level_3: int
    not_known: int
    approved_1: int
    approved_2: int
    approved_3: int
    conditional_2: int
    conditional_3: int
    signed_2: int
    signed_3: int


def end_of(on: date) -> datetime:
    """The instant at which a London day ends: midnight, which belongs to the next."""
    return london_instant(on + timedelta(days=1), time(0))


def arrangements_of(commissioner: str, at: datetime | None = None) -> list[ArrangementRow]:
    """All arrangements that a commissioner ever held, or those made by an instant, in order of their days. Each is
    public: what is signed was announced before."""
    rows = Arrangement.objects.filter(commissioner_id=commissioner)
    return [_row(each) for each in (rows if at is None else rows.filter(made_at__lte=at))]


def holders_of(arrangements: Collection[str]) -> dict[str, str]:
    """The commissioner of each of some arrangements."""
    return dict(Arrangement.objects.filter(pk__in=arrangements).values_list("pk", "commissioner_id"))


def arrangement_on(commissioner: str, on: date, group: str = GENERAL_PRACTICE) -> ArrangementRow | None:
    """The arrangement in effect on a day: where there are two, that which covers a contractor group."""
    rows = Arrangement.objects.filter(commissioner_id=commissioner).prefetch_related("variations")
    every = {row.pk: row for row in rows}
    now = grant_on([grant_from(row) for row in every.values()], on, group)
    return _row(every[now.ref]) if now else None


def level_on(commissioner: str, on: date) -> int | None:
    """The level in effect on a day."""
    now = arrangement_on(commissioner, on)
    return now.level if now else None


@dataclass(frozen=True)
class Standing:
    """Who stood where at the end of a day: codes of commissioners by level; arrangements by commissioner.

    `is_whole`: whoever is in none of them had nothing. Else nobody says, and it is not known."""

    in_effect: Mapping[str, ArrangementRow]
    approved: Mapping[int, frozenset[str]]
    conditional: Mapping[int, frozenset[str]]
    signed: Mapping[int, frozenset[str]]
    is_whole: bool = True

    def level_of(self, code: str) -> int | None:
        """The level in effect, 0 for none; None where it is not known."""
        now = self.in_effect.get(code)
        return now.level if now else (0 if self.is_whole else None)


@dataclass(frozen=True)
class Recorded:
    """All arrangements and all public decisions, read once: where everybody stood on any day follows from them.

    `told` are (commissioner, level, outcome, public since) of general practice, in the order of the decisions.
    `since`: the day from which every position is recorded here. `others` are arrangements that began without general
    practice: where somebody has one of that too, that one counts.
    """

    arrangements: tuple[ArrangementRow, ...]
    told: tuple[tuple[str, int, str, datetime], ...]
    since: date | None = None
    others: frozenset[str] = frozenset()

    def on(self, on: date) -> Standing:
        """Where everybody stood at the end of a day."""
        now = [row for row in self.arrangements if on in Period(row.effective_on, row.last_on)]
        return Standing(
            in_effect={row.commissioner: row for row in sorted(now, key=self._order)},
            approved={level: self._approved(level, on) for level in LEVELS},
            conditional={level: self._outcomes(level, on, CONDITIONAL) for level in LEVELS},
            signed={level: self._signed(level, on) for level in LEVELS},
            is_whole=is_whole(on, self.since),
        )

    def _order(self, row: ArrangementRow) -> tuple[bool, int]:
        return row.id not in self.others, row.level

    def _approved(self, level: int, on: date) -> frozenset[str]:
        """Who had an approval at a level that had been announced by a day and still stood: an own one that had
        not ended, or one in effect that was taken over or that a source states."""
        of_level = [row for row in self.arrangements if row.level == level and row.id not in self.others]
        ended = {
            row.commissioner for row in of_level if row.basis == OWN and row.last_on and row.last_on < on
        }
        others = {
            row.commissioner
            for row in of_level
            if row.basis != OWN and on in Period(row.effective_on, row.last_on)
        }
        return frozenset(self._outcomes(level, on, APPROVED) - ended | others)

    def _outcomes(self, level: int, on: date, outcome: str) -> frozenset[str]:
        """Whose last public decision at a level, by the end of a day, was of an outcome."""
        until = end_of(on)
        last = {
            commissioner: found
            for commissioner, of, found, public_at in self.told
            if of == level and public_at < until
        }
        return frozenset(commissioner for commissioner, found in last.items() if found == outcome)

    def _signed(self, level: int, on: date) -> frozenset[str]:
        until = end_of(on)
        return frozenset(
            row.commissioner
            for row in self.arrangements
            if row.level == level
            and row.id not in self.others
            and row.signed_at
            and row.signed_at < until
            and (row.last_on is None or row.last_on >= on)
        )


def recorded(at: datetime | None = None) -> Recorded:
    """Everything recorded; with `at`, only what is public by that instant, whichever day is asked for.

    Pages and the API say `at`: otherwise today, or a later day, would tell what is still under embargo.
    """
    rows = with_public_at()
    rows = rows.filter(public_at__isnull=False) if at is None else rows.filter(public_at__lte=at)
    told = tuple(
        (commissioner, level, outcome, public_at)
        for commissioner, level, outcome, public_at, groups in rows.order_by("decided_at", "pk").values_list(
            "application__commissioner_id",
            "application__round__level",
            "outcome",
            "public_at",
            "application__round__groups",
        )
        if GENERAL_PRACTICE in groups
    )
    every = list(Arrangement.objects.all())
    others = frozenset(each.pk for each in every if GENERAL_PRACTICE not in each.groups)
    return Recorded(tuple(_row(each) for each in every), told, recorded_from(), others)


def positions_on(on: date, at: datetime | None = None) -> list[PositionRow]:
    """Every commissioner on a day, by name, with where it stood; `at` as in `recorded`."""
    return positions_of(recorded(at).on(on), on)


def positions_of(standing: Standing, on: date) -> list[PositionRow]:
    """The same, from where everybody stood on that day."""
    approved = {code: level for level in LEVELS for code in standing.approved[level]}
    conditional = {code: level for level in LEVELS for code in standing.conditional[level]}
    return [
        PositionRow(
            row.code,
            row.name,
            row.region,
            row.region_name,
            standing.level_of(row.code),
            now.effective_on if (now := standing.in_effect.get(row.code)) else None,
            now.basis if now else "",
            approved.get(row.code, 0),
            conditional.get(row.code, 0),
            now.source if now else "",
            now.source_href if now else "",
        )
        for row in commissioners_on(on)
    ]


def uptake_on(on: date, at: datetime | None = None) -> Uptake:
    """How many commissioners stood where on a day; `at` as in `recorded`."""
    return uptake_of(commissioner_codes_on(on), on, recorded(at).on(on))


def uptake_of(codes: Collection[str], on: date, standing: Standing) -> Uptake:
    """The counts of some commissioners of a day, all of them or a region's."""
    here = set(codes)
    levels = Counter(row.level for code, row in standing.in_effect.items() if code in here)
    return Uptake(
        on=on,
        commissioners=len(here),
        level_1=levels[1],
        level_2=levels[2],
        level_3=levels[3],
        not_known=0 if standing.is_whole else len(here - standing.in_effect.keys()),
        approved_1=len(standing.approved[1] & here),
        approved_2=len(standing.approved[2] & here),
        approved_3=len(standing.approved[3] & here),
        conditional_2=len(standing.conditional[2] & here),
        conditional_3=len(standing.conditional[3] & here),
        signed_2=len(standing.signed[2] & here),
        signed_3=len(standing.signed[3] & here),
    )


def approved_at(level: int, on: date) -> frozenset[str]:
    """Who had an approval at a level that had been announced by a day and still stood."""
    return recorded().on(on).approved[level]


def approved_for(groups: Collection[str], on: date) -> frozenset[str]:
    """Who had an approval that had been announced by a day and still stood, at Level 2 or 3; for contractor groups
    without general practice, in rounds about the same ones."""
    if GENERAL_PRACTICE in groups:
        return approved_at(2, on) | approved_at(3, on)
    rows = with_public_at().filter(public_at__lt=end_of(on)).order_by("decided_at", "pk")
    last = {
        commissioner: (outcome, application)
        for commissioner, outcome, application, about in rows.values_list(
            "application__commissioner_id", "outcome", "application", "application__round__groups"
        )
        if set(about) == set(groups)
    }
    ended = set(Notice.objects.filter(ends_on__lte=on).values_list("agreement__application", flat=True))
    return frozenset(
        code
        for code, (outcome, application) in last.items()
        if outcome == APPROVED and application not in ended
    )


def _row(found: Arrangement) -> ArrangementRow:
    basis, ref = PUBLISHED, ""
    if found.application_id:
        basis, ref = OWN, found.application_id
    elif found.succeeds_id:
        basis, ref = SUCCEEDED, found.succeeds_id
    return ArrangementRow(
        found.pk,
        found.commissioner_id,
        found.level,
        found.effective_on,
        found.last_on,
        basis,
        ref,
        found.source,
        found.source_href,
        found.signed_at,
    )
