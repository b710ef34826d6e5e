"""Texts as anybody reads them: versions, clauses with their rules in words, what was done with each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from remit.constitutions.models import CONSTITUTION, DOCUMENTS, STANDING_ORDERS, Clause, Text, TextStep
from remit.constitutions.rules import BODY_KINDS, layers_on, motion_kinds
from remit.constitutions.states import DRAFT, TEXT_WORDS
from remit.engines.constitution import (
    Clash,
    ConsultationRule,
    Layer,
    NoticeRule,
    Quorum,
    RulesFor,
    Stated,
    Unit,
    Written,
    clashes,
    contradictions,
    read_rules,
    rule_words,
    rules_for,
)
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.canonical import canonical_json, sha256_hex
from remit.register.queries import kinds_on, names_on

LAYER_OF = {CONSTITUTION: Layer.CONSTITUTION, STANDING_ORDERS: Layer.STANDING_ORDERS}


@dataclass(frozen=True)
class TextRow:
    """A version, without its clauses. `until_on` is the last day on which it counts; None while it does."""

    id: str
    body: str
    body_name: str
    document: str
    document_name: str
    title: str
    purpose: str
    state: str
    state_name: str
    number: int | None
    agreed_on: date | None
    approved_on: date | None
    in_force_on: date | None
    sha256: str
    based_on: str
    drafted_at: datetime


@dataclass(frozen=True)
class RuleRow:
    """A rule that a clause carries: its kind, in words, for which kinds of motion, and as it is kept."""

    kind: str
    words: str
    motions: tuple[str, ...]
    raw: Mapping[str, Any]


@dataclass(frozen=True)
class ClauseRow:
    """A clause and its rules."""

    number: str
    heading: str
    words: str
    rules: tuple[RuleRow, ...]


@dataclass(frozen=True)
class StepRow:
    """Something that was done with a text."""

    verb: str
    state: str
    on: date
    words: str
    origin: str
    origin_ref: str
    source: str
    done_at: datetime


@dataclass(frozen=True)
class TextPage:
    """A version with its clauses, its steps, and the contradictions that keep it from being put forward."""

    row: TextRow
    clauses: tuple[ClauseRow, ...]
    steps: tuple[StepRow, ...]
    contradictions: tuple[str, ...]

    @property
    def written(self) -> tuple[Written, ...]:
        """All rules."""
        return tuple(
            rule for each in self.clauses for rule in read_rules(each.number, [row.raw for row in each.rules])
        )


def digest_of(clauses: Iterable[Clause]) -> str:
    """What a text says, whole, as a SHA-256 over its clauses."""
    said: list[Any] = [[each.number, each.heading, each.words, each.rules] for each in clauses]
    return sha256_hex(canonical_json(said))


def in_force(body: str, on: date, document: str = CONSTITUTION) -> Text | None:
    """The version that counts on a day."""
    rows = Text.objects.filter(body=body, document=document, in_force_on__lte=on)
    return rows.order_by("in_force_on", "number").last()


def text_on(body: str, on: date, document: str = CONSTITUTION) -> TextPage | None:
    """The version that counts on a day, with its clauses."""
    found = in_force(body, on, document)
    return _page(found) if found else None


def text_page(text: str, by: Actor) -> TextPage | None:
    """One version; a draft is read by those of its body only."""
    found = Text.objects.filter(pk=text).first()
    if found is None or (
        found.state == DRAFT and not may(by, Permission.KEEP_CONSTITUTION, found.body_id).allowed
    ):
        return None
    return _page(found)


def texts_of(body: str, by: Actor, at: datetime) -> tuple[TextRow, ...]:
    """Every version of a body's texts, the latest first; drafts for those of the body only."""
    rows = Text.objects.filter(body=body, drafted_at__lte=at)
    if not may(by, Permission.KEEP_CONSTITUTION, body).allowed:
        rows = rows.exclude(state=DRAFT)
    return tuple(_rows(list(rows.order_by("document", "-number", "-drafted_at"))))


def bodies_with_texts(on: date) -> tuple[TextRow, ...]:
    """The constitution that counts on a day, of every body with members that has one and is open, by name."""
    latest: dict[str, Text] = {}
    rows = Text.objects.filter(document=CONSTITUTION, in_force_on__lte=on).order_by("in_force_on", "number")
    for found in rows:
        latest[found.body_id] = found
    kinds = kinds_on(latest, on)
    latest = {body: found for body, found in latest.items() if kinds.get(body) in BODY_KINDS}
    return tuple(sorted(_rows(list(latest.values())), key=lambda row: (row.body_name, row.body)))


def written_on(body: str, on: date) -> tuple[Written, ...]:
    """The rules of the constitution in force on a day; none where there is none."""
    found = in_force(body, on)
    if found is None:
        return ()
    clauses = Clause.objects.filter(text=found)
    return tuple(rule for each in clauses for rule in read_rules(each.number, each.rules))


def rules_of_motion(body: str, motion: str, on: date) -> RulesFor:
    """The rules for a kind of motion, of the version in force on a day."""
    return rules_for(motion, written_on(body, on))


def rules_of_text(text: str | None, motion: str) -> RulesFor:
    """The rules for a kind of motion, of one version; the usual ones of meetings where there is none."""
    clauses = Clause.objects.filter(text_id=text) if text else ()
    return rules_for(motion, tuple(rule for each in clauses for rule in read_rules(each.number, each.rules)))


def clashes_of(body: str, on: date) -> tuple[Clash, ...]:
    """Where law, guidance, the constitution and standing orders of a day cannot all be kept."""
    stated = list(layers_on(on))
    for document, layer in LAYER_OF.items():
        found = in_force(body, on, document)
        for each in Clause.objects.filter(text=found) if found else ():
            for rule in read_rules(each.number, each.rules):
                stated += _stated(rule, layer)
    return clashes(stated)


def _stated(written: Written, layer: Layer) -> list[Stated]:
    """The number that a rule states, where law or guidance may state one too."""
    rule, of = written.rule, ", ".join(written.motions)
    kind = f"{written.kind} ({of})" if of and layer is not Layer.GUIDANCE else written.kind
    if isinstance(rule, ConsultationRule):
        return [Stated("consultation", Fraction(rule.days), layer, written.clause)]
    if isinstance(rule, NoticeRule):
        return [Stated(kind, Fraction(rule.days), layer, written.clause)]
    if isinstance(rule, Quorum) and rule.share is not None and rule.unit is Unit.VOTERS:
        return [Stated("quorum", rule.share, layer, written.clause)]
    return []


def _page(found: Text) -> TextPage:
    clauses = tuple(
        ClauseRow(each.number, each.heading, each.words, _rule_rows(each))
        for each in Clause.objects.filter(text=found)
    )
    page = TextPage(next(iter(_rows([found]))), clauses, tuple(_steps(found)), ())
    against = tuple(each.words for each in contradictions(page.written))
    return TextPage(page.row, clauses, page.steps, against)


def _rule_rows(each: Clause) -> tuple[RuleRow, ...]:
    kinds = motion_kinds()
    return tuple(
        RuleRow(
            rule.kind,
            rule_words(rule.rule),
            tuple(kinds[code].name if code in kinds else code for code in rule.motions),
            raw,
        )
        for rule, raw in zip(read_rules(each.number, each.rules), each.rules, strict=True)
    )


def _steps(found: Text) -> list[StepRow]:
    return [
        StepRow(
            each.verb,
            TEXT_WORDS[each.state],
            each.on,
            each.words,
            each.origin,
            each.origin_ref,
            each.source,
            each.done_at,
        )
        for each in TextStep.objects.filter(text=found)
    ]


def _rows(found: list[Text]) -> list[TextRow]:
    names: dict[str, str] = {}
    for on in {each.in_force_on or each.drafted_at.date() for each in found}:
        codes = {each.body_id for each in found if (each.in_force_on or each.drafted_at.date()) == on}
        names |= names_on(codes, on)
    return [
        TextRow(
            each.pk,
            each.body_id,
            names.get(each.body_id, each.body_id),
            each.document,
            DOCUMENTS[each.document],
            each.title,
            each.purpose,
            each.state,
            TEXT_WORDS[each.state],
            each.number,
            each.agreed_on,
            each.approved_on,
            each.in_force_on,
            each.sha256,
            each.based_on_id or "",
            each.drafted_at,
        )
        for each in found
    ]
