"""The words and colours that pages of motions use."""

from __future__ import annotations

from collections.abc import Mapping

from remit.engines.constitution import SILENT
from remit.web.tables import Cell

COLOURS: Mapping[str, str] = {
    "draft": "grey",
    "noticed": "blue",
    "open": "green",
    "closed": "orange",
    "declared": "purple",
    "withdrawn": "red",
    "replaced": "red",
}
RESULTS: Mapping[str, tuple[str, str]] = {
    "carried": ("Carried", "green"),
    "not_carried": ("Not carried", "red"),
    "tied": ("Tied, so not carried", "red"),
    "inquorate": ("Too few took part: nothing was decided", "orange"),
}
CHOICES: Mapping[str, str] = {
    "for": "For",
    "against": "Against",
    "abstain": "Abstain",
    "blank": "Blank",
    "not_voted": "Not voted",
}
WHO: Mapping[str, str] = {"practices": "Members", "gps": "General practitioners"}
BINDS: Mapping[str, str] = {
    "practices": "The vote of the practices binds",
    "gps": "The vote of the general practitioners binds",
    "both": "Both votes bind: it is carried only where both carry it",
}
NO_CLAUSE = "No clause: the usual rule of meetings"


def clause_words(clause: str) -> str:
    """ "Clause 8.2"; where the constitution says nothing, that."""
    return NO_CLAUSE if clause == SILENT else f"Clause {clause}"


def result_tag(result: str) -> Cell:
    """A result as a tag."""
    words, colour = RESULTS[result]
    return Cell(words, colour=colour)


def choice_words(choice: str, options: Mapping[str, str]) -> str:
    """What somebody chose, in words."""
    return options.get(choice) or CHOICES.get(choice, choice)
