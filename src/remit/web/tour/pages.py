"""What the tour's template is given."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from remit.tour.queries import SeedRow, State, Tour
from remit.web.pages import Crumb, Page
from remit.web.tables import Cell, Column, Table

COLOURS = {State.WORKS: "green", State.PARTLY: "yellow", State.NOT_YET: "grey"}
MEANINGS = {
    State.WORKS: "A page shows it and a test proves it.",
    State.PARTLY: "A page or a test shows some of it. The row says what is missing.",
    State.NOT_YET: "Nothing shows it so far.",
}
COLUMNS = (Column("Id"), Column("Demand"), Column("State"), Column("Shown by"))


@dataclass(frozen=True)
class Choice:
    """An option of the filter; an empty `value` is any."""

    value: str
    text: str
    selected: bool


@dataclass(frozen=True)
class StateCard:
    """A state with its count as said ("1 of 142 works"), its meaning, and where to see its rows."""

    text: str
    meaning: str
    href: str


@dataclass(frozen=True)
class DemandLine:
    """A demand with the colour of its state. `href` leads to its page; empty where that is not on this installation."""

    row: SeedRow
    colour: str
    href: str


@dataclass(frozen=True, kw_only=True)
class TourPage(Page):
    """The counts, the counts by article, the filter, and the demands that it lets through."""

    cards: tuple[StateCard, ...]
    by_article: Table
    articles: tuple[Choice, ...]
    states: tuple[Choice, ...]
    caption: str
    lines: tuple[DemandLine, ...]
    is_filtered: bool
    columns: tuple[Column, ...] = COLUMNS


def tour_page(whole: Tour, article: str, state: str, *, has_nation: bool = True) -> TourPage:
    """The page for what the address asks; an article or state that does not exist counts as any.

    `has_nation`: the invented nation is on this installation, so that the pages about it are there.
    """
    chosen_article = article if article in {found.id for found in whole.articles} else None
    chosen_state = State(state) if state in set(State) else None
    rows = whole.only(article=chosen_article, state=chosen_state)
    return TourPage(
        title="Tour",
        section="What was asked for, and what works",
        crumbs=(Crumb("Home", reverse("home")),),
        cards=_cards(whole),
        by_article=_by_article(whole),
        articles=_articles(whole, chosen_article),
        states=(
            Choice("", "Any state", chosen_state is None),
            *(Choice(found, found.capitalize(), found is chosen_state) for found in State),
        ),
        caption=_caption(len(rows), len(whole.rows), chosen_article, chosen_state),
        lines=tuple(
            DemandLine(row, COLOURS[row.state], row.url if has_nation or not row.is_invented else "")
            for row in rows
        ),
        is_filtered=len(rows) < len(whole.rows),
    )


def _cards(whole: Tour) -> tuple[StateCard, ...]:
    return tuple(
        StateCard(f"{count} of {len(whole.rows)} {state}", MEANINGS[state], _demands(state=state))
        for state, count in whole.counts().items()
    )


def _by_article(whole: Tour) -> Table:
    counts = whole.counts_by_article()
    return Table(
        id="articles",
        caption="The five articles",
        columns=(
            Column("Article"),
            Column("About"),
            *(Column(state.capitalize(), numeric=True) for state in State),
        ),
        rows=tuple(
            (
                Cell(article.id, href=_demands(article=article.id), hidden=f": the demands of {article.id}"),
                Cell(article.subject, note=f"{article.publisher}, {article.published}"),
                *counts[article.id].values(),
            )
            for article in whole.articles
        ),
        stacked=True,
    )


def _articles(whole: Tour, chosen: str | None) -> tuple[Choice, ...]:
    found = (Choice(a.id, f"{a.id}: {a.publisher}, {a.published}", a.id == chosen) for a in whole.articles)
    return (Choice("", "All five articles", chosen is None), *found)


def _caption(shown: int, total: int, article: str | None, state: State | None) -> str:
    limits = [f"article {article}"] if article else []
    limits += [f"state “{state}”"] if state else []
    return f"{shown} of {total} demands: {', '.join(limits)}" if limits else f"All {total} demands"


def _demands(**query: str) -> str:
    return f"{reverse('tour')}?{urlencode(query)}#demands"
