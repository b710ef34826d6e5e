"""Announcements as released, with their lists and corrections."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from remit.delegation.models import Announced, Announcement, Application, Correction, CoveredRound, Round
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
    round: str
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
class CoveredRow:
    """A round of an announcement, with the counts of its rows. `subject` is what they are for, such as Level 3."""

    code: str
    title: str
    level: int
    subject: str
    effective_on: date
    approved: int
    conditional: int


@dataclass(frozen=True)
class AnnouncementRow:
    """An announcement in a list. `approved` and `conditional` count commissioners among its rows, each once whatever
    the number of its `rounds`; `subject` is what they are for, such as Level 3."""

    code: str
    headline: str
    event: str
    rounds: tuple[CoveredRow, ...]
    subject: str
    is_embargoed: bool
    announced_at: datetime
    released_at: datetime
    approved: int
    conditional: int
    corrections: int

    @property
    def effective_on(self) -> tuple[date, ...]:
        """The days on which its powers come on, in order: one, unless its rounds differ."""
        return tuple(sorted({each.effective_on for each in self.rounds}))

    def covers(self, round_code: str) -> bool:
        """Whether a round is among its rounds."""
        return any(each.code == round_code for each in self.rounds)


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
        """Commissioners approved without conditions, by region: code, name, count, in the order of codes."""
        approved = {row.commissioner: row for row in self.rows if row.outcome == APPROVED}
        counts = Counter((row.region, row.region_name) for row in approved.values())
        return tuple((code, name, count) for (code, name), count in sorted(counts.items()))


@dataclass(frozen=True)
class WaitingRound:
    """A round with decisions that are to be announced, and how many of each. `subject` is what they are for;
    `programme` is that of the rounds that can be announced with it, empty for none."""

    code: str
    title: str
    programme: str
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
            each.programme_id or "",
            each.level,
            subject_of(each.level, each.groups),
            each.effective_on,
            counts[each.pk, APPROVED],
            counts[each.pk, CONDITIONAL],
        )
        for each in held
    ]


def waiting_in(rounds: Sequence[str], by: Actor, at: datetime) -> tuple[AnnouncedRow, ...]:
    """For who announces: the rows that an announcement of some rounds made now would freeze, round by round and by
    name; nothing for others."""
    if not may(by, Permission.ANNOUNCE).allowed:
        return ()
    population = {row.code: row for row in commissioners_on(london_day(at))}
    found = [
        AnnouncedRow(row.code, row.name, row.region, row.region_name, each.state, each.pk, code)
        for code in rounds
        for each in not_announced(code)
        if (row := population.get(each.commissioner_id))
    ]
    return tuple(sorted(found, key=lambda row: (rounds.index(row.round), row.name, row.commissioner)))


def announcements(at: datetime, by: Actor = ANYONE) -> list[AnnouncementRow]:
    """What has been announced, the latest first. Those under embargo only for who may announce."""
    found = Announcement.objects.order_by("-released_at", "code")
    return _listed([each for each in found if _may_see(each, at, by)], at)


def announcement(code: str, at: datetime, by: Actor = ANYONE) -> AnnouncementPage | None:
    """One announcement; None where there is none, or it is under embargo for whoever asks."""
    found = Announcement.objects.select_related("previous").filter(pk=code).first()
    if found is None or not _may_see(found, at, by):
        return None
    followed = [each for each in found.followed_by.order_by("released_at") if _may_see(each, at, by)]
    since, [listed] = _since(found, at), _listed([found], at)
    places = {each.code: place for place, each in enumerate(listed.rounds)}
    return AnnouncementPage(
        row=listed,
        rows=tuple(
            AnnouncedRow(
                row.commissioner,
                row.name,
                row.region,
                row.region_name,
                row.outcome,
                row.decision.application_id,
                row.decision.application.round_id,
                *since.get(row.decision.application_id, ("", None)),
            )
            for row in sorted(
                found.rows.select_related("decision__application"),
                key=lambda row: (places[row.decision.application.round_id], row.name, row.commissioner),
            )
        ),
        corrections=tuple(
            CorrectionRow(each.words, each.made_at) for each in found.corrections.filter(made_at__lte=at)
        ),
        sha256=found.sha256,
        previous=_named(found.previous) if found.previous and _may_see(found.previous, at, by) else None,
        following=_named(followed[0]) if followed else None,
        figures=_figures_of(code, found),
        quotes=_quotes(found),
    )


def frozen_hash(rows: Sequence[Announced]) -> str:
    """SHA-256 over the frozen list, in order: code and outcome of each; of several rounds, its round before them."""
    rounds = [row.decision.application.round_id for row in rows]
    said = [[row.commissioner, row.outcome] for row in rows]
    if len(set(rounds)) > 1:
        said = [[held, *row] for held, row in zip(rounds, said, strict=True)]
    return sha256_hex(canonical_json(said))


def part_of(code: str, place: int) -> str:
    """How the ids of the figures of one of several rounds begin."""
    return f"{code}-r{place}"


def subject_of_rounds(rounds: Sequence[Round]) -> str:
    """What rounds are about: "Level 3", "Level 2 and Level 3"."""
    *most, last = dict.fromkeys(subject_of(each.level, each.groups) for each in rounds)
    return f"{', '.join(most)} and {last}" if most else last


def _figures_of(code: str, found: Announcement) -> tuple[str, ...]:
    """The ids of its figures: of all, then of each of several rounds. There is none of all that is so far of rounds
    about different groups."""
    held = [each.round for each in found.covered.select_related("round")]
    names = ("approved", "conditional", "all-approved", "applied")
    is_one = len({subject_of(None, each.groups) for each in held}) == 1
    whole = [f"{code}-{name}" for name in names if is_one or name != "all-approved"]
    parts = [part_of(code, place) for place in range(1, len(held) + 1)] if len(held) > 1 else []
    return (*whole, *(f"{part}-{name}" for part in parts for name in names))


def _may_see(found: Announcement, at: datetime, by: Actor) -> bool:
    return found.released_at <= at or may(by, Permission.ANNOUNCE).allowed


def _named(found: Announcement) -> tuple[str, str]:
    return found.code, found.headline


def _listed(found: list[Announcement], at: datetime) -> list[AnnouncementRow]:
    """With their counts, in as many queries for many as for one."""
    counts, people = _counts(found)
    changes = Correction.objects.filter(announcement__in=found, made_at__lte=at).order_by()
    corrected = Counter(changes.values_list("announcement_id", flat=True))
    rounds = defaultdict[str, list[Round]](list)
    for link in CoveredRound.objects.filter(announcement__in=found).select_related("round"):
        rounds[link.announcement_id].append(link.round)
    return [
        AnnouncementRow(
            each.code,
            each.headline,
            each.event,
            tuple(
                CoveredRow(
                    held.pk,
                    held.title,
                    held.level,
                    subject_of(held.level, held.groups),
                    held.effective_on,
                    counts[each.code, held.pk, APPROVED],
                    counts[each.code, held.pk, CONDITIONAL],
                )
                for held in rounds[each.code]
            ),
            subject_of_rounds(rounds[each.code]),
            each.is_embargoed,
            each.announced_at,
            each.released_at,
            people[each.code, APPROVED],
            people[each.code, CONDITIONAL],
            corrected[each.code],
        )
        for each in found
    ]


def _counts(found: list[Announcement]) -> tuple[Counter[tuple[str, str, str]], Counter[tuple[str, str]]]:
    """How many rows have an outcome, by announcement and round; and how many commissioners, by announcement."""
    rows = list(
        Announced.objects.filter(announcement__in=found)
        .order_by()
        .values_list("announcement_id", "decision__application__round_id", "outcome", "commissioner")
    )
    people = {(code, outcome, who) for code, _, outcome, who in rows}
    return Counter(row[:3] for row in rows), Counter((code, outcome) for code, outcome, _ in people)
