"""Evidence: one act for whatever members, committees and representative bodies did or said, by hand or by a room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from remit.delegation.actions.finding import locked, refusal, subject
from remit.delegation.models import Application, AttachedEvidence, Evidence
from remit.delegation.models.evidence import BY_HAND
from remit.delegation.rules import EvidenceKind, evidence_kinds
from remit.delegation.rules.mandates import ANY, ONE
from remit.delegation.states import CONDITIONAL, DEFERRED, DRAFT, SUBMITTED
from remit.documents.queries import documents_of, may_read
from remit.engines.mandates import count_of, fit_facts, reconcile
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.canonical import canonical_json, sha256_hex
from remit.kernel.decision import require
from remit.kernel.moments import london_day
from remit.ledger.actions import commit_to, record
from remit.register.models import Organisation
from remit.register.queries import kind_on, kinds_on, practices_of
from remit.register.rules import COMMISSIONER_KINDS

CLAUSE = "Mandate ladder: evidence of member support"
BODIES = ("lmc", "representative_body")


@transaction.atomic
def record_evidence(
    *,
    kind: str,
    commissioners: Sequence[str],
    held_on: date,
    facts: Mapping[str, object],
    application: str = "",
    origin: str = BY_HAND,
    origin_ref: str = "",
    source: str = "",
    source_href: str = "",
    document: str = "",
    corrects: str = "",
    by: Actor,
    at: datetime,
) -> Evidence:
    """Record a ballot, a vote, a letter, a meeting, an amendment, a joint committee or a statement. It is public.

    `facts` are those of its kind (rulebook/standards.yaml). `origin` is `by_hand`, which needs a `source`, or the
    room that made it, with its record there as `origin_ref`. `document`: one that is kept. `application`: attach it
    there too. `corrects`: an earlier record that this one puts right. The same again gives the same record.
    Raises `Refused`: ``not_permitted``, ``no_such_kind``, ``no_such_fact``, ``missing_fact``, ``wrong_fact``,
    ``wrong_count``, ``wrong_commissioners``, ``not_a_member``, ``not_a_body``, ``no_such_organisation``,
    ``wrong_date``, ``no_source``, ``not_found``, ``not_the_same``, and those of `attach_evidence`.
    """
    known = _kind(kind)
    kept = fit_facts(known.asked if origin == BY_HAND else known.facts, known.must, facts)
    codes = sorted({code.strip().upper() for code in commissioners})
    _require_may(known, kept, codes, by)
    _require_sound(known, kept, codes, held_on, london_day(at))
    source = " ".join(source.split())
    if origin == BY_HAND and not 0 < len(source) <= 300:
        raise refusal("no_source", "Say where this is written, in at most 300 characters.", CLAUSE)
    held = locked(application) if application else None
    if held is not None:
        _require_attachable(held, codes, by)
    sha256 = sha256_hex(
        canonical_json(
            [kind, codes, held_on.isoformat(), kept, origin, origin_ref, source, document, corrects]
        )
    )
    earlier = Evidence.objects.filter(sha256=sha256).first()
    if earlier is not None:
        if held is not None:
            _attach(held, earlier, by, at)
        return earlier
    made = Evidence.objects.create(
        kind=kind,
        held_on=held_on,
        facts=kept,
        origin=origin,
        origin_ref=origin_ref,
        source=source,
        source_href=source_href.strip()[:300],
        document_id=_readable(document, by),
        corrects=_corrected(corrects, kind, codes),
        sha256=sha256,
        recorded_at=at,
        recorded_by=by.person,
    )
    made.commissioners.set(Organisation.objects.filter(pk__in=codes))
    if held is not None:
        AttachedEvidence.objects.create(
            application=held, evidence=made, attached_at=at, attached_by=by.person
        )
    _record(made, codes, held, by, at)
    return made


@transaction.atomic
def attach_evidence(*, application: str, evidence: str, by: Actor, at: datetime) -> AttachedEvidence:
    """Rest an application on evidence about its commissioner, until it is decided. Again changes nothing.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``, ``wrong_commissioners``, ``corrected``.
    """
    held = locked(application)
    found = Evidence.objects.filter(pk=evidence).first()
    if found is None:
        raise refusal("not_found", "There is no such evidence.", CLAUSE)
    codes = list(found.commissioners.values_list("pk", flat=True))
    _require_attachable(held, codes, by)
    if Evidence.objects.filter(corrects=found).exists():
        raise refusal("corrected", "That record has been corrected. Attach the one that corrects it.", CLAUSE)
    return _attach(held, found, by, at)


def _attach(held: Application, found: Evidence, by: Actor, at: datetime) -> AttachedEvidence:
    made, is_new = AttachedEvidence.objects.get_or_create(
        application=held, evidence=found, defaults={"attached_at": at, "attached_by": by.person}
    )
    if is_new:
        record(
            act="evidence.attached",
            by=by,
            at=at,
            subject=subject(held),
            under=CLAUSE,
            details={"evidence": found.pk},
        )
    return made


def _require_attachable(held: Application, codes: Sequence[str], by: Actor) -> None:
    require(may(by, Permission.APPLY, held.commissioner_id))
    if held.state not in {DRAFT, SUBMITTED, DEFERRED, CONDITIONAL}:
        raise refusal("wrong_state", "It has been decided, so nothing more can be attached to it.", CLAUSE)
    if held.commissioner_id not in codes:
        message = f"This is not about {held.commissioner_id}, which applies."
        raise refusal("wrong_commissioners", message, CLAUSE)


def _kind(code: str) -> EvidenceKind:
    found = evidence_kinds().get(code)
    if found is None:
        known = ", ".join(evidence_kinds())
        raise refusal("no_such_kind", f"There is no kind “{code}”. There are: {known}.", CLAUSE)
    return found


def _require_may(known: EvidenceKind, facts: Mapping[str, Any], codes: Sequence[str], by: Actor) -> None:
    """Whoever is named may record it: the commissioner, or the body whose words they are; and the national team."""
    if known.by:
        require(may(by, Permission.RECORD_EVIDENCE, facts[known.by]))
        return
    for code in codes:
        require(may(by, Permission.RECORD_EVIDENCE, code))


def _require_sound(
    known: EvidenceKind, facts: Mapping[str, Any], codes: Sequence[str], held_on: date, today: date
) -> None:
    if held_on > today:
        raise refusal("wrong_date", "The date must be today or in the past.", CLAUSE)
    _require_commissioners(known, codes, held_on)
    require(reconcile(count_of(facts)))
    if known.by and kind_on(facts[known.by], held_on) not in BODIES:
        message = f"{facts[known.by]} is no local medical committee or representative body on that day."
        raise refusal("not_a_body", message, CLAUSE)
    if "present" in facts:
        members = {row.code for row in practices_of(codes[0], held_on)}
        strangers = [code for code in facts["present"] if code not in members]
        if strangers:
            message = f"Not a practice of {codes[0]} on that day: {', '.join(strangers)}. Check the codes."
            raise refusal("not_a_member", message, CLAUSE)
    if "people" in facts:
        named = {row["organisation"] for row in facts["people"]}
        unknown = sorted(named - kinds_on(named, held_on).keys())
        if unknown:
            message = f"The register knows of no such organisation on that day: {', '.join(unknown)}."
            raise refusal("no_such_organisation", message, CLAUSE)
    if facts.get("until", "9999-12-31") < held_on.isoformat():
        raise refusal("wrong_date", "It ends before it begins.", CLAUSE)


def _require_commissioners(known: EvidenceKind, codes: Sequence[str], on: date) -> None:
    fits = len(codes) == 1 if known.concerns == ONE else bool(codes) or known.concerns == ANY
    if not fits:
        count = "one commissioner" if known.concerns == ONE else "at least one commissioner"
        raise refusal("wrong_commissioners", f"Say which commissioner it is about: {count}.", CLAUSE)
    kinds = kinds_on(codes, on)
    others = [code for code in codes if kinds.get(code) not in COMMISSIONER_KINDS]
    if others:
        message = f"No commissioner of primary care on that day: {', '.join(others)}."
        raise refusal("wrong_commissioners", message, CLAUSE)


def _readable(document: str, by: Actor) -> str | None:
    if not document:
        return None
    found = documents_of({document}).get(document)
    if found is None or not may_read(found, by):
        raise refusal("not_found", "There is no such document. Send it first.", CLAUSE)
    return document


def _corrected(corrects: str, kind: str, codes: Sequence[str]) -> Evidence | None:
    if not corrects:
        return None
    found = Evidence.objects.select_for_update().filter(pk=corrects).first()
    if found is None:
        raise refusal("not_found", "There is no such evidence to correct.", CLAUSE)
    about = sorted(found.commissioners.values_list("pk", flat=True))
    if (found.kind, about) != (kind, list(codes)) or Evidence.objects.filter(corrects=found).exists():
        message = (
            "A correction is of the same kind, about the same commissioners, and there is one of each record."
        )
        raise refusal("not_the_same", message, CLAUSE)
    return found


def _record(made: Evidence, codes: list[str], held: Application | None, by: Actor, at: datetime) -> None:
    """The entry commits to the facts: names of people are among them, and can be erased."""
    said = canonical_json(
        {
            "facts": made.facts,
            "source": made.source,
            "href": made.source_href,
            "document": made.document_id or "",
        }
    ).decode()
    record(
        act="evidence.recorded",
        by=by,
        at=at,
        subject=f"evidence/{made.pk}",
        under=CLAUSE,
        details={
            "kind": made.kind,
            "commissioners": codes,
            "held_on": made.held_on.isoformat(),
            "origin": made.origin,
            "origin_ref": made.origin_ref,
            "corrects": made.corrects_id or "",
            "application": held.pk if held else "",
            "said": commit_to(canonical_json(said).decode(), concerning=f"evidence/{made.pk}"),
        },
    )
