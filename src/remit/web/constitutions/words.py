"""The words and colours that the pages of constitutions use."""

from __future__ import annotations

from collections.abc import Mapping

from remit.constitutions.queries import AmendmentStatus, StepRow, TextRow
from remit.constitutions.states import (
    ADOPTED,
    AGREED,
    DRAFT,
    LOST,
    PROPOSED,
    REFUSED,
    SENT,
    TEXT_WORDS,
    WITHDRAWN,
)
from remit.web.formats import nhs_date
from remit.web.register.links import address
from remit.web.tables import Cell

COLOURS: Mapping[str, str] = {
    DRAFT: "grey",
    PROPOSED: "blue",
    AGREED: "aqua-green",
    SENT: "purple",
    ADOPTED: "green",
    LOST: "red",
    REFUSED: "red",
    WITHDRAWN: "grey",
}
BY_WORDS = {words: COLOURS[state] for state, words in TEXT_WORDS.items()}
HOWS: Mapping[str, tuple[str, str]] = {
    "same": ("Same", "white"),
    "changed": ("Changed", "yellow"),
    "added": ("Added", "green"),
    "struck": ("Taken out", "red"),
}
"""How a clause differs: its words, and the colour of its tag."""
ORIGINS: Mapping[str, str] = {"by_hand": "Recorded by hand"}


def state_tag(row: TextRow) -> Cell:
    """The state of a version as a tag."""
    return Cell(row.state_name, colour=COLOURS[row.state])


def version_words(row: TextRow) -> str:
    """ "Version 2"; "Not in force" for what never was."""
    return f"Version {row.number}" if row.number else "Not in force"


def amendment_cell(status: AmendmentStatus | None) -> Cell:
    """How far an amendment is, with its day; a way to it where there is one."""
    if status is None or status.on is None:
        return Cell("Not being amended", colour="grey")
    return Cell(status.state, colour=BY_WORDS[status.state], note=f"On {nhs_date(status.on)}")


def text_link(row: TextRow) -> Cell:
    """A version by its title, with a way to it."""
    return Cell(row.title, href=address("text", row.id), hidden=f"({version_words(row).lower()})")


def step_source(step: StepRow) -> str:
    """Where a step is from: what is written, or the room where it happened."""
    if step.source:
        return step.source
    return "" if step.origin == "by_hand" else step.origin.replace("_", " ").capitalize()
