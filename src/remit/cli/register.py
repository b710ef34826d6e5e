"""`remit import`: loading a published file into the register."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from remit.cli.database import open_database
from remit.cli.output import Json, answering, read_bytes, show, show_json, step_bars
from remit.cli.typed import day, nhs_year
from remit.kernel.moments import at_the_edge, london_day
from remit.kernel.period import NhsYear

if TYPE_CHECKING:
    from remit.cli.sheets import Sheet
    from remit.register.actions import FileRefused, ImportReport

PROBLEMS_SHOWN = 20
NOTHING_READ = {"rows": 0, "practices": 0, "commissioners": 0, "refused": 0, "unchanged": 0}
"""What `--json` counts where the file was not read."""


class FileKind(StrEnum):
    """What kind of published file it is."""

    PAYMENTS = "payments"
    PRACTICES = "practices"
    COMMISSIONERS = "commissioners"
    LISTS = "lists"
    MAP = "map"
    ORGANISATIONS = "organisations"


def import_(
    kind: Annotated[FileKind, typer.Argument(metavar="KIND", help="What kind of file it is; see above.")],
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The file: CSV, or a workbook (xlsx, xls, ods).")
    ],
    year: Annotated[
        NhsYear | None,
        typer.Option(
            "--year",
            parser=nhs_year,
            metavar="YEAR",
            help="The financial year, where the file name lacks it.",
        ),
    ] = None,
    as_of: Annotated[
        date | None,
        typer.Option(parser=day, metavar="DATE", help="The day the file describes, where it does not say."),
    ] = None,
    publisher: Annotated[str, typer.Option(help="Who published it.")] = "NHS England",
    licence: Annotated[
        str, typer.Option(help="The licence it was published under.")
    ] = "Open Government Licence v3.0",
    retrieved: Annotated[
        date | None, typer.Option(parser=day, metavar="DATE", help="The day it was fetched; else today.")
    ] = None,
    title: Annotated[str, typer.Option(help="Its title; else one made from what it says.")] = "",
    sheet: Annotated[str, typer.Option(help="Which sheet of a workbook; else the first.")] = "",
    leave_out_refused: Annotated[
        bool, typer.Option("--leave-out-refused", help="Load the rest when some rows cannot be used.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Load a published file into the register: all of it or nothing.

    The same file again changes nothing, and the report says so. Columns are found by what they are called,
    wherever they stand. Everything loaded keeps where it came from.

    \b
    Kinds:
      payments       NHS Payments to General Practice, any year
      practices      ODS epraccur
      commissioners  ODS eccg
      lists          Patients registered at a GP practice, by age and sex
      map            which commissioner follows which (CCG to ICB)
      organisations  other organisations: code, name, kind, dates

    \b
    Examples:
      remit import payments nhs-payments-gp-2014-15.csv
      remit import practices epraccur.csv --as-of 2018-06-01
      remit import payments payments.csv --year 2014-15 --leave-out-refused
      remit import lists patients.xlsx --sheet "Age bands" --as-of 2016-01-01 --json
    """
    with answering(as_json, always=NOTHING_READ):
        data = read_bytes(file)
        open_database(migrate=True)
        report = _import(
            kind,
            file,
            data,
            sheet,
            {"publisher": publisher, "licence": licence, "retrieved_on": retrieved, "title": title},
            {"year": year, "as_of": as_of, "leave_out_refused": leave_out_refused},
        )
        if as_json:
            show_json(report.as_json())
        else:
            show(report_words(report))


def _import(
    kind: FileKind,
    file: Path,
    data: bytes,
    sheet: str,
    provenance: dict[str, Any],
    options: dict[str, Any],
) -> ImportReport:
    from remit.cli.owner import owner
    from remit.cli.sheets import is_workbook, read_sheet
    from remit.register.actions import FileRefused, Provenance, import_file

    at = at_the_edge()
    chosen = read_sheet(data, name=sheet) if is_workbook(data) else None
    provenance["retrieved_on"] = provenance["retrieved_on"] or london_day(at)
    try:
        with step_bars() as progress:
            return import_file(
                kind=kind.value,
                data=chosen.data if chosen else data,
                provenance=Provenance(filename=file.name, **provenance),
                by=owner(),
                at=at,
                progress=progress,
                **options,
            )
    except FileRefused as refusal:
        for line in refusal_words(refusal, chosen):
            refusal.add_note(line)
        raise


def refusal_words(refusal: FileRefused, sheet: Sheet | None) -> list[str]:
    """What the reasons do not say already: the rows refused, and the other sheets of a workbook."""
    lines = [f"  {_problem_words(problem)}" for problem in refusal.problems[:PROBLEMS_SHOWN]]
    if len(refusal.problems) > PROBLEMS_SHOWN:
        lines.append(f"  … and {len(refusal.problems) - PROBLEMS_SHOWN:,} more. With --json all are listed.")
    if sheet and len(sheet.names) > 1 and not refusal.problems:
        lines.append(f"This was the sheet “{sheet.name}”. Choose with --sheet: {', '.join(sheet.names)}")
    return lines


def report_words(report: ImportReport) -> str:
    """The report of an import in words."""
    if report.unchanged:
        return f"Nothing changed: “{report.title}” was loaded before ({report.unchanged:,} rows)."
    lines = [
        f"Loaded “{report.title}”.",
        f"  {report.rows:,} rows, {report.practices:,} practices, {report.commissioners:,} commissioners",
        f"  {report.facts_added or 0:,} dated facts added and {report.facts_ended or 0:,} replaced, "
        f"about {report.organisations:,} organisations",
    ]
    if report.left_out:
        lines.append(f"  {len(report.left_out):,} rows left out, because they cannot be used:")
        lines += [f"    {_problem_words(problem)}" for problem in report.left_out[:PROBLEMS_SHOWN]]
    if report.remarks:
        lines.append(f"  {len(report.remarks):,} remarks on what is odd but was kept:")
        lines += [f"    {_problem_words(problem)}" for problem in report.remarks[:PROBLEMS_SHOWN]]
    if max(len(report.left_out), len(report.remarks)) > PROBLEMS_SHOWN:
        lines.append(f"  Only the first {PROBLEMS_SHOWN} are shown. With --json all are listed.")
    return "\n".join(lines)


def _problem_words(problem: Any) -> str:
    where = f"Row {problem.row:,}" if problem.row is not None else "The file"
    column = f", column “{problem.column}”" if problem.column else ""
    return f"{where}{column}: {problem.message}"
