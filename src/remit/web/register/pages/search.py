"""What a search found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from remit.kernel.names import readable_name
from remit.register.queries import SearchHit, kind_words
from remit.web.as_at import AsAt
from remit.web.formats import nhs_date, number
from remit.web.register.links import addresses, crumbs
from remit.web.register.pages.dated import DatedPage
from remit.web.register.words import capital, counted
from remit.web.tables import Cell, Column, Table

LIMIT = 50


@dataclass(frozen=True, kw_only=True)
class SearchPage(DatedPage):
    """What was asked and found; `found` says how much in words, and is empty before anything is asked."""

    text: str
    found: str
    table: Table | None


def search_page(day: AsAt, text: str, hits: Sequence[SearchHit]) -> SearchPage:
    """The page for a search, or for none yet."""
    return SearchPage(
        title=f"Search for “{text}”" if text else "Search",
        section="Register",
        crumbs=crumbs(day),
        chooser=day,
        as_at=day.day,
        text=text,
        found=_found(text, len(hits)),
        table=_table(day, hits) if hits else None,
    )


def _found(text: str, count: int) -> str:
    if not text:
        return ""
    if count == 0:
        return f"Nothing in the register matches “{text}”."
    if count == LIMIT:
        return f"The first {number(count)} matches are shown. Type more of the name to find fewer."
    return f"{counted(count, 'match', 'matches')}."


def _table(day: AsAt, hits: Sequence[SearchHit]) -> Table:
    page_of = addresses("organisation", day)
    return Table(
        id="results",
        caption=f"Results, with names as on {nhs_date(day.day)}",
        columns=(Column("Name"), Column("Code"), Column("What it was")),
        rows=[
            (
                Cell(
                    readable_name(hit.name),
                    href=page_of(hit.code),
                    note=_matched(hit),
                ),
                hit.code,
                capital(kind_words(hit.kind)) if hit.kind else "Not open on this day",
            )
            for hit in hits
        ],
        stacked=True,
        size="s",
    )


def _matched(hit: SearchHit) -> str:
    """Why it was found, where its name does not show it."""
    if not hit.matched:
        return ""
    is_postcode = (
        hit.matched[-1:].isalpha()
        and any(letter.isdigit() for letter in hit.matched)
        and len(hit.matched) <= 8
    )
    return f"At {hit.matched}" if is_postcode else f"Was called {readable_name(hit.matched)}"
