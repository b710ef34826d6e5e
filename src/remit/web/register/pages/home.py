"""The home page: what Remit is, and the nation on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from remit.demo.queries import is_invented
from remit.kernel.names import readable_name
from remit.register.queries import Nation, RegionRow, SourceRow
from remit.register.rules import networks_began
from remit.web.as_at import AsAt
from remit.web.charts import Chart, Point, line_chart
from remit.web.formats import nhs_date, number
from remit.web.opened import OpenedFigure
from remit.web.pages import Crumb
from remit.web.register.links import address, twins
from remit.web.register.pages.dated import DatedPage
from remit.web.register.words import capital, counted_between, then_and_later
from remit.web.tables import Cell, Column, Table

NO_BODY = "commissioners"
NOT_KNOWN = "Not known"


@dataclass(frozen=True, kw_only=True)
class HomePage(DatedPage):
    """The nation on the day. `is_empty`: no file has been loaded; `is_invented`: the data are."""

    on: date
    commissioners: str
    figures: tuple[OpenedFigure, ...]
    regions: Table
    chart: Chart | None
    links: tuple[Crumb, ...]
    is_empty: bool
    is_invented: bool


def home_page(
    day: AsAt,
    nation: Nation,
    years: list[tuple[date, int]],
    sources: list[SourceRow],
    *,
    is_demo: bool,
) -> HomePage:
    """The page; `sources` are all the files that were loaded."""
    plural = nation.era.plural.lower() if nation.era else NO_BODY
    return HomePage(
        title="Who commissions general practice in England, on any day",
        chooser=day,
        as_at=day.day,
        problems=day.problems,
        alternates=twins("commissioners", "Commissioners", day.day),
        on=day.day,
        commissioners=f"{number(nation.commissioners)} {plural}",
        figures=_figures(nation, plural, sources),
        regions=regions_table(day, nation),
        chart=_chart(years),
        links=(
            Crumb("All commissioners on this day", address("commissioners", day=day)),
            Crumb("All GP practices on this day", address("practices", day=day)),
            Crumb("Which powers commissioners had on this day", address("delegation", day=day)),
            Crumb("The files that the register is made from", address("sources")),
        ),
        is_empty=not sources,
        is_invented=is_demo and any(is_invented(row.publisher, row.title) for row in sources),
    )


def _links(sources: Iterable[SourceRow]) -> tuple[tuple[str, str], ...]:
    latest_first = sorted(sources, key=lambda row: (row.as_of, row.title), reverse=True)
    return tuple((row.title, reverse("source", args=[row.sha256])) for row in latest_first)


def _figures(nation: Nation, plural: str, sources: list[SourceRow]) -> tuple[OpenedFigure, ...]:
    lists = nation.lists
    return (
        OpenedFigure(
            label=capital(plural),
            value=number(nation.commissioners),
            numerator=f"Every organisation that was one of the {plural} on this day",
            on=nation.on,
            sources=_links(row for row in sources if row.commissioners or row.kind == "map"),
            rounding="None: a count",
            note="Commissioning hubs and sub-ICB locations are not counted: they are not commissioners.",
        ),
        OpenedFigure(
            label="GP practices",
            value=number(nation.practices),
            numerator="Every organisation that was a GP practice on this day",
            on=nation.on,
            sources=_links(row for row in sources if row.practices),
            rounding="None: a count",
            note="Prescribing cost centres of other kinds, such as walk-in centres, are not counted.",
        ),
        OpenedFigure(
            label="Registered patients",
            value=number(lists.registered, 0) if lists.counted else NOT_KNOWN,
            numerator=f"The lists of {number(lists.counted)} practices, added up",
            base=f"{number(nation.practices)} practices",
            on=nation.on,
            sources=_links(row for row in sources if row.kind in ("payments", "lists")),
            rounding="To a whole patient, because some years’ files give averages",
            note=f"Each practice by its latest count up to this day, {counted_between(lists.oldest, lists.newest)}. "
            "A patient may be on more than one list.",
        ),
        OpenedFigure(
            label="Primary care networks",
            value=NOT_KNOWN if _networks_unknown(nation) else number(nation.pcns),
            numerator="Every organisation that was a primary care network on this day",
            on=nation.on,
            sources=_links(row for row in sources if "pcn_code" in {column[1] for column in row.columns}),
            rounding="None: a count",
            note=_networks_note(nation),
        ),
    )


def _networks_unknown(nation: Nation) -> bool:
    """Whether there were networks on the day, but no file says which."""
    return nation.pcns == 0 and nation.on >= networks_began()


def _networks_note(nation: Nation) -> str:
    if nation.on < networks_began():
        return f"Networks began on {nhs_date(networks_began())}. Earlier days have none."
    return "No file says which networks there were on this day." if nation.pcns == 0 else ""


def regions_table(day: AsAt, nation: Nation) -> Table:
    """Regions with what was in each, and what no source puts into one: the columns add up to the nation."""
    rows: list[tuple[Cell | str, ...]] = [
        (
            _region(day, row),
            number(row.commissioners),
            number(row.practices),
        )
        for row in nation.regions
    ]
    without = nation.practices - sum(row.practices for row in nation.regions)
    if without or nation.without_region:
        rows.append(
            (
                Cell("Not in a region", note="No source says which region"),
                number(nation.without_region),
                number(without),
            )
        )
    return Table(
        id="regions",
        caption=f"Regions on {nhs_date(day.day)}",
        columns=(Column("Region"), Column("Commissioners", numeric=True), Column("Practices", numeric=True)),
        rows=rows,
        stacked=True,
        empty="No source says which regions there were on this day.",
    )


def _region(day: AsAt, row: RegionRow) -> Cell | str:
    """A link to the region, where its name is known: then it has a page."""
    if row.name == row.code:
        return row.code
    return Cell(readable_name(row.name), href=address("region", row.code, day=day), note=row.code)


def _chart(years: list[tuple[date, int]]) -> Chart | None:
    known = [(on, count) for on, count in years if count]
    if len(known) < 2:
        return None
    shown = [(number(count), on) for on, count in known]
    return line_chart(
        id="by-year",
        title="Commissioners by year",
        summary=f"There were {then_and_later(shown[0], shown[-1])}.",
        points=[Point(on.isoformat(), count, number(count)) for on, count in known],
        x="Day",
        y="Commissioners",
        is_date=True,
    )
