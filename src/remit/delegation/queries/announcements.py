"""Announcements as released, with their lists and corrections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from remit.delegation.models import Announced, Announcement, Application, Correction, Round
from remit.delegation.rules import subject_of
from remit.delegation.states import APPROVED, CONDITIONAL
from remit.engines.permissions import Permission, may
from remit.kernel.actor import ANYONE, Actor
from remit.kernel.canonical import canonical_json, sha256_hex
from remit.kernel.moments import london_day
from remit.register.queries import commissioners_on


@dataclass(frozen=True)
class AnnouncedRow:
    """One commissioner in an announcement, as it was then. `outcome` is approved or conditional; `since` is what was
    decided after, if anything was: the announcement stays as it was made."""

    commissioner: str
    name: str
    region: str
    region_name: str
    outcome: str
    application: str
    since: str = ""
    since_at: datetime | None = None


@dataclass(frozen=True)
class QuoteRow:
    """What somebody said, with the role they had then. `flags` are where the words go beyond the rows."""

    words: str
    who: str
    role: str
    organisation: str
    source: str
    is_known: bool
    flags: tuple[str, ...]


@dataclass(frozen=True)
class CorrectionRow:
    """What changed since."""

    words: str
    made_at: datetime


@dataclass(frozen=True)
class AnnouncementRow:
    """An announcement in a list. `approved` and `conditional` are counts of its rows; `subject` what they are for, such
    as Level 3."""

    code: str
    headline: str
    event: str
    round: str
    level: int
    subject: str
    effective_on: date
    is_embargoed: bool
    announced_at: datetime
    released_at: datetime
    approved: int
    conditional: int
    corrections: int


@dataclass(frozen=True)
class AnnouncementPage:
    """One announcement: its frozen list with its hash, its corrections, the ones before and after it, and the ids
    of its figures."""

    row: AnnouncementRow
    rows: tuple[AnnouncedRow, ...]
    corrections: tuple[CorrectionRow, ...]
    sha256: str
    previous: tuple[str, str] | None
    following: tuple[str, str] | None
    figures: tuple[str, ...]
    quotes: tuple[QuoteRow, ...]

    @property
    def by_region(self) -> tuple[tuple[str, str, int], ...]:
        """Approved without conditions, by region: code, name, count, in the order of codes."""
        counts = Counter((row.region, row.region_name) for row in self.rows if row.outcome == APPROVED)
        return tuple((code, name, count) for (code, name), count in sorted(counts.items()))


@dataclass(frozen=True)
class WaitingRound:
    """A round with decisions that are to be announced, and how many of each. `subject` is what they are for."""

    code: str
    title: str
    level: int
    subject: str
    effective_on: date
    approved: int
    conditional: int


def _since(found: Announcement, at: datetime) -> dict[str, tuple[str, datetime]]:
    """What was decided of each application after the announcement: the last outcome, and when it was told."""
    rows = found.corrections.filter(made_at__lte=at).select_related("decision").order_by("made_at", "pk")
    return {each.decision.application_id: (each.decision.outcome, each.made_at) for each in rows}


def _quotes(found: Announcement) -> tuple[QuoteRow, ...]:
    return tuple(
        QuoteRow(
            each.words,
            each.who,
            each.role,
            each.organisation,
            each.source,
            bool(each.person),
            tuple(each.flags),
        )
        for each in found.quotes.all()
    )


def not_announced(round_code: str = "") -> QuerySet[Application]:
    """What was approved in a round, or in any, conditions or none, and is in no announcement."""
    found = Application.objects.filter(state__in=(APPROVED, CONDITIONAL))
    found = found.filter(round_id=round_code) if round_code else found
    return found.exclude(decisions__announced__isnull=False)


def rounds_to_announce(by: Actor) -> list[WaitingRound]:
    """For who announces: the rounds in which something waits for it; nothing for anybody else."""
    if not may(by, Permission.ANNOUNCE).allowed:
        return []
    counts = Counter(not_announced().order_by().values_list("round_id", "state"))
    held = Round.objects.filter(pk__in={code for code, _ in counts}).order_by("deadline_at", "code")
    return [
        WaitingRound(
            each.pk,
            each.title,
            each.level,
            subject_of(each.level, each.groups),
            each.effective_on,
            counts[each.pk, APPROVED],
            counts[each.pk, CONDITIONAL],
        )
        for each in held
    ]


def waiting_in(round_code: str, by: Actor, at: datetime) -> tuple[AnnouncedRow, ...]:
    """For who announces: the rows that an announcement made now would freeze, by name; nothing for others."""
    if not may(by, Permission.ANNOUNCE).allowed:
        return ()
    population = {row.code: row for row in commissioners_on(london_day(at))}
    waiting = [each for each in not_announced(round_code) if each.commissioner_id in population]
    rows = [
        AnnouncedRow(row.code, row.name, row.region, row.region_name, each.state, each.pk)
        for each in waiting
        if (row := population[each.commissioner_id])
    ]
    return tuple(sorted(rows, key=lambda row: (row.name, row.commissioner)))


def announcements(at: datetime, by: Actor = ANYONE) -> list[AnnouncementRow]:
    """What has been announced, the latest first. Those under embargo only for who may announce."""
    found = Announcement.objects.select_related("round").order_by("-released_at", "code")
    return _listed([each for each in found if _may_see(each, at, by)], at)


def announcement(code: str, at: datetime, by: Actor = ANYONE) -> AnnouncementPage | None:
    """One announcement; None where there is none, or it is under embargo for whoever asks."""
    found = Announcement.objects.select_related("round", "previous").filter(pk=code).first()
    if found is None or not _may_see(found, at, by):
        return None
    followed = [each for each in found.followed_by.order_by("released_at") if _may_see(each, at, by)]
    since = _since(found, at)
    return AnnouncementPage(
        row=_listed([found], at)[0],
        rows=tuple(
            AnnouncedRow(
                row.commissioner,
                row.name,
                row.region,
                row.region_name,
                row.outcome,
                row.decision.application_id,
                *since.get(row.decision.application_id, ("", None)),
            )
            for row in sorted(
                found.rows.select_related("decision"), key=lambda row: (row.name, row.commissioner)
            )
        ),
        corrections=tuple(
            CorrectionRow(each.words, each.made_at) for each in found.corrections.filter(made_at__lte=at)
        ),
        sha256=found.sha256,
        previous=_named(found.previous) if found.previous and _may_see(found.previous, at, by) else None,
        following=_named(followed[0]) if followed else None,
        figures=tuple(f"{code}-{name}" for name in ("approved", "conditional", "all-approved", "applied")),
        quotes=_quotes(found),
    )


def frozen_hash(rows: Iterable[Announced]) -> str:
    """SHA-256 over the frozen list, in order: code and outcome of each."""
    return sha256_hex(canonical_json([[row.commissioner, row.outcome] for row in rows]))


def _may_see(found: Announcement, at: datetime, by: Actor) -> bool:
    return found.released_at <= at or may(by, Permission.ANNOUNCE).allowed


def _named(found: Announcement) -> tuple[str, str]:
    return found.code, found.headline


def _listed(found: list[Announcement], at: datetime) -> list[AnnouncementRow]:
    """With their counts, in as many queries for many as for one."""
    rows = Announced.objects.filter(announcement__in=found).order_by()
    outcomes = Counter(rows.values_list("announcement_id", "outcome"))
    changes = Correction.objects.filter(announcement__in=found, made_at__lte=at).order_by()
    corrected = Counter(changes.values_list("announcement_id", flat=True))
    return [
        AnnouncementRow(
            each.code,
            each.headline,
            each.event,
            each.round_id,
            each.round.level,
            subject_of(each.round.level, each.round.groups),
            each.round.effective_on,
            each.is_embargoed,
            each.announced_at,
            each.released_at,
            outcomes[each.code, APPROVED],
            outcomes[each.code, CONDITIONAL],
            corrected[each.code],
        )
        for each in found
    ]
