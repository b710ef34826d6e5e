"""Consultations as anybody reads them: what was asked, for how long, and what was done about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from remit.consultations.models import Consultation, Option, Representation, Step, Theme
from remit.consultations.queries.lengths import length_of
from remit.consultations.queries.tabling import tabling_of
from remit.consultations.rules import channels, told_ways
from remit.consultations.states import CONSULTATION_WORDS, DRAFT
from remit.documents.queries import DocumentRow, documents_of
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.moments import london_day
from remit.meetings.queries import MeetingRow, meetings_named
from remit.register.queries import lineage_of, names_then

COMING, OPEN, CLOSED = "coming", "open", "closed"
STAGE_WORDS = {COMING: "Coming", OPEN: "Open", CLOSED: "Closed", **CONSULTATION_WORDS}


@dataclass(frozen=True)
class ConsultationRow:
    """A consultation. `stage`: draft, coming, open, closed or answered. `badge`: how long it lasts beside the rule, in
    words; empty for a draft, whose rule is not known yet."""

    id: str
    body: str
    body_name: str
    title: str
    purpose: str
    opens_on: date
    closes_on: date
    stage: str
    stage_name: str
    days: int
    minimum: int
    clause: str
    is_adequate: bool
    badge: str
    published_at: datetime | None


@dataclass(frozen=True)
class Check:
    """Something that a proper consultation has, and whether this one has it."""

    code: str
    name: str
    is_met: bool
    words: str


@dataclass(frozen=True)
class ThemeRow:
    """You said, we did. `responses`: how many said it; `did` is empty until it is answered."""

    number: int
    said: str
    did: str
    responses: int


@dataclass(frozen=True)
class StepRow:
    """Published or extended."""

    verb: str
    closes_on: date
    words: str
    done_at: datetime


@dataclass(frozen=True)
class RepresentationRow:
    """Something said outside the formal process."""

    who: str
    organisation: str
    channel: str
    words: str
    received_on: date


@dataclass(frozen=True)
class ConsultationPage:
    """A consultation, whole, without what came back. Themes are shown once it has closed."""

    row: ConsultationRow
    motion: str
    told: tuple[str, ...]
    told_words: tuple[str, ...]
    concerns: tuple[str, ...]
    options: tuple[tuple[int, str], ...]
    documents: tuple[DocumentRow, ...]
    events: tuple[MeetingRow, ...]
    steps: tuple[StepRow, ...]
    themes: tuple[ThemeRow, ...]
    representations: tuple[RepresentationRow, ...]
    checklist: tuple[Check, ...]


def consultation_page(consultation: str, by: Actor, at: datetime) -> ConsultationPage | None:
    """One consultation; a draft is read by those of its body only."""
    found = Consultation.objects.filter(pk=consultation, drafted_at__lte=at).first()
    if found is None:
        return None
    is_own = may(by, Permission.RUN_CONSULTATIONS, found.body_id).allowed
    if not is_own and (found.state == DRAFT or found.published_at is None or found.published_at > at):
        return None
    row = _rows([found], at)[0]
    events = meetings_named(list(found.events.values_list("pk", flat=True)))
    return ConsultationPage(
        row,
        found.motion,
        tuple(found.told),
        tuple(told_ways()[code] for code in found.told),
        tuple(found.concerns.values_list("code", flat=True)),
        tuple(Option.objects.filter(consultation=found).values_list("number", "name")),
        tuple(documents_of(list(found.documents.values_list("pk", flat=True))).values()),
        events,
        tuple(
            StepRow(each.verb, each.closes_on, each.words, each.done_at)
            for each in Step.objects.filter(consultation=found, done_at__lte=at)
        ),
        _themes(found) if row.stage in {CLOSED, "answered"} else (),
        tuple(
            RepresentationRow(
                each.who, each.organisation_id or "", channels()[each.channel], each.words, each.received_on
            )
            for each in Representation.objects.filter(consultation=found, logged_at__lte=at)
        ),
        _checklist(found, row, events, at),
    )


def consultations(at: datetime, *, body: str = "") -> tuple[ConsultationRow, ...]:
    """Every consultation that is public at an instant, the one that opens last first; of one body, if it is given."""
    rows = Consultation.objects.filter(published_at__lte=at)
    return _rows(rows.filter(body=body) if body else rows, at)


def drafts_of(body: str, by: Actor, at: datetime) -> tuple[ConsultationRow, ...]:
    """The drafts of a body, for its own people only."""
    if not may(by, Permission.RUN_CONSULTATIONS, body).allowed:
        return ()
    return _rows(Consultation.objects.filter(body=body, state=DRAFT), at)


def consultations_about(commissioner: str, at: datetime) -> tuple[ConsultationRow, ...]:
    """Consultations that were public at an instant about what a commissioner decides, or one that it followed."""
    codes = lineage_of([commissioner])[commissioner] | {commissioner}
    rows = Consultation.objects.filter(concerns__in=codes, published_at__lte=at).distinct()
    return _rows(rows, at)


def checklist(consultation: str, at: datetime) -> tuple[Check, ...]:
    """What a proper consultation has, and whether this one has it: informed, talked over, long enough, answered."""
    found = Consultation.objects.filter(pk=consultation).first()
    if found is None:
        return ()
    events = meetings_named(list(found.events.values_list("pk", flat=True)))
    return _checklist(found, _rows([found], at)[0], events, at)


def _checklist(
    found: Consultation, row: ConsultationRow, events: Iterable[MeetingRow], at: datetime
) -> tuple[Check, ...]:
    told = ", ".join(told_ways()[code].lower() for code in found.told)
    held = [each for each in events if each.state != "cancelled"]
    tabling = tabling_of(found, at)
    waiting = " ".join(reason.message for reason in tabling.reasons)
    return (
        Check("informed", "Members were told", bool(told), told or "Nothing says how members were told."),
        Check(
            "events",
            "Members could talk it over",
            bool(held),
            f"{len(held)} meeting{'' if len(held) == 1 else 's'}"
            if held
            else "There is no meeting about it.",
        ),
        Check("length", "Members had long enough", row.is_adequate, row.badge),
        Check(
            "answered",
            "What members said was answered",
            tabling.allowed,
            waiting or "Every theme is answered.",
        ),
    )


def _themes(found: Consultation) -> tuple[ThemeRow, ...]:
    return tuple(
        ThemeRow(each.number, each.said, each.did, each.codings.count())
        for each in Theme.objects.filter(consultation=found)
    )


def _stage(each: Consultation, on: date) -> str:
    if each.state != "published":
        return each.state
    if on < each.opens_on:
        return COMING
    return OPEN if on <= each.closes_on else CLOSED


def _rows(found: Iterable[Consultation], at: datetime) -> tuple[ConsultationRow, ...]:
    found, on = list(found), london_day(at)
    names = names_then({(each.body_id, each.opens_on) for each in found})
    return tuple(_row(each, names[each.body_id, each.opens_on], on) for each in found)


def _row(each: Consultation, name: str, on: date) -> ConsultationRow:
    length, stage = length_of(each), _stage(each, on)
    is_draft = stage == DRAFT
    return ConsultationRow(
        each.pk,
        each.body_id,
        name,
        each.title,
        each.purpose,
        each.opens_on,
        each.closes_on,
        stage,
        STAGE_WORDS[stage],
        length.days,
        length.minimum,
        each.clause,
        not is_draft and length.is_adequate,
        "" if is_draft else length.words,
        each.published_at,
    )
