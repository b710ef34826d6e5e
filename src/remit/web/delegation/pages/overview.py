"""The programme on a day: counts that open, uptake by year and by region, a tile for each commissioner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from remit.delegation.queries import Overview, PositionRow, PublishedGap, RegionUptake, Uptake
from remit.delegation.rules import levels
from remit.web.as_at import AsAt
from remit.web.charts import Chart, stacked_chart
from remit.web.delegation.words import level_title
from remit.web.formats import nhs_date, number
from remit.web.names import readable_name
from remit.web.opened import OpenedFigure
from remit.web.pages import Crumb
from remit.web.register.links import address, addresses, crumbs, twins
from remit.web.register.pages.dated import DatedPage
from remit.web.register.words import capital, counted
from remit.web.tables import Cell, Column, Table

SOURCE = "Applications, decisions and arrangements recorded in Remit"
NO_REGION = "Not in a region"
COUNTS = (
    ("level-1", "Level 1 in effect", "with greater involvement in effect"),
    ("level-2", "Level 2 in effect", "with joint commissioning in effect"),
    ("level-3", "Level 3 in effect", "with delegated commissioning in effect"),
    ("approved-2", "Approved for Level 2", "whose approval for Level 2 was announced by the day and stood"),
    ("approved-3", "Approved for Level 3", "whose approval for Level 3 was announced by the day and stood"),
    ("conditional-2", "Approved for Level 2 on conditions", "whose conditions were still to be met"),
    ("conditional-3", "Approved for Level 3 on conditions", "whose conditions were still to be met"),
    ("signed-2", "Signed for Level 2", "whose Level 2 agreement was signed by the day, in effect or not"),
    ("signed-3", "Signed for Level 3", "whose Level 3 agreement was signed by the day, in effect or not"),
)
"""Each count: its name in the address, its label, and who is counted."""
NOTES = {
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
class Tile:
    """One commissioner: what stands in its tile, and its name."""

    level: int
    text: str
    name: str


@dataclass(frozen=True)
class TileGroup:
    """The tiles of a region, the highest level first."""

    name: str
    said: str
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, kw_only=True)
class OverviewPage(DatedPage):
    """The programme on a day. `who` lists those of one of the counts, where it was asked for."""

    lede: str
    published: tuple[OpenedFigure, ...]
    groups: tuple[Group, ...]
    chart: Chart | None
    regions: Table
    tiles: tuple[TileGroup, ...]
    tiles_said: str
    who: Table | None
    links: tuple[Crumb, ...]


def overview_page(day: AsAt, found: Overview, show: str, gaps: Sequence[PublishedGap] = ()) -> OverviewPage:
    """The page; `show` names the count whose commissioners are listed, such as ``level-3``. `gaps` are published
    totals of the real nation, which stand beside what its sources name."""
    wanted = show if show in {name for name, _, _ in COUNTS} else ""
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
        lede=_lede(day, uptake, is_real=bool(gaps)),
        published=tuple(_published(gap) for gap in gaps),
        groups=_groups(day, found),
        chart=_chart(found.years),
        regions=_regions(found.regions, on),
        tiles=_tiles(found),
        tiles_said=_tiles_said(uptake),
        who=_who(day, found, wanted) if wanted else None,
        links=(
            Crumb("What the levels are, and the powers of each", address("levels")),
            Crumb("Check whether a commissioner had a power", address("power_check", day=day)),
            Crumb("Rounds of applications", address("rounds")),
            Crumb("Announcements", address("announcements")),
        ),
    )


def _lede(day: AsAt, uptake: Uptake, *, is_real: bool) -> str:
    """The day in a sentence; before the first day of any level, that there was nothing to have."""
    began = min(level.since for level in levels().values())
    if day.day < began:
        return (
            f"Powers over general practice were first delegated on {nhs_date(began)}. Nobody had any before."
        )
    on, held = nhs_date(day.day), number(uptake.level_3)
    everybody = counted(uptake.commissioners, "commissioner")
    if is_real:
        return (
            f"On {on}, the sources held here name {held} of {everybody} in England with delegated powers over "
            "general practice. Nobody else's position is guessed."
        )
    return f"On {on}, {held} of {everybody} in England had delegated powers over general practice."


def _published(gap: PublishedGap) -> OpenedFigure:
    """A published total, with how many of it the sources at hand name."""
    return OpenedFigure(
        label=f"Published on {nhs_date(gap.announced_on)}: approved for Level {gap.level}",
        value=number(gap.approved),
        numerator="As published: the list behind it cannot be read freely",
        on=gap.announced_on,
        source=gap.source,
        source_href=gap.href,
        rounding="None: a count",
        note=f"{number(gap.named)} of the {number(gap.approved)} are named in the sources held.",
    )


def counted_in(found: Overview, name: str) -> frozenset[str]:
    """The codes of those in one of the counts."""
    what, _, number_ = name.partition("-")
    level = int(number_)
    here = {row.code for row in found.positions}
    if what == "level":
        return frozenset(row.code for row in found.positions if row.level == level)
    codes: frozenset[str] = getattr(found.standing, what)[level]
    return frozenset(codes & here)


def _groups(day: AsAt, found: Overview) -> tuple[Group, ...]:
    headings = {"level": "In effect", "approved": "Approved", "signed": "Signed"}
    return tuple(
        Group(
            heading,
            tuple(
                _figure(day, found, *each)
                for each in COUNTS
                if each[0].startswith(what) or (what == "approved" and each[0].startswith("conditional"))
            ),
        )
        for what, heading in headings.items()
    )


def _figure(day: AsAt, found: Overview, name: str, label: str, who: str) -> OpenedFigure:
    count = len(counted_in(found, name))
    return OpenedFigure(
        label=label,
        value=number(count),
        numerator=f"{counted(count, 'commissioner')} {who}",
        base=f"{counted(found.uptake.commissioners, 'commissioner')} on {nhs_date(day.day)}",
        on=day.day,
        source=SOURCE,
        rounding="None: a count",
        note=NOTES[name.partition("-")[0]],
        href=f"{reverse('delegation')}?{urlencode({'on': day.day.isoformat(), 'show': name})}#who",
    )


def _who(day: AsAt, found: Overview, name: str) -> Table:
    """Those who make a count."""
    label = next(label for each, label, _ in COUNTS if each == name)
    codes, leads_to = counted_in(found, name), addresses("commissioner", day)
    rows = [row for row in found.positions if row.code in codes]
    return Table(
        id="who",
        caption=f"{label} on {nhs_date(day.day)}: {counted(len(rows), 'commissioner')}",
        columns=(
            Column("Commissioner"),
            Column("Code"),
            Column("Region"),
            Column("In effect"),
            Column("Since"),
        ),
        rows=[
            (
                Cell(readable_name(row.name), href=leads_to(row.code)),
                row.code,
                readable_name(row.region_name) or row.region,
                level_title(row.level),
                nhs_date(row.since),
            )
            for row in rows
        ],
        stacked=True,
        empty="None.",
    )


def _chart(years: Sequence[Uptake]) -> Chart | None:
    if not years:
        return None
    last = years[-1]
    names = [capital(levels()[level].title) for level in (3, 2, 1)]
    return stacked_chart(
        id="uptake",
        title="Powers in effect on 1 April of each year",
        summary=f"On {nhs_date(years[0].on)} {number(years[0].level_3)} of {number(years[0].commissioners)} "
        f"commissioners had Level 3; on {nhs_date(last.on)}, {number(last.level_3)} of {number(last.commissioners)}.",
        rows=[(str(each.on.year), _parts(each)) for each in years],
        x="Year",
        y="Commissioners",
        parts=(*names, "No arrangement"),
    )


def _parts(each: Uptake) -> tuple[int, ...]:
    held = (each.level_3, each.level_2, each.level_1)
    return (*held, each.commissioners - sum(held))


def _regions(rows: Sequence[RegionUptake], on: str) -> Table:
    return Table(
        id="by-region",
        caption=f"By region on {on}",
        columns=(
            Column("Region"),
            Column("Commissioners", numeric=True),
            Column("Level 1", numeric=True),
            Column("Level 2", numeric=True),
            Column("Level 3", numeric=True),
            Column("Approved for Level 3", numeric=True),
        ),
        rows=[
            (
                readable_name(row.name) or row.code or NO_REGION,
                number(row.uptake.commissioners),
                number(row.uptake.level_1),
                number(row.uptake.level_2),
                number(row.uptake.level_3),
                number(row.uptake.approved_3),
            )
            for row in rows
        ],
        stacked=True,
        empty="There were no commissioners on this day.",
    )


def _tiles(found: Overview) -> tuple[TileGroup, ...]:
    def group(region: RegionUptake) -> TileGroup:
        rows = sorted(
            (row for row in found.positions if row.region == region.code),
            key=lambda row: (-row.level, row.name),
        )
        name = readable_name(region.name) or region.code or NO_REGION
        return TileGroup(
            name,
            f"{number(region.uptake.level_3)} of {number(len(rows))} at Level 3",
            tuple(map(_tile, rows)),
        )

    return tuple(group(region) for region in found.regions)


def _tile(row: PositionRow) -> Tile:
    return Tile(
        row.level,
        str(row.level) if row.level else "–",
        f"{readable_name(row.name)}: {level_title(row.level)}",
    )


def _tiles_said(uptake: Uptake) -> str:
    held = uptake.level_1 + uptake.level_2 + uptake.level_3
    return (
        f"{number(uptake.level_3)} at Level 3, {number(uptake.level_2)} at Level 2, {number(uptake.level_1)} at "
        f"Level 1, {number(uptake.commissioners - held)} without an arrangement."
    )
