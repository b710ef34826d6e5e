"""Agreements: issued to the commissioner, returned signed, signed by NHS England."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction

from remit.delegation.actions.arranging import AGREEMENT, bring_on
from remit.delegation.actions.chain import require_no_interest_in
from remit.delegation.actions.finding import refusal
from remit.delegation.models import Agreement, Application
from remit.delegation.queries.agreements import standing_of
from remit.delegation.queries.committees import committee_ready
from remit.delegation.queries.publicity import public_decisions
from remit.delegation.rules import levels
from remit.delegation.states import APPROVED, ISSUED, RETURNED, SIGNED, agreement_may, agreement_state
from remit.documents.models import Document
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.decision import require
from remit.kernel.moments import london_day
from remit.ledger.actions import record

MOST_AT_ONCE = 500


@transaction.atomic
def issue_agreements(
    *,
    applications: Collection[str],
    term_last_on: date | None = None,
    document: str = "",
    by: Actor,
    at: datetime,
) -> Sequence[Agreement]:
    """Issue an agreement for each of some approved applications. Issuing again gives the same ones.

    `term_last_on` is the last day of the term, if it has one; `document` the agreement's text, without which none is
    issued. All of them or none.
    Raises `Refused`: ``not_permitted``, ``nothing_chosen``, ``not_found``, ``conflicted``, ``wrong_state``,
    ``not_announced``, ``no_agreement_needed`` at a level without one, ``wrong_dates``, ``no_text``.
    """
    require(may(by, Permission.RUN_ROUNDS))
    text = kept_document(document)
    found = _applications(applications)
    require_no_interest_in([each.commissioner_id for each in found], by, at)
    earlier = {each.application_id: each for each in Agreement.objects.filter(application__in=found)}
    new = [each for each in found if each.pk not in earlier]
    _require_issuable(new, term_last_on, at)
    if new and text is None:
        raise refusal("no_text", "Write the text of the agreement, or send it as a file.", AGREEMENT)
    made = {
        each.pk: Agreement.objects.create(
            application=each,
            commissioner_id=each.commissioner_id,
            level=each.round.level,
            groups=each.round.groups,
            state=ISSUED,
            term_last_on=term_last_on,
            document=text,
            issued_at=at,
            issued_by=by.person,
        )
        for each in new
    }
    if made:
        _record_batch("agreement.issued", list(made.values()), by, at)
    return [made.get(each.pk) or earlier[each.pk] for each in found]


@transaction.atomic
def return_agreement(
    *, agreement: str, signed_as: str, terms_of_reference: str = "", by: Actor, at: datetime
) -> Agreement:
    """The commissioner signs and returns its agreement, with the committee's terms of reference where the level
    has a joint committee. The very same return again changes nothing.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``, ``no_post``, ``no_terms_of_reference``.
    """
    found = locked_agreement(agreement)
    require(may(by, Permission.APPLY, found.commissioner_id))
    terms = kept_document(terms_of_reference)
    if _is_repeated(found, signed_as, terms, by):
        return found
    require(agreement_may("return", state_of(found, at)))
    found.returned_as = _post(signed_as)
    found.terms_of_reference = terms
    if "joint_committee" in levels()[found.level].needs and found.terms_of_reference is None:
        raise refusal(
            "no_terms_of_reference", "Send the joint committee's terms of reference with it.", AGREEMENT
        )
    found.state, found.returned_at, found.returned_by = RETURNED, at, by.person
    found.save(update_fields=["state", "returned_at", "returned_by", "returned_as", "terms_of_reference"])
    _record_batch("agreement.returned", [found], by, at)
    return found


@transaction.atomic
def sign_agreements(
    *, agreements: Collection[str], signed_as: str, by: Actor, at: datetime
) -> Sequence[Agreement]:
    """NHS England signs agreements that were returned: powers come on on each round's day, or today if that has
    gone by. All of them or none; signing again changes nothing.

    Raises `Refused`: ``not_permitted``, ``nothing_chosen``, ``not_found``, ``conflicted``, ``no_post``,
    ``wrong_state``, ``same_person`` as signed for the commissioner, ``no_joint_committee`` or
    ``one_side_missing`` at a level that needs a committee, ``no_commissioner``, ``already_held``.
    """
    require(may(by, Permission.RUN_ROUNDS))
    post = _post(signed_as)
    found = _agreements(agreements)
    require_no_interest_in([each.commissioner_id for each in found], by, at)
    new = [each for each in found if each.signed_at is None]
    for each in new:
        _require_signable(each, by, at)
        applied = _applied(each)
        each.arrangement = bring_on(applied, by, at, last_on=each.term_last_on)
        each.effective_on = max(applied.round.effective_on, london_day(at))
        each.state, each.signed_at, each.signed_by, each.signed_as = SIGNED, at, by.person, post
        each.save(
            update_fields=["arrangement", "effective_on", "state", "signed_at", "signed_by", "signed_as"]
        )
    if new:
        _record_batch("agreement.signed", new, by, at)
    return found


def locked_agreement(agreement: str) -> Agreement:
    """The agreement, locked until the transaction ends. Raises `Refused` with ``not_found``."""
    return _agreements([agreement])[0]


def state_of(found: Agreement, at: datetime) -> str:
    """The state of an agreement at an instant."""
    return agreement_state(standing_of(found), london_day(at))


def kept_document(document: str) -> Document | None:
    """A document by its id; None where none is said. Raises `Refused` with ``no_document``."""
    if not document:
        return None
    found = Document.objects.filter(pk=document).first()
    if found is None:
        raise refusal("no_document", "There is no such document. Send the file again.")
    return found


def said_of(found: Agreement) -> dict[str, object]:
    """What the ledger says of an agreement."""
    return {
        "agreement": found.pk,
        "commissioner": found.commissioner_id,
        "level": found.level,
        "groups": found.groups,
        "effective_on": found.effective_on.isoformat() if found.effective_on else None,
    }


def _post(said: str) -> str:
    post = " ".join(said.split())
    if not 0 < len(post) <= 200:
        raise refusal("no_post", "Enter the post of who signs, at most 200 characters.", AGREEMENT)
    return post


def _is_repeated(found: Agreement, signed_as: str, terms: Document | None, by: Actor) -> bool:
    """Whether the same person returned it already, in the same words and with the same file."""
    return (
        found.returned_at is not None
        and found.returned_by == by.person
        and found.returned_as == " ".join(signed_as.split())
        and _content_of(found.terms_of_reference) == _content_of(terms)
    )


def _content_of(document: Document | None) -> str:
    return document.sha256 if document else ""


def _chosen(ids: Collection[str]) -> list[str]:
    chosen = sorted(set(ids))
    if not 0 < len(chosen) <= MOST_AT_ONCE:
        raise refusal("nothing_chosen", f"Select at least one, and at most {MOST_AT_ONCE}.", AGREEMENT)
    return chosen


def _applications(ids: Collection[str]) -> list[Application]:
    chosen = _chosen(ids)
    found = list(
        Application.objects.select_for_update(of=("self",))
        .select_related("round")
        .filter(pk__in=chosen)
        .order_by("pk")
    )
    if len(found) != len(chosen):
        raise refusal("not_found", "There is no such application.")
    return found


def _agreements(ids: Collection[str]) -> list[Agreement]:
    chosen = _chosen(ids)
    found = list(
        Agreement.objects.select_for_update(of=("self",))
        .select_related("application__round", "arrangement")
        .prefetch_related("notices")
        .filter(pk__in=chosen)
        .order_by("pk")
    )
    if len(found) != len(chosen):
        raise refusal("not_found", "There is no such agreement.")
    return found


def _applied(found: Agreement) -> Application:
    """Its application: only what was taken over has none, and that is signed already."""
    if found.application is None:
        raise refusal("wrong_state", "A successor took it over, signed.", AGREEMENT)
    return found.application


def _require_issuable(wanted: list[Application], term_last_on: date | None, at: datetime) -> None:
    public = set(
        public_decisions(at)
        .filter(application__in=wanted, outcome=APPROVED)
        .values_list("application_id", flat=True)
    )
    for each in wanted:
        who = each.commissioner_id
        if each.state != APPROVED:
            raise refusal(
                "wrong_state",
                f"{who}: only what is approved, with every condition met, is agreed.",
                AGREEMENT,
            )
        if each.pk not in public:
            raise refusal("not_announced", f"{who}: announce the approval first.", AGREEMENT)
        if "agreement" not in levels()[each.round.level].needs:
            raise refusal(
                "no_agreement_needed", f"{who}: {levels()[each.round.level].title} needs none.", AGREEMENT
            )
        if term_last_on is not None and term_last_on < each.round.effective_on:
            raise refusal("wrong_dates", f"{who}: the term would end before it begins.", AGREEMENT)


def _require_signable(found: Agreement, by: Actor, at: datetime) -> None:
    require(agreement_may("sign", state_of(found, at)))
    if found.returned_by == by.person:
        raise refusal(
            "same_person", "Who signed for the commissioner cannot sign for NHS England.", AGREEMENT
        )
    effective_on = max(_applied(found).round.effective_on, london_day(at))
    require(committee_ready(found.commissioner_id, found.level, effective_on, at))


def _record_batch(act: str, made: list[Agreement], by: Actor, at: datetime) -> None:
    one = len(made) == 1
    record(
        act=act,
        by=by,
        at=at,
        subject=f"agreement/{made[0].pk}" if one else f"round/{_applied(made[0]).round_id}",
        under=AGREEMENT,
        details=said_of(made[0]) if one else {"agreements": [said_of(each) for each in made]},
    )
