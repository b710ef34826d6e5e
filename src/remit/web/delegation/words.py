"""The words that the delegation pages use for states, deadlines and evidence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from remit.delegation.queries import NOT_ANNOUNCED, evidence_words
from remit.delegation.queries.contents import pounds
from remit.delegation.rules import Question, levels
from remit.delegation.states import (
    APPROVED,
    CONDITIONAL,
    DECLINED,
    DEFERRED,
    DRAFT,
    LOWER_LEVEL_OFFERED,
    RESCINDED,
    STATE_WORDS,
    SUBMITTED,
    WITHDRAWN,
)
from remit.engines.deadlines import Deadline
from remit.engines.deadlines.deadline import clock, long_day
from remit.web.formats import nhs_date
from remit.web.tables import Cell

ROUND_WORDS: Mapping[str, tuple[str, str]] = {
    "coming": ("Not open yet", "grey"),
    "open": ("Open", "green"),
    "closed": ("Closed, decisions awaited", "blue"),
    "decided": ("Decided", "white"),
}
"""The state of a round: its words, and the colour of its tag."""
COLOURS: Mapping[str, str] = {
    DRAFT: "grey",
    SUBMITTED: "blue",
    APPROVED: "green",
    CONDITIONAL: "yellow",
    DEFERRED: "orange",
    LOWER_LEVEL_OFFERED: "orange",
    DECLINED: "red",
    WITHDRAWN: "grey",
    RESCINDED: "red",
}
NOT_ASKED = "none"
"""The answer that is shown as a red gap: the members were not asked."""


NOT_KNOWN = "Not known"
"""Where no source speaks: never “none”."""


def level_title(level: int | None) -> str:
    """ "Level 3, delegated commissioning"; "No arrangement" for 0; "Not known" for None."""
    if level is None:
        return NOT_KNOWN
    return levels()[level].title if level in levels() else "No arrangement"


def round_tag(state: str) -> Cell:
    """The state of a round as a tag."""
    text, colour = ROUND_WORDS[state]
    return Cell(text, colour=colour)


def state_tag(state: str) -> Cell:
    """The state of an application as a tag."""
    if state == NOT_ANNOUNCED:
        return Cell("Not approved", colour="grey", note="Its outcome has not been published")
    return Cell(STATE_WORDS[state], colour=COLOURS[state])


def evidence_cell(code: str, *, is_against: bool = False) -> Cell:
    """How members were asked; red where they were not, and beside it that they voted against."""
    note = "Members voted against" if is_against else ""
    return Cell(evidence_words(code), colour="red" if code == NOT_ASKED else "", note=note)


def deadline_line(deadline: Deadline, at: datetime) -> str:
    """ "Apply by midday on Friday 9 January 2015 (…).", "Apply before 1 November 2017 (…)."; or that it has passed."""
    words = deadline.words
    if deadline.has_passed(at):
        return f"The deadline has passed. It was {words}."
    return f"Apply {words}." if words.startswith("before") else f"Apply by {words}."


def exact_moment(at: datetime) -> str:
    """An instant to the microsecond by London's clocks: "11:59:59.250000am on Friday 9 January 2015"."""
    return f"{clock(at, to_the_microsecond=True)} on {long_day(at)}"


def answer_words(question: Question, answer: str) -> str:
    """An answer as people read it: the words of a choice, a day in full."""
    if question.kind == "choice":
        return question.word(answer)
    if question.kind == "several":
        return ", ".join(question.word(each) for each in answer.split(","))
    if question.kind == "day" and answer:
        return nhs_date(date.fromisoformat(answer))
    if question.kind == "money":
        return pounds(int(answer))
    return plain_number(answer) if question.kind in {"wte", "whole"} else answer


def plain_number(text: str) -> str:
    """ "2" for "2.00", "1,250" for "1250", "0.5" for "0.50"."""
    number = Decimal(text)
    return f"{number:,.0f}" if number == number.to_integral_value() else f"{number.normalize():,f}"
