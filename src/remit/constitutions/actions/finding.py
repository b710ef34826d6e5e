"""What the acts share: refusals, a text locked for the length of the act, and its next step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from remit.constitutions.models import Clause, Text, TextStep
from remit.constitutions.rules import BODIES, BODY_KINDS
from remit.constitutions.states import TEXT_STEPS, text_may
from remit.engines.constitution import NotARule, Written, read_rules
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.decision import Reason, Refused, require
from remit.kernel.moments import london_day
from remit.ledger.actions import record
from remit.register.queries import kind_on

CLAUSE = "The constitution of the body, and how it is amended"
MOST_WORDS = 20_000


def refusal(code: str, message: str, clause: str = CLAUSE) -> Refused:
    """A refusal for one reason."""
    return Refused(Reason(code, message, clause))


def locked(text: str) -> Text:
    """The text, locked until the transaction ends. Raises `Refused` with ``not_found``."""
    found = Text.objects.select_for_update(of=("self",)).filter(pk=text).first()
    if found is None:
        raise refusal("not_found", "There is no such text.")
    return found


def require_body(code: str, on: date) -> None:
    """Refuse with ``not_a_body`` what has no members of its own on a day."""
    if kind_on(code, on) not in BODY_KINDS:
        kinds = ", ".join(name.lower() for name in BODIES.values())
        raise refusal("not_a_body", f"{code} has no members that decide. Bodies that have: {kinds}.")


def take_step(
    held: Text,
    verb: str,
    *,
    by: Actor,
    at: datetime,
    on: date | None = None,
    words: str = "",
    origin: str = "by_hand",
    origin_ref: str = "",
    source: str = "",
    details: Mapping[str, object] | None = None,
) -> Text:
    """Take a text one step on, once permission and state allow, and write it down. Keeps what was set on `held`."""
    way = next(each for each in TEXT_STEPS if each.verb == verb)
    require(may(by, way.permission, held.body_id if way.permission is Permission.KEEP_CONSTITUTION else ""))
    require(text_may(verb, held.state))
    held.state, on = way.after, on or london_day(at)
    held.save()
    TextStep.objects.create(
        text=held,
        verb=verb,
        state=way.after,
        on=on,
        words=words,
        origin=origin,
        origin_ref=origin_ref,
        source=source,
        done_at=at,
        done_by=by.person,
    )
    record(
        act=f"text.{way.after}",
        by=by,
        at=at,
        subject=f"text/{held.pk}",
        under=way.clause,
        details={
            "body": held.body_id,
            "document": held.document,
            "verb": verb,
            "on": on.isoformat(),
            "sha256": held.sha256,
            "origin": origin,
            "origin_ref": origin_ref,
            **(details or {}),
        },
    )
    return held


def clauses_of(held: Text) -> list[Clause]:
    """Its clauses, in their order."""
    return list(Clause.objects.filter(text=held))


def written_in(clauses: Sequence[Clause]) -> tuple[Written, ...]:
    """The rules that clauses carry. Raises `Refused` with ``not_a_rule``."""
    try:
        return tuple(rule for each in clauses for rule in read_rules(each.number, each.rules))
    except NotARule as wrong:
        raise refusal("not_a_rule", str(wrong)) from None


def words_of(text: str, what: str, *, most: int = 300) -> str:
    """Words on one line. Raises `Refused` with ``no_words``."""
    text = " ".join(text.split())
    if not 0 < len(text) <= most:
        raise refusal("no_words", f"Enter {what}, at most {most:,} characters.")
    return text
