"""What goes into loading a file, and what comes out: provenance, report, refusal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from remit.engines.layouts.readings import Problem
from remit.kernel.decision import Reason, Refused
from remit.kernel.period import NhsYear

OGL = "Open Government Licence v3.0"


@dataclass(frozen=True)
class Provenance:
    """Where a file came from. `retrieved_on` is the day it was fetched or handed over."""

    filename: str
    retrieved_on: date
    publisher: str = "NHS England"
    licence: str = OGL
    title: str = ""


@dataclass(frozen=True)
class ImportReport:
    """What loading a file did. Counts are of rows unless they say otherwise.

    `facts_added` and `facts_ended` are None where several files were loaded together: facts follow from all of
    them, so only the `Batch` has a count.
    """

    source: str
    kind: str
    layout: str
    title: str
    rows: int
    practices: int
    commissioners: int
    refused: int
    unchanged: int
    organisations: int = 0
    facts_added: int | None = 0
    facts_ended: int | None = 0
    remarks: tuple[Problem, ...] = ()
    left_out: tuple[Problem, ...] = ()
    columns: tuple[tuple[str, str | None, int], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """For machines: counts, and each problem with its row and column."""
        counted = {"facts_added": self.facts_added, "facts_ended": self.facts_ended}
        return {
            "source": self.source,
            "kind": self.kind,
            "layout": self.layout,
            "title": self.title,
            "rows": self.rows,
            "practices": self.practices,
            "commissioners": self.commissioners,
            "refused": self.refused,
            "unchanged": self.unchanged,
            "organisations": self.organisations,
            **{name: count for name, count in counted.items() if count is not None},
            "problems": [_problem(problem) for problem in self.left_out],
            "remarks": [_problem(problem) for problem in self.remarks],
        }


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "message": problem.message,
    }


@dataclass(eq=False)
class FileRefused(Refused):
    """A file was refused: nothing of it was loaded.

    `problems` are the rows refused; for an unknown layout `found` are the columns found and `missing` the ones
    needed.
    """

    reasons: tuple[Reason, ...]
    rows: int = 0
    problems: tuple[Problem, ...] = ()
    found: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    practices: int = 0
    commissioners: int = 0

    def __post_init__(self) -> None:
        super().__init__(*self.reasons)

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        return {
            "rows": self.rows,
            "practices": self.practices,
            "commissioners": self.commissioners,
            "refused": len(self.problems) or self.rows,
            "unchanged": 0,
            "error": self.code,
            "message": str(self),
            "columns_found": list(self.found),
            "columns_missing": list(self.missing),
            "problems": [_problem(problem) for problem in self.problems],
        }


@dataclass(frozen=True)
class Batch:
    """What loading several files did: for each its report or why it was refused, and the facts of all of them."""

    outcomes: tuple[ImportReport | FileRefused, ...]
    facts_added: int
    facts_ended: int


@dataclass(frozen=True)
class FileToImport:
    """A file to load: its kind, its bytes, where it came from, and what its name does not say."""

    kind: str
    data: bytes
    provenance: Provenance
    year: NhsYear | None = None
    as_of: date | None = None
    leave_out_refused: bool = False
