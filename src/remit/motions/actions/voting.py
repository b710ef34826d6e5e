"""Voting by name: each on the roll once, for itself or by proxy, while the vote is open."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from remit.engines.constitution import SPOKEN, Choice
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.decision import require
from remit.ledger.actions import commit_to, record
from remit.ledger.actions.refusing import noting_refusals
from remit.motions.actions.finding import read, refusal, require_may, subject
from remit.motions.actions.rolls import entry_of
from remit.motions.models import Motion, Option, Proxy, RollEntry, Vote
from remit.motions.models.rolls import GPS, PRACTICES

CLAUSE = "Members vote once each, while the vote is open"


@noting_refusals(about="motion", kind="motion")
@transaction.atomic
def cast_vote(
    *, motion: str, choice: str, as_gp: bool = False, practice: str = "", by: Actor, at: datetime
) -> Vote:
    """Vote: for the practice that one acts for, for another whose proxy it holds (`practice`), or as a general
    practitioner in one's own right (`as_gp`). The same vote again gives the same.

    Until the result is declared nobody is told how anybody voted; the ledger holds a commitment. Raises `Refused`:
    ``not_found``, ``not_permitted``, ``wrong_state``, ``replaced``, ``wrong_way``, ``not_on_the_roll``, ``no_proxy``,
    ``proxy_given``, ``no_such_choice``, ``voted``.
    """
    held = read(motion)
    require(may(by, Permission.VOTE_AS_GP if as_gp else Permission.VOTE_FOR_PRACTICE, by.acting_for))
    require_may(held, "vote", at)
    if held.way != "recorded":
        raise refusal("wrong_way", "This vote is taken at the meeting, and entered by the teller.", CLAUSE)
    require_choice(held, choice)
    entry, origin = (entry_of(held, by.person, GPS), "own") if as_gp else _practice(held, practice, by)
    return keep_vote(held, entry, choice, origin, "", by, at)


def keep_vote(
    held: Motion, entry: RollEntry, choice: str, origin: str, teller: str, by: Actor, at: datetime
) -> Vote:
    """Keep one vote, or answer the same one that is kept. Raises `Refused` with ``voted``."""
    earlier = Vote.objects.filter(entry=entry).first()
    if earlier is None:
        try:
            with transaction.atomic():
                made = Vote.objects.create(
                    entry=entry, choice=choice, origin=origin, teller=teller, cast_at=at, cast_by=by.person
                )
        except IntegrityError:
            earlier = Vote.objects.get(entry=entry)
    if earlier is not None:
        if (earlier.choice, earlier.origin, earlier.teller) == (choice, origin, teller):
            return earlier
        raise refusal("voted", "A vote is in already, and a vote is given once.", CLAUSE)
    who = {"voter": entry.voter} if entry.electorate == PRACTICES else {}
    record(
        act="vote.cast",
        by=by,
        at=at,
        subject=subject(held),
        under=CLAUSE,
        details={
            "electorate": entry.electorate,
            **who,
            "origin": origin,
            "choice": commit_to(choice, concerning=f"vote/{made.pk}"),
        },
    )
    return made


def require_choice(held: Motion, choice: str) -> None:
    """Refuse with ``no_such_choice`` what the motion does not offer."""
    options = list(Option.objects.filter(motion=held).values_list("code", flat=True))
    offered = [*options, *sorted(SPOKEN)] if options else [each.value for each in Choice]
    if choice not in offered:
        raise refusal("no_such_choice", f"Choose one of: {', '.join(offered)}.", CLAUSE)


def _practice(held: Motion, practice: str, by: Actor) -> tuple[RollEntry, str]:
    """On whose place the vote is given: one's own, unless a proxy has it; or another's, by its proxy."""
    mine = entry_of(held, by.acting_for)
    practice = practice.strip().upper()
    if practice and practice != by.acting_for:
        theirs = entry_of(held, practice)
        if not Proxy.objects.filter(entry=theirs, holder=mine).exists():
            raise refusal(
                "no_proxy", f"{practice} has not given you its proxy. Vote for your own practice.", CLAUSE
            )
        return theirs, "proxy"
    given = Proxy.objects.filter(entry=mine).select_related("holder").first()
    if given is not None:
        raise refusal(
            "proxy_given", f"You have given your proxy to {given.holder.voter}, who votes for you.", CLAUSE
        )
    return mine, "own"
