"""Declaring a result: worked out from votes, roll and clauses, and taken on to what follows from it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from remit.constitutions.actions import keep_members_answer
from remit.delegation.actions import record_evidence
from remit.engines.constitution import Choice, Result
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.canonical import sha256_hex
from remit.kernel.decision import require
from remit.kernel.moments import london_day
from remit.ledger.actions import record
from remit.ledger.actions.refusing import noting_refusals
from remit.motions.actions.finding import locked, refusal, require_may, subject, words_of
from remit.motions.models import Declaration, Motion
from remit.motions.queries.outcomes import (
    MotionOutcome,
    as_kept,
    concordance_of,
    outcome_of,
    recount_bytes,
    tallies_of,
)
from remit.motions.states import DECLARED
from remit.register.queries import kind_on
from remit.register.rules import COMMISSIONER_KINDS

CLAUSE = "The result follows from the clauses in force at notice"
ROOM = "motions"
EVIDENCE_OF = {"recorded": "recorded_vote", "hands": "show_of_hands", "paper": "ballot"}
OUTCOME_OF = {Result.CARRIED: "carried", Result.TIED: "tied"}


@dataclass(frozen=True, kw_only=True)
class Scrutiny:
    """Who saw the count, what they say of it, and the chair's vote in a tie."""

    scrutineer: str
    report: str = ""
    casting_vote: str = ""


@noting_refusals(about="motion", kind="motion")
@transaction.atomic
def declare_result(*, motion: str, scrutiny: Scrutiny, by: Actor, at: datetime) -> Declaration:
    """Declare what a vote came to. Votes become public; an amendment goes on; a vote on powers becomes a mandate; an
    objection becomes a statement of its body. The same again gives the same.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``, ``replaced``, ``not_counted``, ``no_words``,
    ``no_such_choice``.
    """
    held = locked(motion)
    require(may(by, Permission.RUN_VOTES, held.body_id))
    earlier = Declaration.objects.filter(motion=held).first()
    if earlier is not None:
        return earlier
    require_may(held, "declare the result", at)
    if scrutiny.casting_vote not in {"", Choice.FOR.value, Choice.AGAINST.value}:
        raise refusal("no_such_choice", "The chair's vote is for or against.", CLAUSE)
    tallies = tallies_of(held)
    outcome = outcome_of(held, tallies, casting_vote=scrutiny.casting_vote)
    if held.way == "hands" and not outcome.has_votes:
        raise refusal("not_counted", "Enter what the teller counted first.", CLAUSE)
    made = Declaration.objects.create(
        motion=held,
        result=outcome.result.value,
        option=outcome.option,
        casting_vote=scrutiny.casting_vote,
        scrutineer=words_of(scrutiny.scrutineer, "who saw the count", most=150),
        report=scrutiny.report.strip(),
        tally=as_kept(tallies),
        concordance=asdict(concordance_of(held)),
        sha256=sha256_hex(recount_bytes(held, outcome, casting_vote=scrutiny.casting_vote)),
        declared_at=at,
        declared_by=by.person,
    )
    held.state, held.ended_at, held.ended_by = DECLARED, at, by.person
    held.save()
    record(
        act="motion.declared",
        by=by,
        at=at,
        subject=subject(held),
        under=", ".join(outcome.clauses) or CLAUSE,
        details={
            "body": held.body_id,
            "result": made.result,
            "option": made.option,
            "clauses": list(outcome.clauses),
            "sha256": made.sha256,
        },
    )
    made.evidence = _take_on(held, outcome, by, at)
    made.save(update_fields=["evidence"])
    return made


def _take_on(held: Motion, outcome: MotionOutcome, by: Actor, at: datetime) -> str:
    """What follows from a result in other rooms; answers the evidence that was recorded, if any."""
    today = london_day(at)
    is_carried = outcome.result is Result.CARRIED
    if held.amends_id:
        keep_members_answer(
            text=held.amends_id, is_agreed=is_carried, on=today, origin=ROOM, origin_ref=held.pk, by=by, at=at
        )
        return ""
    if held.kind == "delegation" and kind_on(held.body_id, today) in COMMISSIONER_KINDS:
        return _mandate(held, outcome, by, at)
    if (
        held.kind == "objection"
        and is_carried
        and held.concerns.exists()
        and kind_on(held.body_id, today) == "lmc"
    ):
        return _statement(held, by, at)
    return ""


def _mandate(held: Motion, outcome: MotionOutcome, by: Actor, at: datetime) -> str:
    """A vote on taking on powers, as evidence of its commissioner's mandate: at its rung, with what the clauses made
    of it."""
    heads = outcome.binding_heads
    facts = {
        "question": held.title,
        "electorate": int(heads.everybody),
        "in_favour": int(heads.in_favour),
        "against": int(heads.against),
        "abstained": int(heads.abstained + heads.blank),
        "outcome": OUTCOME_OF.get(outcome.result, "not_carried"),
    }
    if held.level is not None:
        facts["level"] = str(held.level)
    if held.way == "hands":
        facts["meeting_kind"] = "ordinary"
    else:
        facts["not_voted"] = int(heads.not_voted)
    return record_evidence(
        kind=EVIDENCE_OF[held.way],
        commissioners=[held.body_id],
        held_on=london_day(held.closes_at or at),
        facts=facts,
        origin=ROOM,
        origin_ref=held.pk,
        by=by,
        at=at,
    ).pk


def _statement(held: Motion, by: Actor, at: datetime) -> str:
    """An objection that a local medical committee carried, as its formal statement on each commissioner."""
    return record_evidence(
        kind="lmc_statement",
        commissioners=sorted(held.concerns.values_list("pk", flat=True)),
        held_on=london_day(held.closes_at or at),
        facts={
            "body": held.body_id,
            "stance": "objects",
            "form": "formal",
            "words": f"{held.title}. {held.words}",
        },
        origin=ROOM,
        origin_ref=held.pk,
        by=by,
        at=at,
    ).pk
