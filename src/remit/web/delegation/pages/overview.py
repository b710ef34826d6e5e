"""The programme on a day: counts that open, uptake by year and by region, a tile for each commissioner."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from remit.delegation.queries import (
    EVERYBODY,
    Overview,
    PublishedGap,
    RegionUptake,
    Uptake,
    a_year_before,
    counted_in,
)
from remit.delegation.queries import NO_REGION as IN_NO_REGION
from remit.delegation.rules import levels
from remit.kernel.names import readable_name
from remit.web.as_at import AsAt
from remit.web.charts import Chart, stacked_chart
from remit.web.delegation.pages.counts import SOURCE, WORDS, count_address, difference
from remit.web.delegation.pages.published import published_figures
from remit.web.delegation.pages.tiles import NO_REGION, TileGroup, tile_groups, tiles_said
from remit.web.delegation.words import NOT_KNOWN
from remit.web.formats import nhs_date, number
from remit.web.opened import OpenedFigure
from remit.web.pages import Crumb
from remit.web.register.links import address, crumbs, twins
from remit.web.register.pages.dated import DatedPage
from remit.web.register.words import capital, counted
from remit.web.tables import Cell, Column, Table

NOTES = {
    "not": "No source held here says which level they had, if any. Nobody's position is guessed.",
    "level": "In effect on the day itself. Approved and signed are counted apart.",
    "approved": "Announced is not in effect: powers come on on the day of the round, once signed.",
    "conditional": "Not counted among those approved.",
    "signed": "A signature may come before the day on which powers come on.",
}


@dataclass(frozen=True)
class Group:
    """A number and what it belongs to: the heading of some figures."""

    heading: str
    figures: tuple[OpenedFigure, ...]


@dataclass(frozen=True)
class Sentence:
    """Words with a number in them that opens; `count` is None where there is none."""

    before: str
    count: Cell | None = None
    after: str = ""


@dataclass(frozen=True, kw_only=True)
class OverviewPage(DatedPage):
    """The programme on a day."""

    lede: Sentence
    change: Cell | None
    published: tuple[OpenedFigure, ...]
    groups: tuple[Group, ...]
    chart: Chart | None
    regions: Table
    tiles: tuple[TileGroup, ...]
    tiles_said: tuple[Cell, ...]
    links: tuple[Crumb, ...]


def overview_page(
    day: AsAt,
    found: Overview,
    gaps: Sequence[PublishedGap] = (),
    kept: Collection[str] = (),
) -> OverviewPage:
    """The page. `gaps` are published totals of the real nation, which stand beside what its sources name, and `kept`
    those of their figures that open."""
    on, uptake = nhs_date(day.day), found.uptake
    return OverviewPage(
        title="Who has which powers, on any day",
        section="Delegation",
        crumbs=crumbs(day),
        chooser=day,
        as_at=day.day,
        alternates=(
            *twins("positions", "Positions on this day", day.day),
            *twins("uptake", "Uptake by year"),
        ),
        lede=_lede(day, uptake, is_real=bool(found.uptake.not_known)),
        change=_change(day, found),
        published=published_figures(gaps, kept),
        groups=_groups(day, found),
        chart=_chart(found.years),
        regions=_regions(found, on),
        tiles=tile_groups(found),
        tiles_said=tiles_said(uptake),
        links=(
            Crumb("What the levels are, and the powers of each", address("levels", day=day)),
            Crumb("Check whether a commissioner had a power", address("power_check", day=day)),
            Crumb("Rounds of applications", address("rounds", day=day)),
            Crumb("Programmes and their documents", address("programmes")),
            Crumb("How members were asked, application by application", address("mandates", day=day)),
            Crumb(
                "Evidence of what members, committees and representatives said", address("evidence_register")
            ),
            Crumb(
                "Constitutions of bodies with members, and who amends one", address("constitutions", day=day)
            ),
            Crumb("Consultations of members, and whether they were long enough", address("consultations")),
            Crumb("Meetings of bodies with members, with their notice", address("meetings")),
            Crumb("Motions: what members are asked, and how they decided", address("motions")),
            Crumb("Announcements", address("announcements", day=day)),
            Crumb("Agreements", address("agreements", day=day)),
            Crumb("Conditions of approvals, and whether they were met", address("conditions", day=day)),
        ),
    )


def _lede(day: AsAt, uptake: Uptake, *, is_real: bool) -> Sentence:
    """The day in a sentence; before the first day of any level, that there was nothing to have."""
    began = min(level.since for level in levels().values())
    if day.day < began:
        return Sentence(
            f"Powers over general practice were first delegated on {nhs_date(began)}. Nobody had any before."
        )
    on, held = nhs_date(day.day), number(uptake.level_3)
    everybody = counted(uptake.commissioners, "commissioner")
    count = Cell(f"{held} of {everybody}", href=count_address("level-3", day.day))
    if is_real:
        after = "in England with delegated powers over general practice. Nobody else's position is guessed."
        return Sentence(f"On {on}, the sources held here name", count, after)
    return Sentence(f"On {on},", count, "in England had delegated powers over general practice.")


def _change(day: AsAt, found: Overview) -> Cell | None:
    """By how many those at Level 3 grew since the year before; None where that, or either count, is not known."""
    since = a_year_before(day.day)
    earlier = next((each for each in found.years if each.on == since), None)
    if earlier is None or found.uptake.not_known or earlier.not_known:
        return None
    more = found.uptake.level_3 - earlier.level_3
    than = "than" if more else "as"
    words = f"{difference(more)} {than} the {number(earlier.level_3)} on {nhs_date(earlier.on)}"
    return Cell(words, href=count_address("level-3", day.day, since=since))


def _groups(day: AsAt, found: Overview) -> tuple[Group, ...]:
    shown = {
        "In effect": ("level-1", "level-2", "level-3", *(["not-known"] if found.uptake.not_known else [])),
        "Approved": ("approved-2", "approved-3", "conditional-2", "conditional-3"),
        "Signed": ("signed-2", "signed-3"),
    }
    return tuple(
        Group(heading, tuple(_figure(day, found, name) for name in names)) for heading, names in shown.items()
    )


def _figure(day: AsAt, found: Overview, name: str) -> OpenedFigure:
    label, who = WORDS[name]
    count = len(counted_in(name, found.positions, found.standing))
    return OpenedFigure(
        label=label,
        value=number(count),
        numerator=f"{counted(count, 'commissioner')} {who}",
        base=f"{counted(found.uptake.commissioners, 'commissioner')} on {nhs_date(day.day)}",
        on=day.day,
        source=SOURCE,
        rounding="None: a count",
        note=NOTES[name.partition("-")[0]],
        href=count_address(name, day.day),
    )


def _chart(years: Sequence[Uptake]) -> Chart | None:
    if not years:
        return None
    last, with_unknown = years[-1], any(each.not_known for each in years)
    names = [capital(levels()[level].title) for level in (3, 2, 1)]
    drawn = stacked_chart(
        id="uptake",
        title="Powers in effect on 1 April of each year",
        summary=f"On {nhs_date(years[0].on)} {_share(years[0])} commissioners had Level 3; on {nhs_date(last.on)}, "
        f"{_share(last)}.",
        rows=[(str(each.on.year), _parts(each, with_unknown=with_unknown)) for each in years],
        x="Year",
        y="Commissioners",
        parts=(*names, "No arrangement", *((NOT_KNOWN,) if with_unknown else ())),
    )
    counts = ("level-3", "level-2", "level-1", "level-0", *(["not-known"] if with_unknown else []), EVERYBODY)
    opened = [
        (row[0], *(_open(str(cell), name, each.on) for cell, name in zip(row[1:], counts, strict=True)))
        for row, each in zip(drawn.table.rows, years, strict=True)
    ]
    return replace(drawn, table=replace(drawn.table, rows=opened))


def _open(value: str, name: str, on: date, region: str = "") -> Cell:
    """A number in a table, which opens."""
    return Cell(value, href=count_address(name, on, region))


def _share(each: Uptake) -> str:
    """ "63 of 209"; with how many are not known, where sources are silent."""
    of = f"{number(each.level_3)} of {number(each.commissioners)}"
    return f"{of} (the position of {number(each.not_known)} is not known)" if each.not_known else of


def _parts(each: Uptake, *, with_unknown: bool) -> tuple[int, ...]:
    held = (each.level_3, each.level_2, each.level_1)
    known = (*held, each.commissioners - sum(held) - each.not_known)
    return (*known, each.not_known) if with_unknown else known


def _regions(found: Overview, on: str) -> Table:
    rows: Sequence[RegionUptake] = found.regions
    both = found.standing.approved[2] | found.standing.approved[3]
    approved = len(both & {row.code for row in found.positions})
    with_unknown = any(row.uptake.not_known for row in rows)
    return Table(
        id="by-region",
        caption=f"By region on {on}. Approved for Level 2 or Level 3: {counted(approved, 'commissioner')}",
        columns=(
            Column("Region"),
            Column("Commissioners", numeric=True),
            Column("Level 1", numeric=True),
            Column("Level 2", numeric=True),
            Column("Level 3", numeric=True),
            Column("Approved for Level 2", numeric=True),
            Column("Approved for Level 3", numeric=True),
            *((Column("Not known", numeric=True),) if with_unknown else ()),
        ),
        rows=[
            (
                readable_name(row.name) or row.code or NO_REGION,
                *(
                    _open(number(count), name, row.uptake.on, row.code or IN_NO_REGION)
                    for name, count in _counts(row.uptake, with_unknown=with_unknown)
                ),
            )
            for row in rows
        ]
        + [_all_regions(found, with_unknown=with_unknown)] * bool(rows),
        stacked=True,
        empty="There were no commissioners on this day.",
    )


def _all_regions(found: Overview, *, with_unknown: bool) -> tuple[Cell | str, ...]:
    """The last row: all regions together."""
    counts = _counts(found.uptake, with_unknown=with_unknown)
    return ("All regions", *(_open(number(count), name, found.uptake.on) for name, count in counts))


def _counts(found: Uptake, *, with_unknown: bool) -> tuple[tuple[str, int], ...]:
    """The counts of a region's row, each with its name."""
    return (
        (EVERYBODY, found.commissioners),
        ("level-1", found.level_1),
        ("level-2", found.level_2),
        ("level-3", found.level_3),
        ("approved-2", found.approved_2),
        ("approved-3", found.approved_3),
        *([("not-known", found.not_known)] if with_unknown else []),
    )
