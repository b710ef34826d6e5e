"""What a template is given: one frozen `page`. Each view has its own subclass; this is what all share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Crumb:
    """A step of the breadcrumb trail."""

    text: str
    href: str


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a form: what to say, and the id of the field to go to, if it is one field."""

    message: str
    field: str = ""


@dataclass(frozen=True)
class Fact:
    """A row of a summary list: what it is and its value, perhaps a link, perhaps a small note under it."""

    key: str
    value: str
    href: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Page:
    """What the layout needs of every page.

    `title` is the h1; with `section` it makes the unique page title. `problems` make the error summary and
    the "Error: " prefix. `as_at` is the day the page shows, None where the page has none.
    `alternates` are (media type, title, address) of the same facts as data.
    """

    title: str
    section: str = ""
    crumbs: tuple[Crumb, ...] = ()
    problems: tuple[Problem, ...] = ()
    as_at: date | None = None
    alternates: tuple[tuple[str, str, str], ...] = ()

    @property
    def has_day(self) -> bool:
        """Whether it heeds a day that is asked for; where it does not, the layout says so."""
        return self.as_at is not None
