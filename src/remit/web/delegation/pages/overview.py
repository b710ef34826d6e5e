"""The programme on a day: counts that open, uptake by year and by region, a tile for each commissioner."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from remit.delegation.queries import Overview, PublishedGap, RegionUptake, Uptake
from remit.delegation.rules import levels
from remit.kernel.names import readable_name
from remit.web.as_at import AsAt
from remit.web.charts import Chart, stacked_chart
from remit.web.delegation.pages.published import published_figures
from remit.web.delegation.pages.tiles import NO_REGION, TileGroup, tile_groups, tiles_said
from remit.web.delegation.words import NOT_KNOWN, level_title
from remit.web.formats import nhs_date, number
from remit.web.opened import OpenedFigure
from remit.web.pages import Crumb
from remit.web.register.links import address, addresses, crumbs, twins
from remit.web.register.pages.dated import DatedPage
from remit.web.register.words import capital, counted
from remit.web.tables import Cell, Column, Table

SOURCE = "Applications, decisions and arrangements recorded in Remit"
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
NOT_KNOWN_COUNT = ("not-known", "Position not known", "whose position no source held here gives")
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


def overview_page(
    day: AsAt,
    found: Overview,
    show: str,
    gaps: Sequence[PublishedGap] = (),
    kept: Collection[str] = (),
) -> OverviewPage:
    """The page; `show` names the count whose commissioners are listed, such as ``level-3``. `gaps` are published
    totals of the real nation, which stand beside what its sources name, and `kept` those of their figures that open.
    """
    wanted = show if show in {name for name, _, _ in (*COUNTS, NOT_KNOWN_COUNT)} else ""
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
        published=published_figures(gaps, kept),
        groups=_groups(day, found),
        chart=_chart(found.years),
        regions=_regions(found.regions, on),
        tiles=tile_groups(found),
        tiles_said=tiles_said(uptake),
        who=_who(day, found, wanted) if wanted else None,
        links=(
            Crumb("What the levels are, and the powers of each", address("levels")),
            Crumb("Check whether a commissioner had a power", address("power_check", day=day)),
            Crumb("Rounds of applications", address("rounds")),
            Crumb("Programmes and their documents", address("programmes")),
            Crumb("How members were asked, application by application", address("mandates")),
            Crumb(
                "Evidence of what members, committees and representatives said", address("evidence_register")
            ),
            Crumb("Announcements", address("announcements")),
            Crumb("Agreements", address("agreements")),
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


def counted_in(found: Overview, name: str) -> frozenset[str]:
    """The codes of those in one of the counts."""
    what, _, number_ = name.partition("-")
    if what == "not":
        return frozenset(row.code for row in found.positions if row.level is None)
    level = int(number_)
    here = {row.code for row in found.positions}
    if what == "level":
        return frozenset(row.code for row in found.positions if row.level == level)
    codes: frozenset[str] = getattr(found.standing, what)[level]
    return frozenset(codes & here)


def _groups(day: AsAt, found: Overview) -> tuple[Group, ...]:
    headings = {"level": "In effect", "approved": "Approved", "signed": "Signed"}
    among = {"level": ("level", "not"), "approved": ("approved", "conditional"), "signed": ("signed",)}
    every = (*COUNTS, NOT_KNOWN_COUNT) if found.uptake.not_known else COUNTS
    return tuple(
        Group(heading, tuple(_figure(day, found, *each) for each in every if each[0].startswith(among[what])))
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
    label = next(label for each, label, _ in (*COUNTS, NOT_KNOWN_COUNT) if each == name)
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
    last, with_unknown = years[-1], any(each.not_known for each in years)
    names = [capital(levels()[level].title) for level in (3, 2, 1)]
    return stacked_chart(
        id="uptake",
        title="Powers in effect on 1 April of each year",
        summary=f"On {nhs_date(years[0].on)} {_share(years[0])} commissioners had Level 3; on {nhs_date(last.on)}, "
        f"{_share(last)}.",
        rows=[(str(each.on.year), _parts(each, with_unknown=with_unknown)) for each in years],
        x="Year",
        y="Commissioners",
        parts=(*names, "No arrangement", *((NOT_KNOWN,) if with_unknown else ())),
    )


def _share(each: Uptake) -> str:
    """ "63 of 209"; with how many are not known, where sources are silent."""
    of = f"{number(each.level_3)} of {number(each.commissioners)}"
    return f"{of} (the position of {number(each.not_known)} is not known)" if each.not_known else of


def _parts(each: Uptake, *, with_unknown: bool) -> tuple[int, ...]:
    held = (each.level_3, each.level_2, each.level_1)
    known = (*held, each.commissioners - sum(held) - each.not_known)
    return (*known, each.not_known) if with_unknown else known


def _regions(rows: Sequence[RegionUptake], on: str) -> Table:
    with_unknown = any(row.uptake.not_known for row in rows)
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
            *((Column("Not known", numeric=True),) if with_unknown else ()),
        ),
        rows=[
            (
                readable_name(row.name) or row.code or NO_REGION,
                number(row.uptake.commissioners),
                number(row.uptake.level_1),
                number(row.uptake.level_2),
                number(row.uptake.level_3),
                number(row.uptake.approved_3),
                *((number(row.uptake.not_known),) if with_unknown else ()),
            )
            for row in rows
        ],
        stacked=True,
        empty="There were no commissioners on this day.",
    )
