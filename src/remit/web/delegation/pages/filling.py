"""The full form: its task list and sections, the lines of a table, a statement, and both signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.urls import reverse

from remit.delegation.queries import ApplicationPage as Found
from remit.delegation.queries import LineRow, SignatureRow
from remit.delegation.queries.contents import pounds
from remit.delegation.queries.signatures import LOCAL_OFFICE, SIDE_WORDS, SIDES
from remit.delegation.rules import BOTH, Question, Section
from remit.kernel.names import readable_name
from remit.web.delegation.pages.mandates import Notice
from remit.web.delegation.words import answer_words, plain_number
from remit.web.formats import nhs_moment
from remit.web.pages import Page, Problem
from remit.web.register.words import capital
from remit.web.tables import Cell, Column, Table

NOTHING_SAID = "Answer this question."


@dataclass(frozen=True)
class Task:
    """A section in the task list."""

    title: str
    href: str
    tag: Cell
    note: str


@dataclass(frozen=True)
class Lack:
    """A question that is not wholly answered, with where to answer it; empty where the other side does."""

    question: str
    what: str
    href: str


@dataclass(frozen=True)
class LineItem:
    """A line of a table in words, with where to change it and where to take it off."""

    title: str
    said: tuple[str, ...]
    is_gap: bool
    change_href: str
    remove_href: str


@dataclass(frozen=True, kw_only=True)
class LinesPage(Page):
    """The lines that answer a question. `add`: what the button adds and where it leads; empty for a fixed table."""

    question: Question
    lines: tuple[LineItem, ...]
    lacking: str
    said: tuple[str, ...]
    add: str
    add_href: str
    next_href: str
    back_href: str


@dataclass(frozen=True, kw_only=True)
class LinePage(Page):
    """One line, or a statement. `columns` are its fields in order; `document` is the one that is kept, if any."""

    form: forms.Form
    columns: tuple[Question, ...]
    hint: str
    document: str
    takes_file: bool
    back_href: str


@dataclass(frozen=True, kw_only=True)
class RemovePage(Page):
    """Before a line is taken off."""

    line: LineItem
    back_href: str


@dataclass(frozen=True, kw_only=True)
class SignaturePage(Page):
    """Signing, for one of the two sides, in one's `name`."""

    side: str
    name: str
    missing: tuple[str, ...]
    table: Table
    voided: Table | None
    form: forms.Form
    is_signed: bool
    lacking: tuple[Lack, ...]
    others: tuple[str, ...]
    losses: tuple[Notice, ...]
    back_href: str


def is_long(found: Found) -> bool:
    """Whether the form has sections to go through, and not just a few questions."""
    return len(found.form.sections) > 1


def may_fill(found: Found, question: Question) -> bool:
    """Whether the reader's side fills a question in."""
    return found.side == "commissioner" or (bool(found.side) and question.by == BOTH)


def tasks_of(found: Found) -> tuple[Task, ...]:
    """Every section with how far it is."""
    return tuple(_task(found, section) for section in found.form.sections if _asked(found, section))


def _who(found: Found, section: Section) -> str:
    """Who fills a section in, said to whoever reads it."""
    if found.side == LOCAL_OFFICE:
        together = section.by == BOTH
        return (
            "You and the commissioner fill this in together" if together else "The commissioner fills this in"
        )
    return "You and NHS England's local office fill this in together" if section.by == BOTH else ""


def lacks_of(found: Found) -> tuple[Lack, ...]:
    """What is still missing, question by question, in order."""
    return tuple(
        Lack(
            each.question,
            "" if found.lacking[each.code] == NOTHING_SAID else found.lacking[each.code],
            question_href(found, each) if may_fill(found, each) else "",
        )
        for each in found.unanswered
    )


def others_of(found: Found) -> tuple[str, ...]:
    """The sections that only the other side can finish, where the reader cannot."""
    waiting = {each.section for each in found.unanswered if not may_fill(found, each)}
    return tuple(each.title for each in found.form.sections if each.code in waiting)


def _asked(found: Found, section: Section) -> list[Question]:
    return [each for each in found.asked if each.section == section.code]


def _task(found: Found, section: Section) -> Task:
    asked = _asked(found, section)
    missing = [each for each in asked if each.code in found.lacking]
    begun = any(found.answers.get(each.code) or found.lines.get(each.code) for each in asked)
    state = Cell("In progress", colour="blue") if begun else Cell("Not started", colour="grey")
    return Task(
        section.title,
        reverse("application_section", args=[found.row.id, section.code]),
        Cell("Completed", colour="green") if not missing else state,
        _who(found, section),
    )


def line_words(found: Found, question: Question, row: LineRow) -> LineItem:
    """A line in words, as everybody reads it."""
    table = found.form.table_of(question)
    first, *others = table.columns
    said = [
        f"{each.question}: {answer_words(each, row.values[each.code])}"
        for each in others
        if row.values[each.code]
    ]
    gap = ""
    if table.code == "duties" and row.values["pence"] == "0" and float(row.values["wte"]) == 0:
        gap = "Unfunded: no money and nobody comes with this duty"
    if table.code == "capacity":
        short = float(row.values["wte_needed"]) - float(row.values["wte_now"])
        gap = f"{plain_number(f'{short:.2f}')} more people needed" if short > 0 else ""
    if table.code == "benefits" and not row.values["indicator"]:
        gap = "Not measured"
    args = [found.row.id, question.code, row.id]
    return LineItem(
        answer_words(first, row.values[first.code]),
        (*([gap] if gap else []), *said),
        bool(gap),
        reverse("application_line", args=args),
        reverse("remove_line", args=args),
    )


def totals_of(found: Found, question: Question) -> tuple[str, ...]:
    """What the lines come to, in words: the duties that are unfunded, the people missing, the benefits not measured."""
    rows = found.lines.get(question.code, ())
    if not rows:
        return ()
    if question.table == "duties":
        return _duties(found, question, rows)
    if question.table == "capacity":
        now, needed = (sum(float(row.values[name]) for row in rows) for name in ("wte_now", "wte_needed"))
        people = [plain_number(f"{each:.2f}") for each in (now, needed, needed - now)]
        return (f"{people[0]} people now, {people[1]} needed: a gap of {people[2]} whole-time equivalents.",)
    if question.table == "benefits":
        unmeasured = sum(not row.values["indicator"] for row in rows)
        return (f"{unmeasured} of {len(rows)} benefits not measured.",)
    return ()


def _duties(found: Found, question: Question, rows: Sequence[LineRow]) -> tuple[str, ...]:
    unfunded = sum(row.values["pence"] == "0" and float(row.values["wte"]) == 0 for row in rows)
    total, gap = (sum(int(row.values[name]) for row in rows) for name in ("pence", "gap_pence"))
    budget = found.answers.get(question.sums_to, "")
    said = [f"{unfunded} of {len(rows)} duties unfunded.", f"Together they have {pounds(total)} a year."]
    if budget == "0":
        said.append("No resources passed: no running-cost budget comes with the delegation.")
    elif budget:
        same = "the same as" if int(budget) == total else "not the same as"
        said.append(f"That is {same} the running-cost budget of {pounds(int(budget))}.")
    if gap:
        said.append(f"{pounds(gap)} a year is still missing.")
    return tuple(said)


def statement_words(found: Found, question: Question, document: str) -> str:
    """A statement in words, with the name of its document."""
    rows = found.lines.get(question.code, ())
    if not rows:
        return ""
    columns = found.form.table_of(question).columns
    said = [answer_words(each, rows[0].values[each.code]) for each in columns if rows[0].values[each.code]]
    return "\n".join([*said, *([f"Document: {document}"] if document else [])])


def lines_page(found: Found, question: Question) -> LinesPage:
    """The lines of a table of a draft; for one that is fixed, a line for each of its kinds."""
    table = found.form.table_of(question)
    rows = found.lines.get(question.code, ())
    items = [line_words(found, question, row) for row in rows]
    if question.is_every:
        items = _every(found, question, rows)
    lines = reverse("application_lines", args=[found.row.id, question.code])
    return LinesPage(
        title=question.question,
        section=f"Application for Level {found.row.level}",
        question=question,
        lines=tuple(items),
        lacking="" if not rows else found.lacking.get(question.code, ""),
        said=totals_of(found, question),
        add="" if question.is_every else f"Add a {table.one}" if rows else f"Add the first {table.one}",
        add_href=f"{lines}new/",
        next_href=after_href(found, question),
        back_href=section_href(found, question),
    )


def _every(found: Found, question: Question, rows: Sequence[LineRow]) -> list[LineItem]:
    there = {row.key: row for row in rows}
    new = reverse("application_line", args=[found.row.id, question.code, "new"])
    column = found.form.table_of(question).columns[0]
    return [
        line_words(found, question, there[code])
        if code in there
        else LineItem(words, ("Not filled in yet",), False, f"{new}?key={code}", "")
        for code, words in column.choices
    ]


def section_href(found: Found, question: Question) -> str:
    """Where a question's section is."""
    return reverse("application_section", args=[found.row.id, question.section])


def after_href(found: Found, question: Question) -> str:
    """The next question of the section that is not answered, else the section."""
    if found.row.submitted_at:
        return reverse("changes", args=[found.row.id])
    waiting = [
        each
        for each in found.asked
        if each.section == question.section and each.code in found.lacking and each.code != question.code
    ]
    return question_href(found, waiting[0]) if waiting else section_href(found, question)


def question_href(found: Found, question: Question) -> str:
    """Where a question is answered."""
    name = {"rows": "application_lines", "statement": "application_statement"}.get(question.kind, "answer")
    return reverse(name, args=[found.row.id, question.code])


def line_page(
    found: Found, question: Question, form: forms.Form, problems: tuple[Problem, ...], *, document: str = ""
) -> LinePage:
    """One line of a table, or a statement."""
    table = found.form.table_of(question)
    is_statement = question.kind == "statement"
    lines = reverse("application_lines", args=[found.row.id, question.code])
    return LinePage(
        title=question.question if is_statement else capital(table.one),
        section=f"Application for Level {found.row.level}",
        problems=problems,
        form=form,
        columns=table.columns,
        hint=question.hint if is_statement else "",
        document=document,
        takes_file=is_statement,
        back_href=section_href(found, question) if is_statement else lines,
    )


def remove_page(found: Found, question: Question, row: LineRow) -> RemovePage:
    """Before a line is taken off."""
    return RemovePage(
        title=f"Take this {found.form.table_of(question).one} off",
        section=f"Application for Level {found.row.level}",
        line=line_words(found, question, row),
        back_href=reverse("application_lines", args=[found.row.id, question.code]),
    )


def signature_page(
    found: Found,
    signed: Sequence[SignatureRow],
    form: forms.Form,
    problems: tuple[Problem, ...] = (),
    *,
    name: str,
    losses: tuple[Notice, ...] = (),
) -> SignaturePage:
    """Signing for one's own side, in one's `name`, with who signed so far."""
    valid = {row.side for row in signed if row.voided_at is None}
    return SignaturePage(
        title=f"Sign for {SIDE_WORDS[found.side]}",
        section=f"Application for Level {found.row.level}",
        problems=problems,
        side=SIDE_WORDS[found.side],
        missing=tuple(SIDE_WORDS[side] for side in SIDES if side not in valid),
        table=signatures_table(signed),
        voided=voided_table(found, signed),
        name=name,
        form=form,
        is_signed=found.side in valid,
        lacking=lacks_of(found),
        others=others_of(found),
        losses=losses,
        back_href=reverse("application", args=[found.row.id]),
    )


def signatures_table(signed: Sequence[SignatureRow]) -> Table:
    """The signatures that stand."""
    return Table(
        id="signatures",
        caption="Signatures",
        columns=(Column("For"), Column("Signed by"), Column("Organisation"), Column("Signed")),
        rows=[_signature(row) for row in signed if row.voided_at is None],
        stacked=True,
        empty="Nobody has signed what it says now.",
    )


def voided_table(found: Found, signed: Sequence[SignatureRow]) -> Table | None:
    """The signatures that are void, with what was changed after them; None where there are none."""
    questions = found.form.questions

    def changed(row: SignatureRow) -> Cell:
        what = questions[row.voided_because].question if row.voided_because in questions else "An answer"
        return Cell(what, note=_moment(row.voided_at) if row.voided_at else "")

    rows = [(*_signature(row), changed(row)) for row in signed if row.voided_at is not None]
    if not rows:
        return None
    return Table(
        id="voided",
        caption="Void: an answer was changed after these signatures",
        columns=(
            Column("For"),
            Column("Signed by"),
            Column("Organisation"),
            Column("Signed"),
            Column("Changed afterwards"),
        ),
        rows=rows,
        stacked=True,
        size="s",
    )


def _signature(row: SignatureRow) -> tuple[Cell | str, ...]:
    return (
        capital(SIDE_WORDS[row.side]),
        Cell(row.signatory, note=row.post) if row.signatory else "The name was not kept",
        Cell(readable_name(row.name), note=row.organisation),
        _moment(row.signed_at),
    )


def _moment(at: datetime) -> str:
    return nhs_moment(at) or ""
