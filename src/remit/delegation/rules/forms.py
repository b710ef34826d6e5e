"""Forms of application: sections of typed questions, and the tables that some of them fill."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from remit.delegation.rules.levels import evidence_of_support, levels
from remit.delegation.rules.reading import read

COMMISSIONER, BOTH = "commissioner", "both"
"""Who fills a section in: the commissioner alone, or NHS England's local office too."""
CHOICE, SEVERAL, DAY, WORDS, WHOLE, MONEY, WTE = "choice", "several", "day", "words", "whole", "money", "wte"
STATEMENT, ROWS = "statement", "rows"
STATEMENTS = "statements"
"""The table that keeps statements: a line for each question of that kind."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question of a form, or one column of a table.

    `kind` says what an answer is: choice or several (of `choices`: code and words), day, words, whole, money, wte, a
    statement with a document, or rows of a table. `levels`: at which it is asked; `unless`: not after these answers.
    """

    code: str
    question: str
    hint: str = ""
    kind: str
    choices: tuple[tuple[str, str], ...] = ()
    levels: tuple[int, ...] = ()
    unless: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    most: int = 0
    section: str = ""
    by: str = COMMISSIONER
    is_public: bool = False
    is_tallied: bool = False
    is_optional: bool = False
    may_be_future: bool = False
    table: str = ""
    least: int = 0
    is_every: bool = False
    each_of: str = ""
    sums_to: str = ""

    def is_asked(self, level: int, answers: Mapping[str, Any]) -> bool:
        """Whether it is asked at a level, given the answers so far."""
        spared = any(answers.get(other) in values for other, values in self.unless.items())
        return level in self.levels and not spared

    @property
    def is_kept_apart(self) -> bool:
        """Whether its answer is kept in a table of its own, not among the plain answers."""
        return self.kind in {STATEMENT, ROWS}

    def word(self, value: str) -> str:
        """A choice's words."""
        return dict(self.choices).get(value, value)


@dataclass(frozen=True)
class Table:
    """What a line of a table says. `key`: the column of which each value can be there once."""

    code: str
    one: str
    key: str
    columns: tuple[Question, ...]

    def column(self, code: str) -> Question:
        """One of its columns. Raises `KeyError`."""
        return {each.code: each for each in self.columns}[code]


@dataclass(frozen=True)
class Section:
    """Some questions that belong together."""

    code: str
    title: str
    by: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Form:
    """What is asked in a round: frozen when the round opens."""

    process: str
    sections: tuple[Section, ...]
    tables: Mapping[str, Table]

    @property
    def questions(self) -> Mapping[str, Question]:
        """Every question, by code, in order."""
        return {each.code: each for section in self.sections for each in section.questions}

    def asked(self, level: int, answers: Mapping[str, Any]) -> tuple[Question, ...]:
        """The questions asked at a level, given the answers so far, in order."""
        return tuple(each for each in self.questions.values() if each.is_asked(level, answers))

    def table_of(self, question: Question) -> Table:
        """The table that a question fills."""
        return self.tables[STATEMENTS if question.kind == STATEMENT else question.table]


@cache
def questions() -> Mapping[str, Question]:
    """Every question of the short form, by code, in the order in which they are asked."""
    asked = read("delegation.yaml")["questions"]
    ways = {"evidence_of_support": {each.code: each.name for each in evidence_of_support().values()}}
    return {
        row["code"]: _question(row, section="application")
        for row in resolved({"questions": asked}, ways)["questions"]
    }


def short_form() -> Form:
    """The short form as the rulebook has it."""
    return _short(questions().values())


def _short(asked: Iterable[Question]) -> Form:
    return Form("short", (Section("application", "Application", COMMISSIONER, tuple(asked)),), {})


def resolved(content: Any, lists: Mapping[str, Mapping[str, str]]) -> Any:
    """A form with the choices of the lists that it names written out, as pairs: what freezes is whole."""
    if isinstance(content, list):
        return [resolved(each, lists) for each in content]
    if not isinstance(content, dict):
        return content
    made = {name: resolved(value, lists) for name, value in content.items()}
    if "of" in made:
        made["choices"] = lists[made.pop("of")]
    if isinstance(made.get("choices"), Mapping):
        made["choices"] = [list(pair) for pair in made["choices"].items()]
    return made


def form_from(content: Mapping[str, Any]) -> Form:
    """A form from the text that a round froze."""
    if "sections" not in content:
        return _short(_frozen(row) for row in content.get("questions", ()))
    sections = tuple(
        Section(
            row["code"],
            row["title"],
            by := row.get("by", COMMISSIONER),
            tuple(_question(each, section=row["code"], by=by) for each in row["questions"]),
        )
        for row in content["sections"]
    )
    tables = {
        row["code"]: Table(row["code"], row["one"], row.get("key", ""), _columns(row["columns"]))
        for row in content["tables"]
    }
    tables[STATEMENTS] = Table(STATEMENTS, "statement", "item", _columns(content["statement"]["columns"]))
    return Form(content["process"], sections, tables)


def _frozen(row: Mapping[str, Any]) -> Question:
    """A question of the short form, which is frozen as the dataclass has it."""
    return Question(
        **{
            **row,
            "choices": tuple((code, words) for code, words in row["choices"]),
            "levels": tuple(row["levels"]),
            "unless": {other: tuple(values) for other, values in row["unless"].items()},
        }
    )


def _columns(rows: Any) -> tuple[Question, ...]:
    return tuple(_question({**row, "question": row["label"]}) for row in rows)


def _question(row: Any, **more: str) -> Question:
    """A question as it is written, its choices written out."""
    return Question(
        code=row["code"],
        question=row["question"],
        hint=row.get("hint", ""),
        kind=row["kind"],
        choices=tuple((code, words) for code, words in row.get("choices", ())),
        levels=tuple(row.get("levels", levels())),
        unless={other: tuple(values) for other, values in row.get("unless", {}).items()},
        most=row.get("most", 0),
        is_public=row.get("public", False),
        is_tallied=row.get("tallied", False),
        is_optional=row.get("optional", False),
        may_be_future=row.get("future", False),
        table=row.get("table", ""),
        least=row.get("least", 0),
        is_every=row.get("every", False),
        each_of=row.get("each_of", ""),
        sums_to=row.get("sums_to", ""),
        **more,
    )
