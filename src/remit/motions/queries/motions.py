"""Motions as anybody reads them; votes only once the result is declared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import models

from remit.constitutions.queries import rules_of_text
from remit.constitutions.rules import motion_kinds
from remit.delegation.rules import powers
from remit.engines.constitution import RulesFor
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.moments import london_day
from remit.motions.models import Declaration, Motion, RollChallenge, RollEntry, Vote
from remit.motions.models.rolls import GPS, PRACTICES
from remit.motions.queries.outcomes import (
    Concordance,
    MotionOutcome,
    as_counted,
    concordance_kept,
    outcome_of,
    recount_bytes,
    turnout_of,
)
from remit.motions.states import DECLARED, DRAFT, MOTION_WORDS, motion_state
from remit.register.queries import names_on

MOST_ON_A_PAGE = 100


@dataclass(frozen=True)
class MotionRow:
    """A motion, without its votes. `concerns`: (code, name) of commissioners; `powers`: their names."""

    id: str
    body: str
    body_name: str
    kind: str
    kind_name: str
    way: str
    title: str
    words: str
    state: str
    state_name: str
    text: str
    amends: str
    consultation: str
    meeting: str
    level: int | None
    powers: tuple[str, ...]
    concerns: tuple[tuple[str, str], ...]
    options: tuple[tuple[str, str], ...]
    noticed_at: datetime | None
    opens_at: datetime | None
    closes_at: datetime | None
    urgency: str
    reasons: str
    replaces: str
    replaced_by: str
    result: str
    option: str


@dataclass(frozen=True)
class RollRow:
    """One on the roll: who may vote, for how much, and the day of the list that says so. Persons are numbered. `vote`
    is empty until the result is declared, and where hands were counted, which have no names."""

    electorate: str
    voter: str
    name: str
    weight: str
    counted_on: date | None
    locality: str
    vote: str


@dataclass(frozen=True)
class Ballot:
    """A vote that somebody has: their practice's (`own`), another's (`proxy`) or in their own right (`gp`)."""

    how: str
    practice: str
    name: str
    choice: str


@dataclass(frozen=True)
class MotionPage:
    """A motion with its rules, its turnout, and once it is declared its result with the arithmetic."""

    row: MotionRow
    rules: RulesFor
    turnout: tuple[tuple[str, int, int], ...]
    roll_size: int
    challenges: tuple[RollChallenge, ...]
    outcome: MotionOutcome | None
    concordance: Concordance | None
    scrutineer: str
    report: str
    sha256: str
    declared_at: datetime | None
    evidence: str


def motions(
    at: datetime, by: Actor, *, body: str = "", about: str = "", state: str = ""
) -> tuple[MotionRow, ...]:
    """Motions that were noticed by an instant, the latest first; drafts for those of the body. `about`: those that
    concern a commissioner. `state`: those in one of the states, as it is at the instant."""
    rows = Motion.objects.filter(drafted_at__lte=at).select_related("declaration", "replaced_by")
    rows = rows.filter(body=body) if body else rows
    rows = rows.filter(concerns=about) if about else rows
    found = [each for each in rows.prefetch_related("concerns", "options") if _may_see(each, by, at)]
    return tuple(row for row in _rows(found, at) if state in ("", row.state))


def bodies_with_motions(at: datetime) -> dict[str, str]:
    """The bodies that have given notice of a motion: their names by code, in the order of the names."""
    codes = Motion.objects.filter(noticed_at__lte=at).order_by().values_list("body", flat=True).distinct()
    names = names_on(codes, london_day(at))
    return dict(sorted(((code, names.get(code, code)) for code in codes), key=lambda each: each[1]))


def motion_page(motion: str, by: Actor, at: datetime) -> MotionPage | None:
    """One motion; None where it is not there, or a draft of somebody else's."""
    rows = Motion.objects.filter(pk=motion, drafted_at__lte=at).select_related("declaration", "replaced_by")
    held = rows.prefetch_related("concerns", "options").first()
    if held is None or not _may_see(held, by, at):
        return None
    said = _declared(held, at)
    turnout = turnout_of(held)
    return MotionPage(
        next(iter(_rows([held], at))),
        rules_of_text(held.text_id, held.kind),
        tuple((electorate, took_part, everybody) for electorate, (took_part, everybody) in turnout.items()),
        sum(everybody for _, everybody in turnout.values()),
        tuple(RollChallenge.objects.filter(motion=held, challenged_at__lte=at)),
        outcome_of(held, as_counted(said.tally), casting_vote=said.casting_vote) if said else None,
        concordance_kept(said.concordance) if said and GPS in turnout else None,
        said.scrutineer if said else "",
        said.report if said else "",
        said.sha256 if said else "",
        said.declared_at if said else None,
        said.evidence if said else "",
    )


def roll_of(
    motion: str, by: Actor, at: datetime, *, first: int = 0, most: int = MOST_ON_A_PAGE
) -> tuple[RollRow, ...]:
    """A part of the roll, in order: public from the notice on, how each voted once it is declared. Practitioners are
    numbered, and how one voted is not told: they vote in their own right, not for their patients."""
    held = Motion.objects.filter(pk=motion, drafted_at__lte=at).select_related("declaration").first()
    if held is None or not _may_see(held, by, at):
        return ()
    rows = RollEntry.objects.filter(motion=held).order_by("-electorate", "practice", "voter")
    entries = list(rows[first : first + most])
    declared = _declared(held, at) is not None and held.way != "hands"
    votes = dict(Vote.objects.filter(entry__in=entries).values_list("entry_id", "choice")) if declared else {}
    names = names_on(
        {each.practice_id for each in entries if each.practice_id}, london_day(held.noticed_at or at)
    )
    return tuple(
        RollRow(
            each.electorate,
            each.voter if each.electorate == PRACTICES else f"Practitioner {first + number}",
            names.get(each.practice_id or "", each.voter if each.electorate == PRACTICES else ""),
            f"{each.weight.normalize():f}",
            each.counted_on,
            each.locality,
            votes.get(each.pk, "not_voted") if declared and each.electorate == PRACTICES else "",
        )
        for number, each in enumerate(entries, 1)
    )


def own_vote(motion: str, by: Actor) -> str:
    """How somebody voted themselves, for the practice that they act for; empty where they did not."""
    rows = Vote.objects.filter(entry__motion=motion, entry__electorate=PRACTICES, entry__voter=by.acting_for)
    if not may(by, Permission.VOTE_FOR_PRACTICE, by.acting_for).allowed:
        rows = Vote.objects.filter(entry__motion=motion, entry__electorate=GPS, entry__voter=by.person)
    return rows.values_list("choice", flat=True).first() or ""


def recount_of(motion: str, at: datetime) -> bytes | None:
    """The recount file of a vote whose result is declared, as it is published; None before."""
    held = Motion.objects.filter(pk=motion).select_related("declaration").first()
    said = _declared(held, at) if held else None
    if held is None or said is None:
        return None
    outcome = outcome_of(held, as_counted(said.tally), casting_vote=said.casting_vote)
    return recount_bytes(held, outcome, casting_vote=said.casting_vote)


def ballots_of(motion: str, by: Actor, at: datetime) -> tuple[Ballot, ...]:
    """Where somebody has a vote on a motion: for their practice unless another holds its proxy, for those whose proxy
    it holds, and in their own right; with what they gave there, which is for them alone."""
    rows = RollEntry.objects.filter(motion=motion).select_related("proxy", "vote")
    found: list[tuple[RollEntry, str]] = []
    if may(by, Permission.VOTE_FOR_PRACTICE, by.acting_for).allowed:
        mine = models.Q(electorate=PRACTICES, voter=by.acting_for, proxy__isnull=True)
        held = models.Q(electorate=PRACTICES, proxy__holder__voter=by.acting_for)
        found += [
            (each, "own" if each.voter == by.acting_for else "proxy") for each in rows.filter(mine | held)
        ]
    if may(by, Permission.VOTE_AS_GP, by.acting_for).allowed:
        found += [(each, "gp") for each in rows.filter(electorate=GPS, voter=by.person)]
    names = names_on([each.practice_id for each, _ in found if each.practice_id], london_day(at))
    return tuple(
        Ballot(
            how,
            each.voter if each.electorate == PRACTICES else "",
            names.get(each.practice_id or "", each.voter),
            each.vote.choice if hasattr(each, "vote") else "",
        )
        for each, how in sorted(found, key=lambda pair: ("own", "proxy", "gp").index(pair[1]))
    )


def not_voted(motion: str, by: Actor, at: datetime) -> tuple[tuple[str, str], ...]:
    """Who has not voted yet, for reminders: for those who run the vote only, and nothing of how others did."""
    held = Motion.objects.filter(pk=motion, drafted_at__lte=at).first()
    if held is None or not may(by, Permission.RUN_VOTES, held.body_id).allowed:
        return ()
    rows = RollEntry.objects.filter(motion=held, electorate=PRACTICES, vote__isnull=True)
    codes = list(rows.values_list("voter", flat=True))
    names = names_on(codes, london_day(at))
    return tuple((code, names.get(code, code)) for code in codes)


def _declared(held: Motion, at: datetime) -> Declaration | None:
    found: Declaration | None = getattr(held, "declaration", None) if held.state == DECLARED else None
    return found if found is not None and found.declared_at <= at else None


def _may_see(held: Motion, by: Actor, at: datetime) -> bool:
    if held.state != DRAFT and held.noticed_at is not None and held.noticed_at <= at:
        return True
    return may(by, Permission.RUN_VOTES, held.body_id).allowed


def _rows(found: list[Motion], at: datetime) -> list[MotionRow]:
    on = london_day(at)
    codes = {each.body_id for each in found} | {place.pk for each in found for place in each.concerns.all()}
    names, kinds, known = (
        names_on(codes, on),
        motion_kinds(),
        {power.code: power.name for power in powers().values()},
    )
    rows = []
    for each in found:
        said = _declared(each, at)
        state = motion_state(each.state, each.opens_at, each.closes_at, at)
        if each.state == DECLARED and said is None:
            state = motion_state("noticed", each.opens_at, each.closes_at, at)
        newer = getattr(each, "replaced_by", None)
        rows.append(
            MotionRow(
                each.pk,
                each.body_id,
                names.get(each.body_id, each.body_id),
                each.kind,
                kinds[each.kind].name,
                each.way,
                each.title,
                each.words,
                state,
                MOTION_WORDS[state],
                each.text_id or "",
                each.amends_id or "",
                each.consultation_id or "",
                each.meeting_id or "",
                each.level,
                tuple(known.get(code, code) for code in each.powers),
                tuple(sorted((place.pk, names.get(place.pk, place.pk)) for place in each.concerns.all())),
                tuple((option.code, option.name) for option in each.options.all()),
                each.noticed_at,
                each.opens_at,
                each.closes_at,
                each.urgency,
                each.reasons,
                each.replaces_id or "",
                newer.pk if newer else "",
                said.result if said else "",
                said.option if said else "",
            )
        )
    return rows
