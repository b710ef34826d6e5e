"""What an application says: its form, its plain answers, and the lines of its tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from remit.delegation.models import (
    Application,
    Benefit,
    CapacityLine,
    DutyLine,
    Line,
    PowerWanted,
    RiskOrReward,
    Round,
    Statement,
)
from remit.delegation.rules import BOTH, Form, Question, form_as_it_stands, form_from
from remit.delegation.rules.forms import STATEMENT, STATEMENTS
from remit.kernel.moments import london_day
from remit.register.rules import commissioner_kind_on

WITH_OFFICE = "with NHS England's local office"
LINES: Mapping[str, Any] = {
    STATEMENTS: Statement,
    "powers": PowerWanted,
    "duties": DutyLine,
    "capacity": CapacityLine,
    "benefits": Benefit,
    "risks": RiskOrReward,
}
"""Where the lines of each table of a form are kept."""


@dataclass(frozen=True)
class LineRow:
    """A line: `values` by column as text (money in pence, days as ``2015-04-01``); `key` where its table has one."""

    id: str
    key: str
    version: int
    values: Mapping[str, str]


@dataclass(frozen=True)
class Contents:
    """All that an application says, whoever may know it."""

    form: Form
    level: int
    answers: Mapping[str, str]
    lines: Mapping[str, tuple[LineRow, ...]]

    @property
    def asked(self) -> tuple[Question, ...]:
        """The questions asked, in order."""
        return self.form.asked(self.level, self.answers)

    @property
    def unanswered(self) -> tuple[Question, ...]:
        """What is still to be answered, in order."""
        return tuple(each for each in self.asked if self.lacks(each))

    def of(self, question: Question) -> tuple[LineRow, ...]:
        """The lines that answer a question."""
        if question.kind == STATEMENT:
            return tuple(row for row in self.lines.get(STATEMENTS, ()) if row.key == question.code)
        return self.lines.get(question.table, ())

    def lacks(self, question: Question) -> str:
        """What is missing from an answer, in words; empty where it is whole."""
        if not question.is_kept_apart:
            return "" if question.is_optional or self.answers.get(question.code) else "Answer this question."
        rows = self.of(question)
        if question.kind == STATEMENT:
            return "" if rows else "Answer this question."
        if len(rows) < question.least:
            return f"Add at least {question.least}."
        return self._lacks_some(question, rows) or self._does_not_add_up(question, rows)

    def _lacks_some(self, question: Question, rows: tuple[LineRow, ...]) -> str:
        table = self.form.table_of(question)
        column = table.key if question.is_every else question.each_of
        if not column:
            return ""
        there = {row.values[column] for row in rows}
        gone = [words for code, words in table.column(column).choices if code not in there]
        return f"There is no line for {len(gone)}: {'; '.join(gone)}." if gone else ""

    def _does_not_add_up(self, question: Question, rows: tuple[LineRow, ...]) -> str:
        if not question.sums_to or not self.answers.get(question.sums_to):
            return ""
        total, budget = sum(int(row.values["pence"]) for row in rows), int(self.answers[question.sums_to])
        if total == budget:
            return ""
        which = "more" if total > budget else "less"
        apart = pounds(abs(total - budget))
        return f"The duties add up to {pounds(total)}, {apart} {which} than the budget of {pounds(budget)}."

    def as_json(self) -> dict[str, Any]:
        """What a signature or a receipt is a hash of."""
        return {
            "answers": {
                each.code: self.answers[each.code] for each in self.asked if each.code in self.answers
            },
            "lines": {
                table: [dict(row.values) for row in rows] for table, rows in self.lines.items() if rows
            },
        }


def pounds(pence: int) -> str:
    """Money in words: “£1,250,000”, or “£12.50”."""
    return f"£{pence // 100:,}" if pence % 100 == 0 else f"£{pence / 100:,.2f}"


def form_of(held: Round) -> Form:
    """The form of a round as it was frozen; as the rulebook has it for a round that froze none."""
    if held.form_id is None:
        return form_from(
            form_as_it_stands(
                held.process, held.level, held.groups, commissioner_kind_on(london_day(held.opens_at))
            )
        )
    known = _known_form.get(held.form_id)
    if known is None:
        known = _known_form[held.form_id] = form_from(held.form.content)  # type: ignore[union-attr]
    return known


def form_in(application: str) -> Form:
    """The form that an application answers. Raises `Application.DoesNotExist`."""
    return form_of(Application.objects.select_related("round__form").get(pk=application).round)


def asked_in(code: str) -> tuple[str, ...]:
    """What a round asks, before one begins: the sections of a full form, each with who fills it in; else the
    questions."""
    held = Round.objects.select_related("form").get(pk=code)
    form = form_of(held)
    asked = [each for each in form.questions.values() if held.level in each.levels]
    if len(form.sections) == 1:
        return tuple(each.question for each in asked)
    there = {each.section for each in asked}
    return tuple(
        f"{each.title} ({WITH_OFFICE})" if each.by == BOTH else each.title
        for each in form.sections
        if each.code in there
    )


_known_form: dict[str, Form] = {}
"""Forms by the hash of their text: they never change."""


def contents_of(found: Application) -> Contents:
    """What one application says."""
    form = form_of(found.round)
    wanted = {form.table_of(each).code for each in form.asked(found.round.level, {}) if each.is_kept_apart}
    lines = {
        code: tuple(line_row(form, code, each) for each in _kept(found, code)) for code in sorted(wanted)
    }
    return Contents(form, found.round.level, found.answers, lines)


def _kept(found: Application, table: str) -> Any:
    return LINES[table].objects.filter(application=found)


def line_row(form: Form, table: str, line: Line) -> LineRow:
    """A line as text."""
    columns = [*(each.code for each in form.tables[table].columns)]
    if table == STATEMENTS:
        columns = ["item", *columns, "document"]
    values = {code: _text(getattr(line, "document_id" if code == "document" else code)) for code in columns}
    key = form.tables[table].key
    return LineRow(line.pk, values[key] if key else "", line.version, values)


def _text(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
