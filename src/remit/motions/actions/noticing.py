"""Putting a motion: drafted, noticed with its roll, replaced by another wording, withdrawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from remit.constitutions.models import Text
from remit.constitutions.queries import in_force, rules_of_motion, written_on
from remit.constitutions.rules import BODY_KINDS, motion_kinds
from remit.constitutions.states import PROPOSED
from remit.consultations.models import Consultation
from remit.consultations.queries import may_table
from remit.delegation.rules import powers
from remit.engines.constitution import SPOKEN, ConsultationRule, RulesFor, adequacy, enough_notice
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.decision import require
from remit.kernel.moments import london_day, rfc3339
from remit.ledger.actions import record
from remit.ledger.actions.refusing import noting_refusals
from remit.meetings.models import Meeting
from remit.motions.actions.enrolling import Seat, digest_of_roll, enrol
from remit.motions.actions.finding import (
    locked,
    long_words,
    refusal,
    require_may,
    subject,
    words_of,
)
from remit.motions.models import Motion, Option, Requisition
from remit.motions.states import DRAFT, NOTICED, REPLACED, WITHDRAWN
from remit.register.models import Organisation
from remit.register.queries import kind_on, kinds_on
from remit.register.rules import COMMISSIONER_KINDS

NOTICE = "The notice clause of the body's constitution"
WAYS = {
    "recorded": "A recorded vote, by name",
    "hands": "A show of hands, counted by a teller",
    "paper": "Votes on paper, entered by name",
}


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What a motion says. `options`: two or more (code, words); none for a plain for or against. `concerns`: codes
    of commissioners; `powers`: codes; `level`: 1 to 3, for a mandate; `amends`: a text put to the members."""

    kind: str = "ordinary"
    title: str
    words: str
    way: str = "recorded"
    options: Sequence[tuple[str, str]] = ()
    concerns: Sequence[str] = ()
    powers: Sequence[str] = ()
    level: int | None = None
    amends: str = ""


@dataclass(frozen=True, kw_only=True)
class Notice:
    """When a vote opens and closes, and who may vote where the register does not say.

    `meeting`: the one that votes on it, whose reason for urgency is then the motion's too. `consultation`: in which
    members were asked before. `urgency`: why there is less notice than usual. `localities`: of practices, where clauses
    count by them. `seats`: the members of a body whose members are not practices.
    """

    opens_at: datetime
    closes_at: datetime
    meeting: str = ""
    consultation: str = ""
    urgency: str = ""
    localities: Mapping[str, str] = field(default_factory=dict)
    seats: Sequence[Seat] = ()


@noting_refusals(about="body", kind="organisation")
@transaction.atomic
def draft_motion(*, body: str, wording: Wording, requisition: str = "", by: Actor, at: datetime) -> Motion:
    """Write a motion of a body. Nobody else reads it until notice is given. `requisition`: members required it.

    Raises `Refused`: ``not_permitted``, ``not_a_body``, ``no_such_motion``, ``no_such_way``, ``no_words``,
    ``wrong_options``, ``no_such_power``, ``wrong_level``, ``wrong_commissioners``, ``wrong_text``, ``not_found``.
    """
    require(may(by, Permission.RUN_VOTES, body))
    if kind_on(body, london_day(at)) not in BODY_KINDS:
        raise refusal("not_a_body", f"{body} has no members that decide.")
    required = _requisition(requisition, body) if requisition else None
    made = _write(body, wording, by, at)
    if required is not None:
        required.motion = made
        required.save(update_fields=["motion"])
    record(
        act="motion.drafted",
        by=by,
        at=at,
        subject=subject(made),
        under=NOTICE,
        details={"body": body, "kind": made.kind, "requisition": requisition},
    )
    return made


@noting_refusals(about="motion", kind="motion")
@transaction.atomic
def give_notice(*, motion: str, notice: Notice, by: Actor, at: datetime) -> Motion:
    """Give notice of a motion: words, rules and roll stand from here on, and are public.

    Its rules are those of the constitution in force today; no later amendment changes them. Raises `Refused`:
    ``not_found``, ``not_permitted``, ``wrong_state``, ``wrong_times``, ``wrong_meeting``,
    ``notice_too_short`` and
    ``no_reason_for_urgency`` (with the clause), ``not_consulted``, ``wrong_consultation``, ``consultation_too_short``
    and those of `may_table`, and those of the roll: ``no_members``, ``no_list``, ``no_locality``,
    ``wrong_seats``.
    """
    held = locked(motion)
    require(may(by, Permission.RUN_VOTES, held.body_id))
    if held.state == NOTICED and (held.opens_at, held.closes_at) == (notice.opens_at, notice.closes_at):
        return held
    require_may(held, "give notice", at)
    today = london_day(at)
    if not at <= notice.opens_at < notice.closes_at:
        raise refusal("wrong_times", "The vote opens now or later, and closes after it opens.", NOTICE)
    rules = rules_of_motion(held.body_id, held.kind, today)
    held.meeting = _meeting(held, notice) if notice.meeting else None
    urgency = notice.urgency.strip() or (held.meeting.urgency if held.meeting else "")
    if rules.notice is not None:
        require(enough_notice(rules.notice, today, london_day(notice.opens_at), reason=urgency))
    held.consultation = _consulted(held, notice.consultation, rules, at)
    held.text = in_force(held.body_id, today)
    held.state, held.noticed_at, held.noticed_by = NOTICED, at, by.person
    held.opens_at, held.closes_at, held.urgency = notice.opens_at, notice.closes_at, urgency
    held.save()
    entries = enrol(held, rules, at, localities=notice.localities, seats=notice.seats)
    record(
        act="motion.noticed",
        by=by,
        at=at,
        subject=subject(held),
        under=rules.notice.clause if rules.notice else NOTICE,
        details={
            "body": held.body_id,
            "kind": held.kind,
            "title": held.title,
            "text": held.text_id or "",
            "opens_at": rfc3339(notice.opens_at),
            "closes_at": rfc3339(notice.closes_at),
            "urgency": held.urgency,
            "consultation": held.consultation_id or "",
            "roll": len(entries),
            "roll_sha256": digest_of_roll(entries),
        },
    )
    return held


@noting_refusals(about="motion", kind="motion")
@transaction.atomic
def replace_motion(*, motion: str, wording: Wording, reasons: str, by: Actor, at: datetime) -> Motion:
    """Amend a motion after its notice: another motion takes its place, and needs notice of its own.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``, ``no_words`` and those of `draft_motion`.
    """
    held = locked(motion)
    require(may(by, Permission.RUN_VOTES, held.body_id))
    require_may(held, "replace it by another wording", at)
    held.reasons = long_words(reasons, "why it is replaced")
    held.state, held.ended_at, held.ended_by = REPLACED, at, by.person
    held.save()
    made = _write(held.body_id, wording, by, at, replaces=held)
    record(
        act="motion.replaced",
        by=by,
        at=at,
        subject=subject(held),
        under=NOTICE,
        details={"by": made.pk, "reasons": held.reasons},
    )
    return made


@noting_refusals(about="motion", kind="motion")
@transaction.atomic
def withdraw_motion(*, motion: str, reasons: str, by: Actor, at: datetime) -> Motion:
    """Take a motion back before voting opens, with the reasons. Raises `Refused`: ``not_found``, ``not_permitted``,
    ``wrong_state``, ``no_words``."""
    held = locked(motion)
    require(may(by, Permission.RUN_VOTES, held.body_id))
    require_may(held, "withdraw", at)
    held.reasons = long_words(reasons, "the reasons")
    held.state, held.ended_at, held.ended_by = WITHDRAWN, at, by.person
    held.save()
    record(
        act="motion.withdrawn",
        by=by,
        at=at,
        subject=subject(held),
        under=NOTICE,
        details={"reasons": held.reasons},
    )
    return held


def _write(body: str, wording: Wording, by: Actor, at: datetime, *, replaces: Motion | None = None) -> Motion:
    concerns = sorted({code.strip().upper() for code in wording.concerns})
    _require_sound(wording, concerns, at)
    made = Motion.objects.create(
        body_id=body,
        kind=wording.kind,
        way=wording.way,
        title=words_of(wording.title, "a title", most=200),
        words=long_words(wording.words, "what the motion says"),
        state=DRAFT,
        amends=_amended(wording, body),
        level=wording.level,
        powers=sorted(set(wording.powers)),
        replaces=replaces,
        drafted_at=at,
        drafted_by=by.person,
    )
    made.concerns.set(Organisation.objects.filter(pk__in=concerns))
    Option.objects.bulk_create(
        Option(motion=made, code=code, name=words_of(name, "the option", most=200), order=order)
        for order, (code, name) in enumerate(wording.options)
    )
    return made


def _require_sound(wording: Wording, concerns: Sequence[str], at: datetime) -> None:
    if wording.kind not in motion_kinds():
        raise refusal("no_such_motion", f"Choose one of: {', '.join(motion_kinds())}.")
    if wording.way not in WAYS:
        raise refusal("no_such_way", f"Choose one of: {', '.join(WAYS)}.")
    codes = [code for code, _ in wording.options]
    if codes and (len(codes) < 2 or len(set(codes)) != len(codes) or SPOKEN & set(codes)):
        raise refusal(
            "wrong_options", "Give two different options or more, or none for a plain for or against."
        )
    if codes and wording.way == "hands":
        raise refusal(
            "wrong_options", "A show of hands is for or against. Choose another way for several options."
        )
    known = {power.code for power in powers().values()}
    unknown = sorted(set(wording.powers) - known)
    if unknown:
        raise refusal(
            "no_such_power", f"No such power: {', '.join(unknown)}. There are: {', '.join(sorted(known))}."
        )
    if wording.level is not None and (wording.kind != "delegation" or wording.level not in (1, 2, 3)):
        raise refusal("wrong_level", "Level 1, 2 or 3 goes with a motion on taking on powers.")
    kinds = kinds_on(concerns, london_day(at))
    others = [code for code in concerns if kinds.get(code) not in COMMISSIONER_KINDS]
    if others:
        raise refusal("wrong_commissioners", f"No commissioner of primary care today: {', '.join(others)}.")


def _amended(wording: Wording, body: str) -> Text | None:
    if bool(wording.amends) != (wording.kind == "amendment"):
        message = "An amendment of the constitution puts a text to the members, and nothing else does."
        raise refusal("wrong_text", message)
    if not wording.amends:
        return None
    found = Text.objects.filter(pk=wording.amends, body=body, state=PROPOSED).first()
    if found is None:
        raise refusal("wrong_text", "Put a draft of the constitution forward first; then it can be voted on.")
    return found


def _meeting(held: Motion, notice: Notice) -> Meeting:
    found = Meeting.objects.filter(pk=notice.meeting, body=held.body_id, state="called").first()
    if found is None or notice.opens_at < found.meets_at:
        raise refusal(
            "wrong_meeting", "Choose a meeting of the body that is still to be held; the vote opens there."
        )
    return found


def _consulted(held: Motion, consultation: str, rules: RulesFor, at: datetime) -> Consultation | None:
    """In which consultation members were asked. It has closed, lasted long enough, and every theme has its answer; one
    is needed where a clause asks for it before motions of this very kind."""
    asked = [each.rule for each in written_on(held.body_id, london_day(at)) if held.kind in each.motions]
    if not consultation:
        for rule in asked:
            if isinstance(rule, ConsultationRule):
                message = f"Members are consulted for at least {rule.days} days before this. Say in which consultation."
                raise refusal("not_consulted", message, rule.clause)
        return None
    found = Consultation.objects.filter(pk=consultation, body=held.body_id).first()
    if found is None:
        raise refusal("wrong_consultation", "Choose a consultation of this body.", NOTICE)
    require(may_table(found.pk, at))
    if rules.consultation is not None:
        lasted = adequacy(rules.consultation, found.opens_on, found.closes_on)
        if not lasted.is_adequate:
            raise refusal(
                "consultation_too_short",
                f"It lasted {lasted.words}. Extend it, or hold another.",
                lasted.clause,
            )
    return found


def _requisition(requisition: str, body: str) -> Requisition:
    found = Requisition.objects.select_for_update(of=("self",)).filter(pk=requisition, body=body).first()
    if found is None or found.motion_id:
        raise refusal("not_found", "There is no such requisition, or it has its motion already.")
    return found
