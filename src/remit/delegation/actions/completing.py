"""Completing an application: whole, and signed by both sides where the process asks for that."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from remit.accounts.queries import person_name
from remit.delegation.actions.filling import UNDER
from remit.delegation.actions.finding import locked, refusal, subject
from remit.delegation.models import Application, Signature
from remit.delegation.queries.contents import Contents, contents_of
from remit.delegation.queries.signatures import (
    COMMISSIONER,
    LOCAL_OFFICE,
    SIDE_WORDS,
    may_complete,
    sides_missing,
)
from remit.delegation.rules import processes
from remit.delegation.states import DRAFT
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.canonical import canonical_json, sha256_hex
from remit.kernel.decision import Reason, Refused, require
from remit.kernel.moments import london_day
from remit.ledger.actions import record

MOST_LETTERS = 200


@transaction.atomic
def sign_application(
    *, application: str, name: str = "", post: str = "", by: Actor, at: datetime
) -> Signature:
    """Sign what an application says now, for the commissioner or for NHS England's local office: for whichever one
    acts. Each side signs once, and not by the same person; a change afterwards voids both.

    The signature keeps `name` and `post` as they are now; somebody who has an account signs in the name of it. The
    ledger has neither.
    Raises `Refused`: ``not_found``, ``not_permitted``, ``no_signatures`` where the process has none, ``wrong_state``,
    ``incomplete``, ``same_person``, ``no_name``, ``no_post``.
    """
    found = locked(application)
    side = _side(found, by, at)
    if processes()[found.round.process].signatures < 2:
        raise refusal(
            "no_signatures", "In this round nobody signs before submitting: submit the application."
        )
    earlier = Signature.objects.filter(application=found, side=side, voided_at__isnull=True).first()
    if earlier is not None:
        return earlier
    contents = contents_of(found)
    _require_signable(found)
    require_whole(contents)
    if Signature.objects.filter(application=found, signed_by=by.person, voided_at__isnull=True).exists():
        raise refusal("same_person", "You signed for the other side. Somebody else has to sign for this one.")
    signatory = _signatory(name, post, by)
    made = Signature.objects.create(
        application=found,
        side=side,
        organisation=by.acting_for,
        sha256=sha256_hex(canonical_json(contents.as_json())),
        signed_at=at,
        signed_by=by.person,
        **signatory,
    )
    if by.person not in found.hands:
        found.hands = [*found.hands, by.person]
        found.save(update_fields=["hands"])
    record(
        act="application.signed",
        by=by,
        at=at,
        subject=subject(found),
        under=UNDER,
        details={"side": side},
    )
    return made


def require_whole(contents: Contents) -> None:
    """Raises `Refused` with ``incomplete``: a reason for each question that is not answered, or not wholly."""
    missing = contents.unanswered
    if missing:
        said = "; ".join(
            f"{each.question} {contents.lacks(each)}" if each.is_kept_apart else each.question
            for each in missing
        )
        raise Refused(Reason("incomplete", f"Answer these questions first: {said}", "Round's process"))


def require_signed(found: Application, contents: Contents) -> None:
    """Raises `Refused` with ``not_signed`` where a signature that the process asks for is missing or void."""
    if processes()[found.round.process].signatures < 2:
        return
    missing = sides_missing(found, sha256_hex(canonical_json(contents.as_json())))
    if missing:
        who = " and ".join(SIDE_WORDS[side] for side in missing)
        raise refusal(
            "not_signed", f"It is not signed by {who}. Both sides sign, then the commissioner submits."
        )


def _side(found: Application, by: Actor, at: datetime) -> str:
    own = may(by, Permission.APPLY, found.commissioner_id)
    if own.allowed:
        return COMMISSIONER
    if not may_complete(by, found.commissioner_id, london_day(at)).allowed:
        require(own)
    return LOCAL_OFFICE


def _signatory(name: str, post: str, by: Actor) -> dict[str, str]:
    """Who signs and as what. Raises `Refused`."""
    known = person_name(by.person)
    name, post = " ".join((known if known != by.person else name).split()), " ".join(post.split())
    if not 0 < len(name) <= MOST_LETTERS:
        raise refusal("no_name", f"Enter the name of whoever signs, in at most {MOST_LETTERS} characters.")
    if not 0 < len(post) <= MOST_LETTERS:
        raise refusal(
            "no_post",
            f"Enter the post in which you sign, such as Accountable Officer, in at most {MOST_LETTERS} characters.",
        )
    return {"name": name, "post": post}


def _require_signable(found: Application) -> None:
    """A draft can be signed; and what was submitted again, after an assessor asked for a change."""
    reopened = found.change_requests.filter(closed_at__isnull=True).exists()
    if found.state != DRAFT and not reopened:
        raise refusal("wrong_state", "This has been submitted, so it cannot be signed any more.")
