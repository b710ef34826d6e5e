"""An application by its sections: for those who fill it in, and for everybody once it is submitted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from remit.delegation.queries import ApplicationPage as Found
from remit.delegation.rules import Question, Section
from remit.web.delegation.pages.filling import (
    LineItem,
    line_words,
    may_fill,
    question_href,
    statement_words,
    totals_of,
)
from remit.web.delegation.words import NOT_ASKED, answer_words
from remit.web.pages import Page


@dataclass(frozen=True)
class Answered:
    """A question with its answer: words, or lines of a table with what they come to. `lacking`: what is missing."""

    code: str
    question: str
    answer: str
    lines: tuple[LineItem, ...]
    totals: tuple[str, ...]
    is_gap: bool
    lacking: str
    href: str
    document_href: str


@dataclass(frozen=True)
class Part:
    """A section with its questions."""

    code: str
    title: str
    answers: tuple[Answered, ...]


@dataclass(frozen=True, kw_only=True)
class SectionPage(Page):
    """One section of a draft. `go_on_href`: the next question to answer; empty where all are."""

    part: Part
    is_both: bool
    go_on_href: str
    back_href: str


def parts_of(found: Found, documents: Mapping[str, str], *, may_change: bool) -> tuple[Part, ...]:
    """Every section with what the reader may know of it."""
    made = (part_of(found, section, documents, may_change=may_change) for section in found.form.sections)
    return tuple(part for part in made if part.answers)


def part_of(found: Found, section: Section, documents: Mapping[str, str], *, may_change: bool) -> Part:
    """One section. Without `may_change` only what is answered is shown."""
    answers = (
        _answered(found, each, documents, may_change=may_change)
        for each in found.asked
        if each.section == section.code
    )
    return Part(
        section.code,
        section.title,
        tuple(each for each in answers if may_change or each.answer or each.lines),
    )


def _answered(found: Found, each: Question, documents: Mapping[str, str], *, may_change: bool) -> Answered:
    rows = found.lines.get(each.code, ())
    document = rows[0].values["document"] if rows and each.kind == "statement" else ""
    said = str(found.answers.get(each.code, ""))
    words = answer_words(each, said) if said else ""
    return Answered(
        code=each.code,
        question=each.question,
        answer=statement_words(found, each, documents.get(document, ""))
        if each.kind == "statement"
        else words,
        lines=tuple(line_words(found, each, row) for row in rows) if each.kind == "rows" else (),
        totals=totals_of(found, each) if each.kind == "rows" else (),
        is_gap=each.code == "evidence" and said == NOT_ASKED,
        lacking=found.lacking.get(each.code, "") if rows or said else "",
        href=question_href(found, each) if may_change and may_fill(found, each) else "",
        document_href=reverse("application_document", args=[found.row.id, document]) if document else "",
    )


def section_page(found: Found, section: Section, documents: Mapping[str, str]) -> SectionPage:
    """One section of a draft."""
    part = part_of(found, section, documents, may_change=True)
    waiting = [
        each
        for each in found.asked
        if each.section == section.code and each.code in found.lacking and may_fill(found, each)
    ]
    return SectionPage(
        title=section.title,
        section=f"Application for Level {found.row.level}",
        part=part,
        is_both=section.by == "both",
        go_on_href=question_href(found, waiting[0]) if waiting else "",
        back_href=reverse("application", args=[found.row.id]),
    )
