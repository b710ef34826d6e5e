"""`remit import` and `remit as-at`: the register of organisations."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from remit.cli.database import open_database
from remit.cli.output import Exit, Json, Stopped, answering, say, show, show_json, step_bars, table
from remit.kernel.moments import at_the_edge, london_day
from remit.kernel.period import NhsYear

if TYPE_CHECKING:
    from remit.cli.sheets import Sheet
    from remit.register.actions.imports import FileRefused, ImportReport
    from remit.register.queries import Nation, OrganisationPage

PROBLEMS_SHOWN = 20


class FileKind(StrEnum):
    """What kind of published file it is."""

    PAYMENTS = "payments"
    PRACTICES = "practices"
    COMMISSIONERS = "commissioners"
    LISTS = "lists"
    MAP = "map"
    ORGANISATIONS = "organisations"


def day(text: str) -> date:
    """A day as typed: 2015-04-01, or “today”. Raises a usage error for anything else."""
    if text.strip().lower() == "today":
        return london_day(at_the_edge())
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise typer.BadParameter(f"“{text}” is not a date. Write it like 2015-04-01.") from error


def nhs_year(text: str) -> NhsYear:
    """A financial year as typed: 2014-15, or 2014/15. Raises a usage error for anything else."""
    start, _, end = text.strip().replace("/", "-").partition("-")
    if start.isascii() and start.isdigit() and len(start) == 4:
        year = NhsYear(int(start))
        if end in (str(year)[5:], str(year.start + 1)):
            return year
    raise typer.BadParameter(f"“{text}” is not a financial year. Write it like 2014-15.")


def import_(
    kind: Annotated[FileKind, typer.Argument(help="What kind of file it is.")],
    file: Annotated[Path, typer.Argument(help="The file: CSV, or a workbook (xlsx, xls, ods).")],
    year: Annotated[
        NhsYear | None,
        typer.Option(parser=nhs_year, metavar="YEAR", help="The financial year, where the file name lacks it."),
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
    with answering(as_json):
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


def read_bytes(file: Path) -> bytes:
    """The bytes of a file. Raises `Stopped` where it cannot be opened, and says why."""
    try:
        return file.read_bytes()
    except FileNotFoundError as error:
        raise Stopped(Exit.NOT_FOUND, "file_not_found", f"There is no file {file}.") from error
    except OSError as error:
        message = f"{file} cannot be read: {error.strerror or error}."
        raise Stopped(Exit.NOT_FOUND, "file_unreadable", message) from error


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
    chosen = read_sheet(data, name=sheet) if is_workbook(file.name) else None
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
            say(line)
        raise


def refusal_words(refusal: FileRefused, sheet: Sheet | None) -> list[str]:
    """What was found and missing, or which rows were refused, one thing a line."""
    lines = [f"  {_problem_words(problem)}" for problem in refusal.problems[:PROBLEMS_SHOWN]]
    if len(refusal.problems) > PROBLEMS_SHOWN:
        lines.append(f"  … and {len(refusal.problems) - PROBLEMS_SHOWN:,} more. With --json all are listed.")
    if refusal.missing:
        lines.append("Columns missing: " + ", ".join(refusal.missing))
    if refusal.found:
        lines.append("Columns found: " + ", ".join(refusal.found))
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
        f"  {report.facts_added:,} dated facts added and {report.facts_ended:,} replaced, "
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


def as_at(
    on: Annotated[date, typer.Argument(parser=day, metavar="DATE", help="The day, like 2015-04-01, or “today”.")],
    code: Annotated[str, typer.Argument(help="An organisation's ODS code; leave it out for the nation.")] = "",
    as_json: Json = False,
) -> None:
    """The nation, or one organisation, as it stood on a day.

    \b
    Examples:
      remit as-at 2013-04-01
      remit as-at 2022-07-01 --json
      remit as-at 2015-04-01 05L
    """
    with answering(as_json):
        open_database()
        if code:
            _one(code, on, as_json)
        else:
            from remit.register.queries import nation_on

            nation = nation_on(on)
            if as_json:
                show_json(nation_json(nation))
            else:
                _show_nation(nation)


def nation_json(nation: Nation) -> dict[str, Any]:
    """The nation on a day, for machines. `era` is the kind of body that commissioned: pct, ccg or icb."""
    return {
        "date": nation.on,
        "era": nation.era.kind if nation.era else None,
        "commissioners": nation.commissioners,
        "practices": nation.practices,
        "pcns": nation.pcns,
        "registered": nation.registered,
        "lists_counted": nation.lists_counted,
        "regions": [asdict(row) for row in nation.regions],
        "without_region": nation.without_region,
    }


def _show_nation(nation: Nation) -> None:
    era = f" ({nation.era.plural.lower()})" if nation.era else ""
    show(f"The nation on {nation.on.isoformat()}")
    show(f"  Commissioners        {nation.commissioners:>12,}{era}")
    show(f"  Practices            {nation.practices:>12,}")
    show(f"  Primary care networks{nation.pcns:>12,}")
    show(f"  Registered patients  {nation.registered:>12,.0f} on {nation.lists_counted:,} lists")
    if nation.regions:
        show("")
        rows = [
            (row.code, row.name, f"{row.commissioners:,}", f"{row.practices:,}") for row in nation.regions
        ]
        show(table(("Region", "Name", "Commissioners", "Practices"), rows, numbers=(2, 3)))
    if nation.without_region:
        show(f"Commissioners whose region no loaded file says: {nation.without_region:,}")


def _one(code: str, on: date, as_json: bool) -> None:
    from remit.kernel.ods import NotAnOdsCode, ods_code
    from remit.register.queries import organisation_at

    try:
        page = organisation_at(ods_code(code), on)
    except NotAnOdsCode as error:
        raise Stopped(Exit.NOT_FOUND, "not_an_ods_code", f"{error}.") from error
    if page is None:
        message = f"The register has never heard of {code.upper()}. Check the code, or load a file that names it."
        raise Stopped(Exit.NOT_FOUND, "not_found", message)
    if as_json:
        show_json(organisation_json(page))
    else:
        _show_organisation(page)


def organisation_json(page: OrganisationPage) -> dict[str, Any]:
    """One organisation on a day, for machines. A missing `first` means nobody says; a missing `last`, still."""
    return {
        "date": page.on,
        "code": page.code,
        "name": page.name,
        "kind": page.kind,
        "was_open": page.was_open,
        "now": {about: asdict(fact) for about, fact in sorted(page.now.items())},
        "kinds": [asdict(fact) for fact in page.kinds],
        "history": [asdict(fact) for fact in page.history],
    }


def _show_organisation(page: OrganisationPage) -> None:
    from remit.register.queries import kind_words

    what = kind_words(page.kind) if page.kind else "not open"
    show(f"{page.code} {page.name}: {what} on {page.on.isoformat()}")
    rows = [
        (
            fact.about.replace("_", " "),
            f"{fact.value} {fact.value_name}".strip(),
            fact.first.isoformat() if fact.first else "not known",
            fact.last.isoformat() if fact.last else "still",
            fact.basis,
        )
        for fact in (*page.kinds, *page.history)
    ]
    show(table(("What", "Value", "From", "Until", "Basis"), rows))
