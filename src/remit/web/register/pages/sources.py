"""The files that were loaded: all of them, and one with its columns and remarks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from remit.register.queries import SourceRow
from remit.web.formats import nhs_date, nhs_moment, number
from remit.web.pages import Fact, Page
from remit.web.paging import Paging
from remit.web.register.links import crumbs, twins
from remit.web.register.words import counted, source_kind
from remit.web.tables import Cell, Column, Table

NOT_USED = "Not used"


@dataclass(frozen=True, kw_only=True)
class SourcesPage(Page):
    """Every file that was loaded."""

    count: str
    table: Table


@dataclass(frozen=True, kw_only=True)
class SourcePage(Page):
    """One file: where it came from, what its columns were taken to mean, and what was odd in it."""

    facts: tuple[Fact, ...]
    columns: Table
    remarks: Table
    paging: Paging


def sources_page(sources: Sequence[SourceRow]) -> SourcesPage:
    """Every file, latest subject first."""
    return SourcesPage(
        title="Sources",
        section="Register",
        crumbs=crumbs(None),
        alternates=twins("sources", "Sources"),
        count=counted(len(sources), "file"),
        table=sources_table(sources),
    )


def sources_table(sources: Sequence[SourceRow]) -> Table:
    """Files with what they hold and when."""
    return Table(
        id="sources",
        caption="Files that were loaded",
        columns=(
            Column("File"),
            Column("Publisher"),
            Column("Describes"),
            Column("Retrieved on"),
            Column("Rows", numeric=True),
        ),
        rows=[
            (
                Cell(row.title, href=reverse("source", args=[row.sha256]), note=source_kind(row)),
                row.publisher,
                nhs_date(row.as_of),
                nhs_date(row.retrieved_on),
                number(row.rows),
            )
            for row in sorted(sources, key=lambda row: (row.as_of, row.title), reverse=True)
        ],
        stacked=True,
        empty="No file has been loaded yet.",
    )


def source_page(source: SourceRow, paging: Paging) -> SourcePage:
    """One file."""
    return SourcePage(
        title=source.title,
        section=f"Source {source.sha256[:8]}",
        crumbs=crumbs(None, ("Sources", "sources")),
        alternates=twins(f"sources/{source.sha256}", source.title)[1:],
        facts=(
            Fact("Publisher", source.publisher),
            Fact("Licence", source.licence),
            Fact("What it holds", source_kind(source)),
            Fact("Layout", source.layout),
            Fact("File name", source.filename),
            Fact("Size", f"{number(source.size)} bytes"),
            Fact("SHA-256", source.sha256, note="Anybody who has the file can check that it is this one."),
            Fact("Day it describes", nhs_date(source.as_of)),
            Fact("Retrieved on", nhs_date(source.retrieved_on)),
            Fact("Loaded", nhs_moment(source.imported_at)),
            Fact("Rows", number(source.rows)),
            Fact("Practices", number(source.practices)),
            Fact("Commissioners", number(source.commissioners)),
        ),
        columns=columns_table(source.columns),
        remarks=problems_table(
            "remarks",
            f"{counted(len(source.remarks), 'remark')}: rows that were kept although they are odd",
            source.remarks[paging.start : paging.end],
            "Nothing in the file was odd.",
        ),
        paging=paging,
    )


def columns_table(columns: Sequence[tuple[str, str | None, int]]) -> Table:
    """Each column's label and what it was taken to mean."""
    return Table(
        id="columns",
        caption="Columns, and what they were taken to mean",
        columns=(Column("Place", numeric=True), Column("Label in the file"), Column("Meaning")),
        rows=[
            (number(position), label or "No label", (meaning or NOT_USED).replace("_", " ").capitalize())
            for label, meaning, position in columns
        ],
        row_header=False,
        stacked=True,
        size="s",
    )


def problems_table(
    name: str, caption: str, problems: Sequence[tuple[int | None, str, str, str]], empty: str
) -> Table:
    """Rows with something wrong or odd: where, what stands there, what to do. `name` is the table's id."""
    return Table(
        id=name,
        caption=caption,
        columns=(Column("Row", numeric=True), Column("Column"), Column("Value"), Column("What it means")),
        rows=[
            ("Whole file" if row is None else number(row), column or "Whole row", value or "Empty", message)
            for row, column, value, message in problems
        ],
        row_header=False,
        stacked=True,
        size="s",
        empty=empty,
    )
