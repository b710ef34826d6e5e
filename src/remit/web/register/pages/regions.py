"""Regions: all of them on a day, and one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from remit.register.queries import CommissionerRow, ListsTotal, Nation, OrganisationPage, SourceRow
from remit.register.rules import era_on
from remit.web.as_at import AsAt
from remit.web.formats import nhs_date, number
from remit.web.names import readable_name
from remit.web.pages import Fact
from remit.web.register.links import crumbs, source_links, twins
from remit.web.register.pages.commissioners import commissioners_table, open_facts, standing
from remit.web.register.pages.dated import DatedPage
from remit.web.register.pages.history import history_table
from remit.web.register.pages.home import regions_table
from remit.web.register.words import patients_fact
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
            Fact(plural, number(len(commissioners)), note=f"On {nhs_date(day.day)}"),
            Fact("GP practices", number(practices)),
            patients_fact(lists, practices, day.day),
        ),
        commissioners=commissioners_table(day, commissioners, plural),
        history=history_table(day, found, numbered),
    )
