"""Loading a file: the form, its report, and the list of what was loaded and refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.urls import reverse

from remit.register.queries import SourceRow
from remit.web.formats import nhs_moment, number
from remit.web.pages import Fact, Page, Problem
from remit.web.register.forms import MOST_MEGABYTES, ImportForm
from remit.web.register.links import crumbs
from remit.web.register.pages.sources import problems_table, sources_table
from remit.web.register.words import SOURCE_KINDS, counted
from remit.web.tables import Cell, Column, Table

MOST_SHOWN = 200
REASONS = {
    "unknown_layout": "The columns are not those of a file of this kind",
    "rows_refused": "Some rows cannot be used",
}
HINTS = {
    "payments": "NHS Payments to General Practice, one row for each practice, of any year",
    "practices": "epraccur from the Organisation Data Service, with or without a header",
    "commissioners": "eccg from the Organisation Data Service, with or without a header",
    "lists": "Patients registered at a GP practice, by sex and five-year age band",
    "map": "Which body followed which, or which region each belonged to",
    "organisations": "Bodies that no published file lists. Use our template",
}


class Entry(Protocol):
    """What the ledger gives for an entry."""

    index: int
    at: datetime

    @property
    def details(self) -> dict[str, Any]: ...


@dataclass(frozen=True, kw_only=True)
class NewImportPage(Page):
    """The form, and why the file was refused where it was."""

    form: ImportForm
    hints: dict[str, str]
    most_megabytes: int
    refused: Table | None = None
    missing: tuple[str, ...] = ()
    found: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReportPage(Page):
    """What loading did. `unchanged` says, if nothing changed, when the file was loaded before."""

    unchanged: str
    facts: tuple[Fact, ...]
    source_href: str
    left_out: Table | None
    remarks: Table | None
    ledger_href: str


@dataclass(frozen=True, kw_only=True)
class ImportsPage(Page):
    """What was loaded, and what was refused."""

    may_load: bool
    loaded: Table
    refused: Table


def new_import_page(
    form: ImportForm,
    problems: tuple[Problem, ...],
    refused: dict[str, Any] | None = None,
) -> NewImportPage:
    """The form; `refused` is the report of a refusal."""
    refused = refused or {}
    rows = refused.get("problems", [])
    return NewImportPage(
        title="Load a published file",
        section="Register",
        crumbs=crumbs(None, ("Loaded files", "imports")),
        problems=problems,
        form=form,
        hints=HINTS,
        most_megabytes=MOST_MEGABYTES,
        refused=_problems("refused", "that cannot be used", rows, len(rows)) if rows else None,
        missing=tuple(refused.get("columns_missing", ())),
        found=tuple(label or "(no label)" for label in refused.get("columns_found", ())),
    )


def _problems(name: str, what: str, rows: Sequence[dict[str, Any]], total: int) -> Table:
    """Some of `total` problems; `what` follows their number."""
    caption = f"{counted(total, 'row')} {what}"
    if total > MOST_SHOWN:
        caption += f" (the first {MOST_SHOWN} are shown)"
    shown = [(row["row"], row["column"], row["value"], row["message"]) for row in rows[:MOST_SHOWN]]
    return problems_table(name, caption, shown, "None.")


def report_page(report: dict[str, Any], source: SourceRow | None) -> ReportPage:
    """The report of a file that was loaded, now or before; `odd` in it counts the remarks."""
    is_unchanged = bool(report["unchanged"]) and source is not None
    left_out, remarks = report["problems"], report["remarks"]
    return ReportPage(
        title="Nothing changed" if is_unchanged else "The file was loaded",
        section=report["title"],
        crumbs=crumbs(None, ("Loaded files", "imports")),
        unchanged=f"This file was loaded on {nhs_moment(source.imported_at)}. The same bytes change nothing."
        if is_unchanged and source
        else "",
        facts=(
            Fact("File", report["title"]),
            Fact("What it holds", SOURCE_KINDS.get(report["kind"], report["kind"])),
            Fact("Layout", report["layout"]),
            Fact("Rows", number(report["rows"])),
            Fact("Practices", number(report["practices"])),
            Fact("Commissioners", number(report["commissioners"])),
            Fact("Rows left out", number(report["refused"])),
            Fact("Rows kept although odd", number(report["odd"])),
            Fact("Organisations whose facts were dated again", number(report["organisations"])),
        ),
        source_href=reverse("source", args=[report["source"]]),
        left_out=_problems("left-out", "left out", left_out, report["refused"]) if left_out else None,
        remarks=_problems("remarks", "kept although odd", remarks, report["odd"]) if remarks else None,
        ledger_href=reverse("ledger"),
    )


def imports_page(sources: Sequence[SourceRow], refusals: Sequence[Entry], *, may_load: bool) -> ImportsPage:
    """What was loaded, and the latest refusals as the ledger has them."""
    return ImportsPage(
        title="Loaded files",
        section="Register",
        crumbs=crumbs(None),
        may_load=may_load,
        loaded=sources_table(sources),
        refused=Table(
            id="refused",
            caption="Files that were refused",
            columns=(
                Column("When"),
                Column("What it should hold"),
                Column("Why"),
                Column("Rows", numeric=True),
            ),
            rows=[_refusal(entry) for entry in refusals],
            stacked=True,
            empty="No file has been refused.",
        ),
    )


def _refusal(entry: Entry) -> tuple[Cell | str, ...]:
    details = entry.details
    missing = ", ".join(details.get("columns_missing", ()))
    return (
        Cell(nhs_moment(entry.at), href=reverse("ledger_entry", args=[entry.index])),
        SOURCE_KINDS.get(details["kind"], details["kind"]),
        Cell(
            REASONS.get(details["reason"], details["reason"]), note=f"Missing: {missing}" if missing else ""
        ),
        number(details["rows_refused"]),
    )
