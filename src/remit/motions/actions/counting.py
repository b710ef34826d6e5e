"""What was counted at a meeting: votes on paper by name, and shows of hands, each with its teller."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from remit.constitutions.queries import rules_of_text
from remit.documents.queries import documents_of, may_read
from remit.engines.constitution import Choice
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.canonical import canonical_json
from remit.kernel.decision import require
from remit.ledger.actions import commit_to, record
from remit.ledger.actions.refusing import noting_refusals
from remit.motions.actions.finding import locked, refusal, require_may, subject, words_of
from remit.motions.actions.rolls import entry_of
from remit.motions.actions.voting import keep_vote, require_choice
from remit.motions.models import HandsCounted, Motion, RollEntry, Vote
from remit.motions.models.rolls import GPS, PRACTICES

CLAUSE = "What was counted at a meeting is entered with its teller"


@noting_refusals(about="motion", kind="motion")
@transaction.atomic
def enter_vote(
    *, motion: str, voter: str, choice: str, teller: str, electorate: str = PRACTICES, by: Actor, at: datetime
) -> Vote:
    """Enter one vote that was given on paper. The same again gives the same.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``, ``wrong_way``, ``not_on_the_roll``,
    ``no_such_choice``, ``no_words``, ``voted``.
    """
    held = locked(motion)
    require(may(by, Permission.RUN_VOTES, held.body_id))
    require_may(held, "enter what was counted", at)
    if held.way != "paper":
        raise refusal("wrong_way", "This is no vote on paper.", CLAUSE)
    require_choice(held, choice)
    entry = entry_of(held, voter.strip(), electorate)
    return keep_vote(held, entry, choice, "paper", words_of(teller, "who counted", most=150), by, at)


@noting_refusals(about="motion", kind="motion")
@transaction.atomic
def count_hands(
    *,
    motion: str,
    counts: Mapping[str, int],
    teller: str,
    electorate: str = PRACTICES,
    document: str = "",
    by: Actor,
    at: datetime,
) -> HandsCounted:
    """Enter a show of hands: how many for, against, abstaining and blank. The same again gives the same.

    Hands have no weight and no locality: where a clause counts by either, they are refused with it. Raises
    `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``, ``wrong_way``, ``wrong_count``, ``weighted``,
    ``no_words``, ``counted``.
    """
    held = locked(motion)
    require(may(by, Permission.RUN_VOTES, held.body_id))
    require_may(held, "enter what was counted", at)
    if held.way != "hands":
        raise refusal("wrong_way", "This is no show of hands.", CLAUSE)
    _require_plain(held)
    kept = {each.value: int(counts.get(each.value, 0)) for each in Choice}
    on_roll = RollEntry.objects.filter(motion=held, electorate=electorate).count()
    is_sound = set(counts) <= set(kept) and min(kept.values()) >= 0 and 0 < sum(kept.values()) <= on_roll
    if not is_sound or electorate not in (PRACTICES, GPS):
        message = f"Enter how many were for, against, abstained or gave a blank: at most {on_roll} together."
        raise refusal("wrong_count", message, CLAUSE)
    teller = words_of(teller, "who counted", most=150)
    earlier = HandsCounted.objects.filter(motion=held, electorate=electorate).first()
    if earlier is not None:
        if (earlier.counts, earlier.teller) == (kept, teller):
            return earlier
        raise refusal("counted", "The hands have been counted. A count is entered once.", CLAUSE)
    made = HandsCounted.objects.create(
        motion=held,
        electorate=electorate,
        counts=kept,
        teller=teller,
        document_id=_readable(document, by),
        counted_at=at,
        counted_by=by.person,
    )
    said = canonical_json({"counts": kept, "teller": teller}).decode()
    record(
        act="vote.hands_counted",
        by=by,
        at=at,
        subject=subject(held),
        under=CLAUSE,
        details={"electorate": electorate, "said": commit_to(said, concerning=subject(held))},
    )
    return made


def _require_plain(held: Motion) -> None:
    voting = rules_of_text(held.text_id, held.kind).voting
    weights = set(RollEntry.objects.filter(motion=held).values_list("weight", flat=True))
    if len(weights) > 1:
        message = "Votes have different weights here, and hands have none. Take a recorded vote."
        raise refusal("weighted", message, voting.weights.clause)
    if voting.clauses_by_locality:
        message = "This clause counts by locality, and hands do not say which. Take a recorded vote."
        raise refusal("weighted", message, voting.clauses_by_locality[0])


def _readable(document: str, by: Actor) -> str | None:
    if not document:
        return None
    found = documents_of({document}).get(document)
    if found is None or not may_read(found, by):
        raise refusal("not_found", "There is no such document. Send it first.", CLAUSE)
    return document
