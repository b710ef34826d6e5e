"""Responses as those read them who may: whoever gave one, always; the body that asks, once it has closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from remit.consultations.models import AS_GP, FOR_PRACTICE, Consultation, Response, ResponseVersion, Silence
from remit.consultations.queries.audience import audience_of
from remit.consultations.states import DRAFT
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.moments import london_day
from remit.register.queries import names_then

A_GP = "A general practitioner"


@dataclass(frozen=True)
class OwnResponse:
    """What somebody said themselves, with every earlier version, and the themes that it was coded to."""

    id: int
    tier: str
    said: Mapping[str, Any]
    given_at: datetime
    earlier: tuple[Mapping[str, Any], ...]
    themes: tuple[int, ...]


@dataclass(frozen=True)
class Word:
    """What a response says in words, for the body to code: of a practice by its name, of a doctor without."""

    id: int
    tier: str
    name: str
    words: str
    themes: tuple[int, ...]


@dataclass(frozen=True)
class Member:
    """A member: its code and name on the day on which the consultation opened."""

    code: str
    name: str


def own_response(consultation: str, by: Actor, at: datetime) -> OwnResponse | None:
    """The response of the practice that somebody manages, or their own as a general practitioner."""
    rows = Response.objects.filter(consultation=consultation, practice=by.acting_for, given_at__lte=at)
    if may(by, Permission.RESPOND_FOR_PRACTICE, by.acting_for).allowed:
        found = rows.filter(tier=FOR_PRACTICE).first()
    elif may(by, Permission.RESPOND_AS_GP, by.acting_for).allowed:
        found = rows.filter(tier=AS_GP, person=by.person).first()
    else:
        found = None
    if found is None:
        return None
    said = list(ResponseVersion.objects.filter(response=found).values_list("said", flat=True))
    themes = tuple(found.codings.values_list("theme__number", flat=True).order_by("theme__number"))
    return OwnResponse(found.pk, found.tier, said[-1], found.given_at, tuple(said[:-1]), themes)


def words_to_code(consultation: str, by: Actor, at: datetime) -> tuple[Word, ...]:
    """What responses say in words, for the body that asks; nothing for anybody until it has closed."""
    held = _own(consultation, by)
    if held is None or london_day(at) <= held.closes_on:
        return ()
    rows = list(
        Response.objects.filter(consultation=held).exclude(words="").prefetch_related("codings__theme")
    )
    names = names_then({(each.practice_id, held.opens_on) for each in rows if each.tier == FOR_PRACTICE})
    return tuple(
        Word(
            each.pk,
            each.tier,
            names[each.practice_id, held.opens_on] if each.tier == FOR_PRACTICE else A_GP,
            each.words,
            tuple(sorted(coding.theme.number for coding in each.codings.all())),
        )
        for each in sorted(rows, key=lambda row: (row.tier != FOR_PRACTICE, row.pk))
    )


def not_answered(consultation: str, by: Actor, at: datetime) -> tuple[Member, ...] | None:
    """Members without a response or a reason for none, whom the body that asks may remind. It never says how anybody
    answered. None where the register does not say who its members are, and for everybody else."""
    held = _own(consultation, by)
    audience = audience_of(held) if held else None
    if held is None or audience is None:
        return None
    done = set(
        Response.objects.filter(consultation=held, tier=FOR_PRACTICE, given_at__lte=at).values_list(
            "practice_id", flat=True
        )
    )
    done |= set(Silence.objects.filter(consultation=held).values_list("practice_id", flat=True))
    names = names_then({(code, held.opens_on) for code in audience - done})
    return tuple(sorted((Member(code, name) for (code, _), name in names.items()), key=lambda row: row.code))


def _own(consultation: str, by: Actor) -> Consultation | None:
    held = Consultation.objects.filter(pk=consultation).exclude(state=DRAFT).first()
    if held is None or not may(by, Permission.RUN_CONSULTATIONS, held.body_id).allowed:
        return None
    return held
