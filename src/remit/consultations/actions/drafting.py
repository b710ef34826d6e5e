"""Writing a consultation: what it is for, what can be chosen, and its days; documents and events."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from remit.constitutions.rules import motion_kinds
from remit.consultations.actions.finding import CLAUSE, note, own, refusal, words_of
from remit.consultations.models import Consultation, Option
from remit.consultations.rules import told_ways
from remit.consultations.states import DRAFT, PUBLISHED
from remit.documents.models import Document
from remit.documents.queries import documents_of
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.canonical import canonical_json, sha256_hex
from remit.kernel.decision import require
from remit.kernel.moments import london_day
from remit.ledger.actions import commit_to, record
from remit.ledger.actions.refusing import noting_refusals
from remit.meetings.models import Meeting
from remit.meetings.queries import BODY_KINDS, meetings_named
from remit.register.models import Organisation
from remit.register.queries import exists, kind_on

MOST_OPTIONS = 12


@noting_refusals(about="body", kind="organisation")
@transaction.atomic
def draft_consultation(
    *,
    body: str,
    title: str,
    purpose: str,
    options: Sequence[str],
    opens_on: date,
    closes_on: date,
    told: Collection[str] = (),
    motion: str = "ordinary",
    concerns: Collection[str] = (),
    consultation: str = "",
    by: Actor,
    at: datetime,
) -> Consultation:
    """Write a draft; with `consultation`, over what that draft said. `options`: two or more; neither can be one.

    `concerns`: the commissioners whose decision it is about; without them, the body itself. The same again changes
    nothing. Raises `Refused`: ``not_permitted``, ``not_a_body``, ``not_found``, ``wrong_state``, ``no_words``,
    ``too_few_options``, ``same_option``, ``wrong_date``, ``no_such_way``, ``no_such_motion``,
    ``no_such_organisation``.
    """
    require(may(by, Permission.RUN_CONSULTATIONS, body))
    if kind_on(body, london_day(at)) not in BODY_KINDS:
        raise refusal("not_a_body", f"{body} is not a body that consults practices.")
    names = _options(options)
    if closes_on < opens_on:
        raise refusal("wrong_date", "It closes on the day on which it opens, or later.")
    _require_known(told, motion, concerns)
    kept = {
        "title": " ".join(words_of(title, "a title", most=200).split()),
        "purpose": words_of(purpose, "what it is for"),
        "opens_on": opens_on,
        "closes_on": closes_on,
        "told": sorted(set(told)),
        "motion": motion,
    }
    about = sorted(set(concerns) or {body})
    held = own(consultation, "write", by) if consultation else _same(body, kept)
    if held is not None and held.body_id != body:
        raise refusal("not_found", "There is no such draft.")
    if held is not None and _said(held) == [kept[name] for name in sorted(kept)] + [names, about]:
        return held
    return _write(held, body, kept, names, about, by, at)


def _same(body: str, kept: dict[str, Any]) -> Consultation | None:
    return (
        Consultation.objects.select_for_update().filter(body=body, state=DRAFT, title=kept["title"]).first()
    )


def _said(held: Consultation) -> list[Any]:
    fields = sorted(("title", "purpose", "opens_on", "closes_on", "told", "motion"))
    names = list(Option.objects.filter(consultation=held).values_list("name", flat=True))
    about = sorted(held.concerns.values_list("code", flat=True))
    return [getattr(held, name) for name in fields] + [names, about]


def _write(
    held: Consultation | None,
    body: str,
    kept: dict[str, Any],
    names: list[str],
    about: list[str],
    by: Actor,
    at: datetime,
) -> Consultation:
    if held is None:
        held = Consultation(body_id=body, drafted_at=at, drafted_by=by.person)
    for name, value in kept.items():
        setattr(held, name, value)
    held.save()
    held.concerns.set(Organisation.objects.filter(code__in=about))
    Option.objects.filter(consultation=held).delete()
    Option.objects.bulk_create(
        Option(consultation=held, number=number, name=name) for number, name in enumerate(names, 1)
    )
    said = sha256_hex(canonical_json([kept["title"], kept["purpose"], names, about]))
    subject = f"consultation/{held.pk}"
    details = {"body": body, "said": commit_to(said, concerning=subject)}
    record(act="consultation.drafted", by=by, at=at, subject=subject, under=CLAUSE, details=details)
    return held


@noting_refusals(about="consultation", kind="consultation")
@transaction.atomic
def attach_document(*, consultation: str, document: str, by: Actor, at: datetime) -> Consultation:
    """Attach a public document of the body. Again changes nothing.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``, ``not_its_document``.
    """
    held = own(consultation, "attach", by)
    found = documents_of([document]).get(document)
    if found is None or found.owner != held.body_id or not found.is_public:
        raise refusal("not_its_document", "Attach a public document that the body itself has kept.")
    if not held.documents.filter(pk=document).exists():
        held.documents.add(Document.objects.get(pk=document))
        _attached(held, by, at, document=document, sha256=found.sha256)
    return held


@noting_refusals(about="consultation", kind="consultation")
@transaction.atomic
def attach_event(*, consultation: str, meeting: str, by: Actor, at: datetime) -> Consultation:
    """Name a meeting at which it is talked over: the body's own, until the last day. Again changes nothing.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``, ``not_its_meeting``.
    """
    held = own(consultation, "attach", by)
    found = next(iter(meetings_named([meeting])), None)
    if found is None or found.body != held.body_id or found.state == "cancelled":
        raise refusal("not_its_meeting", "Choose a meeting that the body itself has called.")
    if london_day(found.meets_at) > held.closes_on:
        raise refusal("not_its_meeting", "Choose a meeting that is before the consultation closes.")
    if not held.events.filter(pk=meeting).exists():
        held.events.add(Meeting.objects.get(pk=meeting))
        _attached(held, by, at, meeting=meeting)
    return held


def _attached(held: Consultation, by: Actor, at: datetime, **what: str) -> None:
    """What is attached to a draft is as little public as the draft."""
    if held.state != PUBLISHED:
        what = {"attached": commit_to(canonical_json(what).decode(), concerning=f"consultation/{held.pk}")}
    note(held, "attached", by, at, **what)


def _options(options: Sequence[str]) -> list[str]:
    names = [
        " ".join(words_of(name, "what the option is", most=200).split()) for name in options if name.strip()
    ]
    if not 2 <= len(names) <= MOST_OPTIONS:
        raise refusal("too_few_options", f"Enter from 2 to {MOST_OPTIONS} options; doing nothing can be one.")
    if len({name.casefold() for name in names}) < len(names):
        raise refusal("same_option", "Two options are the same. Change one of them.")
    return names


def _require_known(told: Collection[str], motion: str, concerns: Collection[str]) -> None:
    if set(told) - set(told_ways()):
        raise refusal("no_such_way", f"Choose from: {', '.join(told_ways())}.")
    if motion not in motion_kinds():
        raise refusal("no_such_motion", f"Choose one of: {', '.join(motion_kinds())}.")
    unknown = sorted(code for code in concerns if not exists(code))
    if unknown:
        raise refusal("no_such_organisation", f"The register has never heard of {', '.join(unknown)}.")
