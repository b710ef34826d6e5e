"""Announcements: the list, one, and making one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django import forms
from django.urls import reverse
from django.utils.text import slugify

from remit.delegation.queries import (
    NO_REGION,
    AnnouncedRow,
    AnnouncementRow,
    FunnelStage,
    QuoteRow,
    WaitingRound,
)
from remit.delegation.queries import AnnouncementPage as Found
from remit.delegation.states import APPROVED, CONDITIONAL, STATE_WORDS
from remit.figures.queries import KeptVersion
from remit.kernel.moments import london_day
from remit.kernel.names import readable_name
from remit.web.delegation.forms.announcing import MOST_QUOTES, AnnounceForm
from remit.web.delegation.pages.counts import difference
from remit.web.delegation.pages.funnel import funnel_table
from remit.web.delegation.pages.rounds import UNDER
from remit.web.delegation.words import level_title, state_tag
from remit.web.figures.links import figure_href
from remit.web.figures.opening import opened
from remit.web.formats import nhs_date, nhs_moment, number
from remit.web.opened import OpenedFigure
from remit.web.pages import Crumb, Fact, Page, Problem
from remit.web.register.links import API, address, crumbs, twins
from remit.web.register.words import capital, counted
from remit.web.tables import Cell, Column, Table

OPENED = "What the ledger committed to, opened"


@dataclass(frozen=True, kw_only=True)
class AnnouncementsPage(Page):
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
    stages: Table
    regions: Table
    rows: Table
    sha256: str
    openings_href: str
    previous: Crumb | None
    following: Crumb | None


@dataclass(frozen=True, kw_only=True)
class ChooseRoundPage(Page):
    """Which round to announce decisions of."""

    table: Table


@dataclass(frozen=True, kw_only=True)
class AnnouncePage(Page):
    """What would be announced, counted from the rows, and the words to go with it."""

    round_title: str
    round_code: str
    counts: tuple[Fact, ...]
    regions: Table
    rows: Table
    form: forms.Form
    quotes: tuple[str, ...]
    may_add: bool


def announcements_page(
    rows: Sequence[AnnouncementRow], waiting: Sequence[WaitingRound], at: datetime
) -> AnnouncementsPage:
    """The list, the latest first."""
    return AnnouncementsPage(
        title="Announcements",
        section="Delegation",
        crumbs=crumbs(None, UNDER),
        alternates=twins("announcements", "Announcements"),
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
                        href=reverse("announcement", args=[row.code]),
                        note="Under embargo" if row.released_at > at else row.event,
                    ),
                    nhs_moment(row.released_at),
                    nhs_date(row.effective_on),
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
    found: Found, figures: Sequence[KeptVersion], at: datetime, stages: Sequence[FunnelStage]
) -> AnnouncementPage:
    """One announcement; `figures` are those that it made."""
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
        stages=funnel_table(row.round, stages, london_day(at)),
        regions=_regions(found.by_region, row.code),
        rows=named_list(found.rows, f"{counted(len(found.rows), 'commissioner')} by name"),
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
    return f"{when}, powers from {nhs_date(row.effective_on)}."


def _count_first(version: KeptVersion) -> OpenedFigure:
    """A count, before its share: "64 of 211 (30%)"."""
    return replace(opened(version), value=version.headline)


def _facts(row: AnnouncementRow) -> tuple[Fact, ...]:
    is_of_level = row.subject == f"Level {row.level}"
    facts = [
        Fact("Level", level_title(row.level), f"{reverse('levels')}#level-{row.level}")
        if is_of_level
        else Fact("For", capital(row.subject), reverse("powers")),
        Fact("Released", nhs_moment(row.released_at)),
        Fact("Powers come on", nhs_date(row.effective_on), note="For what is signed by then. Not before."),
        Fact("Round", "Who applied, and when", reverse("round", args=[row.round]), row.round),
    ]
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


def _link(to: tuple[str, str] | None) -> Crumb | None:
    return Crumb(to[1], reverse("announcement", args=[to[0]])) if to else None


def _regions(rows: Sequence[tuple[str, str, int]], announcement: str = "") -> Table:
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


def choose_round_page(waiting: Sequence[WaitingRound], problems: tuple[Problem, ...] = ()) -> ChooseRoundPage:
    """Rounds in which something waits to be announced."""
    return ChooseRoundPage(
        title="Announce decisions",
        problems=problems,
        section="Announcements",
        crumbs=crumbs(None, UNDER, ("Announcements", "announcements")),
        table=Table(
            id="waiting",
            caption="Which round?",
            columns=(
                Column("Round"),
                Column("Approved", numeric=True),
                Column("On conditions", numeric=True),
                Column("Powers from"),
            ),
            rows=[
                (
                    Cell(row.title, href=address("announce", round=row.code)),
                    number(row.approved),
                    number(row.conditional),
                    nhs_date(row.effective_on),
                )
                for row in waiting
            ],
            stacked=True,
            empty="Everything that was approved has been announced.",
        ),
    )


def announce_page(
    waiting: WaitingRound,
    rows: Sequence[AnnouncedRow],
    form: AnnounceForm,
    problems: tuple[Problem, ...],
) -> AnnouncePage:
    """What an announcement made now would say, and the words that people add."""
    outcomes = Counter(row.outcome for row in rows)
    regions = Counter((row.region, row.region_name) for row in rows if row.outcome == APPROVED)
    return AnnouncePage(
        title=f"Announce: {waiting.title}",
        section="Announcements",
        crumbs=crumbs(None, UNDER, ("Announcements", "announcements")),
        problems=problems,
        round_title=waiting.title,
        round_code=waiting.code,
        counts=(
            Fact(f"Approved for {waiting.subject}", number(outcomes[APPROVED])),
            Fact("Approved on conditions", number(outcomes[CONDITIONAL])),
            Fact("Powers come on", nhs_date(waiting.effective_on)),
        ),
        regions=_regions([(*region, count) for region, count in sorted(regions.items())]),
        rows=named_list(rows, f"{counted(len(rows), 'commissioner')} to announce"),
        form=form,
        quotes=form.places,
        may_add=len(form.places) < MOST_QUOTES,
    )


def suggested(waiting: WaitingRound, rows: Sequence[AnnouncedRow], at: datetime) -> dict[str, str]:
    """A headline with the count as it is, and a code with the day."""
    approved = sum(row.outcome == APPROVED for row in rows)
    is_of_level = waiting.subject == f"Level {waiting.level}"
    about = f"level-{waiting.level}" if is_of_level else slugify(waiting.subject)
    who = counted(approved, "commissioner" if is_of_level else "board")
    return {
        "headline": f"{who} approved for {waiting.subject}",
        "code": f"{london_day(at).isoformat()}-{about}"[:60].rstrip("-"),
    }
