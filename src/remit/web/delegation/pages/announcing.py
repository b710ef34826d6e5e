"""Announcements: the list, one, and making one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse

from remit.delegation.queries import (
    NO_REGION,
    AnnouncedRow,
    AnnouncementRow,
    CoveredRow,
    FunnelStage,
    QuoteRow,
    WaitingRound,
)
from remit.delegation.queries import AnnouncementPage as Found
from remit.delegation.states import APPROVED, CONDITIONAL, STATE_WORDS
from remit.figures.queries import KeptVersion
from remit.kernel.moments import london_day
from remit.kernel.names import readable_name
from remit.web.as_at import AsAt
from remit.web.delegation.pages.counts import difference
from remit.web.delegation.pages.funnel import funnel_table
from remit.web.delegation.pages.rounds import UNDER
from remit.web.delegation.words import level_title, state_tag
from remit.web.figures.links import figure_href
from remit.web.figures.opening import opened
from remit.web.formats import nhs_date, nhs_moment, number
from remit.web.opened import OpenedFigure
from remit.web.pages import Crumb, Fact, Page
from remit.web.register.links import API, address, crumbs, twins
from remit.web.register.pages.dated import DatedPage
from remit.web.register.words import capital, counted
from remit.web.tables import Cell, Column, Table

OPENED = "What the ledger committed to, opened"


@dataclass(frozen=True, kw_only=True)
class AnnouncementsPage(DatedPage):
    """Every announcement that the reader may know of; `waiting` are rounds with something to announce."""

    table: Table
    waiting: tuple[Crumb, ...]


@dataclass(frozen=True, kw_only=True)
class AnnouncementPage(Page):
    """One announcement. `embargo` says until when only the programme sees it; empty once it is released."""

    embargo: str
    told: str
    corrections: tuple[Fact, ...]
    quotes: tuple[QuoteRow, ...]
    facts: tuple[Fact, ...]
    figures: tuple[OpenedFigure, ...]
    since: tuple[Cell, ...]
    rounds: Table | None
    stages: tuple[Table, ...]
    regions: Table
    rows: tuple[Table, ...]
    sha256: str
    openings_href: str
    previous: Crumb | None
    following: Crumb | None


def announcements_page(
    day: AsAt, rows: Sequence[AnnouncementRow], waiting: Sequence[WaitingRound]
) -> AnnouncementsPage:
    """The list on a day, the latest first."""
    at = day.moment
    return AnnouncementsPage(
        title="Announcements",
        section="Delegation",
        crumbs=crumbs(day, UNDER),
        chooser=day,
        as_at=day.day,
        alternates=() if day.is_past else twins("announcements", "Announcements"),
        table=Table(
            id="announcements",
            caption="Announcements, the latest first",
            columns=(
                Column("Announcement"),
                Column("Released"),
                Column("Powers from"),
                Column("Approved", numeric=True),
                Column("On conditions", numeric=True),
                Column("Corrections", numeric=True),
            ),
            rows=[
                (
                    Cell(
                        row.headline,
                        href=address("announcement", row.code, day=day),
                        note="Under embargo" if row.released_at > at else row.event,
                    ),
                    nhs_moment(row.released_at),
                    _days(row),
                    Cell(number(row.approved), href=figure_href(f"{row.code}-approved")),
                    Cell(number(row.conditional), href=figure_href(f"{row.code}-conditional")),
                    number(row.corrections),
                )
                for row in rows
            ],
            stacked=True,
            empty="Nothing has been announced yet.",
        ),
        waiting=tuple(
            Crumb(
                f"{row.title}: {row.approved} approved, {row.conditional} on conditions",
                address("announce", round=row.code),
            )
            for row in waiting
        ),
    )


def announcement_page(
    found: Found, figures: Sequence[KeptVersion], at: datetime, stages: Mapping[str, Sequence[FunnelStage]]
) -> AnnouncementPage:
    """One announcement; `figures` are those that it made, `stages` how far each of its rounds came."""
    row = found.row
    by_id = {version.figure: version for version in figures}
    released = nhs_moment(row.released_at)
    return AnnouncementPage(
        title=row.headline,
        section="Announcements",
        crumbs=crumbs(None, UNDER, ("Announcements", "announcements")),
        alternates=_alternates(row.code) if row.released_at <= at else (),
        embargo=f"Under embargo until {released}" if row.released_at > at else "",
        told=_told(row),
        quotes=found.quotes,
        corrections=tuple(Fact(nhs_date(each.made_at), each.words) for each in found.corrections),
        facts=_facts(row),
        figures=tuple(_count_first(by_id[each]) for each in found.figures if each in by_id),
        since=_growth(found, by_id),
        rounds=_rounds(row) if len(row.rounds) > 1 else None,
        stages=tuple(
            _of_round(funnel_table(each.code, stages[each.code], london_day(at)), each.title, place, row)
            for place, each in enumerate(row.rounds, 1)
        ),
        regions=regions_table(found.by_region, row.code),
        rows=named_lists(row.rounds, found.rows, "by name"),
        sha256=found.sha256,
        openings_href=f"{API}ledger/openings?announcement={row.code}&limit=500"
        if row.released_at <= at
        else "",
        previous=_link(found.previous),
        following=_link(found.following),
    )


def so_far(code: str) -> str:
    """The figure of an announcement that counts all who were approved by then."""
    return f"{code}-all-approved"


def _growth(found: Found, figures: Mapping[str, KeptVersion]) -> tuple[Cell, ...]:
    """What is counted, by how many it grew since the announcement before, and that one: each opens."""
    now = figures.get(so_far(found.row.code))
    before = figures.get(so_far(found.previous[0])) if found.previous else None
    if now is None or before is None or now.numerator is None or before.numerator is None:
        return ()
    more = now.numerator - before.numerator
    return (
        Cell(f"{now.label}: {number(now.numerator)}", href=figure_href(now.figure)),
        Cell(f"{difference(more)} {'than' if more else 'as'}"),
        Cell(f"the {number(before.numerator)} of {nhs_date(before.on)}", href=figure_href(before.figure)),
    )


def _alternates(code: str) -> tuple[tuple[str, str, str], ...]:
    named = twins(f"announcements/{code}/rows", "The named list")
    return (*named, *twins("ledger/openings", OPENED, announcement=code))


def _told(row: AnnouncementRow) -> str:
    """When, and where, it was announced; made and released are told apart where an embargo lay between."""
    at = f" at {row.event}" if row.event else ""
    when = (
        f"Made on {nhs_date(row.announced_at)} and released on {nhs_date(row.released_at)}{at}"
        if row.is_embargoed
        else f"Announced on {nhs_date(row.released_at)}{at}"
    )
    return f"{when}, powers from {_days(row)}."


def _count_first(version: KeptVersion) -> OpenedFigure:
    """A count, before its share: "64 of 211 (30%)"."""
    return replace(opened(version), value=version.headline)


def _facts(row: AnnouncementRow) -> tuple[Fact, ...]:
    level = row.rounds[0].level
    facts = [
        Fact("Level", level_title(level), f"{reverse('levels')}#level-{level}")
        if row.subject == f"Level {level}"
        else Fact("For", capital(row.subject), reverse("powers")),
        Fact("Released", nhs_moment(row.released_at)),
        Fact("Powers come on", _days(row), note="For what is signed by then. Not before."),
    ]
    if len(row.rounds) == 1:
        code = row.rounds[0].code
        facts.append(Fact("Round", "Who applied, and when", reverse("round", args=[code]), code))
    else:
        facts.append(Fact("Rounds", f"{len(row.rounds)} rounds of one programme", "#by-round"))
    if row.event:
        facts.insert(1, Fact("Announced at", row.event))
    if row.is_embargoed:
        facts.append(
            Fact(
                "Embargo",
                f"Made on {nhs_moment(row.announced_at)}, and shown to nobody outside the programme until its release",
            )
        )
    return tuple(facts)


def _days(row: AnnouncementRow) -> str:
    """The days on which its powers come on."""
    *most, last = (nhs_date(each) for each in row.effective_on)
    return f"{', '.join(most)} and {last}" if most else last


def _rounds(row: AnnouncementRow) -> Table:
    """The counts of each of several rounds; each opens into its rows."""

    def count(code: str, outcome: str, value: int) -> Cell:
        return Cell(number(value), href=reverse("announced_in_round", args=[row.code, code, outcome]))

    return Table(
        id="by-round",
        caption="By round",
        columns=(
            Column("Round"),
            Column("For"),
            Column("Powers from"),
            Column("Approved", numeric=True),
            Column("On conditions", numeric=True),
        ),
        rows=[
            (
                Cell(each.title, href=reverse("round", args=[each.code])),
                capital(each.subject),
                nhs_date(each.effective_on),
                count(each.code, APPROVED, each.approved),
                count(each.code, CONDITIONAL, each.conditional),
            )
            for each in row.rounds
        ],
        stacked=True,
    )


def _of_round(table: Table, title: str, place: int, row: AnnouncementRow) -> Table:
    """A table of one round; among several it says which."""
    if len(row.rounds) == 1:
        return table
    return replace(
        table, id=f"{table.id}-{place}", caption=f"{title}: {table.caption[:1].lower()}{table.caption[1:]}"
    )


def named_lists(
    rounds: Sequence[CoveredRow | WaitingRound], rows: Sequence[AnnouncedRow], what: str
) -> tuple[Table, ...]:
    """The commissioners of a batch; of several rounds, in a list for each."""
    if len(rounds) == 1:
        return (named_list(rows, f"{counted(len(rows), 'commissioner')} {what}"),)
    lists = [(each, [row for row in rows if row.round == each.code]) for each in rounds]
    return tuple(
        replace(
            named_list(own, f"{each.title}, {each.subject}: {counted(len(own), 'commissioner')} {what}"),
            id=f"named-list-{place}",
        )
        for place, (each, own) in enumerate(lists, 1)
    )


def _link(to: tuple[str, str] | None) -> Crumb | None:
    return Crumb(to[1], reverse("announcement", args=[to[0]])) if to else None


def regions_table(rows: Sequence[tuple[str, str, int]], announcement: str = "") -> Table:
    """Counts by region; those of an announcement that was made open into their rows."""

    def count(region: str, value: int) -> Cell:
        args = [announcement, region or NO_REGION]
        return Cell(number(value), href=reverse("region_count", args=args) if announcement else "")

    return Table(
        id="by-region",
        caption="Approved without conditions, by region",
        columns=(Column("Region"), Column("Commissioners", numeric=True)),
        rows=[
            (readable_name(name) or code or "No region is known", count(code, value))
            for code, name, value in rows
        ],
        stacked=True,
        empty="None.",
    )


def named_list(rows: Sequence[AnnouncedRow], caption: str) -> Table:
    """Every commissioner of a batch, by name."""
    return Table(
        id="named-list",
        caption=caption,
        columns=(Column("Commissioner"), Column("Code"), Column("Region"), Column("Decision")),
        rows=[
            (
                Cell(readable_name(row.name), href=reverse("application", args=[row.application])),
                row.commissioner,
                readable_name(row.region_name) or row.region,
                replace(state_tag(row.outcome), note=_since(row)),
            )
            for row in rows
        ],
        stacked=True,
    )


def _since(row: AnnouncedRow) -> str:
    """What became of it after the announcement."""
    if not row.since:
        return ""
    return f"Since {nhs_date(row.since_at)}: {STATE_WORDS[row.since].lower()}"
