"""Making an announcement: of which rounds, and what it would say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils.text import slugify

from remit.delegation.queries import AnnouncedRow, WaitingRound
from remit.delegation.states import APPROVED
from remit.kernel.moments import london_day
from remit.web.delegation.forms.announcing import MOST_QUOTES, AnnounceForm
from remit.web.delegation.pages.announcing import named_lists, regions_table
from remit.web.delegation.pages.rounds import UNDER
from remit.web.formats import nhs_date, number
from remit.web.pages import Crumb, Fact, Page, Problem
from remit.web.register.links import address, crumbs
from remit.web.register.words import counted
from remit.web.tables import Cell, Column, Table


@dataclass(frozen=True, kw_only=True)
class ChooseRoundPage(Page):
    """Which round to announce decisions of."""

    together: tuple[Crumb, ...]
    table: Table


@dataclass(frozen=True, kw_only=True)
class AnnouncePage(Page):
    """What would be announced, counted from the rows, and the words to go with it."""

    together: tuple[Crumb, ...]
    counts: tuple[Fact, ...]
    regions: Table
    rows: tuple[Table, ...]
    form: forms.Form
    quotes: tuple[str, ...]
    may_add: bool


def choose_round_page(waiting: Sequence[WaitingRound], problems: tuple[Problem, ...] = ()) -> ChooseRoundPage:
    """Rounds in which something waits to be announced; where several of a programme do, the way to all of them."""
    of = {row.programme: [each for each in waiting if each.programme == row.programme] for row in waiting}
    return ChooseRoundPage(
        title="Announce decisions",
        problems=problems,
        section="Announcements",
        crumbs=crumbs(None, UNDER, ("Announcements", "announcements")),
        together=tuple(
            Crumb(f"Announce together: {' and '.join(each.title for each in rows)}", _together(rows))
            for programme, rows in of.items()
            if programme and len(rows) > 1
        ),
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
    waiting: Sequence[WaitingRound],
    every: Sequence[WaitingRound],
    rows: Sequence[AnnouncedRow],
    form: AnnounceForm,
    problems: tuple[Problem, ...],
) -> AnnouncePage:
    """What an announcement made now would say, and the words that people add. `every` are all rounds that wait: others
    of the programme can go with it."""
    approved = {row.commissioner: row for row in rows if row.outcome == APPROVED}
    regions = Counter((row.region, row.region_name) for row in approved.values())
    return AnnouncePage(
        title=f"Announce: {' and '.join(each.title for each in waiting)}",
        section="Announcements",
        crumbs=crumbs(None, UNDER, ("Announcements", "announcements")),
        problems=problems,
        together=tuple(
            Crumb(f"Announce {row.title} together with this", _together([*waiting, row]))
            for row in every
            if row not in waiting and row.programme and row.programme == waiting[0].programme
        ),
        counts=tuple(fact for row in waiting for fact in _waiting_facts(row, len(waiting) > 1)),
        regions=regions_table([(*region, count) for region, count in sorted(regions.items())]),
        rows=named_lists(waiting, rows, "to announce"),
        form=form,
        quotes=form.places,
        may_add=len(form.places) < MOST_QUOTES,
    )


def _together(rounds: Sequence[WaitingRound]) -> str:
    """Where some rounds are announced in one."""
    return f"{reverse('announce')}?{urlencode([('round', each.code) for each in rounds])}"


def _waiting_facts(row: WaitingRound, is_of_several: bool) -> tuple[Fact, ...]:
    """The counts of a round that waits; beside others each says of which it is."""
    of = f", {row.subject}" if is_of_several else ""
    return (
        Fact(f"Approved for {row.subject}", number(row.approved)),
        Fact(f"Approved on conditions{of}", number(row.conditional)),
        Fact(f"Powers come on{of}", nhs_date(row.effective_on)),
    )


def suggested(waiting: Sequence[WaitingRound], rows: Sequence[AnnouncedRow], at: datetime) -> dict[str, str]:
    """A headline with the counts as they are, and a code with the day."""
    said, about = [], []
    for held in waiting:
        approved = sum(row.outcome == APPROVED and row.round == held.code for row in rows)
        is_of_level = held.subject == f"Level {held.level}"
        about.append(f"level-{held.level}" if is_of_level else slugify(held.subject))
        who = counted(approved, "commissioner" if is_of_level else "board")
        said.append(f"{who} approved for {held.subject}")
    return {
        "headline": ", ".join(said)[:200],
        "code": f"{london_day(at).isoformat()}-{'-'.join(dict.fromkeys(about))}"[:60].rstrip("-"),
    }
