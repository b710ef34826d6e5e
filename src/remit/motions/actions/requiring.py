"""Requisitions: opened, signed and withdrawn by member practices; the chair may object, and it is published all the
same."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from remit.constitutions.queries import in_force, rules_of_motion
from remit.constitutions.rules import motion_kinds
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.decision import require
from remit.kernel.moments import london_day
from remit.ledger.actions import record
from remit.ledger.actions.refusing import noting_refusals
from remit.motions.actions.finding import long_words, refusal, words_of
from remit.motions.models import Requisition, Signature
from remit.register.queries import members_of_body

CLAUSE = "The requisition clause of the body's constitution"


@noting_refusals(about="body", kind="organisation")
@transaction.atomic
def open_requisition(*, body: str, kind: str, title: str, words: str, by: Actor, at: datetime) -> Requisition:
    """A member practice requires a meeting or a vote, and signs first. The same again gives the same.

    Raises `Refused`: ``not_permitted``, ``not_a_member``, ``no_such_motion``, ``no_requisitions``, ``no_words``.
    """
    require(may(by, Permission.VOTE_FOR_PRACTICE, by.acting_for))
    today = london_day(at)
    _require_member(body, by.acting_for, at)
    if kind not in motion_kinds():
        raise refusal("no_such_motion", f"Choose one of: {', '.join(motion_kinds())}.")
    rule = rules_of_motion(body, kind, today).requisition
    if rule is None:
        raise refusal(
            "no_requisitions", "The constitution has no clause by which members require this.", CLAUSE
        )
    title, words = words_of(title, "a title", most=200), long_words(words, "what you require, and why")
    earlier = Requisition.objects.filter(
        body=body, kind=kind, title=title, withdrawn_at__isnull=True, motion__isnull=True
    ).first()
    if earlier is not None:
        _sign(earlier, by, at)
        return earlier
    made = Requisition.objects.create(
        body_id=body,
        kind=kind,
        title=title,
        words=words,
        text=in_force(body, today),
        opened_at=at,
        opened_by=by.person,
    )
    Signature.objects.create(requisition=made, practice_id=by.acting_for, signed_at=at, signed_by=by.person)
    record(
        act="requisition.opened",
        by=by,
        at=at,
        subject=f"requisition/{made.pk}",
        under=rule.clause,
        details={"body": body, "kind": kind, "title": title},
    )
    return made


@noting_refusals(about="requisition", kind="requisition")
@transaction.atomic
def sign_requisition(*, requisition: str, by: Actor, at: datetime) -> Requisition:
    """A member practice signs; again changes nothing. Raises `Refused`: ``not_found``, ``not_permitted``,
    ``not_a_member``, ``withdrawn``."""
    require(may(by, Permission.VOTE_FOR_PRACTICE, by.acting_for))
    held = _locked(requisition)
    _sign(held, by, at)
    return held


@noting_refusals(about="requisition", kind="requisition")
@transaction.atomic
def object_to_requisition(*, requisition: str, objection: str, by: Actor, at: datetime) -> Requisition:
    """What the chair has against it, once. It is published beside the requisition, and changes nothing of it: who may
    require a meeting is for the clause to say. Raises `Refused`: ``not_found``, ``not_permitted``, ``objected``,
    ``no_words``."""
    held = _locked(requisition)
    require(may(by, Permission.RUN_VOTES, held.body_id))
    objection = long_words(objection, "what there is against it")
    if held.objected_at is not None:
        if held.objection == objection:
            return held
        raise refusal("objected", "An objection is published already.", CLAUSE)
    held.objection, held.objected_at, held.objected_by = objection, at, by.person
    held.save()
    _record("requisition.objected", held, {"objection": objection}, by, at)
    return held


@noting_refusals(about="requisition", kind="requisition")
@transaction.atomic
def withdraw_requisition(*, requisition: str, by: Actor, at: datetime) -> Requisition:
    """The practice that opened it takes it back while it is not valid yet. Raises `Refused`: ``not_found``,
    ``not_permitted``, ``withdrawn``, ``not_yours``, ``valid``."""
    from remit.motions.queries.requisitions import standing_of

    held = _locked(requisition)
    require(may(by, Permission.VOTE_FOR_PRACTICE, by.acting_for))
    first = Signature.objects.filter(requisition=held).order_by("pk").first()
    if first is None or first.practice_id != by.acting_for:
        raise refusal("not_yours", "The practice that opened it can withdraw it.", CLAUSE)
    if standing_of(held).is_valid:
        raise refusal(
            "valid", "Enough members have signed: it stands, and its meeting has to be held.", CLAUSE
        )
    held.withdrawn_at, held.withdrawn_by = at, by.person
    held.save()
    _record("requisition.withdrawn", held, {}, by, at)
    return held


def _sign(held: Requisition, by: Actor, at: datetime) -> None:
    _require_member(held.body_id, by.acting_for, at)
    _, is_new = Signature.objects.get_or_create(
        requisition=held,
        practice_id=by.acting_for,
        defaults={"signed_at": at, "signed_by": by.person},
    )
    if is_new:
        _record("requisition.signed", held, {"practice": by.acting_for}, by, at)


def _require_member(body: str, practice: str, at: datetime) -> None:
    if practice not in members_of_body(body, london_day(at)):
        raise refusal(
            "not_a_member", f"{practice} is no member of {body} today. Members only can sign.", CLAUSE
        )


def _locked(requisition: str) -> Requisition:
    found = Requisition.objects.select_for_update(of=("self",)).filter(pk=requisition).first()
    if found is None:
        raise refusal("not_found", "There is no such requisition.")
    if found.withdrawn_at is not None:
        raise refusal("withdrawn", "It has been withdrawn.", CLAUSE)
    return found


def _record(act: str, held: Requisition, details: dict[str, str], by: Actor, at: datetime) -> None:
    record(act=act, by=by, at=at, subject=f"requisition/{held.pk}", under=CLAUSE, details=details)
