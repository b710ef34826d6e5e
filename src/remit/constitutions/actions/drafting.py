"""Writing a text: a first one, or an amendment that begins as the text in force."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from remit.constitutions.actions.finding import (
    MOST_WORDS,
    locked,
    refusal,
    require_body,
    words_of,
)
from remit.constitutions.models import CONSTITUTION, DOCUMENTS, Clause, Text
from remit.constitutions.queries.texts import in_force
from remit.constitutions.rules import ModelAmendment, model_amendments, motion_kinds
from remit.constitutions.states import DRAFT
from remit.engines.constitution import NotARule, read_rules
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.canonical import canonical_json, sha256_hex
from remit.kernel.decision import require
from remit.kernel.moments import london_day
from remit.ledger.actions import commit_to, record
from remit.ledger.actions.refusing import noting_refusals

NUMBER = re.compile(r"\d{1,3}[A-Z]?(\.\d{1,3}[a-z]?){0,4}", re.ASCII)
UNDER = "A draft is its body's own until it is put to the members"


@noting_refusals(about="body", kind="organisation")
@transaction.atomic
def draft_text(
    *,
    body: str,
    title: str,
    purpose: str = "",
    document: str = CONSTITUTION,
    model: str = "",
    by: Actor,
    at: datetime,
) -> Text:
    """Begin a text: a copy of the one in force, or an empty first one; with the clauses of a model amendment, if
    `model` names one. Its body has one draft of a document at a time; beginning it again gives the same.

    Raises `Refused`: ``not_permitted``, ``not_a_body``, ``no_such_document``, ``no_such_model``, ``no_words``,
    ``other_draft``.
    """
    require(may(by, Permission.KEEP_CONSTITUTION, body))
    require_body(body, london_day(at))
    if document not in DOCUMENTS:
        raise refusal("no_such_document", f"Choose one of: {', '.join(DOCUMENTS)}.")
    if model and model not in model_amendments():
        raise refusal("no_such_model", f"Choose one of: {', '.join(model_amendments())}.")
    title, purpose = words_of(title, "a title", most=200), purpose.strip()[:MOST_WORDS]
    earlier = Text.objects.select_for_update().filter(body=body, document=document, state=DRAFT).first()
    if earlier is not None:
        if (earlier.title, earlier.purpose) == (title, purpose):
            return earlier
        raise refusal("other_draft", f"There is a draft already: “{earlier.title}”. Withdraw it first.")
    base = in_force(body, london_day(at), document)
    made = Text.objects.create(
        body_id=body,
        document=document,
        title=title,
        purpose=purpose,
        based_on=base,
        drafted_at=at,
        drafted_by=by.person,
    )
    _copy(base, made, model_amendments()[model] if model else None)
    record(
        act="text.drafted",
        by=by,
        at=at,
        subject=f"text/{made.pk}",
        under=UNDER,
        details={"body": body, "document": document, "model": model, "based_on": base.pk if base else ""},
    )
    return made


@noting_refusals(about="text", kind="text")
@transaction.atomic
def write_clause(
    *,
    text: str,
    number: str,
    heading: str,
    words: str,
    rules: Sequence[Mapping[str, Any]] = (),
    by: Actor,
    at: datetime,
) -> Clause:
    """Write one clause of a draft, over what it said before. The same again changes nothing.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``, ``wrong_number``, ``no_words``,
    ``not_a_rule``, ``no_such_motion``.
    """
    held = _own_draft(text, by)
    if not NUMBER.fullmatch(number):
        raise refusal("wrong_number", "Write the clause's number like 8 or 8.2 or 12.4a.")
    kept = {
        "heading": " ".join(heading.split())[:200],
        "words": _clause_words(words),
        "rules": [dict(each) for each in rules],
        "order": order_of(number),
    }
    _require_rules(number, rules)
    found = Clause.objects.filter(text=held, number=number).first()
    if found is not None and {name: getattr(found, name) for name in kept} == kept:
        return found
    made, _ = Clause.objects.update_or_create(text=held, number=number, defaults=kept)
    said = canonical_json([number, kept["heading"], kept["words"], kept["rules"]])
    _record(
        held, "text.clause_written", number, commit_to(sha256_hex(said), concerning=f"text/{held.pk}"), by, at
    )
    return made


@noting_refusals(about="text", kind="text")
@transaction.atomic
def strike_clause(*, text: str, number: str, by: Actor, at: datetime) -> Text:
    """Take a clause out of a draft. Again changes nothing.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``.
    """
    held = _own_draft(text, by)
    if Clause.objects.filter(text=held, number=number).delete()[0]:
        _record(held, "text.clause_struck", number, "", by, at)
    return held


def order_of(number: str) -> str:
    """A clause's number padded, so that 8.10 comes after 8.9."""
    return re.sub(r"\d+", lambda found: found[0].zfill(4), number)


def _record(held: Text, act: str, number: str, said: str, by: Actor, at: datetime) -> None:
    record(
        act=act,
        by=by,
        at=at,
        subject=f"text/{held.pk}",
        under=UNDER,
        details={"body": held.body_id, "clause": number, **({"said": said} if said else {})},
    )


def _own_draft(text: str, by: Actor) -> Text:
    held = locked(text)
    require(may(by, Permission.KEEP_CONSTITUTION, held.body_id))
    if held.state != DRAFT:
        raise refusal("wrong_state", "It has been put forward, so its words stand. Begin another draft.")
    return held


def _clause_words(words: str) -> str:
    words = "\n".join(line.rstrip() for line in words.strip().splitlines())
    if not 0 < len(words) <= MOST_WORDS:
        raise refusal("no_words", f"Enter what the clause says, at most {MOST_WORDS:,} characters.")
    return words


def _require_rules(number: str, rules: Sequence[Mapping[str, Any]]) -> None:
    try:
        written = read_rules(number, rules)
    except NotARule as wrong:
        raise refusal("not_a_rule", str(wrong), f"Clause {number}") from None
    unknown = {motion for each in written for motion in each.motions} - set(motion_kinds())
    if unknown:
        message = f"There is no kind of motion “{min(unknown)}”. There are: {', '.join(motion_kinds())}."
        raise refusal("no_such_motion", message, f"Clause {number}")


def _copy(base: Text | None, made: Text, model: ModelAmendment | None) -> None:
    found: dict[str, Clause] = {}
    if base is not None:
        for each in Clause.objects.filter(text=base):
            found[each.number] = Clause(
                text=made,
                number=each.number,
                order=each.order,
                heading=each.heading,
                words=each.words,
                rules=each.rules,
            )
    for given in model.clauses if model else ():
        found[given.number] = Clause(
            text=made,
            number=given.number,
            order=order_of(given.number),
            heading=given.heading,
            words=given.words,
            rules=[dict(each) for each in given.rules],
        )
    Clause.objects.bulk_create(found.values())
