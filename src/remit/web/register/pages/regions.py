"""Regions: all of them on a day, and one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from remit.kernel.names import readable_name
from remit.register.queries import (
    CommissionerRow,
    ListsTotal,
    Nation,
    OrganisationPage,
    RegionInTime,
    SourceRow,
)
from remit.register.rules import era_on
from remit.web.as_at import AsAt
from remit.web.charts import Chart, Point, line_chart
from remit.web.formats import nhs_date, number
from remit.web.pages import Fact
from remit.web.register.links import crumbs, page_of_relation, source_links, twins
from remit.web.register.pages.commissioners import commissioners_table, open_facts, standing
from remit.web.register.pages.dated import DatedPage
from remit.web.register.pages.history import history_table
from remit.web.register.pages.home import regions_table
from remit.web.register.words import about_words, patients_fact, then_and_later, value_words
from remit.web.tables import Table


@dataclass(frozen=True, kw_only=True)
class RegionsPage(DatedPage):
    """The regions on a day."""

    regions: Table


@dataclass(frozen=True, kw_only=True)
class RegionPage(DatedPage):
    """One region: what was in it on the day."""

    code: str
    standing: str
    facts: tuple[Fact, ...]
    commissioners: Table
    charts: tuple[Chart, ...]
    history: Table


def regions_page(day: AsAt, nation: Nation) -> RegionsPage:
    """The regions on a day, with what was in each."""
    return RegionsPage(
        title="NHS England regions",
        section="Register",
        crumbs=crumbs(day),
        chooser=day,
        as_at=day.day,
        alternates=twins("commissioners", "Commissioners with their regions", day.day),
        regions=regions_table(day, nation),
    )


def region_page(
    day: AsAt,
    found: OrganisationPage,
    *,
    commissioners: Sequence[CommissionerRow],
    practices: int,
    lists: ListsTotal,
    years: Sequence[RegionInTime],
    sources: list[SourceRow],
) -> RegionPage:
    """One region on a day."""
    name = readable_name(found.name)
    era = era_on(day.day)
    plural = era.plural if era else "Commissioners"
    numbered = source_links(sources)
    return RegionPage(
        title=name,
        section=f"Region {found.code}",
        crumbs=crumbs(day, ("Regions", "regions")),
        chooser=day,
        as_at=day.day,
        alternates=twins("commissioners", f"Commissioners of {name}", day.day, region=found.code),
        sources=numbered,
        code=found.code,
        standing=standing(found, day),
        facts=(
            Fact("Code", found.code),
            *open_facts(found.kinds),
            *_part_of(day, found),
            Fact(plural, number(len(commissioners)), note=f"On {nhs_date(day.day)}"),
            Fact("GP practices", number(practices)),
            patients_fact(lists, practices, day.day),
        ),
        commissioners=commissioners_table(day, commissioners, plural, of_one_region=True),
        charts=_charts(years),
        history=history_table(day, found, numbered),
    )


def _part_of(day: AsAt, found: OrganisationPage) -> tuple[Fact, ...]:
    """The body that the region is part of, where a source names one."""
    parent = found.now.get("parent")
    if parent is None:
        return ()
    href = page_of_relation("parent", parent.value, day) if parent.value_name else ""
    return (Fact(about_words("parent"), value_words(parent), href, note=parent.value if href else ""),)


def _charts(years: Sequence[RegionInTime]) -> tuple[Chart, ...]:
    """Commissioners and practices over the years in which the region had any."""
    if len(years) < 2:
        return ()
    return tuple(
        line_chart(
            id=f"{name.lower().split()[-1]}-by-year",
            title=f"{name} by year",
            summary=f"{then_and_later((number(counts[0]), years[0].on), (number(counts[-1]), years[-1].on))}.",
            points=[
                Point(year.on.isoformat(), count, number(count))
                for year, count in zip(years, counts, strict=True)
            ],
            x="Day",
            y=name,
            is_date=True,
        )
        for name, counts in (
            ("Commissioners", [year.commissioners for year in years]),
            ("GP practices", [year.practices for year in years]),
        )
    )
