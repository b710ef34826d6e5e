"""The page of one figure: what it is made of, its rows, its versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from remit.engines.figures import shown
from remit.figures.queries import FigureSet, KeptFigure, KeptRow, KeptVersion, verdict
from remit.web.as_at import AsAt
from remit.web.figures.links import figure_href, leads_to, row_href
from remit.web.figures.opening import counted, rounding_words
from remit.web.figures.tables import set_table
from remit.web.formats import nhs_date, nhs_moment, number
from remit.web.pages import Crumb, Fact
from remit.web.paging import Paging
from remit.web.register.links import address, crumbs, twins
from remit.web.register.pages.dated import DatedPage
from remit.web.tables import Cell, Column, Table

FINER = 2
"""Decimals beyond those printed, to show what was rounded away."""


@dataclass(frozen=True, kw_only=True)
class FigurePage(DatedPage):
    """One version of a figure. `superseded` says so in words, with `now_href` leading to what stands now."""

    value: str
    definition: str
    verdict: str
    superseded: str
    now_href: str
    facts: tuple[Fact, ...]
    rows: tuple[Table, ...]
    no_rows: str
    computed: Crumb | None
    whole: Table | None
    whole_notes: tuple[str, ...]
    versions: Table
    paging: Paging


def figure_page(
    day: AsAt,
    found: KeptFigure,
    kept: KeptVersion,
    rows: Mapping[str, Sequence[KeptRow]],
    whole: FigureSet | None,
    paging: Paging,
    computed: KeptVersion | None = None,
) -> FigurePage:
    """A version of a figure, with some of its rows and the set it is part of. `computed` is the figure of the same that
    this service counts, with its rows."""
    tables = tuple(
        _rows_table(kept, side, rows[side]) for side in ("numerator", "base") if _has_rows(kept, side)
    )
    return FigurePage(
        title=kept.label,
        section=f"Figure {kept.figure}" + (f", version {kept.number}" if kept.is_superseded else ""),
        crumbs=crumbs(day, ("Figures", "figures")),
        chooser=day,
        alternates=twins(f"figures/{kept.figure}", f"{kept.label},")[1:],
        as_at=day.day,
        value=kept.headline,
        definition=kept.definition,
        verdict=verdict(kept),
        superseded=_superseded(found, kept),
        now_href=figure_href(found.id),
        facts=tuple(_facts(kept)),
        rows=tables,
        no_rows="" if tables else "Only the numbers were published. The rows behind them are not held here.",
        computed=Crumb(f"{computed.label}: {computed.headline}", address("figure", computed.figure, day=day))
        if computed
        else None,
        whole=set_table(whole) if whole else None,
        whole_notes=whole.notes if whole else (),
        versions=_versions_table(found, kept),
        paging=paging,
    )


def _has_rows(kept: KeptVersion, side: str) -> bool:
    return kept.has_numerator_rows if side == "numerator" else kept.has_base_rows


def _superseded(found: KeptFigure, kept: KeptVersion) -> str:
    if not kept.is_superseded:
        return ""
    later = found.version(kept.number + 1)
    since = nhs_moment(later.recorded_at) if later else ""
    return f"This is version {kept.number}. It was superseded on {since}, and stays here as it was."


def _facts(kept: KeptVersion) -> list[Fact]:
    """What the figure is made of, in the order in which somebody would ask."""
    made = [
        *([Fact("As published", kept.published)] if kept.published else []),
        *_worked_out(kept),
        Fact("Counted", counted(kept.numerator, kept.numerator_what) or "The count was not published"),
        Fact("Out of", counted(kept.base, kept.base_what) or "No base stated"),
        Fact("Day", nhs_date(kept.on) or "Not stated"),
        Fact("Source", kept.source, href=kept.source_href),
        Fact("Rounding", rounding_words(kept)),
    ]
    if kept.claim:
        made.append(Fact("In words", f"“{kept.claim}”"))
    if kept.part_of:
        made.append(Fact("Part of", f"Figure {kept.part_of}", href=figure_href(kept.part_of)))
    if kept.note:
        made.append(Fact("Note", kept.note))
    made.append(Fact("Figure", kept.figure, note="Its only name. Another figure may have the same value."))
    return made


def _worked_out(kept: KeptVersion) -> list[Fact]:
    if kept.share is None:
        return []
    exact = shown(kept.share, min(kept.places + FINER, 6))
    note = f"Cut off instead of rounded: {kept.truncated}%." if kept.truncated != kept.half_up else ""
    return [Fact("Worked out", f"{kept.computed}% ({exact})", note=note)]


def _rows_table(kept: KeptVersion, side: str, rows: Sequence[KeptRow]) -> Table:
    count, what = (
        (kept.numerator, kept.numerator_what) if side == "numerator" else (kept.base, kept.base_what)
    )
    head = "Counted" if side == "numerator" else "Out of"
    return Table(
        id=side,
        caption=f"{head}: {counted(count, what)}",
        columns=(Column("Place", numeric=True), Column("Name"), Column("What it leads to")),
        rows=[
            (number(row.place), Cell(row.words, href=row_href(row.ref, kept.on)), leads_to(row.ref))
            for row in rows
        ],
        row_header=False,
        stacked=True,
        size="s",
        empty="No more rows on this side.",
    )


def _versions_table(found: KeptFigure, kept: KeptVersion) -> Table:
    """Every version, newest first; what was printed only where something was."""
    is_printed = any(each.published for each in found.versions)
    columns = [Column("Version"), Column("Figure"), Column("Recorded"), Column("State")]
    if is_printed:
        columns.insert(2, Column("As published"))
    rows: list[list[Cell | str]] = []
    for each in found.versions:
        link = Cell(f"Version {each.number}", href=figure_href(found.id, each.number))
        state = Cell("Superseded", colour="grey", note=f"By version {each.number + 1}")
        rows.append(
            [
                link if each.number != kept.number else f"Version {each.number}, shown here",
                each.headline,
                *([each.published or "Nothing"] if is_printed else []),
                nhs_moment(each.recorded_at),
                state if each.is_superseded else Cell("Stands", colour="green"),
            ]
        )
    return Table(id="versions", caption="Versions", columns=tuple(columns), rows=rows, stacked=True, size="s")
