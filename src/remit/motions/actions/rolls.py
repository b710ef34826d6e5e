"""The roll after its notice: contested until voting opens, settled with reasons; and proxies."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from remit.constitutions.queries import rules_of_text
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.decision import require
from remit.kernel.moments import london_day
from remit.ledger.actions import record
from remit.ledger.actions.refusing import noting_refusals
from remit.motions.actions.enrolling import CLAUSE
from remit.motions.actions.finding import locked, long_words, refusal, require_may, subject
from remit.motions.models import Motion, Proxy, RollChallenge, RollEntry, Vote
from remit.motions.models.rolls import PRACTICES
from remit.register.queries import kind_on


@noting_refusals(about="motion", kind="motion")
@transaction.atomic
def contest_roll(*, motion: str, voter: str, reasons: str, by: Actor, at: datetime) -> RollChallenge:
    """A practice contests the roll: that `voter` is on it, or that it is not. The same again gives the same.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``, ``no_such_practice``, ``no_words``.
    """
    held = locked(motion)
    require(may(by, Permission.VOTE_FOR_PRACTICE, by.acting_for))
    require_may(held, "contest the roll", at)
    voter = voter.strip().upper()
    if kind_on(voter, london_day(at)) != "practice":
        raise refusal("no_such_practice", f"{voter} is no practice today. Check the code.", CLAUSE)
    reasons = long_words(reasons, "why the roll is wrong")
    said = {"motion": held, "voter": voter, "reasons": reasons, "challenged_for": by.acting_for}
    earlier = RollChallenge.objects.filter(**said).first()
    if earlier is not None:
        return earlier
    made = RollChallenge.objects.create(**said, challenged_at=at, challenged_by=by.person)
    record(
        act="roll.contested",
        by=by,
        at=at,
        subject=subject(held),
        under=CLAUSE,
        details={"voter": voter, "reasons": reasons},
    )
    return made


@noting_refusals(about="challenge", kind="challenge")
@transaction.atomic
def settle_challenge(
    *, challenge: int, is_upheld: bool, answer: str, by: Actor, at: datetime
) -> RollChallenge:
    """Uphold a challenge (who was on the roll comes off it with its proxies, who was not goes on it with one
    vote) or dismiss it.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``, ``settled``, ``no_words``.
    """
    found = RollChallenge.objects.select_for_update(of=("self",)).filter(pk=challenge).first()
    if found is None:
        raise refusal("not_found", "There is no such challenge.")
    held = locked(found.motion_id)
    require(may(by, Permission.RUN_VOTES, held.body_id))
    require_may(held, "settle a challenge", at)
    if found.settled_at is not None:
        raise refusal("settled", "It has been settled.", CLAUSE)
    found.answer, found.is_upheld = long_words(answer, "the reasons"), is_upheld
    found.settled_at, found.settled_by = at, by.person
    found.save()
    if is_upheld:
        contested = Q(entry__voter=found.voter) | Q(holder__voter=found.voter)
        Proxy.objects.filter(contested, entry__motion=held).delete()
    if is_upheld and not RollEntry.objects.filter(motion=held, voter=found.voter).delete()[0]:
        RollEntry.objects.create(motion=held, voter=found.voter, practice_id=found.voter)
    record(
        act="roll.challenge_settled",
        by=by,
        at=at,
        subject=subject(held),
        under=CLAUSE,
        details={"voter": found.voter, "is_upheld": is_upheld, "answer": found.answer},
    )
    return found


@noting_refusals(about="motion", kind="motion")
@transaction.atomic
def give_proxy(*, motion: str, holder: str, by: Actor, at: datetime) -> Proxy:
    """A practice lets another one vote for it on this motion. The same again changes nothing; another one replaces it.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``, ``not_on_the_roll``, ``no_proxies`` and
    ``too_many_proxies`` (with the clause), ``voted``, ``own_proxy``.
    """
    held = locked(motion)
    require(may(by, Permission.VOTE_FOR_PRACTICE, by.acting_for))
    require_may(held, "give a proxy", at)
    rule = rules_of_text(held.text_id, held.kind).proxy
    mine, other = entry_of(held, by.acting_for), entry_of(held, holder.strip().upper())
    if mine == other:
        raise refusal("own_proxy", "Name another practice.", rule.clause)
    if not rule.most:
        raise refusal("no_proxies", "The constitution has no proxies: each votes for itself.", rule.clause)
    if Vote.objects.filter(entry=mine).exists():
        raise refusal("voted", "You have voted already.", rule.clause)
    earlier = Proxy.objects.filter(entry=mine).first()
    if earlier is not None and earlier.holder_id == other.pk:
        return earlier
    if Proxy.objects.filter(holder=other).count() >= rule.most:
        raise refusal("too_many_proxies", f"{other.voter} votes for {rule.most} others already.", rule.clause)
    if earlier is not None:
        earlier.delete()
    made = Proxy.objects.create(entry=mine, holder=other, given_at=at, given_by=by.person)
    record(
        act="roll.proxy_given",
        by=by,
        at=at,
        subject=subject(held),
        under=rule.clause,
        details={"practice": mine.voter, "holder": other.voter},
    )
    return made


def entry_of(held: Motion, voter: str, electorate: str = PRACTICES) -> RollEntry:
    """Somebody's place on the roll. Raises `Refused` with ``not_on_the_roll``."""
    found = RollEntry.objects.filter(motion=held, electorate=electorate, voter=voter).first()
    if found is None:
        who = "You are" if electorate != PRACTICES else f"{voter} is"
        message = (
            f"{who} not on the roll of this motion. It was frozen at its notice, and could be contested then."
        )
        raise refusal("not_on_the_roll", message, CLAUSE)
    return found
