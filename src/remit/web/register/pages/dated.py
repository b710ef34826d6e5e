"""What all pages that show a day share."""

from __future__ import annotations

from dataclasses import dataclass

from remit.web.as_at import AsAt
from remit.web.pages import Page
from remit.web.paging import Paging
from remit.web.register.words import SourceLink
from remit.web.tables import Table


@dataclass(frozen=True, kw_only=True)
class DatedPage(Page):
    """A page as at a day: its chooser, unless it `has_chooser` not, and the sources at its foot."""

    chooser: AsAt
    has_chooser: bool = True
    sources: tuple[SourceLink, ...] = ()

    @property
    def has_day(self) -> bool:
        """It shows the day that its chooser says."""
        return True


@dataclass(frozen=True)
class Choice:
    """An option of a filter; an empty `value` is any."""

    value: str
    text: str
    selected: bool


@dataclass(frozen=True, kw_only=True)
class Filter:
    """A choice that narrows a list: the query parameter, its label and its options."""

    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, kw_only=True)
class ListPage(DatedPage):
    """A long list, a page of it at a time; `count` says how many there are in all."""

    lede: str
    count: str
    filters: tuple[Filter, ...] = ()
    table: Table
    paging: Paging


def choices(options: list[tuple[str, str]], chosen: str, any_words: str) -> tuple[Choice, ...]:
    """Any, then the options (value, text)."""
    found = (Choice(value, text, value == chosen) for value, text in options)
    return (Choice("", any_words, not chosen), *found)


def wrong_day_page(day: AsAt) -> DatedPage:
    """Instead of a page whose day was wrong: nothing is shown for another day than the one asked for."""
    return DatedPage(title="Choose a day", section="As at", problems=day.problems, chooser=day)
